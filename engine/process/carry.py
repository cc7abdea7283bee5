"""What a replica starts with: its parent's declared lessons as rows and fields, each by the same door as if typed.

A row is checked like any other (identity numbers, lengths, options); one that is refused stays behind and is told, the
others go. The events are ordinary ones with `from`, so history, undo and erasing know them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.frozen import frozen, replace
from engine.model import Playbook, Record
from engine.pilot.blockers import Refused
from engine.pilot.carried import as_typed, carried_columns, carried_fields, goes_along
from engine.pilot.events import Json, NewEvent
from engine.pilot.state import Pilot, Value
from engine.process.commands import AddRow, CarryOver, SetFields
from engine.process.context import Context, Decision
from engine.process.fields import set_fields
from engine.process.records import add_row
from engine.text import Message, say


@frozen
class _Row:
    record: str  # where it goes
    values: Mapping[str, str]
    refs: Mapping[str, tuple[str, int]]  # column → the parent's row it refers to
    source: tuple[str, int]
    columns: tuple[str, ...]
    title: str


def carry_over(context: Context, command: CarryOver) -> Decision:
    """Into a pilot that was just started: what `command.book` declares, of what `command.parent` holds."""
    events: list[NewEvent] = []
    notices: list[Message] = []
    placed: dict[tuple[str, int], int] = {}
    mark: dict[str, Json] = {"pilot": command.parent.id}
    for field in carried_fields(command.book):
        value = command.parent.fields.get(field.id)
        target = context.book.fields.get(field.id)
        if value is None or target is None or field.id in context.pilot.fields:
            continue
        try:
            done = set_fields(context, SetFields({field.id: as_typed(field, value, target)})).events
        except Refused as refusal:
            notices.append(_left(field.title, refusal))
            continue
        context = context.after(done)
        events += [_marked(e, {**mark, "field": field.id}) for e in done]
    for row in _rows(command.book, command.parent, context.book):
        known = {c: str(placed[at]) for c, at in row.refs.items() if at in placed}
        try:
            done = add_row(context, AddRow(row.record, {**row.values, **known})).events
        except Refused as refusal:
            notices.append(_left(row.title, refusal))
            continue
        context = context.after(done)
        placed[row.source] = done[0].data["row"]
        events += [
            _marked(e, {**mark, "record": row.source[0], "row": row.source[1], "columns": [*row.columns, *known]})
            for e in done
        ]
    return Decision(tuple(events), notices=tuple(notices))


def _rows(book: Playbook, parent: Pilot, target_book: Playbook) -> Iterator[_Row]:
    """Every row that goes, those that others refer to first."""
    records = [r for r in book.records.values() if r.carry is not None]
    for record in sorted(records, key=lambda r: len(_holds(book, r))):
        assert record.carry is not None
        carry, target = record.carry, target_book.records.get(record.carry.to or record.id)
        if target is None:
            continue  # a variant may have removed it
        columns = {a: b for a, b in carried_columns(book, record, carry, target).items() if a in target.columns}
        required = [name for name in columns if target.columns[name].required]
        for number, values in parent.rows.get(record.id, {}).items():
            cells = {a: _cell(record, target, a, b, values.get(b)) for a, b in columns.items()}
            texts = {a: text for a, text in cells.items() if text}
            if not texts or any(name not in texts for name in required):
                continue  # a lesson without its words is none
            refs = {
                a: (str(record.columns[b].to), int(str(values[b])))
                for a, b in columns.items()
                if record.columns[b].type == "ref" and b in values and goes_along(book, record.columns[b].to)
            }
            fixed = {a: text for a, text in carry.fixed.items() if a in target.columns}
            plain = {a: text for a, text in texts.items() if a not in refs}
            title = f"{record.title} {number}"
            yield _Row(target.id, {**fixed, **plain}, refs, (record.id, number), tuple(plain), title)


def _holds(book: Playbook, record: Record, seen: frozenset[str] = frozenset()) -> set[str]:
    """The records this one refers to, and theirs."""
    direct = {c.to for c in record.columns.values() if c.type == "ref" and c.to in book.records} - seen - {record.id}
    deeper = (_holds(book, book.records[name], seen | {record.id}) for name in direct if name is not None)
    return {str(name) for name in direct}.union(*deeper)


def _cell(record: Record, target: Record, column: str, source: str, value: Value | None) -> str:
    return "" if value is None else as_typed(record.columns[source], value, target.columns[column]).strip()


def _marked(event: NewEvent, origin: Mapping[str, Json]) -> NewEvent:
    return replace(event, data={**event.data, "from": dict(origin)})


def _left(title: str, refusal: Refused) -> Message:
    return say("没有带过来：{t}（{why}）", "left behind: {t} ({why})", t=title, why=refusal.blockers[0].message)
