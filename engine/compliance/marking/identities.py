"""Who can be recognised in a text: numbers by their form, names of patients by what stands around them or above their column.

A name once recognised is one everywhere in the file, also where nothing around it says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from engine.compliance.marking.masks import merged
from engine.compliance.names import patient_names
from engine.compliance.normal import plain
from engine.compliance.reading.extracted import Reading, Spot
from engine.privacy import find_identifiers
from engine.results.reading.header import forbidden
from engine.text import Message, say

KINDS: Mapping[str, Message] = {
    "resident_id": say("身份证号", "resident ids"),
    "mobile": say("手机号", "mobile numbers"),
    "phone": say("电话号码", "phone numbers"),
    "record_number": say("病历、住院类号码", "record numbers"),
    "name": say("患者姓名", "names of patients"),
    "column": say("表头为姓名、电话、证件等的单元格", "cells under a header such as name, phone, id"),
}
_SENTENCE = re.compile(r"[^。!?\n]+")
_CUT = re.compile(r"[^\W\d_a-zA-Z][,，。;；、:：!！?？\s]\s*(?=[^\W\d_a-zA-Z])|\n(?=\s*[^\W\d])")
_WINDOW = 4_000
_LONGEST_NAME, _LONGEST_CELL = 6, 40
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{3,4}")

_Found = tuple[str, int, int]


class Identities:
    """What identifies people in one file."""

    def __init__(self, reading: Reading) -> None:
        text = reading.text
        own = [("name", *span) for span in _names(text)]
        cells = list(_cells(reading))
        known = {text[start:end] for _, start, end in own}
        # A column may hold other words than names (合计), so short ones are masked at their own place only.
        known |= {word for _, start, end in cells if _HAN_NAME.fullmatch(word := text[start:end].strip())}
        self._known = {word for word in known if len(word) > 1}
        self._lengths = sorted({len(word) for word in self._known}, reverse=True)
        firsts = "".join(re.escape(sign) for sign in sorted({word[0] for word in self._known}))
        self._first = re.compile(f"[{firsts}]") if firsts else None
        self._text = text
        self._own = [*own, *cells]
        found = [*self._anywhere(text), *own]
        told = merged((start, end) for _, start, end in found)
        found += [cell for cell in cells if not _touches(told, cell[1], cell[2])]
        self.found: tuple[_Found, ...] = tuple(sorted(set(found), key=lambda f: (f[1], f[2])))

    def counts(self) -> list[tuple[Message, int]]:
        """How many of each kind."""
        counted = Counter(kind for kind, _, _ in self.found)
        return [(words, counted[kind]) for kind, words in KINDS.items() if counted[kind]]

    def hide(self, text: str) -> list[tuple[int, int]]:
        """The spans to mask in a text: the file's own, or anything else that stands in it."""
        found = self._anywhere(text)
        if text == self._text:
            found += self._own
        return merged((start, end) for _, start, end in found)

    @cached_property
    def shown(self) -> str:
        """The file's text as the screen may show it, of the same length: the first and last signs of a number stay, and
        the first of a name."""
        parts: list[str] = []
        last = 0
        for kind, start, end in self.found:
            if start >= last:
                parts += [self._text[last:start], _partly(kind, self._text[start:end])]
                last = end
        return "".join([*parts, self._text[last:]])

    def _anywhere(self, text: str) -> list[_Found]:
        found: list[_Found] = [
            (f.kind, at + f.start, at + f.end) for at, part in _windows(text) for f in find_identifiers(part)
        ]
        if self._first is not None:
            found += [("name", *span) for span in self._names_in(text, self._first)]
        return found

    def _names_in(self, text: str, first: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where names stand that are known; the longest at each place. (One expression of thousands of names is slow.)"""
        for match in first.finditer(text):
            at = match.start()
            length = next((n for n in self._lengths if text[at : at + n] in self._known), 0)
            if length:
                yield at, at + length


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """A long text in parts, for what finds numbers grows slow with how many there are; cut where no number goes on."""
    start = 0
    while len(text) - start > _WINDOW:
        ends = [m.end() for m in _CUT.finditer(text, start + _WINDOW // 2, start + _WINDOW)]
        end = ends[-1] if ends else start + _WINDOW
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(spans, start, key=lambda span: span[1])
    return at < len(spans) and spans[at][0] < end


def _names(text: str) -> Iterator[tuple[int, int]]:
    body = plain(text)
    for sentence in _SENTENCE.finditer(body.text):
        for start, end in patient_names(sentence[0]):
            yield body.span(sentence.start() + start, sentence.start() + end)


def _cells(reading: Reading) -> Iterator[_Found]:
    """Cells below a header that promises names, phones, identity or record numbers."""
    columns: dict[tuple[object, ...], str] = {}
    at = 0
    for piece in reading.pieces:
        spot = piece.spot
        if not (spot.sheet or spot.table) or spot.part:
            continue
        if piece.start < at:
            continue
        end = _end_of_cell(reading, piece.start)
        at = end
        word = reading.text[piece.start : end]
        column = _column(spot)
        kind = _header(word) if len(word) <= _LONGEST_CELL else None
        if kind is not None:
            columns[column] = kind
        elif column in columns and word.strip():
            most = _LONGEST_NAME if columns[column] == "name" else _LONGEST_CELL
            if len(word.strip()) <= most:
                yield "column", piece.start, end


@lru_cache(maxsize=10_000)
def _header(word: str) -> str | None:
    """Cells of a column say the same things over and over."""
    return forbidden(word)


def _end_of_cell(reading: Reading, start: int) -> int:
    """A cell may be of several pieces (runs in different forms)."""
    first = reading.piece_at(start)
    assert first is not None
    place = _cell_of(first.spot)
    end = first.end
    while (following := reading.piece_at(end)) is not None and following.start == end and end < len(reading.text):
        if _cell_of(following.spot) != place:
            break
        end = following.end
    return end


def _column(spot: Spot) -> tuple[object, ...]:
    if spot.sheet:
        return spot.sheet, re.sub(r"\d+$", "", spot.cell)
    return spot.part, spot.number, spot.table, spot.column


def _cell_of(spot: Spot) -> tuple[object, ...]:
    return spot.sheet, spot.cell, spot.part, spot.number, spot.table, spot.row, spot.column, spot.paragraph


def _partly(kind: str, text: str) -> str:
    """`138****5678`, `张**`: enough to find the place by, too little to know anybody."""
    places = [i for i, sign in enumerate(text) if sign.isalnum()]
    if kind in ("name", "column"):
        return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*"
    kept = {*places[:3], *places[-4:]} if len(places) >= 8 else set()
    return "".join("*" if i in places and i not in kept else sign for i, sign in enumerate(text))
