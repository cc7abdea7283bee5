"""Every date that lies ahead of a pilot: due tasks, timers, signatures that expire, days somebody wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from engine.frozen import frozen
from engine.model import Field
from engine.process.advance import due_timers, expiries
from engine.process.context import Context
from engine.text import Message, say

DateKind = Literal["task", "timer", "expiry", "day"]


@frozen
class AgendaEntry:
    """One date. `moment` is aware; `whole_day`: any time of that day. `key` tells it from the pilot's other dates. A late
    entry is a task whose day is over."""

    key: str
    kind: DateKind
    moment: datetime
    whole_day: bool
    title: Message
    stage: str = ""
    role: str = ""
    people: tuple[str, ...] = ()
    late: bool = False


def dates_of(context: Context) -> tuple[AgendaEntry, ...]:
    """The dates of a pilot, the nearest first: tasks still to be done (late ones too), and everything else from today on."""
    if context.pilot.status == "finished":
        return ()
    return tuple(sorted(_dates(context), key=lambda one: (one.moment, one.key)))


def _dates(context: Context) -> Iterator[AgendaEntry]:
    for view in context.views:
        # What was left open in a stage that lies behind is not done any more.
        if view.due is None or not view.is_open or (view.reached and not view.active):
            continue
        whole = view.due == context.calendar.end_of(context.calendar.today(view.due))
        title = say("{n} {t}", "{n} {t}", n=view.number, t=view.title)
        yield AgendaEntry(
            f"task {view.key}",
            "task",
            view.due,
            whole,
            title,
            view.stage_title,
            view.role_title,
            view.people,
            view.overdue,
        )
    for moment, stage, timer in due_timers(context, guarded=False):
        to = context.book.all_stages[timer.to].title
        title = say("“{s}”时限到，自动进入“{t}”", "time for '{s}' is up: on to '{t}'", s=stage.title, t=to)
        whole = moment == context.calendar.end_of(context.calendar.today(moment))
        yield AgendaEntry(f"timer {stage.id} {timer.id}", "timer", moment, whole, title, stage.title)
    for moment, task, key in expiries(context):
        title = say("“{t}”的签字到期，任务重开", "'{t}' expires and opens again", t=task.title)
        role = context.book.roles.get(task.role)
        yield AgendaEntry(
            f"expiry {key}",
            "expiry",
            moment,
            True,
            title,
            role=role.title if role else "",
            people=context.people(task.role),
        )
    yield from _written(context)


def _written(context: Context) -> Iterator[AgendaEntry]:
    """Days in fields and in rows of records. A row is named by its number: its texts are nobody's calendar entry."""
    pilot, book = context.pilot, context.book
    for field in book.fields.values():
        yield from _day(
            context, field, pilot.fields.get(field.id), f"field {field.id}", say("{t}", "{t}", t=field.title)
        )
    for record in book.records.values():
        for number, row in pilot.rows.get(record.id, {}).items():
            for column in record.columns.values():
                title = say("{r}第{n}行 {c}", "{r}, row {n}: {c}", r=record.title, n=number, c=column.title)
                yield from _day(context, column, row.get(column.id), f"row {record.id} {number} {column.id}", title)


def _day(context: Context, field: Field, value: object, key: str, title: Message) -> Iterator[AgendaEntry]:
    if field.type == "date" and isinstance(value, date) and value >= context.today:
        role = context.book.roles.get(field.owner or "")
        yield AgendaEntry(
            key,
            "day",
            context.calendar.end_of(value),
            True,
            title,
            role=role.title if role else "",
            people=context.people(field.owner),
        )
