"""Redacted copies."""

from engine.compliance import Pack, redacted


def test_names_become_letters_and_numbers_masks(medical: Pack) -> None:
    text = "患者周桂兰，女，66岁，手机13900001234。患者周桂兰与患者何桂枝同屋。"
    assert redacted(medical, text) == "患者患者A，女，66岁，手机139****1234。患者患者A与患者患者B同屋。"


def test_nothing_to_redact(medical: Pack) -> None:
    assert redacted(medical, "门诊时间8:00—17:30。") == "门诊时间8:00—17:30。"
