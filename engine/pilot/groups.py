"""Channels as the rows of a table: what a rule or a decision table may ask about each of them (`row.x`).

The columns are `channel`, `side`, every field counted from the ledger, and every metric made of such fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from engine.model import Field, Metric, Playbook, Record
from engine.pilot.facts import MISSING, metric_of, plain_value
from engine.pilot.state import Group, Pilot, Value

CHANNELS = "channel"  # what `each` says for them; anything else there is a record
GROUP_RECORD = "each: channel"  # not an id anybody can write, so it never meets a declared record


def group_record(book: Playbook) -> Record:
    """The table of channels, as conditions are typed against it."""
    known = book.memory.get(GROUP_RECORD)
    if known is None:
        columns = {
            "channel": Field("channel", "渠道", "text"),
            "side": Field("side", "线上线下", "choice", options={"online": "线上", "offline": "线下"}),
            **book.counted,
            **{m.id: Field(m.id, m.title, "number", unit=unit_of(m)) for m in group_metrics(book)},
        }
        known = book.memory[GROUP_RECORD] = Record(GROUP_RECORD, "渠道", columns, "channel")
    return cast("Record", known)


def row_record(book: Playbook, each: str | None) -> Record | None:
    """The table whose rows a rule or a decision table is asked about; None for one about the pilot as a whole."""
    if each is None:
        return None
    return group_record(book) if each == CHANNELS else book.records.get(each)


def group_metrics(book: Playbook) -> tuple[Metric, ...]:
    """The metrics that can be worked out for one channel: all their parts are counted from the ledger."""
    counted = book.counted
    return tuple(
        m
        for m in book.metrics.values()
        if m.numerator in counted and (m.denominator is None or m.denominator in counted) and m.id not in counted
    )


def unit_of(metric: Metric) -> str:
    return "%" if metric.unit == "percent" else metric.unit


def group_values(book: Playbook, pilot: Pilot, group: Group) -> Mapping[str, Value]:
    """What was counted in one channel. A count that other channels have and this one does not is 0 there."""
    values = dict(group.values)
    for field in book.counted.values():
        if field.id not in values and field.type != "percent" and field.id in pilot.counted:
            values[field.id] = Decimal()
    return values


def group_facts(book: Playbook, pilot: Pilot, channel: str) -> dict[str, object]:
    """The names a condition sees for one channel: `row.COLUMN`, `row.filled.COLUMN`, `row.id` (its number)."""
    group = pilot.groups[channel]
    values = group_values(book, pilot, group)
    found: dict[str, object] = {
        "row.id": float(list(pilot.groups).index(channel) + 1),
        "row.channel": channel,
        "row.side": group.side or MISSING,
    }
    for field in book.counted.values():
        found[f"row.{field.id}"] = plain_value(values.get(field.id))
    for metric in group_metrics(book):
        value = metric_of(metric, values)
        found[f"row.{metric.id}"] = MISSING if value is None else float(value)
    found |= {f"row.filled.{name[4:]}": value is not MISSING for name, value in found.items() if name != "row.id"}
    return found
