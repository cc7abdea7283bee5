from engine.documents.asking import Asking
from engine.documents.context import build_context
from engine.pilot.state import Pilot
from engine.process.context import Context
from tests.documents import sample


def asking(pilot: Pilot | None = None) -> Asking:
    context = Context(sample.book(), pilot or sample.pilot(), sample.NOW, sample.calendar())
    document = sample.book().documents["guide"]
    return build_context(context, sample.events(), document, hospital="", language="zh", draft=True)[1]


def test_need_gives_the_value_or_marks_it_once() -> None:
    ask = asking()
    assert ask.need("model") == "甲型" and not ask.missing
    assert ask.need("scans") == "【***待补充：首月检查量***】" == ask.need("scans")
    (item,) = ask.missing.values()
    assert (item["who"], item["command"]) == ("医学物理师", "playbook set scans=数字")


def test_a_metric_asks_for_the_parts_it_lacks() -> None:
    ask = asking()
    assert "缺“首月检查量”" in ask.need_metric("cost_per_scan")
    assert list(ask.missing) == ["fields.scans"]


def test_empty_tables_and_roles_are_asked_for() -> None:
    ask = asking(sample.pilot(rows={}, people={}))
    assert ask.need_rows("rooms") == "【***待补充：房间***】"
    assert ask.need_people("engineer") == "【***待补充：设备工程师***】"
    assert [m["command"] for m in ask.missing.values()] == [
        "playbook add rooms name=内容",
        "playbook assign engineer 姓名",
    ]
    assert asking().need_rows("rooms") == "" and asking().need_people("engineer") == "王蕾、李想"


def test_what_the_playbook_does_not_declare_is_a_dash_and_no_error() -> None:
    ask = asking()
    assert ask.need("gone") == ask.need_metric("gone") == ask.need_people("gone") == "—"
    assert ask.need_rows("gone") == "" and not ask.missing
    functions = ask.functions()
    assert functions["record"]("gone")["rows"] == [] and functions["field"]("gone")["empty"]


def test_a_blank_is_listed_without_a_command() -> None:
    ask = asking()
    assert ask.blank("院长签字") == "【***待补充：院长签字***】"
    assert [m["command"] for m in ask.missing.values()] == [""]
