"""Which sheets and columns a workbook has. Written into the file itself: it can be read back in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.documents.markdown import clean
from engine.documents.words import in_language
from engine.frozen import frozen
from engine.model import Playbook, Record
from engine.text import Language, Message, say

TASKS, ROLES, FIELDS = "tasks", "roles", "fields"
META, LISTS = "_playbook", "_lists"  # hidden sheets: what the file is, and the contents of drop-downs
KEY: Final = "key"  # the hidden column that says which task, role or field a row is
ROW: Final = "row"  # the visible column with the number of a record's row
REMOVE: Final = "remove"
_NAME_LIMIT = 31  # characters of a sheet's name in Excel
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")


@frozen
class Column:
    """`editable`: what people write there is read back. `width` in characters."""

    id: str
    heading: str
    width: int
    editable: bool = False


@frozen
class Sheet:
    """`id` is `tasks`, `roles`, `fields` or the id of a record behind `record:`."""

    id: str
    name: str
    columns: tuple[Column, ...]
    record: str | None = None


def layout(book: Playbook, language: Language) -> tuple[Sheet, ...]:
    """The sheets of a playbook's workbook, in order."""

    def word(message: Message) -> str:
        return in_language(message, language)

    made = [
        Sheet(TASKS, word(say("任务", "Tasks")), tuple(_columns(_TASKS, word))),
        Sheet(ROLES, word(say("角色", "Roles")), tuple(_columns(_ROLES, word))),
        Sheet(FIELDS, word(say("字段", "Fields")), tuple(_columns(_FIELDS, word))),
    ]
    taken = {s.name.casefold() for s in made} | {META, LISTS, "history"}
    for record in book.records.values():
        name = _sheet_name(record.title, taken)
        taken.add(name.casefold())
        number = Column(ROW, word(say("行号", "Row")), 7)
        remove = Column(REMOVE, word(say("删除", "Remove")), 8, editable=True)
        columns = (number, *_record_columns(record), remove)
        made.append(Sheet(f"record:{record.id}", name, _distinct(columns), record.id))
    return tuple(made)


def _columns(table: Iterable[tuple[str, Message, int, bool]], word: object) -> Iterable[Column]:
    assert callable(word)
    return (Column(name, word(heading), width, editable) for name, heading, width, editable in table)


_TASKS = (
    (KEY, say("标识", "Key"), 0, False),
    ("number", say("编号", "No."), 7, False),
    ("stage", say("阶段", "Stage"), 14, False),
    ("title", say("任务", "Task"), 34, False),
    ("done_when", say("怎样算完成", "Done when"), 34, False),
    ("role", say("角色", "Role"), 14, False),
    ("people", say("角色人员", "In this role"), 14, False),
    ("due", say("截止日期", "Due"), 12, False),
    ("evidence", say("证据", "Evidence"), 11, False),
    ("status", say("状态", "Status"), 10, True),
    ("person", say("指定负责人", "Assigned to"), 12, True),
    ("signer", say("签字人", "Signed by"), 12, True),
    ("reason", say("原因（跳过或重开时填）", "Reason (to skip or reopen)"), 24, True),
    ("help", say("做什么", "What to do"), 50, False),
)
_ROLES = (
    (KEY, say("标识", "Key"), 0, False),
    ("title", say("角色", "Role"), 20, False),
    ("count", say("人数", "How many"), 9, False),
    ("people", say("人员（用、隔开）", "People (separated by commas)"), 36, True),
    ("duties", say("职责", "Duties"), 50, False),
)
_FIELDS = (
    (KEY, say("标识", "Key"), 0, False),
    ("title", say("字段", "Field"), 28, False),
    ("value", say("填写内容", "Value"), 40, True),
    ("form", say("怎样填", "How to write it"), 28, False),
    ("required", say("必填", "Required"), 9, False),
    ("owner", say("由谁提供", "Supplied by"), 16, False),
    ("help", say("说明", "Help"), 50, False),
)


def _record_columns(record: Record) -> Iterable[Column]:
    wide = {"text": 32, "list": 28, "number": 12, "money": 14, "percent": 12, "date": 12}
    for column in record.columns.values():
        yield Column(f"column:{column.id}", clean(column.title), wide.get(column.type, 18), column.type != "file")


def _distinct(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns are found by their headings, so no two may be called the same."""
    headings = [column.heading for column in columns]
    return tuple(
        Column(c.id, f"{c.heading} ({c.id.removeprefix('column:')})", c.width, c.editable)
        if headings.count(c.heading) > 1 and c.id.startswith("column:")
        else c
        for c in columns
    )


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name Excel accepts, and that no other sheet has (upper and lower case are the same to it)."""
    base = _FORBIDDEN.sub(" ", clean(title)).strip("' ")[:_NAME_LIMIT] or "_"
    name, number = base, 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = base[: _NAME_LIMIT - len(tail)] + tail, number + 1
    return name
