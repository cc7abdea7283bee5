"""Figures that stay whole in a cell: how wide a number with its unit and its base is, and where it breaks if it finds no room.

A break of our own is the only sure means. LibreOffice ends a line between a number and a Chinese unit, or before a per cent sign
with a full-width bracket behind it, whatever stands between them: it was tried with no-break space, word joiner and joiner.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from docx.oxml.ns import qn

from engine.documents.charts.measure import em
from engine.documents.markdown import is_cjk
from engine.documents.word.xml import element

CELL: float = 9.5  # points, the letters of a table
_TWIPS = 20  # in a point
_DIGIT = 0.64  # ems, of the widest sans serif that may stand in for the font named
_GAP = 0.25  # ems that Word and LibreOffice put between a Chinese character and a Latin one
_UNIT = r"\s?(?:[A-Za-z]{1,10}|[^\d\s，。；：、（(A-Za-z]{0,4})"
_FIGURE = re.compile(  # 不低于 90分, 7.5%（3/40）
    rf"(?:[^\d\s，。；：、（(A-Za-z¥￥+\-−]{{1,4}}\s?|at (?:least|most) )?[¥￥+\-−]?\d[\d,.]*{_UNIT}(?P<base>\s?[（(][\d,./]+[）)])?"
)
_DIVIDED = " ÷ "
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日")
_HELD = re.compile(  # what is not torn inside a text: a date, with brackets around it; a share
    r"[（(]?(?:\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日)[）)]?|(?:\d[\d,.]*%)?\s?[（(][\d,./]+[）)]"
)
_COUNTED = re.compile(r"\d[\d,.]*\s?[^\d\s÷，。；：、（()）]{0,4}(?= ÷|$)")  # in a division: a number and its unit


def is_whole(text: str) -> bool:
    """Is the text one figure with what belongs to it, or a date?"""
    return bool(_FIGURE.fullmatch(text) or _DATE.fullmatch(text))


def held(text: str) -> list[tuple[int, int]]:
    """From where to where a text must not be torn, in order."""
    pattern = _COUNTED if _DIVIDED in text else _HELD
    return [found.span() for found in pattern.finditer(text)]


@lru_cache(maxsize=10_000)
def room(text: str, points: float = CELL) -> int:
    """The width of a line in twips, rather too much than too little."""
    ems = sum(_DIGIT if ch.isdigit() and ch.isascii() else em(ch) for ch in text)
    ems += _GAP * sum(_meet(a, b) for a, b in pairwise(text))
    return round(ems * points * _TWIPS)


def _meet(a: str, b: str) -> bool:
    one, other = is_cjk(a) and a.isalpha(), is_cjk(b) and b.isalpha()
    return (one and b.isascii() and b.isalnum()) or (other and a.isascii() and (a.isalnum() or a == "%"))


def keep_whole(paragraph: Any, most: int, points: float = CELL) -> None:
    """End the line of a text that is wider than `most` twips where it is read in two: a share before its base, a division before
    its sign; and before a date, or a number with its unit, that the end of a line would tear. `points`: the letters of the paragraph's style."""
    pieces = [(made, text) for made in paragraph.iter(qn("w:r")) for text in made.findall(qn("w:t")) if text.text]
    if sum(room(text.text, _points(made, points)) for made, text in pieces) <= most:
        return
    for end in reversed(_ends("".join(text.text for _, text in pieces), most, points)):
        left = end
        for made, text in pieces:
            if left < len(text.text):
                _break(made, text, left)
                break
            left -= len(text.text)


def _ends(whole: str, most: int, points: float) -> list[int]:
    """Before which characters lines end of our own; none where they may end anywhere."""
    share = _FIGURE.fullmatch(whole)
    if share is not None:
        return [share.start("base")] if share["base"] else []
    above, sign, _ = whole.partition(_DIVIDED)
    if not sign:
        return _torn(whole, 0, len(whole), most, points)
    at = len(above)
    return [*_torn(whole, 0, at, most, points), at, *_torn(whole, at, len(whole), most, points)]


def _torn(whole: str, begin: int, end: int, most: int, points: float) -> list[int]:
    """Where the pieces begin that a line full of text would tear, and that fit into one."""
    found = []
    for first, behind in held(whole):
        if first < begin or behind > end:
            continue
        for at in range(begin, first):
            if room(whole[begin : at + 1], points) > most:
                begin = at
        if first > begin and room(whole[begin:behind], points) > most >= room(whole[first:behind], points):
            found.append(first)
            begin = first
    return found


def _points(made: Any, otherwise: float) -> float:
    size = made.find(f"{qn('w:rPr')}/{qn('w:sz')}")
    return otherwise if size is None else int(size.get(qn("w:val"))) / 2


def _break(made: Any, text: Any, at: int) -> None:
    """End the line in a run, before its character number `at`."""
    behind = element("w:t")
    behind.text = text.text[at:].lstrip()
    behind.set(qn("xml:space"), "preserve")
    text.text = text.text[:at]
    place = list(made).index(text)
    made[place + 1 : place + 1] = [element("w:br"), behind]
    if not text.text:
        made.remove(text)
