import timeit
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import (
    END_OF_DAY,
    Calendar,
    calendar_for,
    due_moment,
    from_json,
    official_days,
    to_json,
)
from engine.model import Due, Duration

ZONE = ZoneInfo("Asia/Shanghai")
OFFICIAL = calendar_for(ZONE, (2025, 2026), {})

# By hand from the notices of the General Office of the State Council: weekdays off, weekend days worked.
OFF = """
2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02 2025-05-05
2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04
2026-05-05 2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07
""".split()
WORKED = """
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
""".split()

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(ZONE))
amounts = st.integers(0, 60)
units = st.sampled_from(["workdays", "days", "weeks", "months", "hours"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def end(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), END_OF_DAY, ZONE)


def spans(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    starts = draw(st.lists(moments, max_size=3))
    return [(s, s + timedelta(hours=draw(st.integers(0, 500)))) for s in starts]


holds = st.composite(spans)()


def test_every_day_of_two_years_is_as_announced() -> None:
    day, wrong = date(2025, 1, 1), []
    while day.year < 2027:
        expected = day.isoformat() in WORKED if day.weekday() >= 5 else day.isoformat() not in OFF
        if OFFICIAL.is_workday(day) is not expected:
            wrong.append(day.isoformat())
        day += timedelta(days=1)
    assert wrong == []


def test_a_year_that_is_not_announced_yet_is_not_known_but_has_its_fixed_holidays() -> None:
    calendar = calendar_for(ZONE, range(2025, 2036), {})
    assert calendar.known_until == calendar.last >= date(2026, 12, 31)
    assert not calendar.is_known(date(2035, 3, 1)) and calendar.is_known(date(2026, 3, 2))
    assert not calendar.is_workday(date(2035, 10, 2)) and calendar.is_workday(date(2035, 3, 1))
    assert Calendar(ZONE).known_until is None


def test_the_span_of_known_years_has_no_hole() -> None:
    _, _, first, last = official_days((2024, 2025, 2026, 2035))
    assert (first, last) == (date(2024, 1, 1), date(2026, 12, 31))


def test_a_hospitals_own_days_come_last() -> None:
    own = {"off": [date(2026, 3, 4), date(2026, 5, 9)], "work": [date(2026, 3, 7), date(2026, 5, 5)]}
    calendar = calendar_for(ZONE, (2026,), own)
    assert [calendar.is_workday(d) for d in own["off"]] == [False, False]
    assert [calendar.is_workday(d) for d in own["work"]] == [True, True]


def test_a_calendar_survives_being_stored() -> None:
    assert from_json(to_json(OFFICIAL), ZONE) == OFFICIAL
    assert from_json(to_json(Calendar(ZONE)), ZONE) == Calendar(ZONE)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-03-02 09:00", 5, "workdays", "2026-03-09"),
        ("2026-03-02 23:59", 0, "workdays", "2026-03-02"),
        ("2026-02-13 09:00", 1, "workdays", "2026-02-14"),  # a Saturday that is worked
        ("2026-02-14 09:00", 1, "workdays", "2026-02-24"),  # over the Spring Festival
        ("2025-12-30 09:00", 2, "workdays", "2026-01-04"),  # over the turn of the year, onto a Sunday that is worked
        ("2026-03-07 12:00", 1, "workdays", "2026-03-09"),
        ("2026-03-02 09:00", 3, "days", "2026-03-05"),
        ("2026-03-02 09:00", 2, "weeks", "2026-03-16"),
        ("2026-01-31 09:00", 1, "months", "2026-02-28"),
        ("2028-01-31 09:00", 1, "months", "2028-02-29"),
        ("2025-11-30 09:00", 3, "months", "2026-02-28"),
        ("2025-12-31 09:00", 12, "months", "2026-12-31"),
    ],
)
def test_add_ends_with_the_day(start: str, amount: int, unit: str, expected: str) -> None:
    assert OFFICIAL.add(at(start), Duration(amount, unit)) == end(expected)  # type: ignore[arg-type]


