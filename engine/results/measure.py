"""A metric with everything that stands behind it: formula, inputs, window, rows, how sure, before and beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.frozen import frozen
from engine.model import Field, Metric, Playbook
from engine.pilot.facts import metric_of
from engine.pilot.state import Pilot, Ratio, Value
from engine.results.counting import own_department, span_query, value_of
from engine.results.intervals import (
    Interval,
    difference_in_differences,
    difference_in_differences_of_ratios,
    fixed_amount,
    growth_of_amounts,
    newcombe,
    ratio_interval,
    wilson,
)
from engine.results.sums import Query, Sum, Sums
from engine.results.vocabulary import MEASURES
from engine.results.windows import Span, paired, span_of

Shape = Literal["rate", "ratio", "growth", "plain"]
SMALLEST_GROUP = 10  # persons; less of them, counted from event rows, is not shown (GB/T 35273 practice of small cells)
_Pairs = Sequence[tuple[Decimal, Decimal]]


@frozen
class Part:
    """One input: what was counted, over which days, from how many rows. Without a ledger only the value is known."""

    field: Field
    value: Value | None
    span: Span | None = None
    rows: int = 0
    first: date | None = None
    last: date | None = None


@frozen
class Figure:
    """A metric over one stretch of time. `interval` is in the metric's own unit divided by 100 for percentages."""

    parts: tuple[Part, ...]
    value: Decimal | None
    interval: Interval | None = None


@frozen
class Measured:
    """`shape`: rate (a part of a whole), ratio (so much per so many), growth (the same, later by earlier), plain (one
    number). `change`: now less before, with its interval (for a rate). `beside`: the change less that of the other
    departments. `few`: the base is below the metric's `least`, nothing is to be concluded."""

    metric: Metric
    shape: Shape
    now: Figure
    before: Figure | None = None
    change: Interval | None = None
    control: tuple[Figure, Figure] | None = None
    beside: Interval | None = None
    few: bool = False
    persons: bool = False

    @property
    def met(self) -> bool | None:
        value = self.now.value
        if value is None or self.metric.target is None:
            return None
        return value >= self.metric.target if self.metric.direction == "up" else value <= self.metric.target


def measure(book: Playbook, pilot: Pilot, metric: Metric, sums: Sums, today: date) -> Measured:
    """Work out a metric of a pilot from its fields and its ledger."""
    fields = _fields(book, metric)
    shape = _shape(book, metric, fields)
    reader = _Reader(book, pilot, sums, today)
    now = reader.figure(metric, fields, shape)
    before = reader.earlier(metric, fields, shape)
    change = _change(metric, shape, before, now)
    control = reader.control(metric, fields, shape) if before else None
    beside = _beside(reader, metric, shape, fields, now, before, control) if before and control else None
    return Measured(metric, shape, now, before, change, control, beside, _few(metric, shape, now), reader.persons)


def _fields(book: Playbook, metric: Metric) -> tuple[Field, ...]:
    return tuple(book.fields[n] for n in (metric.numerator, metric.denominator) if n and n in book.fields)


def _shape(book: Playbook, metric: Metric, fields: Sequence[Field]) -> Shape:
    if len(fields) == 1:
        return "rate" if fields[0].type == "percent" else "plain"
    if len(fields) != 2:
        return "plain"
    top, base = fields
    if (
        top.ledger
        and base.ledger
        and (top.ledger.measure, top.ledger.where) == (base.ledger.measure, base.ledger.where)
    ):
        return "growth"
    both_counts = top.type == base.type == "number" and metric.unit == "percent"
    return "rate" if both_counts else "ratio"


