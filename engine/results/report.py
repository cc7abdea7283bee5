"""A funnel and the channels of a pilot, with what can be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from engine.frozen import frozen, replace
from engine.model import Field, Funnel, Playbook
from engine.pilot.facts import metric_of
from engine.pilot.groups import group_metrics, group_values
from engine.pilot.state import FunnelState, Group, Pilot, Value
from engine.results.counting import Counts, span_query, value_of
from engine.results.funnel import (
    Anomaly,
    Bottleneck,
    Contribution,
    Link,
    Rate,
    ReputationSign,
    anomalies,
    bottleneck,
    decompose,
    funnel_rates,
    reputation_sign,
)
from engine.results.measure import SMALLEST_GROUP, too_small
from engine.results.sums import Sums
from engine.results.windows import Span, paired, span_of


@frozen
class FunnelReport:
    """`before` holds the same links over the time before, when there is one; `lacks` the links without a count."""

    funnel: Funnel
    links: tuple[Link, ...]
    rates: tuple[Rate, ...]
    before: tuple[Link, ...] = ()
    parts: tuple[Contribution, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    bottleneck: Bottleneck | None = None
    reputation: ReputationSign | None = None
    lacks: tuple[str, ...] = ()
    span: Span | None = None
    span_before: Span | None = None


@frozen
class ChannelRow:
    """One channel: counted values and metrics by id. `hidden` are those that count too few persons to be shown."""

    title: str
    side: str
    values: Mapping[str, Value]
    metrics: Mapping[str, Decimal]
    hidden: frozenset[str] = frozenset()


def funnel_report(book: Playbook, pilot: Pilot, funnel: Funnel, sums: Sums, today: date) -> FunnelReport:
    fields = [book.fields[link.field] for link in funnel.links if link.field in book.fields]
    known = [f for f in fields if isinstance(pilot.fields.get(f.id), Decimal)]
    before = _before(book, pilot, known, sums, today) if pilot.live_imports else ()
    return _report(book, pilot, funnel, before, today)


def _report(book: Playbook, pilot: Pilot, funnel: Funnel, before: tuple[Link, ...], today: date) -> FunnelReport:
    fields = [book.fields[link.field] for link in funnel.links if link.field in book.fields]
    known = [(f, v) for f in fields if isinstance(v := pilot.fields.get(f.id), Decimal)]
    links = tuple(Link(f.id, f.title, int(v)) for f, v in known)
    targets = {link.field: Fraction(link.target) / 100 for link in funnel.links if link.target is not None}
    counts = [link.count for link in before]
    spans = [
        span_of(book, f.ledger.during, pilot.fields, pilot.started, today) for f, _ in known if f.ledger is not None
    ]
    return FunnelReport(
        funnel,
        links,
        funnel_rates(links),
        before,
        decompose(counts, [link.count for link in links]) if before else (),
        anomalies(links),
        bottleneck(links, targets, counts or None) if len(links) > 1 else None,
        _reputation(book, links, before),
        tuple(f.title for f in fields if f.id not in {k.id for k, _ in known}),
        spans[0] if spans else None,
        _span_before(book, pilot, [f for f, _ in known], today),
    )


def with_funnels(book: Playbook, pilot: Pilot, counts: Counts, sums: Sums, today: date) -> Counts:
    """What was counted, with the link that holds each funnel up: what gates and rules may ask."""
    if not book.funnels or not any(one.counted.rows for one in counts.fields.values()):
        return counts
    values = {name: one.value for name, one in counts.fields.items() if one.value is not None}
    kept = {name: value for name, value in pilot.fields.items() if name not in counts.fields}
    pilot = replace(pilot, fields={**kept, **values})
    found = {}
    for funnel in book.funnels.values():
        fields = [book.fields[link.field] for link in funnel.links if link.field in book.fields]
        before = _before(book, pilot, [f for f in fields if isinstance(values.get(f.id), Decimal)], sums, today)
        report = _report(book, pilot, funnel, before, today)
        step = report.bottleneck.step if report.bottleneck else None
        found[funnel.id] = FunnelState("" if step is None else report.links[step].id, report.reputation is not None)
    return replace(counts, funnels=found)


def _before(book: Playbook, pilot: Pilot, fields: Sequence[Field], sums: Sums, today: date) -> tuple[Link, ...]:
    """The same links over the windows declared as the time before; nothing where one of them has no rows there."""
    found = []
    for field in fields:
        window = paired(book, field.ledger.during) if field.ledger else None
        if window is None:
            return ()
        span = span_of(book, window, pilot.fields, pilot.started, today)
        if span.lacks is not None:
            return ()
        value = value_of(field, sums.total(span_query(book, field, pilot, span)))
        if not isinstance(value, Decimal):
            return ()
        found.append(Link(field.id, field.title, int(value)))
    return tuple(found)


def _span_before(book: Playbook, pilot: Pilot, fields: Sequence[Field], today: date) -> Span | None:
    for field in fields:
        window = paired(book, field.ledger.during) if field.ledger else None
        if window is not None:
            return span_of(book, window, pilot.fields, pilot.started, today)
    return None


def _reputation(book: Playbook, links: Sequence[Link], before: Sequence[Link]) -> ReputationSign | None:
    """Looked for where the funnel has a link of bookings and, right behind it, one of arrivals."""

    def measure(link: Link) -> str:
        counting = book.fields[link.id].ledger
        return counting.measure if counting else link.id

    for i, link in enumerate(links[:-1]):
        if before and measure(link) == "bookings" and measure(links[i + 1]) == "arrivals":
            return reputation_sign((before[i].count, before[i + 1].count), (link.count, links[i + 1].count))
    return None


def channel_rows(book: Playbook, pilot: Pilot) -> tuple[ChannelRow, ...]:
    """The channels of a pilot as counted last, the one with the most spend first."""
    rows = [_channel(book, pilot, title, group) for title, group in pilot.groups.items() if title]
    spend = next((f.id for f in book.counted.values() if f.ledger and f.ledger.measure == "spend"), "")

    def order(row: ChannelRow) -> tuple[Decimal, str]:
        value = row.values.get(spend)
        return (-value if isinstance(value, Decimal) else Decimal(0), row.title)

    return tuple(sorted(rows, key=order))


def _channel(book: Playbook, pilot: Pilot, title: str, group: Group) -> ChannelRow:
    values = group_values(book, pilot, group)
    hidden = {name for name, value in values.items() if too_small(_by_persons(book, group, name), value)}
    metrics = {}
    for metric in group_metrics(book):
        value = metric_of(metric, values)
        parts = {metric.numerator, metric.denominator}
        if value is None:
            continue
        metrics[metric.id] = value
        if parts & hidden:
            hidden.add(metric.id)
    return ChannelRow(title, group.side, values, metrics, frozenset(hidden))


def channel_fields(book: Playbook) -> list[Field]:
    """Counted fields for a table of channels: each measure once, and none of a time before another."""
    found: dict[str, Field] = {}
    for field in book.counted.values():
        window = book.windows.get(field.ledger.during or "") if field.ledger else None
        if field.ledger and field.type != "percent" and not (window and window.before):
            found.setdefault(field.ledger.measure, field)
    return list(found.values())


def _by_persons(book: Playbook, group: Group, field: str) -> bool:
    """Is this number one of persons counted from event rows? Money and clicks are not."""
    from engine.results.vocabulary import FROM_EVENTS

    counting = book.fields[field].ledger
    return (
        group.persons
        and counting is not None
        and counting.measure in FROM_EVENTS
        and book.fields[field].type == "number"
    )


__all__ = [
    "SMALLEST_GROUP",
    "ChannelRow",
    "FunnelReport",
    "channel_fields",
    "channel_rows",
    "funnel_report",
    "with_funnels",
]
