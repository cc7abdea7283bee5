"""What reading a file gives: its plain data, and where each key and value of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, Protocol

from engine.errors import NOWHERE, Place
from engine.frozen import frozen
from engine.scalar import Lines, text_places

Path = tuple[str | int, ...]

# Line breaks as libyaml counts them.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Mark(Protocol):
    """A position as the YAML parser has it: line and column from 0."""

    line: int
    column: int


class Places(Mapping[Path, Place]):
    """Path → Place, made when asked for: of a thousand values a few are ever pointed at."""

    __slots__ = ("_file", "_marks")

    def __init__(self, file: str, marks: dict[Path, Mark]) -> None:
        self._file, self._marks = file, marks

    def __getitem__(self, path: Path) -> Place:
        mark = self._marks[path]
        return Place(self._file, mark.line + 1, mark.column + 1)

    def __contains__(self, path: object) -> bool:
        return path in self._marks

    def __iter__(self) -> Iterator[Path]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


@frozen
class Source:
    """A file that was read. `values[()]` is the place of the whole; an item of a list has only a value."""

    file: str
    text: str
    data: Any
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]

    def place(self, path: Path, part: Literal["key", "value"] = "value") -> Place:
        """Where the key or value at `path` stands; NOWHERE when it is not in this file."""
        return (self.keys if part == "key" else self.values).get(path, NOWHERE)

    def nearest(self, path: Path) -> Place:
        """The key at `path`, or of the innermost thing around it that has one; the file as a whole at last."""
        for end in range(len(path), 0, -1):
            place = self.keys.get(path[:end]) or self.values.get(path[:end])
            if place is not None:
                return place
        return Place(self.file)

    def written(self, path: Path, value: str) -> tuple[Place, Lines]:
        """Where the characters of the text at `path` stand (see `engine.scalar.text_places`)."""
        start = self.place(path)
        if not start.line:
            return start, ()
        rows = rows_of(self.text)
        row, col = rows[start.line - 1], start.col - 1
        # Nearly every text stands on one line as it is, or between plain quotes.
        if row.startswith(value, col):
            return start, ()
        mark = row[col : col + 1]
        if mark in ("'", '"') and row.startswith(value + mark, col + 1):
            return Place(start.file, start.line, start.col + 1), ()
        return text_places(rows, start, value)


@lru_cache(maxsize=16)
def rows_of(text: str) -> tuple[str, ...]:
    """The lines of a file as the YAML parser counts them."""
    return tuple(_BREAK.split(text))
