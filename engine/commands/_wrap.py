"""Text in columns, where a Chinese character takes two: padding, cutting, wrapping, tables."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from engine.errors import width
from engine.text import Message

# A line may break at a space or beside a wide character, but never before closing punctuation or after an opening one.
_PIECES = r"\s+|[A-Za-z0-9_./:=@#%+\-<>\[\]{}|'\"`~$&*^\\()]+|."
_NOT_FIRST = "，。；：、！？）】》”’…,.;:!?)]}"
_NOT_LAST = "（【《“‘([{"


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to `columns` columns."""
    return text + " " * max(columns - width(text), 0)


def cut(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, with an ellipsis where something was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for ch in text:
        if width(kept + ch) > columns - 1:
            break
        kept += ch
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` columns; at least one line. Words stay whole unless longer than a line."""
    lines: list[str] = []
    line = ""
    for piece in _glued(text.strip()):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = "" if piece.isspace() else piece
        else:
            line += piece
    return [*lines, line.rstrip()]


def _glued(text: str) -> list[str]:
    """Pieces between which a line may break."""
    pieces: list[str] = []
    for piece in re.findall(_PIECES, text):
        if pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def room() -> int:
    """How many columns a table may take: as many as the screen has; 0, without a limit, where the output goes elsewhere."""
    from shutil import get_terminal_size

    return get_terminal_size().columns if sys.stdout.isatty() else 0


def table(rows: Sequence[Sequence[str]], head: Sequence[str | Message] = (), room: int = 0) -> list[str]:
    """Rows in aligned columns. With `room`, the widest column is cut so that lines fit into so many columns."""
    every = [[str(h) for h in head], *map(list, rows)] if head else [list(r) for r in rows]
    if not every:
        return []
    widths = [max(width(row[i]) for row in every) for i in range(len(every[0]))]
    over = sum(widths) + 2 * (len(widths) - 1) - room
    if room and over > 0:
        widest = max(range(len(widths)), key=lambda i: widths[i])
        widths[widest] = max(widths[widest] - over, 12)
    lines = ["  ".join(pad(cut(cell, w), w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in every]
    if head:
        lines.insert(1, "  ".join("─" * w for w in widths))
    return lines
