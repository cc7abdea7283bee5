"""What is read from a file: one text, and for every character of it where it stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, Protocol, TypeVar

from engine.frozen import cached, frozen
from engine.text import Message, say

Kind = Literal["text", "markdown", "docx", "xlsx"]
Part = Literal["", "header", "footer", "footnote", "endnote", "comment", "textbox", "shape"]

_PARTS: dict[str, Message] = {
    "header": say("页眉", "header"),
    "footer": say("页脚", "footer"),
    "footnote": say("脚注", "footnote"),
    "endnote": say("尾注", "endnote"),
    "comment": say("批注", "comment"),
    "textbox": say("文本框", "text box"),
    "shape": say("图形", "shape"),
}


@frozen
class Spot:
    """Where a stretch begins. Numbers count from 1, 0 means "not here"; `col` counts characters of the line, paragraph or cell.

    `paragraph` counts the paragraphs of its part (in a table: of its cell); `number` tells headers, text boxes … apart.
    """

    line: int = 0
    col: int = 1
    part: Part = ""
    number: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""

    @property
    def cell_name(self) -> str:
        """`Sheet1!B3` in a workbook, `table1!R2C3` in a document; empty outside a table."""
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"table{self.table}!R{self.row}C{self.column}" if self.table else ""

    def words(self) -> Message:
        """`第 3 段`, `表 1 第 2 行第 3 列`, `Sheet1!B3`; `3:7` (line and column) in a text."""
        if self.line:
            return say("{l}:{c}", "{l}:{c}", l=self.line, c=self.col)
        part = _PARTS.get(self.part)
        head = say("{p} {n} ", "{p} {n}, ", p=part, n=self.number or 1) if part else say("", "")
        if self.sheet:
            tail = f" {part}" if part else ""
            return say("{c}{t}", "{c}{t}", c=self.cell_name, t=say(tail, tail) if part is None else _tail(part))
        if self.table:
            return say(
                "{h}表 {t} 第 {r} 行第 {c} 列",
                "{h}table {t}, row {r}, column {c}",
                h=head,
                t=self.table,
                r=self.row,
                c=self.column,
            )
        return say("{h}第 {n} 段", "{h}paragraph {n}", h=head, n=self.paragraph)


def _tail(part: Message) -> Message:
    return say("的{p}", " ({p})", p=part)


@frozen
class Piece:
    """A stretch of the extracted text that stands in one place. What lies between two pieces (a line end between
    paragraphs, a tab between cells) was put there by the reader.

    `source` is the first character in the file's own text (text, Markdown). A piece that is `whole` stands for something
    written otherwise (`&amp;`), so only the piece as a whole has a place.
    """

    start: int
    end: int
    spot: Spot
    source: int = 0
    source_end: int = 0
    whole: bool = False


@frozen
class Reading:
    """One file, read. `left_out` says what is in it that nobody looked at (pictures, embedded files)."""

    name: str
    kind: Kind
    text: str
    pieces: tuple[Piece, ...]
    left_out: tuple[Message, ...] = ()
    encoding: str = ""

    @cached
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def piece_at(self, offset: int) -> Piece | None:
        """The piece a character is in; for one that the reader put in, the piece behind it. None in an empty file."""
        if not self.pieces:
            return None
        index = max(bisect_right(self._starts, offset) - 1, 0)
        if offset >= self.pieces[index].end and index + 1 < len(self.pieces):
            index += 1
        return self.pieces[index]

    def spot_at(self, offset: int) -> Spot:
        """Where the character at `offset` stands."""
        piece = self.piece_at(offset)
        if piece is None:
            return Spot(line=1) if self.kind in ("text", "markdown") else Spot(paragraph=1)
        return _moved(piece.spot, 0 if piece.whole else min(max(offset, piece.start), piece.end) - piece.start)

    def place(self, offset: int) -> str:
        """`稿子.md:3:7`, `稿子.docx 第 3 段`, `价目.xlsx Sheet1!B3`."""
        spot = self.spot_at(offset)
        return f"{self.name}:{spot.words()}" if spot.line else f"{self.name} {spot.words()}"

    def source_spans(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The stretches of the file's own text that a span of the extracted text was taken from (text, Markdown)."""
        found: list[tuple[int, int]] = []
        for piece in touching(self.pieces, start, end):
            if piece.whole:
                span = (piece.source, piece.source_end)
            else:
                span = tuple(piece.source + min(max(at, piece.start), piece.end) - piece.start for at in (start, end))  # type: ignore[assignment]
            if found and found[-1][1] == span[0]:
                span = (found.pop()[0], span[1])
            found.append(span)
        return tuple(found)

    def line_around(self, start: int, end: int) -> tuple[int, int]:
        """The whole lines of the extracted text that a span touches, without their ends."""
        head = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        tails = [at for at in (self.text.find(sign, max(end - 1, start)) for sign in "\r\n") if at >= 0]
        return head, max(min(tails, default=len(self.text)), end)


def _moved(spot: Spot, by: int) -> Spot:
    if not by:
        return spot
    from engine.frozen import replace

    return replace(spot, col=spot.col + by)


class Gatherer:
    """Puts stretches one behind the other and keeps where each came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []

    def add(
        self, text: str, spot: Spot, source: int = 0, source_end: int | None = None, *, whole: bool = False
    ) -> None:
        if not text:
            return
        end = self.length + len(text)
        self.pieces.append(
            Piece(self.length, end, spot, source, source + len(text) if source_end is None else source_end, whole)
        )
        self._parts.append(text)
        self.length = end

    def join(self, sign: str) -> None:
        """Something between two stretches that stands nowhere in the file."""
        self._parts.append(sign)
        self.length += len(sign)

    @property
    def text(self) -> str:
        return "".join(self._parts)


class Stretch(Protocol):
    """Anything that covers a span of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=Stretch)


def touching(stretches: Sequence[_S], start: int, end: int) -> list[_S]:
    """Those that share a character with `start:end`; they are in order, and none overlaps another."""
    at = bisect_right(stretches, start, key=lambda s: s.end)
    found = []
    while at < len(stretches) and stretches[at].start < end:
        found.append(stretches[at])
        at += 1
    return found
