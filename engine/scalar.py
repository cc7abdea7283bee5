"""Where the characters of a YAML scalar's value stand in the file: quotes, escapes, folding and blocks undone.

The value of a scalar is the file's text with some characters taken away (quotes, indentation, backslashes) or joined
(line breaks folded to spaces). Walking both side by side finds the place of every stretch that runs on unbroken.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import Place

Lines = tuple[tuple[int, Place], ...]


def text_places(rows: Sequence[str], start: Place, value: str) -> tuple[Place, Lines]:
    """The place of the first character of `value`, and of each later stretch that is not on from the one before.

    `rows` are the file's lines, `start` the place where the scalar begins (its quote or block mark included). Where the
    text does not fit the value (it came from elsewhere), `start` is the answer for all of it.
    """
    if not start.line or start.line > len(rows):
        return start, ()
    text = _Text(rows, start.line - 1, start.col - 1)
    found: list[tuple[int, Place]] = []
    run_on = (-1, -1)  # where the next character stands if the stretch goes on
    for index, char in enumerate(value):
        at = text.take(char)
        if at is None:
            return start, ()
        if at != run_on:
            found.append((index, Place(start.file, at[0] + 1, at[1] + 1)))
        run_on = (at[0], at[1] + 1)
    if not found:
        return start, ()
    return found[0][1], tuple(found) if len(found) > 1 else ()


class _Text:
    """A scalar as written, read character by character of its value."""

    def __init__(self, rows: Sequence[str], row: int, col: int) -> None:
        self.rows, self.row, self.col = rows, row, col
        mark = rows[row][col : col + 1]
        self.quote = mark if mark in ("'", '"') else ""
        self.indent: int | None = None  # of a block; elsewhere all leading spaces are taken away
        if self.quote:
            self.col += 1
        elif mark in ("|", ">"):
            filled = next((r for r in rows[row + 1 :] if r.strip()), "")
            self.indent = len(filled) - len(filled.lstrip(" "))
            self.next_row()

    def next_row(self) -> None:
        self.row += 1
        line = self.rows[self.row] if self.row < len(self.rows) else ""
        self.col = len(line) - len(line.lstrip()) if self.indent is None else min(self.indent, len(line))

    def take(self, char: str) -> tuple[int, int] | None:
        """Where `char` is written (row and column from 0), and step behind it. None where the text does not fit."""
        while self.row < len(self.rows):
            line, col = self.rows[self.row], self.col
            rest = line[col:]
            blank = not rest.strip()
            at = (self.row, col)
            if char == "\n" and blank:
                self.next_row()
                return at
            if self.quote == '"' and rest == "\\":
                self.next_row()  # an escaped line break joins two rows
            elif self.quote == '"' and rest[:1] == "\\":
                # `\"`, `\\\\`, `\t` … and the numbered ones.
                self.col += {"x": 4, "u": 6, "U": 10}.get(rest[1:2], 2)
                return at
            elif self.quote == "'" and rest.startswith("''"):
                self.col += 2
                return at if char == "'" else None
            elif rest[:1] == char and not (char == " " and blank and self.indent is None):
                self.col += 1
                return at
            elif not blank:
                return None
            elif char == " ":
                # The end of a row, folded to one space.
                self.next_row()
                return at
            else:
                self.next_row()
        return None
