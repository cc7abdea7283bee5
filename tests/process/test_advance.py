"""Moving on: ways out, reasons, rework, hold and resume, timers."""

from __future__ import annotations

from engine.process import commands as c
from engine.process.advance import settle, ways
from tests.process.world import FILE, Bench, codes


def test_unknown_transition_lists_what_there_is() -> None:
    found = Bench().refused(c.Advance("nowhere"))
    assert codes(found) == [("no-transition", "nowhere")]
    assert found[0].commands == ("advance --to next", "advance --to stop --reason 原因", "advance --to pause")


def test_stop_takes_a_reason() -> None:
    bench = Bench()
    assert codes(bench.refused(c.Advance("stop"))) == [("reason-missing", "stop")]
    bench.do(c.Advance("stop", "资金不足"))
    assert (bench.pilot.status, bench.pilot.outcome) == ("finished", "stopped")
    assert codes(bench.refused(c.SetFields({"story": "…"})))[0][0] == "finished"


def test_transition_can_be_named_by_its_title() -> None:
    assert Bench().do(c.Advance("关店", "资金不足")).pilot.at == ("closed",)


def test_rework_reopens_only_what_it_names() -> None:
    bench = Bench().to_bake().do(c.Advance("rework", "图要改"))
    assert bench.pilot.at == ("prepare",)
    assert bench.pilot.visits["prepare"] == 2
    assert bench.pilot.tasks["draw"].status == "open"
    assert bench.pilot.tasks["find_place"].status == "done"


def test_hold_moves_due_dates_by_the_working_days_it_lasted() -> None:
    bench = Bench(day="2026-03-02")
    due = {v.key: v.due for v in bench.context.views}["find_place"]
    assert due is not None and due.date().isoformat() == "2026-03-09"
    bench.on("2026-03-03").do(c.Advance("pause"))
    assert bench.pilot.status == "on_hold"
    assert codes(bench.refused(c.CompleteTask("decorate"))) == [("on-hold", "rest")]
    bench.on("2026-03-10").do(c.Advance("resume"))
    assert (bench.pilot.status, bench.pilot.at) == ("running", ("prepare",))
    assert bench.pilot.visits["prepare"] == 1
    due = {v.key: v.due for v in bench.context.views}["find_place"]
    assert due is not None and due.date().isoformat() == "2026-03-16"


def test_timer_settles_at_the_moment_it_fell_due() -> None:
    bench = Bench().to_bake().on("2026-06-01")
    decision = settle(bench.context)
    assert [e.type for e in decision.events] == ["advanced", "finished"]
    assert decision.events[0].data["transition"] == "too_slow"
    # 30 working days from 2 March 2026; Qingming (6 April) is off.
    assert decision.events[0].data["effective"].startswith("2026-04-14")
    assert not settle(Bench().to_bake().on("2026-04-01").context).events


def test_timer_does_not_run_while_on_hold() -> None:
    bench = Bench().to_bake().on("2026-03-03").do(c.Advance("pause")).on("2026-08-03")
    assert not settle(bench.context).events
    bench.do(c.Advance("resume"))
    assert not settle(bench.on("2026-08-20").context).events
    assert settle(bench.on("2026-10-01").context).events


def test_dry_decision_leaves_no_trace() -> None:
    bench = Bench()
    ways(bench.context)
    assert len(bench.events) == 1


def test_advance_reason_with_a_phone_number_is_refused() -> None:
    assert codes(Bench().refused(c.Advance("stop", "问13812345678")))[0][0] == "identity"


NESTED = """
playbook: nested
version: 1.0.0
title: 并行
roles: {a: {title: 甲}}
stages:
  work:
    title: 工作
    parallel:
      left:
        title: 左
        stages:
          l1: {title: 左一, tasks: {t1: {title: 任务一, role: a}}, next: l2}
          l2: {title: 左完, final: done}
      right:
        title: 右
        stages:
          r1: {title: 右一, next: r2}
          r2: {title: 右完, final: done}
    next: end
  end: {title: 结束, final: succeeded}
"""


def test_parallel_the_only_open_way_is_taken() -> None:
    bench = Bench(NESTED)
    assert bench.pilot.at == ("l1", "r1")
    assert bench.do(c.Advance()).pilot.at == ("l1", "r2")


def test_parallel_several_open_ways_ask_which() -> None:
    bench = Bench(NESTED).do(c.CompleteTask("t1"))
    found = bench.refused(c.Advance())
    assert codes(found) == [("which-stage", "next")]
    assert set(found[0].commands) == {"advance --to next --stage l1", "advance --to next --stage r1"}
    assert bench.do(c.Advance(stage="l1")).pilot.at == ("l2", "r1")


def test_parallel_outer_stage_waits_for_every_region() -> None:
    bench = Bench(NESTED).do(c.Advance(stage="r1"))
    found = bench.refused(c.Advance(stage="work"))
    assert ("stage-open", "l1") in codes(found)
    bench.do(c.CompleteTask("t1", attachments=(FILE,)), c.Advance(), c.Advance())
    assert bench.pilot.outcome == "succeeded"
