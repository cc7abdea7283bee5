"""How many lines a text takes, without a font: widths of `charts.measure`, a little too large rather than too small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.documents.charts.measure import em
from engine.documents.pdf.nodes import Node

_PIECE = re.compile(r"\n|[!-~\u00a1-\u024f]+|.", re.DOTALL)
_SURE = 0.96  # of a line's width is used; a mark that may not begin a line takes the character before it along
_DIGIT = 0.64  # of the widest font that stands in for the Latin one
_BETWEEN = 0.25  # some programs leave room between Chinese and Latin
_MARKS = frozenset("，。、；：！？）】》”’…,.;:!?)]")


def lines(parts: list[Node], size: float, width: float) -> int:
    """How many lines the stretches take in type of that size; an empty text takes one."""
    return max((line for _, line in _places(parts, size, width)), default=0) + 1


def shorten(parts: list[Node], most: int, size: float, width: float) -> tuple[list[Node], str]:
    """As much as fits into `most` lines, with an ellipsis, and the text that is left over ("" when all of it fits)."""
    end = next((at for at, line in _places(parts, size, width) if line >= most), None)
    if end is None:
        return parts, ""
    end = max(end - 2, 0)  # room for the ellipsis
    kept: list[Node] = []
    for part in parts:
        length = len(_shown(part))
        if end < length:
            text = part["t"][:end]
            kept.append({**part, "t": text + "…"} if part["s"] != "br" else {"t": "…", "s": ""})
            break
        kept.append(part)
        end -= length
    whole = "".join(map(_shown, parts))
    return kept, whole[len("".join(map(_shown, kept))) - 1 :].strip()


def _places(parts: list[Node], size: float, width: float) -> Iterator[tuple[int, int]]:
    """(index of a character, the line it stands on)."""
    room = width * _SURE / size
    x, line, at, before = 0.0, 0, 0, True
    for piece in _PIECE.findall("".join(map(_shown, parts))):
        if piece == "\n":
            yield at, line
            x, line, at = 0.0, line + 1, at + 1
            continue
        latin = piece[0] < "\u0250"
        x += _BETWEEN if x and latin != before and not piece.isspace() else 0.0
        before = latin
        long = sum(map(_em, piece))
        if x and room >= long > room - x and piece not in _MARKS and not piece.isspace():
            x, line = 0.0, line + 1
        for ch in piece:
            if x + _em(ch) > room + (1 if ch in _MARKS or ch.isspace() else 0):
                x, line = 0.0, line + 1
            yield at, line
            x, at = x + _em(ch), at + 1


def wide(text: str) -> float:
    """The width of a line in ems."""
    return sum(map(_em, text))


def _em(ch: str) -> float:
    return _DIGIT if ch.isdigit() and ch.isascii() else em(ch)


def _shown(part: Node) -> str:
    return "\n" if part["s"] == "br" else str(part["t"])
