"""Ids that already mean something, or that two things share where only the id is written."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, key_place, stages_of, tasks_of
from engine.errors import Place, Problem
from engine.model import BACK, Playbook
from engine.text import Message, say

CODES = ("reserved-id", "ambiguous-id")


def check(book: Playbook) -> Iterator[Problem]:
    for path, name, place, meaning in _taken(book):
        message = say("“{name}”不能当 id：{meaning}", "'{name}' cannot be an id: {meaning}", name=name, meaning=meaning)
        yield Problem(key_place(book, path, place), CODES[0], message, say("换一个 id", "choose another id"))
    for path, task in tasks_of(book):
        field = book.fields.get(task.id)
        # `due: 3 days after X` and `sets` name tasks and date fields by the bare id.
        if field is not None and field.type == "date":
            message = say(
                "任务和日期字段都叫“{name}”，期限里分不清指哪一个",
                "a task and a date field are both called '{name}'; a due date could mean either",
                name=task.id,
            )
            related = ((field.place, say("字段在这里", "the field is here")),) if field.place.line else ()
            yield Problem(key_place(book, path, task.place), CODES[1], message, related=related)


def _taken(book: Playbook) -> Iterator[tuple[Path, str, Place, Message]]:
    anchor = say("期限里它指试点或阶段的开始", "in a due date it means the start of the pilot or stage")
    for field in book.fields.values():
        if field.id in ("pilot", "stage"):
            yield ("fields", field.id), field.id, field.place, anchor
    for path, task in tasks_of(book):
        if task.id in ("pilot", "stage"):
            yield path, task.id, task.place, anchor
    for path, stage in stages_of(book):
        if stage.id == BACK:
            yield path, stage.id, stage.place, say("to: back 表示回到原处", "to: back means the way back")
    for record in book.records.values():
        for column in record.columns.values():
            if column.id in ("id", "filled"):
                meaning = say(
                    "条件里 row.id 是行号，row.filled 表示填没填",
                    "row.id is the row's number, row.filled says what is filled in",
                )
                yield ("records", record.id, "columns", column.id), column.id, column.place, meaning
