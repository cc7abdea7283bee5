"""A workbook of the bakery's pilot, filled in as a department would: by the words people see, with other code than ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from engine.documents.workbook import Changes, compare, export_workbook, read_workbook
from tests.process.world import Bench

NAME = "filled-in.xlsx"


class Book:
    """An exported workbook that openpyxl has open. `cell("任务", "批贷款", "状态")` finds by heading and by what stands in a row."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.path = folder / NAME
        self.path.write_bytes(export_workbook(bench.book, bench.pilot, bench.calendar, bench.now))
        self.file: Any = openpyxl.load_workbook(self.path)

    def cell(self, sheet: str, row: str | int, heading: str) -> Any:
        page = self.file[sheet]
        column = next(c.column for c in page[1] if c.value == heading)
        if isinstance(row, str):
            row = next(r[0].row for r in page.iter_rows(min_row=2) if any(c.value == row for c in r))
        return page.cell(row, column)

    def put(self, sheet: str, row: str | int, **values: object) -> Book:
        for heading, value in values.items():
            self.cell(sheet, row, heading).value = value
        return self

    def free_row(self, sheet: str) -> int:
        """The first row of a record's sheet without a number and without content."""
        page = self.file[sheet]
        return next(r[0].row for r in page.iter_rows(min_row=2) if not any(c.value for c in r))

    def save(self) -> Path:
        self.file.save(self.path)
        return self.path


def changes(bench: Bench, path: Path) -> Changes:
    return compare(bench.book, bench.pilot, bench.calendar, bench.now, read_workbook(path))


def filled(bench: Bench, folder: Path, fill: Callable[[Book], object]) -> Changes:
    """Export, fill in, read back and compare with the pilot as it stands now."""
    book = Book(bench, folder)
    fill(book)
    return changes(bench, book.save())