def test_hours_are_exact() -> None:
    assert OFFICIAL.add(at("2026-03-02 22:30"), Duration(4, "hours")) == at("2026-03-03 02:30")
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)  # half an hour before the clocks go forward
    assert Calendar(berlin).add(before, Duration(1, "hours")).hour == 3


def test_the_day_is_the_day_in_the_calendars_zone() -> None:
    late = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # 01:00 on Monday, 2 March in Shanghai
    assert OFFICIAL.today(late) == date(2026, 3, 2)
    assert OFFICIAL.add(late, Duration(1, "workdays")) == end("2026-03-03")
    assert OFFICIAL.add(late, Duration(1, "days")).tzinfo is ZONE


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        OFFICIAL.add(datetime(2026, 3, 2), Duration(1, "days"))
    with pytest.raises(ValueError, match="time zone"):
        OFFICIAL.subtract(datetime(2026, 3, 2), Duration(1, "hours"))


@pytest.mark.parametrize(
    ("unit", "hold", "expected"),
    [
        ("workdays", ("2026-03-03 09:00", "2026-03-05 09:00"), "2026-03-11"),
        ("workdays", ("2026-03-03 09:00", "2026-03-03 18:00"), "2026-03-09"),  # a pause within a day costs no day
        ("workdays", ("2026-03-07 00:00", "2026-03-08 12:00"), "2026-03-09"),  # a pause at the weekend costs nothing
        ("workdays", ("2026-03-10 00:00", "2026-03-20 00:00"), "2026-03-09"),  # a pause after the end
        ("workdays", ("2026-02-20 00:00", "2026-03-02 09:00"), "2026-03-09"),  # a pause before the start
        ("days", ("2026-03-03 09:00", "2026-03-05 08:00"), "2026-03-09"),
        ("days", ("2026-03-03 09:00", "2026-03-03 18:00"), "2026-03-07"),
        ("days", ("2026-02-20 00:00", "2026-03-04 00:00"), "2026-03-08"),  # begun before the start
        ("days", ("2026-03-07 08:00", "2026-03-17 08:00"), "2026-03-17"),  # begun on the last day
    ],
)
def test_a_hold_moves_the_end(unit: str, hold: tuple[str, str], expected: str) -> None:
    interval = (at(hold[0]), at(hold[1]))
    assert OFFICIAL.add(at("2026-03-02 09:00"), Duration(5, unit), [interval]) == end(expected)  # type: ignore[arg-type]


def test_a_hold_moves_hours_by_its_exact_length() -> None:
    hold = (at("2026-03-02 10:00"), at("2026-03-02 10:20"))
    assert OFFICIAL.add(at("2026-03-02 09:00"), Duration(2, "hours"), [hold, hold]) == at("2026-03-02 11:20")
    assert OFFICIAL.add(at("2026-03-02 10:10"), Duration(2, "hours"), [hold]) == at("2026-03-02 12:20")
    assert OFFICIAL.add(at("2026-03-02 07:00"), Duration(2, "hours"), [hold]) == at("2026-03-02 09:00")


def test_subtract_counts_back() -> None:
    assert OFFICIAL.subtract(at("2026-02-24 00:00"), Duration(1, "workdays")) == end("2026-02-14")
    assert OFFICIAL.subtract(at("2026-03-31 00:00"), Duration(1, "months")) == end("2026-02-28")
    assert OFFICIAL.subtract(at("2026-03-15 00:00"), Duration(2, "weeks")) == end("2026-03-01")
    assert OFFICIAL.subtract(at("2026-03-02 01:00"), Duration(2, "hours")) == at("2026-03-01 23:00")


