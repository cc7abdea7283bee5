"""Days for a pilot that has not begun."""

from __future__ import annotations

from datetime import date

from engine.model import Due, Duration
from engine.process.plan import plan
from tests.process.world import BAKERY, book_of, days


def planned(text: str = BAKERY, **changed: Due) -> dict[str, date | None]:
    book = book_of(text)
    known = {t.id: t.due for t in book.tasks.values() if t.due is not None} | changed
    return {one.task.id: one.due for one in plan(book, known, date(2026, 3, 2), days()).tasks}


def test_days_count_from_the_stage_and_from_tasks() -> None:
    found = planned()
    assert found["find_place"] == date(2026, 3, 9) and found["draw"] == date(2026, 3, 11)
    assert found["loan"] is None  # it has no due date


def test_a_date_that_is_given_instead_moves_what_hangs_on_it() -> None:
    found = planned(find_place=Due(Duration(10, "workdays")))
    assert found["draw"] == date(2026, 3, 18)


def test_the_next_stage_begins_when_the_planned_time_is_over() -> None:
    found = planned(
        BAKERY.replace("taste: {title: 试吃, role: baker,", "taste: {title: 试吃, role: baker, due: 1 workday,")
    )
    assert found["taste"] == date(2026, 3, 17)  # ten working days end on Monday 16 March


def test_an_order_written_the_other_way_round_is_found() -> None:
    text = BAKERY.replace("due: 5 workdays, evidence", "due: 5 workdays after loan, evidence").replace(
        "loan: {title: 批贷款, role: bank, approval: true}",
        "loan: {title: 批贷款, role: bank, approval: true, due: 1 workday}",
    )
    assert planned(text)["draw"] == date(2026, 3, 12)


def test_a_date_that_hangs_on_a_field_is_not_known() -> None:
    assert planned(BAKERY.replace("due: 5 workdays,", "due: 5 workdays before opening,"))["find_place"] is None


def test_a_date_may_hang_on_a_later_region_over_several_steps() -> None:
    text = """
playbook: sides
version: 1.0.0
title: 两边
roles: {lead: {title: 负责人}}
stages:
  both:
    title: 同时
    next: end
    parallel:
      left:
        title: 左
        stages:
          a:
            title: 甲
            next: a_end
            tasks:
              third: {title: 三, role: lead, due: 1 workday after second}
              second: {title: 二, role: lead, due: 1 workday after first}
          a_end: {title: 好, final: done}
      right:
        title: 右
        stages:
          b: {title: 乙, next: b_end, tasks: {first: {title: 一, role: lead, due: 2 workdays}}}
          b_end: {title: 好, final: done}
  end: {title: 完, final: succeeded}
"""
    assert planned(text) == {"third": date(2026, 3, 6), "second": date(2026, 3, 5), "first": date(2026, 3, 4)}
