"""What a paper says to whoever receives it: the department with its calendar, the role with what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.documents.views import View
from engine.documents.words import day_text
from engine.model import Playbook, Task
from engine.pilot.events import Event
from engine.process.context import Context
from engine.process.plan import plan
from engine.process.tuning import dues, tuning
from engine.text import Language

NOBODY: View = {"department": "", "start": "", "end": "", "calendar": []}


def receiving_view(
    context: Context, events: Sequence[Event], department: str, start: date | None, role: str | None, language: Language
) -> View:
    """department, start, end, calendar (stage, number, title, role, due): the days that would be, if the department began
    on `start` and took for each task what this pilot really took."""
    if not department:
        return NOBODY
    book, calendar = context.book, context.calendar
    begin = start or context.today
    known = dues(book, tuning(book, context.pilot, events, calendar))
    found = plan(book, known, begin, calendar)
    return {
        "department": department,
        "start": day_text(begin, language),
        "end": day_text(found.end, language),
        "calendar": [
            {
                "stage": one.stage.title,
                "number": str(one.task.number),
                "title": one.task.title,
                "role": book.roles[one.task.role].title if one.task.role in book.roles else one.task.role,
                "due": day_text(one.due, language),
            }
            for one in sorted((t for t in found.tasks if t.due), key=lambda t: (t.due, t.task.number))
            if one.due is not None and role in (None, one.task.role)
        ],
    }


def role_view(book: Playbook, role: str | None) -> View:
    """Of the role a paper is for: id ("" for every role), fields and records its tasks fill, tasks of others it waits
    for, tasks of others that wait for it."""
    if role is None:
        return {"id": "", "title": "", "fields": [], "records": [], "waits": [], "awaited": []}
    own = [task for task in book.tasks.values() if task.role == role]
    mine = {task.id for task in own}
    waits = dict.fromkeys(need for task in own for need in task.needs if need in book.tasks and need not in mine)
    awaited = [task for task in book.tasks.values() if task.role != role and mine.intersection(task.needs)]
    fields = dict.fromkeys(name for task in own for name in task.sets if name in book.fields)
    records = dict.fromkeys(name for task in own for name in task.fills if name in book.records)
    owned = [record.id for record in book.records.values() if record.owner == role]
    return {
        "id": role,
        "title": book.roles[role].title,
        "fields": [{"title": book.fields[n].title, "help": book.fields[n].help} for n in fields],
        "records": [
            {"title": book.records[n].title, "help": book.records[n].help} for n in dict.fromkeys((*records, *owned))
        ],
        "waits": [_task(book, book.tasks[name]) for name in waits],
        "awaited": [_task(book, task) for task in awaited],
    }


def _task(book: Playbook, task: Task) -> View:
    role = book.roles.get(task.role)
    return {"title": task.title, "role": role.title if role else task.role, "done_when": task.done_when}