class _Reader:
    """Asks one pilot's ledger; remembers whether persons were counted."""

    def __init__(self, book: Playbook, pilot: Pilot, sums: Sums, today: date) -> None:
        self.book, self.pilot, self.sums, self.today = book, pilot, sums, today
        self.persons = False

    def figure(self, metric: Metric, fields: Sequence[Field], shape: Shape) -> Figure:
        """The metric over the windows its fields name."""
        spans = [self.span(f, f.ledger.during if f.ledger else None) for f in fields]
        return self.over(metric, fields, shape, spans)

    def earlier(self, metric: Metric, fields: Sequence[Field], shape: Shape) -> Figure | None:
        """The metric over the windows declared as the time before; None when there are none, or nothing was counted."""
        if shape == "growth" or not all(f.ledger for f in fields):
            return None
        windows = [paired(self.book, f.ledger.during) for f in fields if f.ledger]
        if not windows or not all(windows):
            return None
        spans = [self.span(f, w) for f, w in zip(fields, windows, strict=True)]
        if any(s is None or s.lacks is not None for s in spans):
            return None
        found = self.over(metric, fields, shape, spans)
        return found if found.value is not None else None

    def control(self, metric: Metric, fields: Sequence[Field], shape: Shape) -> tuple[Figure, Figure] | None:
        """(before, now) of all other departments in the ledger; None when there are none."""
        if not own_department(self.book, self.pilot.fields):
            return None
        found = []
        for pick in (lambda w: paired(self.book, w), lambda w: w):
            spans = [self.span(f, pick(f.ledger.during) if f.ledger else None) for f in fields]
            one = self.over(metric, fields, shape, spans, others=True)
            if one.value is None:
                return None
            found.append(one)
        return found[0], found[1]

    def span(self, field: Field, window: str | None) -> Span | None:
        if field.ledger is None:
            return None
        return span_of(self.book, window, self.pilot.fields, self.pilot.started, self.today)

    def over(
        self,
        metric: Metric,
        fields: Sequence[Field],
        shape: Shape,
        spans: Sequence[Span | None],
        *,
        others: bool = False,
    ) -> Figure:
        parts = tuple(self.part(f, s, others=others) for f, s in zip(fields, spans, strict=True))
        values = {p.field.id: p.value for p in parts if p.value is not None}
        value = metric_of(metric, values)
        return Figure(parts, value, self.interval(shape, parts, others) if value is not None else None)

    def part(self, field: Field, span: Span | None, *, others: bool) -> Part:
        # What was typed, and not counted, is all there is.
        if (
            field.ledger is None
            or span is None
            or (field.id not in self.pilot.counted and not others and not self.counts)
        ):
            return Part(field, self.pilot.fields.get(field.id))
        if span.lacks is not None:
            return Part(field, None, span)
        found = self.sums.total(self.query(field, span, others))
        self.persons = self.persons or found.persons
        return Part(field, value_of(field, found), span, found.rows, found.first, found.last)

    @property
    def counts(self) -> bool:
        return bool(self.pilot.live_imports)

    def query(self, field: Field, span: Span, others: bool) -> Query:
        return span_query(self.book, field, self.pilot, span, others=others)

    def interval(self, shape: Shape, parts: Sequence[Part], others: bool) -> Interval | None:
        if shape == "rate":
            counts = counts_of(parts)
            return wilson(*counts) if counts is not None else None
        if len(parts) != 2 or any(p.span is None for p in parts):
            return None
        if shape == "growth":
            return growth_of_amounts(self.daily(parts[1], others), self.daily(parts[0], others))
        measures = [p.field.ledger.measure if p.field.ledger else "" for p in parts]
        if "spend" in measures and measures != ["spend", "spend"]:
            return self.against_spend(parts, measures[0] == "spend", others)
        # Sums over different days have no days in common to judge their spread by.
        return ratio_interval(self.pairs(parts, others)) if parts[0].span == parts[1].span else None

    def against_spend(self, parts: Sequence[Part], over: bool, others: bool) -> Interval | None:
        """What came, by what was spent (or the other way round): the spending is ours and not left to chance."""
        spent, came = (parts[0], parts[1]) if over else (parts[1], parts[0])
        if not isinstance(spent.value, Decimal):
            return None
        counts = came.field.type == "number"
        daily = [int(n) if counts else n for n in self.daily(came, others)]
        return fixed_amount(spent.value, daily, over=over, counts=counts)

    def daily(self, part: Part, others: bool) -> list[Decimal]:
        """The measure for every day of the window, days without rows as 0."""
        assert part.span is not None
        known = self.by_day(part, others)
        first, last = part.span.first or part.first, part.span.last or part.last
        if first is None or last is None:
            return []
        from datetime import timedelta

        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        return [known.get(day.isoformat(), Decimal()) for day in days]

    def pairs(self, parts: Sequence[Part], others: bool) -> list[tuple[Decimal, Decimal]]:
        top, base = (self.by_day(part, others) for part in parts)
        return [(top.get(day, Decimal()), base.get(day, Decimal())) for day in sorted({*top, *base})]

    def by_day(self, part: Part, others: bool) -> Mapping[str, Decimal]:
        assert part.span is not None and part.field.ledger is not None
        found = self.sums.by("day", self.query(part.field, part.span, others))
        amounts = {day: _amount(part.field.ledger.measure, one) for day, one in found.items()}
        return {day: value for day, value in amounts.items() if value is not None}


