"""Working days and due dates. Days off are data: the official Chinese calendar with the hospital's own days over it.

Rules of counting: N working days end at the end of the N-th working day after the start day; days, weeks and months
end at the end of that calendar day (31 January + 1 month is the last day of February); hours are exact. While a pilot
is on hold the clock stands still: a day counts as held from the day of the pause up to, not including, the day of the
return, and held days do not count for any unit of days; hours are lengthened by the exact length of the hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, TypeVar

from engine.frozen import frozen
from engine.model import Due, Duration

END_OF_DAY = time(23, 59, 59)
SHANGHAI = "Asia/Shanghai"
Hold = tuple[datetime, datetime]

_T = TypeVar("_T", date, datetime)

_DAY = timedelta(days=1)
_SATURDAY = 5


def hour_of(moment: datetime | None) -> str:
    """`14:30` for what is due at an hour; empty for what is due in the course of a day, or not at all."""
    return "" if moment is None or moment.timetz().replace(tzinfo=None) == END_OF_DAY else f"{moment:%H:%M}"


@frozen
class Calendar:
    """`off`: weekdays on which nobody works; `working`: weekend days on which people do.

    Outside `first`…`last` only fixed holidays, the rule "Monday to Friday" and the hospital's own days are known.
    """

    zone: tzinfo
    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    first: date = date.max
    last: date = date.min

    def is_workday(self, day: date) -> bool:
        return day in self.working if day.weekday() >= _SATURDAY else day not in self.off

    def is_known(self, day: date) -> bool:
        """Is the official calendar of that day published (make-up days are announced a year at a time)?"""
        return self.first <= day <= self.last

    @property
    def known_until(self) -> date | None:
        """The last day of the published calendar, for papers that show dates beyond it; None when nothing is known."""
        return self.last if self.first <= self.last else None

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def add(self, start: datetime, duration: Duration, holds: Sequence[Hold] = ()) -> datetime:
        """The moment `duration` after `start`, as described above. Aware, in this calendar's zone.

        `holds` are (from, until) pairs of aware moments; they may overlap and stand in any order.
        """
        start = self._local(start)
        amount, unit = duration.amount, duration.unit
        if unit == "hours":
            # Through UTC: an hour is an hour also where a zone changes its clocks.
            return _shift(start.astimezone(UTC), timedelta(hours=amount), _merged(holds)).astimezone(self.zone)
        held = self._held(holds)
        if unit == "workdays":
            return self._end(self._workday(start.date(), amount, held))
        return self._end(_later(plus(start.date(), amount, unit), start.date(), held))

    def subtract(self, start: datetime, duration: Duration) -> datetime:
        """The moment `duration` before `start`: the mirror of `add`, without holds (what lies ahead cannot be held)."""
        start = self._local(start)
        amount, unit = duration.amount, duration.unit
        if unit == "hours":
            return (start.astimezone(UTC) - timedelta(hours=amount)).astimezone(self.zone)
        if unit == "workdays":
            day = start.date()
            while amount > 0:
                day -= _DAY
                amount -= self.is_workday(day)
            return self._end(day)
        return self._end(plus(start.date(), -amount, unit))

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + _DAY * n) for n in range(1, (end - start).days + 1))

    def end_of(self, day: date) -> datetime:
        """The last moment of a day."""
        return self._end(day)

    def _end(self, day: date) -> datetime:
        return datetime.combine(day, END_OF_DAY, self.zone)

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return moment.astimezone(self.zone)

    def _held(self, holds: Sequence[Hold]) -> list[tuple[date, date]]:
        """The holds as (first held day, first day that counts again), in order, none touching another."""
        return [(a, b) for a, b in _merged([(self.today(a), self.today(b)) for a, b in holds]) if a < b]

    def _workday(self, day: date, amount: int, held: Sequence[tuple[date, date]]) -> date:
        while amount > 0:
            day += _DAY
            if self.is_workday(day) and not any(a <= day < b for a, b in held):
                amount -= 1
        return day


def due_moment(due: Due, anchor: datetime, calendar: Calendar, holds: Sequence[Hold] = ()) -> datetime:
    """When something is due whose anchor happened (or will happen) at `anchor`."""
    if due.before:
        return calendar.subtract(anchor, due.offset)
    return calendar.add(anchor, due.offset, holds)


def official_days(years: Iterable[int]) -> tuple[frozenset[date], frozenset[date], date, date]:
    """China's days off and make-up days of `years`, and the span for which make-up days are published.

    Source: the `holidays` package, which follows the State Council's yearly notices. A year without any make-up day or
    substituted day off is not announced yet: its fixed holidays are used, but it does not count as known.
    The span is the run of known years that ends with the latest of them.
    """
    import holidays

    wanted = sorted(set(years))
    off: set[date] = set()
    working: set[date] = set()
    known: list[int] = []
    for year in wanted:
        found = holidays.country_holidays("CN", years=year)
        off |= {day for day in found if day.year == year and day.weekday() < _SATURDAY}
        made_up = {day for day in found.weekend_workdays if day.year == year}
        working |= made_up
        if made_up:
            known.append(year)
    if not known:
        return frozenset(off), frozenset(working), date.max, date.min
    first = last = known[-1]
    while first - 1 in known:
        first -= 1
    return frozenset(off), frozenset(working), date(first, 1, 1), date(last, 12, 31)


def zone_of(name: str) -> tzinfo:
    """A time zone by its name. Raises KeyError or ValueError when there is none.

    China has had one zone without summer time since 1991, so the usual one needs no time zone database.
    """
    if name == SHANGHAI:
        return timezone(timedelta(hours=8), SHANGHAI)
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def calendar_for(zone: tzinfo, years: Iterable[int], overrides: Mapping[str, Iterable[date]]) -> Calendar:
    """The official calendar of `years` with a hospital's own `off` and `work` days laid over it."""
    off, working, first, last = official_days(years)
    return with_overrides(Calendar(zone, off, working, first, last), overrides)


