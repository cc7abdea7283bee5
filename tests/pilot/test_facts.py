from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.pilot.facts import MISSING, count_links, facts_of, metric_value
from engine.process import commands as c
from tests.process.world import Bench


def facts(bench: Bench):  # type: ignore[no-untyped-def]
    return facts_of(bench.book, bench.pilot, date(2026, 3, 2))


def test_fields_come_typed_and_empty_ones_are_missing() -> None:
    bench = Bench().do(c.SetFields({"rent": "1.2万", "score": "46/50", "opening": "2026-05-01", "shifts": "早、晚"}))
    fact = facts(bench)
    assert fact("fields.rent") == 12000.0
    assert fact("fields.score") == 92.0
    assert fact("fields.opening") == datetime(2026, 5, 1, tzinfo=UTC)
    assert fact("fields.shifts") == ["早", "晚"]
    assert fact("fields.story") is MISSING
    assert (fact("filled.rent"), fact("filled.story")) == (True, False)


def test_roles_tasks_visits_and_documents() -> None:
    bench = Bench().do(c.Assign("baker", ("甲",)), c.CompleteTask("decorate"), c.Finalise("menu", "0" * 64, 1))
    fact = facts(bench)
    assert (fact("roles.baker.filled"), fact("roles.baker.ok"), fact("roles.owner.ok")) == (1.0, True, False)
    assert (fact("tasks.decorate.done"), fact("tasks.loan.done")) == (True, False)
    assert (fact("visits.prepare"), fact("visits.bake")) == (1.0, 0.0)
    assert fact("documents.menu.final") is True


def test_rows_leave_out_what_is_empty() -> None:
    fact = facts(Bench().do(c.AddRow("breads", {"name": "吐司"})))
    assert fact("records.breads") == [{"id": 1.0, "name": "吐司", "state": "trial"}]


def test_links_are_counted_by_relation_state_and_playbook() -> None:
    bench = Bench().do(
        c.RecordLink("child", "x", "shop", "一"),
        c.RecordLink("child", "y", "shop", "二"),
        c.RecordLink("successor", "z", "bakery", "三"),
        c.RecordLinkFinished("x", "succeeded"),
    )
    pilot = bench.pilot
    assert count_links(pilot, "child", "started") == 2
    assert count_links(pilot, "child", "running", "shop") == 1
    assert count_links(pilot, "child", "finished", "other") == 0
    assert facts(bench)("children.succeeded") == 1.0
    assert facts(bench)("successors.total") == 1.0


def test_metric_is_a_ratio_with_a_base_or_nothing() -> None:
    bench = Bench()
    metric = bench.book.metrics["rent_per_point"]
    assert metric_value(bench.book, bench.pilot, metric) is None
    bench.do(c.SetFields({"rent": "0"}))
    assert metric_value(bench.book, bench.pilot, metric) is None
    bench.do(c.SetFields({"rent": "200"}))
    assert metric_value(bench.book, bench.pilot, metric) == 1


def test_a_name_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        facts(Bench())("weather.rain")
