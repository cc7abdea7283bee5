"""The rows of each sheet with what is only there to be read: titles, dates, who, how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from engine.calendar import Calendar
from engine.documents.markdown import clean
from engine.documents.words import in_language, listing
from engine.documents.workbook.contents import in_cell_only
from engine.documents.workbook.hints import form_text
from engine.documents.workbook.layout import FIELDS, ROLES, ROW, TASKS, Sheet
from engine.model import Playbook
from engine.pilot.state import Pilot
from engine.pilot.values import clean as without_marks
from engine.pilot.view import TaskView
from engine.text import Language, say

Fixed = Mapping[str, str | date | None]  # column id → content


def rows_of(
    sheet: Sheet, book: Playbook, pilot: Pilot, views: Sequence[TaskView], calendar: Calendar, language: Language
) -> list[tuple[str, Fixed]]:
    """(key, fixed content) of every row of a sheet, in order."""
    if sheet.id == TASKS:
        return list(_tasks(views, calendar, language))
    if sheet.id == ROLES:
        return list(_roles(book))
    if sheet.id == FIELDS:
        return list(_fields(book, language))
    return [(str(number), {ROW: str(number)}) for number in pilot.rows.get(sheet.record or "", {})]


def _tasks(views: Sequence[TaskView], calendar: Calendar, language: Language) -> Iterator[tuple[str, Fixed]]:
    needs = {"required": say("必须附", "required"), "optional": say("可附", "optional"), "none": say("", "")}
    for view in views:
        there = sum(not e.erased for e in view.evidence)
        evidence = say("已附{n}件", "{n} attached", n=there) if there else needs[view.task.evidence]
        yield (
            view.key,
            {
                "key": view.key,
                "number": view.number,
                "stage": clean(view.stage_title),
                "title": clean(view.title),
                "done_when": _long(view.task.done_when),
                "role": clean(view.role_title),
                "people": listing(view.people, language),
                "due": calendar.today(view.due) if view.due else None,
                "evidence": in_language(evidence, language),
                "help": _long(view.task.help),
            },
        )


def _roles(book: Playbook) -> Iterator[tuple[str, Fixed]]:
    for role in book.roles.values():
        yield (
            role.id,
            {
                "key": role.id,
                "title": clean(role.title),
                "count": str(role.count),
                "duties": _long("\n".join(role.duties) or role.help),
            },
        )


def _fields(book: Playbook, language: Language) -> Iterator[tuple[str, Fixed]]:
    for field in book.fields.values():
        role = book.roles.get(field.owner or "")
        yield (
            field.id,
            {
                "key": field.id,
                "title": clean(field.title),
                "form": form_text(field, language),
                "required": in_language(say("必填", "required"), language) if field.required else "",
                "owner": clean(role.title) if role else "",
                "help": _long(field.help),
            },
        )


def _long(text: str) -> str:
    return in_cell_only(without_marks(text).strip())
