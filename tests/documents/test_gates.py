"""A gate meeting gets every open condition with who supplies it, and every decision it can take."""

from engine.documents.gates import exit_views, gate_views
from engine.process import commands as c
from tests.documents import played
from tests.process.world import Bench


def test_a_gate_says_what_is_open_who_supplies_it_and_by_when() -> None:
    (gate,) = gate_views(Bench().do(c.Assign("owner", ("王蕾",))).context, "zh")
    assert (gate["path"], gate["target"], gate["free"]) == ("筹备", "试做", False)
    assert (gate["tasks_done"], gate["tasks_all"]) == (0, 3), "the task that need not be done does not count"
    place = gate["conditions"][0]
    assert place["text"] == "任务 1“找铺面”还没有完成"
    assert (place["who"], place["people"], place["due"]) == ("店主", "王蕾", "2026年3月9日")
    assert not place["overdue"]
    assert gate["conditions"][1]["detail"] == ["要先完成：1 找铺面"]


def test_what_is_late_is_marked() -> None:
    (gate,) = gate_views(Bench().on("2026-03-10").context, "en")
    assert gate["conditions"][0]["overdue"] and gate["conditions"][0]["due"] == "2026-03-09"


def test_other_ways_out_are_decisions_with_their_reason() -> None:
    stop, pause = exit_views(Bench().context, "zh")
    assert (stop["title"], stop["target"], stop["reason"], stop["source"]) == ("关店", "关闭", True, "")
    assert (pause["reason"], pause["free"], pause["conditions"]) == (False, True, [])


def test_a_pause_has_no_gate_and_leads_back() -> None:
    context = Bench().do(c.Advance("pause")).context
    assert gate_views(context, "zh") == []
    assert [way["target"] for way in exit_views(context, "zh")] == ["原来的阶段"]
    assert [way["target"] for way in exit_views(context, "en")] == ["where it came from"]


def test_stages_side_by_side_have_a_gate_each_and_the_outer_one_waits() -> None:
    _, _, context = played.played(before="set_labels")
    assert [gate["id"] for gate in gate_views(context, "zh")] == ["labelling", "education", "package"]


def test_a_finished_pilot_has_nothing_to_decide() -> None:
    _, _, context = played.played()
    assert (gate_views(context, "zh"), exit_views(context, "zh")) == ([], [])
