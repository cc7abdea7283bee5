"""Windows of time as days: which rows of a ledger a figure counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from engine.calendar import plus
from engine.frozen import frozen
from engine.model import Duration, Playbook
from engine.pilot.state import Value

_DEPTH = 8  # windows that refer to one another in a circle are found by a check; this keeps it from running for ever


@frozen
class Span:
    """Both days within; None: open on that side. `lacks` names the date field that is still empty."""

    first: date | None = None
    last: date | None = None
    lacks: str | None = None

    @property
    def days(self) -> int | None:
        """How many days; None for one that is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


def span_of(
    book: Playbook, window: str | None, fields: Mapping[str, Value], started: date, today: date, depth: int = 0
) -> Span:
    """The days of a window; everything for None."""
    found = book.windows.get(window or "")
    if found is None or depth > _DEPTH:
        return Span()
    if found.last is not None:
        end = started - timedelta(days=1) if found.before == "started" else today
        return Span(back(end, found.last) + timedelta(days=1), end)
    if found.before is not None:
        return _before(span_of(book, found.before, fields, started, today, depth + 1))
    first = _day(found.start, fields, started, today)
    last = _day(found.end, fields, started, today)
    lacks = found.start if found.start and first is None else None
    return Span(first, min(last or today, today), lacks)


def paired(book: Playbook, window: str | None) -> str | None:
    """The window declared as the time before `window`, if there is one."""
    return next((w.id for w in book.windows.values() if window is not None and w.before == window), None)


def back(day: date, by: Duration) -> date:
    """The day so long before."""
    return plus(day, -by.amount, by.unit)


def _before(span: Span) -> Span:
    if span.days is None or span.first is None:
        return Span(lacks=span.lacks or "")
    last = span.first - timedelta(days=1)
    return Span(last - timedelta(days=span.days - 1), last)


def _day(name: str | None, fields: Mapping[str, Value], started: date, today: date) -> date | None:
    if name == "started":
        return started
    if name is None or name == "today":
        return None if name is None else today
    value = fields.get(name)
    return value if isinstance(value, date) else None
