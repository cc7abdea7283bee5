"""The two hidden sheets: what a workbook is and what stood in it, and the contents of its drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.documents.workbook.contents import CellKey, Content, option_labels, ref_shown
from engine.documents.workbook.layout import FIELDS, LISTS, META, Sheet
from engine.model import Field, Playbook
from engine.pilot.state import Pilot
from engine.text import Language

MARK, FORM = "playbook-workbook", "1"


def list_key(field: Field) -> str:
    """Fields with the same drop-down have the same key."""
    if field.type == "ref":
        return f"record:{field.to}"
    return "\n".join(f"{key}={label}" for key, label in option_labels(field).items())


def write_lists(file: Any, book: Playbook, pilot: Pilot, cells: Mapping[CellKey, Content]) -> dict[str, str]:
    """Write every drop-down as a column of a hidden sheet; returns list key → the reference to it."""
    wanted: dict[str, tuple[str, ...]] = {}
    columns = [c for record in book.records.values() for c in record.columns.values()]
    for field in (*(content.field for content in cells.values()), *columns):
        if field.type == "choice":
            wanted.setdefault(list_key(field), tuple(option_labels(field).values()))
        elif field.type == "ref":
            rows = pilot.rows.get(field.to or "", {})
            wanted.setdefault(list_key(field), tuple(ref_shown(book, pilot, field, str(n)) for n in rows))
    page = file.add_worksheet(LISTS)
    page.very_hidden()
    found: dict[str, str] = {}
    for x, (key, labels) in enumerate(wanted.items()):
        for y, label in enumerate(labels):
            page.write_string(y, x, label[:255])
        if labels:
            letter = column_letters(x)
            found[key] = f"={LISTS}!${letter}$1:${letter}${len(labels)}"
    return found


def write_meta(
    file: Any,
    book: Playbook,
    pilot: Pilot,
    sheets: Iterable[Sheet],
    cells: Mapping[CellKey, Content],
    language: Language,
) -> None:
    """What the file is, what its sheets and columns are called, and every cell as it was exported."""
    page = file.add_worksheet(META)
    page.very_hidden()
    lines: list[tuple[str, ...]] = [
        (MARK, FORM),
        ("pilot", pilot.id),
        ("name", pilot.name),
        ("playbook", pilot.playbook),
        ("pin", pilot.pin),
        ("seq", str(pilot.seq)),
        ("language", language),
    ]
    for sheet in sheets:
        lines.append(("sheet", sheet.id, sheet.name))
        lines += [("column", sheet.id, c.id, c.heading, "edit" if c.editable else "") for c in sheet.columns]
    choices = {option_scope(*key): content.field for key, content in cells.items()}
    for record in book.records.values():
        choices |= {(f"record:{record.id}", f"column:{c.id}"): c for c in record.columns.values()}
    for (sheet_id, name), field in choices.items():
        lines += [("option", sheet_id, name, label, key) for key, label in option_labels(field).items()]
    for (sheet_id, key, column), content in cells.items():
        text = "" if content.fixed else content.text
        lines.append(("cell", sheet_id, key, column, "fixed" if content.fixed else "", text, content.shown))
    for y, line in enumerate(lines):
        for x, text in enumerate(line):
            page.write_string(y, x, text)


def option_scope(sheet_id: str, key: str, column: str) -> tuple[str, str]:
    """Where the options of a cell belong: to its column, or on the sheet of fields to its row."""
    return sheet_id, key if sheet_id == FIELDS else column


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
