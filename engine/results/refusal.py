"""A ledger that cannot be taken in: every bad row of it, or the first thousand of them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.frozen import frozen
from engine.text import Message, say

MOST = 1000  # rows kept for telling; all of them are counted


@frozen
class BadRow:
    """A row that cannot be taken in: the sheet (empty for CSV), its number as Excel shows it, the header of the column as
    written (empty: the row as a whole), a stable code, why."""

    sheet: str
    row: int
    column: str
    code: str
    message: Message

    def where(self) -> Message:
        sheet = say("{s} ", "{s} ", s=self.sheet) if self.sheet else say("", "")
        column = say(" {c}", " {c}", c=self.column) if self.column else say("", "")
        return say("{s}第{n}行{c}", "{s}row {n}{c}", s=sheet, n=self.row, c=column)

    def as_dict(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": str(self.message),
        }


class LedgerRefused(Exception):
    """Nothing of the file was taken in. `total` counts all bad rows, `rows` holds the first of them."""

    def __init__(self, file: str, rows: Sequence[BadRow], total: int, hint: Message | None = None) -> None:
        super().__init__(f"{file}: {total} bad rows")
        self.file, self.rows, self.total, self.hint = file, tuple(rows), total, hint
