"""How wide a text is, without a font: a Chinese character is one em wide, Latin ones are taken a little too wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from engine.documents.markdown import clean

_NARROW = frozenset("ijl.,:;'`|!()[]{}ft ")
_BROAD = frozenset("mwMWOQ@%&—")
_ELLIPSIS = "…"


def tidy(text: str) -> str:
    """A text of anybody's as one line of visible characters, without marks that change its direction."""
    return " ".join(clean(text).split())


def em(ch: str) -> float:
    """The width of one character in ems, rounded up over the fonts that charts name."""
    if ch < "\u0250":
        return 0.36 if ch in _NARROW else 0.96 if ch in _BROAD else 0.7 if ch.isupper() else 0.6
    if unicodedata.combining(ch) or unicodedata.category(ch) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.3 if ch >= "\U0001f000" and not "\U00020000" <= ch <= "\U000323af" else 1.0


def width(text: str, size: float) -> float:
    """The width of a line in units of the picture."""
    return sum(map(em, text)) * size


def widest(texts: Iterable[str], size: float, most: float) -> float:
    """The width of the longest of the texts, at most `most`."""
    return min(max((width(tidy(text), size) for text in texts), default=0.0), most)


def fit(text: str, most: float, size: float) -> str:
    """The text (tidied), or as much of it as fits into `most` with an ellipsis behind."""
    line = tidy(text)
    return line if width(line, size) <= most else line[: _fitting(line, most - size, size)].rstrip() + _ELLIPSIS


def wrap(text: str, most: float, size: float, lines: int = 2) -> list[str]:
    """The text in at most so many lines, the last of them with an ellipsis where not everything fits."""
    rest = tidy(text)
    made: list[str] = []
    while len(made) < lines - 1 and width(rest, size) > most:
        end = max(_fitting(rest, most, size), 1)
        space = rest.rfind(" ", 0, end + 1)
        if rest[end - 1].isascii() and rest[end : end + 1].isascii() and space > end // 2:
            end = space  # a Latin word is not torn apart
        made.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*made, fit(rest, most, size)]


def _fitting(line: str, most: float, size: float) -> int:
    """How many characters from the front fit."""
    left = most / size
    for index, ch in enumerate(line):
        left -= em(ch)
        if left < 0:
            return index
    return len(line)
