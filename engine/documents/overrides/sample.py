"""A pilot of a playbook made up for trying templates: one that has just started, and one in which everything is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from engine.calendar import Calendar
from engine.frozen import frozen, replace
from engine.model import Field, Playbook
from engine.pilot.events import Event
from engine.pilot.fold import fold
from engine.pilot.state import Evidence, FinalDocument, Note, Pilot, Ratio, TaskState, Value
from engine.process import decide
from engine.process.commands import Start

_WORD = "样例"


@frozen
class Sample:
    pilot: Pilot
    events: tuple[Event, ...]


def samples(book: Playbook, calendar: Calendar, now: datetime) -> Sequence[Sample]:
    """An empty pilot and a full one. No person, no figure in them is anybody's."""
    today = calendar.today(now)
    command = Start(pilot=_WORD, name="样例试点", pin="", day=today, values={}, people={})
    decision = decide(book, None, command, now, calendar, _WORD)
    events = tuple(
        Event(number, new.type, now, _WORD, _WORD, new.data, new.texts) for number, new in enumerate(decision.events, 1)
    )
    empty = fold(events)
    full = replace(
        empty,
        entered=dict.fromkeys(book.all_stages, now),
        visits=dict.fromkeys(book.all_stages, 1),
        tasks={task: TaskState("done", now, _WORD) for task in book.tasks},
        fields={field.id: sample_value(field, today) for field in book.fields.values()},
        rows={
            record.id: {1: {column.id: sample_value(column, today) for column in record.columns.values()}}
            for record in book.records.values()
        },
        people=dict.fromkeys(book.roles, (_WORD,)),
        evidence={1: Evidence(1, f"{_WORD}.pdf", "0" * 64, 1, "application/pdf", None, None, now, _WORD)},
        notes=(Note(1, _WORD, None, now, _WORD),),
        finals={name: FinalDocument(name, "0" * 64, now, _WORD) for name in book.documents},
    )
    return Sample(empty, events), Sample(full, events)


def sample_value(field: Field, today: date) -> Value:
    """A value of the field's type within its limits."""
    if field.type in ("number", "money"):
        return next((n for n in (field.minimum, field.maximum) if isinstance(n, Decimal)), Decimal(2))
    if field.type == "percent":
        return Ratio(Decimal(1), Decimal(2))
    if field.type == "date":
        return today
    if field.type == "list":
        return (_WORD,)
    if field.type == "choice":
        return next(iter(field.options), "")
    return {"file": "E1", "ref": "1"}.get(field.type, _WORD)
