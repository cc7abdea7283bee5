from __future__ import annotations

import pytest

from engine.errors import UserError
from engine.pilot.view import find_task
from engine.process import commands as c
from tests.process.world import FILE, Bench


def due(bench: Bench, key: str) -> str | None:
    found = {v.key: v.due for v in bench.context.views}[key]
    return found.date().isoformat() if found else None


def test_due_from_the_stage_and_from_another_task() -> None:
    bench = Bench(day="2026-04-29")
    # 30 April, then the Labour Day holiday 1–5 May 2026; 9 May (Saturday) is a make-up day: 4/30, 5/6, 7, 8, 9.
    assert due(bench, "find_place") == "2026-05-09"
    assert due(bench, "draw") is None
    bench.on("2026-04-30").do(c.CompleteTask("find_place", {"rent": "1"}, attachments=(FILE,)))
    assert due(bench, "draw") == "2026-05-07"


def test_overdue_only_while_open_and_active() -> None:
    bench = Bench(day="2026-03-02").on("2026-03-30")
    assert {v.key for v in bench.context.views if v.overdue} == {"find_place"}
    bench.do(c.CompleteTask("find_place", {"rent": "1"}, attachments=(FILE,)))
    assert not [v for v in bench.context.views if v.overdue and v.key == "find_place"]


def test_available_follows_needs() -> None:
    bench = Bench()
    assert {v.key: v.available for v in bench.context.views}["draw"] is False
    bench.do(c.CompleteTask("find_place", {"rent": "1"}, attachments=(FILE,)))
    assert {v.key: v.available for v in bench.context.views}["draw"] is True


@pytest.mark.parametrize("ref", ["4", "４", "decorate", "装饰", "装", " 装饰 "])
def test_a_task_is_found_by_number_id_or_beginning_of_its_title(ref: str) -> None:
    assert find_task(Bench().context.views, ref).key == "decorate"


def test_an_ambiguous_or_unknown_task_says_what_there_is() -> None:
    views = Bench().do(c.SetFields({"shifts": "早班、晚班"})).context.views
    with pytest.raises(UserError) as several:
        find_task(views, "试吃")
    assert several.value.code == "several-tasks" and "5.1" in str(several.value)
    with pytest.raises(UserError) as unknown:
        find_task(views, "画平图面")
    assert unknown.value.code == "unknown-task" and "画平面图" in str(unknown.value.hint)


def test_a_person_assigned_to_one_task_stands_before_the_role() -> None:
    bench = Bench().do(c.Assign("owner", ("甲",)), c.AssignTask("decorate", "乙"))
    people = {v.key: v.people for v in bench.context.views}
    assert (people["decorate"], people["find_place"]) == (("乙",), ("甲",))
