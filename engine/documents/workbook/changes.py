"""A filled-in workbook as commands: what it changes, and everything that stands against it, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.calendar import Calendar
from engine.documents.workbook.contents import contents
from engine.documents.workbook.diff import Diff
from engine.documents.workbook.keyed import keyed_rows, unknown_row
from engine.documents.workbook.layout import FIELDS, ROLES
from engine.documents.workbook.read import Filled
from engine.documents.workbook.record_changes import record_commands
from engine.documents.workbook.task_changes import task_commands
from engine.errors import UserError
from engine.frozen import frozen
from engine.model import Playbook
from engine.pilot.state import Pilot
from engine.pilot.view import task_views
from engine.process.commands import Assign, Batch, Command, SetFields
from engine.text import Message, current_language, say


@frozen
class Changes:
    """`preview` has a line for each change. With a conflict or a problem nothing may be written."""

    commands: tuple[Command, ...]
    preview: tuple[Message, ...]
    conflicts: tuple[Message, ...] = ()
    problems: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.conflicts and not self.problems

    @property
    def batch(self) -> Batch:
        """All of it as one command. Raises ValueError while there are conflicts or problems."""
        if not self.ok:
            raise ValueError("a workbook with conflicts or problems is not written")
        return Batch(self.commands)


def compare(book: Playbook, pilot: Pilot, calendar: Calendar, now: datetime, filled: Filled) -> Changes:
    """What the workbook changes in the pilot as it stands. Raises UserError `other-pilot`."""
    _check_pilot(pilot, filled)
    views = task_views(book, pilot, calendar, now)
    found = contents(book, pilot, views, current_language())
    diff = Diff(filled, pilot, calendar.today(now), found, problems=list(filled.problems))
    commands: list[Command] = [*_role_commands(book, pilot, diff), *_field_commands(book, diff)]
    commands += record_commands(book, pilot, diff)
    commands += task_commands(views, diff)
    return Changes(
        tuple(commands), tuple(diff.preview), tuple(diff.conflicts), tuple(diff.problems), tuple(diff.notices)
    )


def _check_pilot(pilot: Pilot, filled: Filled) -> None:
    if filled.pilot != pilot.id:
        raise UserError(
            "other-pilot",
            say(
                "{file} 是从试点“{theirs}”导出的，不是“{ours}”",
                "{file} was exported from the pilot '{theirs}', not '{ours}'",
                file=filled.file,
                theirs=filled.name,
                ours=pilot.name,
            ),
            say("指明试点：--pilot {name}", "name the pilot: --pilot {name}", name=filled.name),
        )


def _role_commands(book: Playbook, pilot: Pilot, diff: Diff) -> Iterator[Command]:
    for sheet, row, key in keyed_rows(diff, ROLES):
        role = book.roles.get(key)
        if role is None:
            diff.problems.append(unknown_row(sheet, row))
            continue
        new = diff.changed(sheet, row, key, "people", role.title, unordered=True)
        if new is None:
            continue
        people, there = tuple(new.split("、")) if new else (), pilot.people.get(key, ())
        gone = tuple(p for p in there if p not in people)
        come = tuple(p for p in people if p not in there)
        # First those who leave: the role may be full.
        if gone:
            yield Assign(key, gone, remove=True)
        if come:
            yield Assign(key, come)


def _field_commands(book: Playbook, diff: Diff) -> Iterator[Command]:
    values: dict[str, str] = {}
    for sheet, row, key in keyed_rows(diff, FIELDS):
        if key not in book.fields:
            diff.problems.append(unknown_row(sheet, row))
            continue
        new = diff.changed(sheet, row, key, "value", book.fields[key].title)
        if new is not None:
            values[key] = new
    if values:
        yield SetFields(values)
