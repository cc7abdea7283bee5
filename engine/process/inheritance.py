"""A replica beside its parent: what came over unchanged, what was adapted here, what is new, what was dropped.

Read from the events alone: what was carried says so itself (`from`), so a text that happens to be alike is no inheritance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from engine.frozen import frozen
from engine.model import Due, Field, Playbook, Record
from engine.pilot.carried import receivers
from engine.pilot.events import Erased, Event
from engine.pilot.fold import undone_seqs, value_of
from engine.pilot.state import Pilot, Value
from engine.text import Message, say

Fate = Literal["unchanged", "adapted", "new", "dropped"]
FATES: tuple[Fate, ...] = ("unchanged", "adapted", "new", "dropped")
FATE_WORDS: Mapping[Fate, Message] = {
    "unchanged": say("照搬", "unchanged"),
    "adapted": say("调整", "adapted"),
    "new": say("新增", "new"),
    "dropped": say("去掉", "dropped"),
}


@frozen
class Cell:
    """A value of a column (or of the field itself) before and now; None where there is none."""

    field: Field
    before: Value | None = None
    after: Value | None = None


@frozen
class Inherited:
    """`kind` says what it is: a row of the record `about`, a field, or a task of the playbook (`about` is its id).
    `carried` are the cells that came over, `own` the filled ones that were added here."""

    kind: Literal["row", "field", "task"]
    about: str
    title: str
    fate: Fate
    row: int = 0
    carried: tuple[Cell, ...] = ()
    own: tuple[Cell, ...] = ()
    source: tuple[str, int] = ("", 0)  # record and row, there
    dues: tuple[Due | None, Due | None] = (None, None)


def inherited(
    book: Playbook, pilot: Pilot, events: Sequence[Event], parent_book: Playbook | None
) -> tuple[Inherited, ...]:
    """Everything that was carried into `pilot`, and what is new where something was; tasks against the parent's playbook."""
    taken_back = undone_seqs(events)
    return (
        *_fields(book, pilot, events),
        *_rows(book, pilot, events, taken_back),
        *(_tasks(book, parent_book) if parent_book is not None else ()),
    )


def _fields(book: Playbook, pilot: Pilot, events: Sequence[Event]) -> Iterator[Inherited]:
    for event in events:
        if event.type != "field_set" or "from" not in event.data or event.data["field"] not in book.fields:
            continue
        field = book.fields[event.data["field"]]
        before = value_of(field.type, event.data.get("value"), event.texts.get("value"))
        after = pilot.fields.get(field.id)
        fate = _fate(before == after, after is None)
        yield Inherited("field", field.id, field.title, fate, carried=(Cell(field, before, after),))


def _rows(book: Playbook, pilot: Pilot, events: Sequence[Event], gone: frozenset[int]) -> Iterator[Inherited]:
    came: dict[tuple[str, int], Event] = {}
    for event in events:
        if event.type == "row_added" and "from" in event.data:
            came[(event.data["record"], event.data["row"])] = event
    for name in dict.fromkeys((*receivers(book), *(record for record, _ in came))):
        record = book.records.get(name)
        if record is None:
            continue
        now = pilot.rows.get(name, {})
        for row, event in ((r, e) for (n, r), e in came.items() if n == name):
            yield _row(record, row, event, None if event.seq in gone else now.get(row))
        for row, values in now.items():
            event_of = came.get((name, row))
            if event_of is None or event_of.seq in gone:
                yield Inherited("row", name, record.title, "new", row, own=tuple(_cells(record, {}, values)))


def _row(record: Record, row: int, event: Event, now: Mapping[str, Value] | None) -> Inherited:
    origin = event.data["from"]
    names = [c for c in origin["columns"] if c in record.columns]
    types = event.data["types"]
    before = {c: value_of(types[c], event.data["values"].get(c), event.texts.get(c)) for c in names}
    found = {c: v for c, v in before.items() if v is not None}
    carried = tuple(Cell(record.columns[c], found.get(c), now.get(c) if now is not None else None) for c in names)
    # What a playbook fills in by itself says nothing of what people here did with the row.
    own = {c: v for c, v in (now or {}).items() if c not in names and not _as_first(event, c, v)}
    fate = _fate(all(cell.before == cell.after for cell in carried), now is None)
    return Inherited(
        "row",
        record.id,
        record.title,
        fate,
        row,
        carried,
        tuple(_cells(record, {}, own)),
        (origin["record"], origin["row"]),
    )


def _as_first(event: Event, column: str, value: Value) -> bool:
    types = event.data["types"]
    return (
        column in types and value_of(types[column], event.data["values"].get(column), event.texts.get(column)) == value
    )


def _cells(record: Record, before: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[Cell]:
    for name, column in record.columns.items():
        if name in now and not isinstance(now[name], Erased):
            yield Cell(column, before.get(name), now[name])


def _fate(same: bool, absent: bool) -> Fate:
    return "dropped" if absent else "unchanged" if same else "adapted"


def _tasks(book: Playbook, parent: Playbook) -> Iterator[Inherited]:
    """Tasks that differ: an unchanged one is no news."""
    for name, task in book.tasks.items():
        if name not in parent.tasks:
            yield Inherited("task", name, task.title, "new")
        elif _bare(task.due) != _bare(parent.tasks[name].due):
            yield Inherited("task", name, task.title, "adapted", dues=(parent.tasks[name].due, task.due))
    for name, task in parent.tasks.items():
        if name not in book.tasks:
            yield Inherited("task", name, task.title, "dropped")


def _bare(due: Due | None) -> tuple[object, ...] | None:
    return None if due is None else (due.offset, due.anchor, due.ref, due.before)
