"""Sheets whose rows are fixed (tasks, roles, fields): a hidden key says which one a row is about."""

from __future__ import annotations

from collections.abc import Iterator

from engine.documents.workbook.diff import Diff
from engine.documents.workbook.layout import KEY
from engine.documents.workbook.read import FilledRow, FilledSheet
from engine.text import Message, say


def keyed_rows(diff: Diff, sheet_id: str) -> Iterator[tuple[FilledSheet, FilledRow, str]]:
    """The rows of a sheet, each with its key. A row without one, or with that of another row, is noted."""
    sheet = diff.filled.sheets.get(sheet_id)
    if sheet is None or KEY not in sheet.letters:
        return
    seen: dict[str, int] = {}
    for row in sheet.rows:
        key = row.cells.get(KEY, "")
        if not key:
            diff.problems.append(unknown_row(sheet, row))
        elif key in seen:
            diff.problems.append(
                say(
                    "【{sheet}】第{line}行：与第{first}行重复",
                    "[{sheet}] row {line}: the same as row {first}",
                    sheet=sheet.name,
                    line=row.line,
                    first=seen[key],
                )
            )
        else:
            seen[key] = row.line
            yield sheet, row, key


def unknown_row(sheet: FilledSheet, row: FilledRow) -> Message:
    return say(
        "【{sheet}】第{line}行：认不出这是哪一项；这张表里不能添加行",
        "[{sheet}] row {line}: it is not known what this row is about; rows cannot be added here",
        sheet=sheet.name,
        line=row.line,
    )