def counts_of(parts: Sequence[Part]) -> tuple[int, int] | None:
    """(how many, of how many) of a rate; None while a part is missing, or when it is no part of a whole."""
    if len(parts) == 1 and isinstance(parts[0].value, Ratio):
        top, base = parts[0].value.numerator, parts[0].value.base
    elif len(parts) == 2 and all(isinstance(p.value, Decimal) for p in parts):
        top, base = (p.value for p in parts if isinstance(p.value, Decimal))
    else:
        return None
    whole = top == int(top) and base == int(base)
    return (int(top), int(base)) if whole and 0 <= top <= base and base > 0 else None


def _change(metric: Metric, shape: Shape, before: Figure | None, now: Figure) -> Interval | None:
    if before is None or shape != "rate":
        return None
    then, here = counts_of(before.parts), counts_of(now.parts)
    return newcombe(*here, *then) if then and here else None


def _beside(
    reader: _Reader,
    metric: Metric,
    shape: Shape,
    fields: Sequence[Field],
    now: Figure,
    before: Figure,
    control: tuple[Figure, Figure],
) -> Interval | None:
    """Difference in differences: our change less that of the others."""
    if shape == "rate":
        cells = [counts_of(f.parts) for f in (before, now, *control)]
        found = [c for c in cells if c is not None]
        if len(found) < 4:
            return None
        then, here, control_then, control_here = found
        return difference_in_differences(then, here, control_then, control_here)
    if shape == "ratio":
        return difference_in_differences_of_ratios(
            reader.pairs(before.parts, others=False),
            reader.pairs(now.parts, others=False),
            reader.pairs(control[0].parts, others=True),
            reader.pairs(control[1].parts, others=True),
        )
    return None


def _few(metric: Metric, shape: Shape, now: Figure) -> bool:
    """Is the base of what counts people below what the metric asks for?"""
    if shape == "rate":
        counts = counts_of(now.parts)
        return counts is not None and counts[1] < metric.least
    if shape == "ratio" and len(now.parts) == 2 and now.parts[1].field.type == "number":
        base = now.parts[1].value
        return isinstance(base, Decimal) and base < metric.least
    return False


def _amount(measure: str, found: Sum) -> Decimal | None:
    raw = found.values.get(measure)
    if raw is None:
        return None
    return Decimal(raw) / 100 if MEASURES[measure].type == "money" else Decimal(raw)


def too_small(persons: bool, value: Value | None) -> bool:
    """May this number of a group not be shown, because it counts few persons?"""
    return persons and isinstance(value, Decimal) and 0 < value < SMALLEST_GROUP
