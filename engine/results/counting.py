"""Counting: the fields of a playbook that come from the ledger, over their windows, whole and by channel.

Pure apart from asking the ledger. Money comes as hundredths and leaves as exact Decimal; a percent field keeps its
numerator and its base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field as having
from datetime import date
from decimal import Decimal

from engine.frozen import frozen
from engine.model import Field, Playbook
from engine.pilot.state import Counted, FunnelState, Group, Pilot, Ratio, Value
from engine.results.sums import Query, Sum, Sums
from engine.results.vocabulary import MEASURES
from engine.results.windows import Span, span_of

MOST_CHANNELS = 200
_CENTS = Decimal("0.01")
_Rows = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]  # whose rows, and which of them


@frozen
class Count:
    """One field counted: its value (None where no row says anything) and what it was counted from."""

    value: Value | None
    counted: Counted


@frozen
class Counts:
    """Everything counted on one day: by field, and by channel; and what the funnels show of it."""

    day: date
    fields: Mapping[str, Count]
    groups: Mapping[str, Group]
    funnels: Mapping[str, FunnelState] = having(default_factory=dict)


def own_department(book: Playbook, fields: Mapping[str, Value]) -> str:
    """The name whose rows are this pilot's own; empty when the playbook does not say, and then every row is."""
    value = fields.get(book.ledger.department or "")
    return value if isinstance(value, str) else ""


def query_of(book: Playbook, field: Field, pilot: Pilot, today: date, *, others: bool = False) -> tuple[Query, Span]:
    """What to ask the ledger for a counted field, and over which days."""
    counting = field.ledger
    assert counting is not None
    span = span_of(book, counting.during, pilot.fields, pilot.started, today)
    return span_query(book, field, pilot, span, others=others), span


def span_query(book: Playbook, field: Field, pilot: Pilot, span: Span, *, others: bool = False) -> Query:
    """The same question over other days."""
    counting = field.ledger
    assert counting is not None
    measures = (counting.measure, *((counting.over,) if counting.over else ()))
    own = "" if counting.everywhere else own_department(book, pilot.fields)
    where = {name: _titles(book, values) if name == "channel" else values for name, values in counting.where.items()}
    return Query(measures, span.first, span.last, own, others, where)


def count(book: Playbook, pilot: Pilot, sums: Sums, today: date) -> Counts:
    """Count every field of the playbook that comes from the ledger."""
    fields: dict[str, Count] = {}
    groups: dict[str, tuple[str, bool, dict[str, Value]]] = {}
    for (span, _), found in _alike(book, pilot, today).items():
        query = _joined(query for _, query in found)
        whole = sums.total(query)
        channels = sums.by("channel", query)
        for field, _ in found:
            value = None if span.lacks is not None else value_of(field, whole)
            fields[field.id] = Count(value, Counted(span.first, span.last, whole.first, whole.last, whole.rows))
            for title in _foremost(channels):
                one = channels[title]
                part = None if span.lacks is not None else value_of(field, one)
                if part is not None:
                    side, persons, values = groups.get(title, ("", False, {}))
                    values[field.id] = part
                    groups[title] = (one.side or side, persons or one.persons, values)
    return Counts(
        today,
        fields,
        {title: Group(side, persons, values) for title, (side, persons, values) in sorted(groups.items())},
    )


def _foremost(channels: Mapping[str, Sum]) -> list[str]:
    """The channels that are looked at one by one: those with the most rows. A column of thousands of different texts is no
    column of channels, and what was counted is written into the log."""
    return sorted(sorted(channels), key=lambda title: -channels[title].rows)[:MOST_CHANNELS]


def value_of(field: Field, found: Sum) -> Value | None:
    """What a sum says of a field; None where no row has the measure, or a ratio has no base."""
    counting = field.ledger
    assert counting is not None
    top = amount(counting.measure, found)
    if counting.over is None:
        return top
    base = amount(counting.over, found)
    if top is None or not base:
        return None
    return Ratio(top, base)


def amount(measure: str, found: Sum) -> Decimal | None:
    """A measure of a sum as a number: money in yuan, counts as they are."""
    raw = found.values.get(measure)
    if raw is None:
        return None
    return (Decimal(raw) * _CENTS).quantize(_CENTS) if MEASURES[measure].type == "money" else Decimal(raw)


def _alike(book: Playbook, pilot: Pilot, today: date) -> Mapping[tuple[Span, _Rows], list[tuple[Field, Query]]]:
    """Fields that ask for the same rows, so that the ledger is read once for all of them."""
    found: dict[tuple[Span, _Rows], list[tuple[Field, Query]]] = {}
    for field in book.counted.values():
        query, span = query_of(book, field, pilot, today)
        rows = (query.own, tuple(sorted(query.where.items())))
        found.setdefault((span, rows), []).append((field, query))
    return found


def _joined(queries: Iterable[Query]) -> Query:
    all_of = list(queries)
    first = all_of[0]
    measures = tuple(dict.fromkeys(m for query in all_of for m in query.measures))
    return Query(measures, first.first, first.last, first.own, first.others, first.where)


def _titles(book: Playbook, values: tuple[str, ...]) -> tuple[str, ...]:
    """Channels may be named by their id in the playbook; in the ledger they stand under their title."""
    channels = book.ledger.channels
    return tuple(channels[v].title if v in channels else v for v in values)


def moves_windows(book: Playbook, fields: Iterable[str]) -> bool:
    """Is one of these fields the end of a window, or the name of the own department?"""
    ends = {name for w in book.windows.values() for name in (w.start, w.end) if name} | {book.ledger.department}
    return any(name in ends for name in fields)
