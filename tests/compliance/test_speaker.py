"""Of whom is spoken."""

from engine.compliance import Pack, scan


def rules(pack: Pack, text: str, channel: str, hospital: str = "") -> set[str]:
    return {f.rule for f in scan(pack, text, channel, hospital=hospital)}


def test_own_channel_speaks_of_the_hospital(medical: Pack) -> None:
    assert "MED-RATE-01" in rules(medical, "白内障手术成功率高达98%。", "self_media")


def test_a_source_about_people_in_general_does_not(medical: Pack) -> None:
    assert "MED-RATE-01" not in rules(medical, "研究显示，该手术成功率高达98%。", "self_media")
    assert "MED-RATE-01" not in rules(medical, "白内障手术成功率高达98%。", "kepu")


def test_a_source_does_not_help_where_the_own_hospital_is_named(medical: Pack) -> None:
    assert "MED-RATE-01" in rules(medical, "研究显示，我院手术成功率高达98%。", "kepu")


def test_the_hospitals_name_is_its_own(medical: Pack) -> None:
    text = "研究显示，青禾手术成功率高达98%。"
    assert "MED-RATE-01" not in rules(medical, text, "kepu")
    assert "MED-RATE-01" in rules(medical, text, "kepu", hospital="青禾")
