"""The task list as CSV for Excel on Windows: UTF-8 with a byte order mark, CRLF, no cell that could be a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from engine.documents.tasklist.columns import COLUMNS, Cell
from engine.documents.tasklist.rows import TaskList
from engine.documents.words import in_language

# A spreadsheet takes a cell that begins like this for a formula; full-width signs too, where the system is Chinese.
_FORMULA = tuple("=+-@＝＋－＠\t\r")


def to_csv(tasks: TaskList) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(in_language(c.heading, tasks.language) for c in COLUMNS)
    for row in tasks.rows:
        writer.writerow(_text(column.read(row, tasks.language)) for column in COLUMNS)
    return made.getvalue().encode("utf-8-sig", errors="replace")


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    text = cell or ""
    return f"'{text}" if text.startswith(_FORMULA) else text
