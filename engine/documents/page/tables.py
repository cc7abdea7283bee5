"""How a table stands on a page: the shares of its columns on a screen and on a phone, or its rows as cards on a phone.

A column never gets less than its words need to be read. Where there is no room for all columns, each row becomes a card
in which every entry is named by the head of its column: on a phone many tables, on a wide screen and on paper a few.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.errors import width
from engine.frozen import frozen

if TYPE_CHECKING:
    from engine.documents.pdf.nodes import Node

_DIGIT = 0.56  # of a Chinese character: a digit or letter
_WHOLE = re.compile(r"[（【]?[!-~]+[）】，。]?")  # what no line break falls into
_LETTER = 15  # pixels: a Chinese character of a table
_ROOM, _SIDES = 858, 24  # pixels: beside the contents on a wide screen; padding and line of a cell, and a hair
_PHONE_ROOM, _PHONE_SIDES = 328, 14  # of a phone of 360
_STEP = 60  # pixels: least widths are rounded up to it, so that a page has few of them
_SHORT, _MIDDLE = 7.5, 14  # characters: what stays on one line (a date does), what may take two or three


@frozen
class Layout:
    """`shares`: thousandths of the width for each column; `least`: pixels below which the table scrolls, 0 where its rows
    are cards everywhere; `phone`: the shares on a phone, empty where its rows are cards there."""

    shares: tuple[int, ...]
    least: int
    phone: tuple[int, ...]


def layout_of(node: Node) -> Layout:
    """The layout of a table or form as it was read (`engine.documents.pdf.nodes`)."""
    columns = list(zip(*node["rows"], strict=True))
    longest = [max(map(_size, column)) for column in columns]
    needs = [_need(column, align) for column, align in zip(columns, node["aligns"], strict=True)]
    wanted = [need * _LETTER + _SIDES for need in needs]
    asked = [_ROOM * size / sum(node["widths"]) for size in node["widths"]]
    if sum(wanted) > _ROOM:
        return Layout(_shares(wanted), 0, ())
    least = -(-int(sum(wanted)) // _STEP) * _STEP
    return Layout(_shares(_raised(asked, wanted)), least, _on_phone(longest, needs))


def is_blank(row: Sequence[Node]) -> bool:
    """A row to be written in by hand: nothing stands in it, no box is ticked."""
    return not any(cell["box"] or _words(cell) for cell in row)


def _words(cell: Node) -> str:
    return "".join(part["t"] for part in cell["text"])


def _length(text: str) -> float:
    """In Chinese characters."""
    narrow = sum(" " <= letter <= "~" for letter in text)
    return narrow * _DIGIT + (width(text) - narrow) / 2


def _size(cell: Node) -> float:
    return _length(_words(cell)) + (0 if cell["box"] is None else 2)


def _need(column: Sequence[Node], align: str) -> float:
    """The characters of a line in which a column can be read; figures stay whole."""
    longest = max(map(_size, column))
    if longest <= _SHORT or (align == "right" and longest <= _MIDDLE):
        return max(longest, 1.5)
    run = max((_length(found) for cell in column for found in _WHOLE.findall(_words(cell))), default=0)
    return max(_SHORT if longest <= _MIDDLE else _SHORT + 1, min(run, _MIDDLE))


def _raised(sizes: Sequence[float], least: Sequence[float]) -> list[float]:
    """Columns that are too narrow get what they need from those that have more than they need."""
    lacking = sum(max(need - size, 0) for size, need in zip(sizes, least, strict=True))
    spare = sum(max(size - need, 0) for size, need in zip(sizes, least, strict=True))
    if not lacking:
        return list(sizes)
    return [
        need if size < need else size - (size - need) * lacking / spare for size, need in zip(sizes, least, strict=True)
    ]


def _on_phone(longest: Sequence[float], needs: Sequence[float]) -> tuple[int, ...]:
    """What is left beside the needs goes to the columns whose texts would fill it."""
    taken = [need * _LETTER + _PHONE_SIDES for need in needs]
    rest = _PHONE_ROOM - sum(taken)
    if rest < 0:
        return ()
    more = [max(min(size, 3 * _MIDDLE) - need, 0) for size, need in zip(longest, needs, strict=True)]
    if not any(more):
        more = list(needs)
    return _shares([size + rest * part / sum(more) for size, part in zip(taken, more, strict=True)])


def _shares(sizes: Sequence[float]) -> tuple[int, ...]:
    return tuple(max(round(1000 * size / sum(sizes)), 1) for size in sizes)