def with_overrides(calendar: Calendar, overrides: Mapping[str, Iterable[date]]) -> Calendar:
    """Lay a hospital's own days over a calendar: `off` (nobody works) and `work` (people do)."""
    off, work = frozenset(overrides.get("off", ())), frozenset(overrides.get("work", ()))
    return Calendar(
        calendar.zone,
        (calendar.off - work) | {d for d in off if d.weekday() < _SATURDAY},
        (calendar.working - off) | {d for d in work if d.weekday() >= _SATURDAY},
        calendar.first,
        calendar.last,
    )


def to_json(calendar: Calendar) -> dict[str, Any]:
    """Plain data of the official days, so that they are worked out once per workspace and not per command."""
    return {
        "off": sorted(d.isoformat() for d in calendar.off),
        "working": sorted(d.isoformat() for d in calendar.working),
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
    }


def from_json(data: Mapping[str, Any], zone: tzinfo) -> Calendar:
    parse = date.fromisoformat
    off, working = frozenset(map(parse, data["off"])), frozenset(map(parse, data["working"]))
    return Calendar(zone, off, working, parse(data["first"]), parse(data["last"]))


def plus(day: date, amount: int, unit: str) -> date:
    """So many days, weeks or months later (earlier for a negative amount); 31 January + 1 month is the end of February."""
    if unit == "months":
        month = day.year * 12 + day.month - 1 + amount
        year, month = divmod(month, 12)
        following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - _DAY)
    return day + timedelta(days=amount * (7 if unit == "weeks" else 1))


def _later(end: date, start: date, held: Iterable[tuple[date, date]]) -> date:
    """`end` later by every held day after `start` and up to the end as moved so far."""
    for began, ended in held:
        first = max(began, start + _DAY)
        if first <= end and first < ended:
            end += ended - first
    return end


def _shift(start: datetime, wait: timedelta, holds: Iterable[Hold]) -> datetime:
    """`start` + `wait`, later by every hold (or part of one) between the start and the end as moved so far."""
    end = start + wait
    for began, ended in holds:
        first = max(began, start)
        if first < end and first < ended:
            end += ended - first
    return end


def _merged(spans: Iterable[tuple[_T, _T]]) -> list[tuple[_T, _T]]:
    """Spans in order, overlapping ones joined, so that no time is counted twice."""
    found: list[tuple[_T, _T]] = []
    for began, ended in sorted(spans):
        if found and began <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((began, ended))
    return found
