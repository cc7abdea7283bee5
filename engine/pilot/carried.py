"""What a pilot hands to one that replicates it: which fields, which columns of which records, and how a value travels.

Only what the playbook declares with `carry` goes at all. People, files, dates and what is counted from a ledger never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.model import Carry, Field, Playbook, Record
from engine.pilot.state import Ratio, Value
from engine.pilot.values import plain_number, show

# A person, a consent, a deadline is never somebody else's starting point.
OWN_TYPES = ("person", "file", "date")


def stays(field: Field) -> bool:
    """Must this stay with the pilot it belongs to?"""
    return field.type in OWN_TYPES or field.ledger is not None


def carried_fields(book: Playbook) -> tuple[Field, ...]:
    return tuple(field for field in book.fields.values() if field.carry and not stays(field))


def carried_columns(book: Playbook, record: Record, carry: Carry, target: Record) -> Mapping[str, str]:
    """Target column → source column, of the columns that go. Without `columns` those of the same id, but for the ones
    kept back by `carry: false` and references to rows that do not go themselves."""
    if carry.columns:
        return carry.columns
    return {
        name: name
        for name, column in record.columns.items()
        if name in target.columns
        and column.carry is not False
        and not stays(column)
        and (column.type != "ref" or goes_along(book, column.to))
    }


def goes_along(book: Playbook, record: str | None) -> bool:
    """Do the rows of this record go into the same record, so that references to them can follow?"""
    found = book.records.get(record or "")
    return found is not None and found.carry is not None and found.carry.to is None


def receivers(book: Playbook) -> tuple[str, ...]:
    """The records into which something is carried, in the order of the playbook."""
    targets = {r.carry.to or r.id for r in book.records.values() if r.carry is not None}
    return tuple(name for name in book.records if name in targets)


def as_typed(source: Field, value: Value, target: Field) -> str:
    """A value as a person would type it into `target`; "" for what cannot be (an erased text)."""
    if isinstance(value, tuple):
        return "、".join(value)
    if target.type == "text" and source.type != "text":
        return show(source, value)
    if isinstance(value, Decimal):
        return plain_number(value)
    return str(value) if isinstance(value, str | Ratio) else ""
