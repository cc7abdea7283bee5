"""The board's row is what the pilot's own state says."""

from __future__ import annotations

from engine.process import commands as c
from engine.service.summary import summarise
from tests.process.world import Bench


def test_a_running_pilot() -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",)))
    row = summarise(bench.context)
    assert (row.stages, row.stage_titles, row.owners) == (["prepare"], ["筹备"], ["王蕾"])
    assert (row.open_tasks, row.done_tasks, row.seq) == (3, 0, 2)
    assert row.due_days == ["2026-03-09"] and row.overdue(bench.now.date()) == 0
    assert row.blockers[0]["item"] == "find_place"


def test_a_timer_is_stored_so_that_it_can_be_found_without_the_pilot() -> None:
    row = summarise(Bench().to_bake().context)
    assert row.timer is not None and row.timer.date().isoformat() == "2026-04-14"


def test_a_finished_pilot_has_nothing_open() -> None:
    row = summarise(Bench().do(c.Advance("stop", "不做了")).context)
    assert (row.status, row.outcome, row.open_tasks, row.blockers, row.timer_at) == ("finished", "stopped", 0, [], None)


def test_on_hold_it_stands_where_it_will_go_on() -> None:
    row = summarise(Bench().do(c.Advance("pause")).context)
    assert row.status == "on_hold" and row.stages == ["prepare"] and row.timer_at is None