def test_due_moment_goes_before_or_after_its_anchor() -> None:
    anchor, three = at("2026-03-12 00:00"), Duration(3, "workdays")
    hold = (at("2026-03-13 00:00"), at("2026-03-14 00:00"))
    assert due_moment(Due(three), anchor, OFFICIAL) == end("2026-03-17")
    assert due_moment(Due(three), anchor, OFFICIAL, [hold]) == end("2026-03-18")
    assert due_moment(Due(three, "field", "day", before=True), anchor, OFFICIAL, [hold]) == end("2026-03-09")


def test_workdays_between_counts_the_end_and_not_the_start() -> None:
    assert OFFICIAL.workdays_between(date(2026, 3, 2), date(2026, 3, 9)) == 5
    assert OFFICIAL.workdays_between(date(2026, 3, 9), date(2026, 3, 2)) == -5
    assert OFFICIAL.workdays_between(date(2026, 2, 14), date(2026, 2, 23)) == 0


@given(moments, st.integers(1, 60))
def test_n_workdays_later_is_a_working_day_with_n_between(start: datetime, amount: int) -> None:
    found = OFFICIAL.add(start, Duration(amount, "workdays"))
    assert OFFICIAL.is_workday(found.date()) and found.timetz() == time(23, 59, 59, tzinfo=ZONE)
    assert OFFICIAL.workdays_between(start.date(), found.date()) == amount


@given(moments, st.integers(1, 60), holds)
def test_a_workday_reached_is_never_a_held_one(
    start: datetime, amount: int, paused: list[tuple[datetime, datetime]]
) -> None:
    found = OFFICIAL.add(start, Duration(amount, "workdays"), paused).date()
    assert OFFICIAL.is_workday(found)
    assert not any(a.date() <= found < b.date() for a, b in paused)


@given(moments, amounts, units, holds)
def test_a_hold_never_makes_anything_earlier(
    start: datetime, amount: int, unit: str, paused: list[tuple[datetime, datetime]]
) -> None:
    wait = Duration(amount, unit)  # type: ignore[arg-type]
    once = OFFICIAL.add(start, wait, paused)
    assert OFFICIAL.add(start, wait) <= once <= OFFICIAL.add(start, wait, [*paused, (start, start + timedelta(days=9))])


@given(st.lists(moments, min_size=2, max_size=6), amounts, units, holds)
def test_a_later_start_never_ends_earlier(
    starts: list[datetime], amount: int, unit: str, paused: list[tuple[datetime, datetime]]
) -> None:
    ends = [OFFICIAL.add(s, Duration(amount, unit), paused) for s in sorted(starts)]  # type: ignore[arg-type]
    assert all(a <= b for a, b in pairwise(ends))


@given(moments, amounts, units, holds)
def test_more_never_ends_earlier(
    start: datetime, amount: int, unit: str, paused: list[tuple[datetime, datetime]]
) -> None:
    less, more = Duration(amount, unit), Duration(amount + 1, unit)  # type: ignore[arg-type]
    assert OFFICIAL.add(start, less, paused) < OFFICIAL.add(start, more, paused)


@given(days, st.integers(1, 60))
def test_subtract_is_the_mirror_of_add_on_working_days(day: date, amount: int) -> None:
    start = datetime.combine(day, time(9), ZONE)
    back = OFFICIAL.subtract(start, Duration(amount, "workdays"))
    assert OFFICIAL.is_workday(back.date())
    if OFFICIAL.is_workday(day):
        assert OFFICIAL.add(back, Duration(amount, "workdays")).date() == day


def test_counting_is_quick() -> None:
    start, wait = at("2026-02-02 09:00"), Duration(20, "workdays")
    hold = [(at("2026-02-10 09:00"), at("2026-02-12 09:00"))]
    once = min(timeit.repeat(lambda: OFFICIAL.add(start, wait), number=200, repeat=5)) / 200
    held = min(timeit.repeat(lambda: OFFICIAL.add(start, wait, hold), number=200, repeat=5)) / 200
    assert once < 50e-6 and held < 100e-6, (once, held)
