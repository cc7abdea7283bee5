"""What stands in each cell people may edit: the same function for the file as exported and for the pilot now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.documents.words import TASK_STATES, in_language
from engine.documents.workbook.layout import FIELDS, ROLES, TASKS
from engine.frozen import frozen
from engine.model import Field, Playbook
from engine.pilot.events import Erased
from engine.pilot.reading import plain_number
from engine.pilot.state import Pilot, Ratio, Value
from engine.pilot.values import show
from engine.pilot.view import TaskView
from engine.text import Language, say

CellKey = tuple[str, str, str]  # sheet id, key of the row, column id
LIMIT = 32_000  # characters; a cell holds 32,767
# Spreadsheet files write characters XML cannot hold in this way, and readers do not agree on texts that look like it.
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]")


@frozen
class Content:
    """`text` is the value in one fixed form, for comparing; `shown` what stands in the cell.

    `fixed`: a spreadsheet cannot carry it, or it cannot be changed there (files, erased texts).
    """

    field: Field
    text: str
    shown: str
    fixed: bool = False


def status_field(language: Language) -> Field:
    options = {state: in_language(words, language) for state, words in TASK_STATES.items()}
    return Field("status", in_language(say("状态", "Status"), language), "choice", options=options)


def people_field() -> Field:
    return Field("people", "", "list")


def contents(book: Playbook, pilot: Pilot, views: Sequence[TaskView], language: Language) -> Mapping[CellKey, Content]:
    """Every editable cell of the workbook of this pilot as it stands."""
    return dict(_contents(book, pilot, views, language))


def _contents(
    book: Playbook, pilot: Pilot, views: Sequence[TaskView], language: Language
) -> Iterator[tuple[CellKey, Content]]:
    status = status_field(language)
    for view in views:
        state = view.state
        yield (TASKS, view.key, "status"), Content(status, view.status, status.options[view.status])
        yield (TASKS, view.key, "person"), content(book, pilot, Field("person", "", "person"), state.person)
        yield (TASKS, view.key, "signer"), content(book, pilot, Field("signer", "", "person"), state.signer)
        yield (TASKS, view.key, "reason"), content(book, pilot, Field("reason", "", "text"), state.reason)
    for role in book.roles:
        yield (ROLES, role, "people"), content(book, pilot, people_field(), pilot.people.get(role, ()))
    for field in book.fields.values():
        yield (FIELDS, field.id, "value"), content(book, pilot, field, pilot.fields.get(field.id))
    for record in book.records.values():
        for number, row in pilot.rows.get(record.id, {}).items():
            for column in record.columns.values():
                key = (f"record:{record.id}", str(number), f"column:{column.id}")
                yield key, content(book, pilot, column, row.get(column.id))


def content(book: Playbook, pilot: Pilot, field: Field, value: Value | None) -> Content:
    """The content of a cell that holds a value of `field`; None is an empty cell."""
    if value is None:
        return Content(field, "", "", field.type == "file")
    if isinstance(value, Erased):
        shown = show(field, value)
        return Content(field, shown, shown, fixed=True)
    text = canonical(value)
    shown = text
    if field.type == "choice":
        shown = option_labels(field).get(text, text)
    elif field.type == "ref":
        shown = ref_shown(book, pilot, field, text)
    elif field.type == "file":
        shown = _file_shown(pilot, text)
    if len(shown) > LIMIT or _ESCAPED.search(shown):
        cut = in_cell_only(shown)
        return Content(field, text, cut, fixed=True)
    return Content(field, text, shown, fixed=field.type == "file")


def option_labels(field: Field) -> Mapping[str, str]:
    """How the options of a choice stand in cells and drop-downs: by title, by id where two have the same title."""
    titles = list(field.options.values())
    return {key: title if titles.count(title) == 1 else key for key, title in field.options.items()}


def in_cell_only(text: str) -> str:
    """The beginning of a text a cell cannot hold, in a form it can."""
    return _ESCAPED.sub(" ", text)[:LIMIT]


def canonical(value: Value) -> str:
    """One text per value: `86000`, `46/50`, `2026-03-02`, an option's id, `甲、乙`."""
    if isinstance(value, Decimal):
        return plain_number(value).replace(",", "")
    if isinstance(value, Ratio):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(value)
    return value.strip() if isinstance(value, str) else ""


def ref_shown(book: Playbook, pilot: Pilot, field: Field, number: str) -> str:
    """`2 · 首诊预约`: a row's number, and its label so that people know which it is."""
    record = book.records.get(field.to or "")
    row = pilot.rows.get(field.to or "", {}).get(int(number)) if number.isdecimal() else None
    label = row.get(record.label) if record and row else None
    if not isinstance(label, str) or not label:
        return number
    return f"{number} · {' '.join(label.split())[:60]}"


def ref_number(text: str) -> str | None:
    """The row number in `2` or `2 · 首诊预约`; None for anything else."""
    found = re.fullmatch(r"(\d{1,9})(?: · .*)?", text, re.DOTALL)
    return str(int(found[1])) if found else None


def _file_shown(pilot: Pilot, ref: str) -> str:
    number = ref.removeprefix("E")
    item = pilot.evidence.get(int(number)) if number.isdecimal() else None
    return f"{ref} {item.name}" if item and isinstance(item.name, str) else ref


Kind = Literal["number", "date", "text"]


def cell_kind(field: Field) -> Kind:
    """How a spreadsheet should treat the cell. A ratio is text: otherwise `3/5` would become the fifth of March."""
    if field.type in ("number", "money"):
        return "number"
    return "date" if field.type == "date" else "text"
