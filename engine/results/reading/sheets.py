"""Sheets of an XLSX as rows of cells, with the number Excel shows for each; merged cells filled in downwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.results.reading.guard import check_xlsx, damaged
from engine.text import listed, say

if TYPE_CHECKING:
    from engine.results.reading.cells import Cell


class Book:
    """An opened workbook. Raises UserError for one that cannot be opened."""

    def __init__(self, path: Path) -> None:
        import python_calamine

        check_xlsx(path)
        self.path = path
        self._sheets: dict[str, Sheet] = {}
        try:
            self._book: Any = python_calamine.load_workbook(str(path))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            # A panic of the reader derives from BaseException.
            raise damaged(path) from None

    @property
    def names(self) -> list[str]:
        """Worksheets that are shown, in order."""
        return [
            sheet.name
            for sheet in self._book.sheets_metadata
            if str(sheet.typ).endswith("WorkSheet") and str(sheet.visible).endswith("Visible")
        ]

    def sheet(self, name: str) -> Sheet:
        """A worksheet; read once."""
        if name in self._sheets:
            return self._sheets[name]
        if name not in self.names:
            raise UserError(
                "no-sheet",
                say("{f} 里没有工作表“{s}”", "{f} has no sheet '{s}'", f=self.path.name, s=name),
                say("可用的有：{k}", "there are: {k}", k=listed(self.names)),
            )
        try:
            self._sheets[name] = Sheet(self._book.get_sheet_by_name(name))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            raise damaged(self.path) from None
        return self._sheets[name]


class Sheet:
    """One worksheet. It may begin anywhere; rows and columns are those that Excel shows."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        start: tuple[int, int] = sheet.start or (0, 0)
        self.first_row, self.first_column = start
        self.height: int = sheet.height
        self._merged = [
            (area[0][0], area[1][0], column)
            for area in (sheet.merged_cell_ranges or ())
            if area[0][1] == area[1][1] and area[1][0] > area[0][0]
            for column in (area[0][1],)
        ]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(number from 1, cells from column A)."""
        pad: list[Cell] = [None] * self.first_column
        down: dict[int, tuple[int, Cell]] = {}
        starts: dict[int, list[tuple[int, int]]] = {}
        for top, bottom, column in self._merged:
            starts.setdefault(top, []).append((bottom, column))
        for index, row in enumerate(self._sheet.iter_rows(), self.first_row):
            cells = [*pad, *row] if pad else list(row)
            for column, (bottom, value) in list(down.items()):
                if index > bottom:
                    del down[column]
                elif column < len(cells) and cells[column] in ("", None):
                    cells[column] = value
            for bottom, column in starts.get(index, ()):
                if column < len(cells):
                    down[column] = (bottom, cells[column])
            yield index + 1, cells
