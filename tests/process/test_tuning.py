"""What a pilot teaches about its plan: only dates that were clearly off, never what was merely typed late."""

from __future__ import annotations

import pytest

from engine.model import Duration
from engine.process import commands as c
from engine.process.tuning import Tuning, dues, tuning
from tests.process.world import BAKERY, FILE, Bench


def learned(bench: Bench) -> Tuning:
    return tuning(bench.book, bench.pilot, bench.events, bench.calendar)


def found_place(day: str) -> Bench:
    """The bakery whose place (planned: 5 workdays from Monday 2 March) was found on `day`."""
    bench = Bench().do(c.Assign("owner", ("王蕾",))).on(day)
    return bench.do(c.CompleteTask("find_place", {"rent": "1.2万"}, attachments=(FILE,)))


@pytest.mark.parametrize(
    ("day", "actual"),
    [
        ("2026-03-02", None),  # the same day: says when it was typed
        ("2026-03-03", 1),
        ("2026-03-04", 2),
        ("2026-03-05", None),  # 3 of 5: not half
        ("2026-03-10", None),  # 6
        ("2026-03-11", None),  # 7 of 5: less than half as long again
        ("2026-03-12", 8),
        ("2026-04-30", 42),
    ],
)  # fmt: skip
def test_a_due_date_changes_when_the_plan_was_clearly_wrong(day: str, actual: int | None) -> None:
    found = [one for one in learned(found_place(day)).retimed if one.task == "find_place"]
    assert [one.actual for one in found] == ([] if actual is None else [Duration(actual, "workdays")])
    assert dues(Bench().book, learned(found_place(day)))["find_place"].offset.amount == (actual or 5)


def test_an_anchor_that_is_a_task_counts_from_its_end() -> None:
    bench = found_place("2026-03-12").do(c.Assign("baker", ("李师傅",)))
    bench.on("2026-03-20").do(c.CompleteTask("draw", attachments=(FILE,)))
    one = next(one for one in learned(bench).retimed if one.task == "draw")
    assert (one.planned.amount, one.actual.amount) == (2, 6)
    assert one.due is not None and one.due.ref == "find_place"


def test_a_pause_does_not_count() -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",))).on("2026-03-03").do(c.Advance("pause"))
    bench.on("2026-03-17").do(c.Advance("resume"))
    bench.on("2026-03-19").do(c.CompleteTask("find_place", {"rent": "1.2万"}, attachments=(FILE,)))
    assert [one for one in learned(bench).retimed if one.task] == []  # 3 of 5 working days


def test_what_was_taken_back_or_done_again_teaches_nothing() -> None:
    bench = found_place("2026-03-04").on("2026-04-30").do(c.ReopenTask("find_place", "换一处"))
    bench.do(c.CompleteTask("find_place", {"rent": "1万"}, attachments=(FILE,)))
    assert [one.actual.amount for one in learned(bench).retimed] == [2]


def test_optional_tasks_nobody_took_up_once_their_stage_is_over() -> None:
    assert learned(Bench()).unused == ()
    assert learned(Bench().to_bake()).unused == ("decorate",)
    done = Bench().do(c.Assign("owner", ("王蕾",)), c.CompleteTask("decorate")).to_bake()
    assert learned(done).unused == ()


def test_rows_for_a_checklist_are_counted_and_never_quoted() -> None:
    text = BAKERY.replace(
        "    title: 面包\n    max: 3", "    title: 面包\n    max: 3\n    carry: {checklist: true}"
    ).replace("sets: rent}", "sets: rent, fills: breads}")
    bench = Bench(text).do(c.AddRow("breads", {"name": "秘方面包"}), c.AddRow("breads", {"name": "酸面包"}))
    (check,) = learned(bench).checks
    assert (check.record, check.into, check.after, check.rows) == ("breads", "breads", "find_place", 2)
    assert "秘方" not in repr(check)
    assert learned(Bench(text)).checks == ()
