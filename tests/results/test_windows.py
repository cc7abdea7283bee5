from __future__ import annotations

from datetime import date

import pytest

from engine.pilot.state import Value
from engine.results.windows import Span, paired, span_of
from tests.process.world import book_of
from tests.results.world import BOOK

CLINIC = book_of(BOOK)
STARTED, TODAY = date(2026, 3, 2), date(2026, 5, 20)
FIELDS: dict[str, Value] = {"first": date(2026, 4, 1), "last": date(2026, 4, 30)}


@pytest.mark.parametrize(
    ("window", "span"),
    [
        (None, Span()),
        ("period", Span(date(2026, 4, 1), date(2026, 4, 30))),
        ("baseline", Span(date(2026, 3, 2), date(2026, 3, 31))),
        ("month", Span(date(2026, 4, 21), date(2026, 5, 20))),
        ("prior", Span(date(2025, 12, 2), date(2026, 3, 1))),
        ("whole", Span(date(2026, 3, 2), date(2026, 5, 20))),
    ],
)
def test_days_of_a_window(window: str | None, span: Span) -> None:
    assert span_of(CLINIC, window, FIELDS, STARTED, TODAY) == span


def test_an_open_end_is_today_and_a_later_one_too() -> None:
    assert span_of(CLINIC, "period", {"first": date(2026, 4, 1)}, STARTED, TODAY).last == TODAY
    later = {**FIELDS, "last": date(2026, 12, 31)}
    assert span_of(CLINIC, "period", later, STARTED, TODAY).last == TODAY


def test_a_window_without_its_first_day_says_which_field_is_empty() -> None:
    assert span_of(CLINIC, "period", {}, STARTED, TODAY).lacks == "first"
    assert span_of(CLINIC, "baseline", {}, STARTED, TODAY).lacks == "first"


def test_the_time_before_is_as_long_and_just_before() -> None:
    for last in (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 30)):
        now = span_of(CLINIC, "period", {**FIELDS, "last": last}, STARTED, TODAY)
        before = span_of(CLINIC, "baseline", {**FIELDS, "last": last}, STARTED, TODAY)
        assert before.days == now.days and before.last is not None and now.first is not None
        assert (now.first - before.last).days == 1
    assert paired(CLINIC, "period") == "baseline" and paired(CLINIC, "month") is None
