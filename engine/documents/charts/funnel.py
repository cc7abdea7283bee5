"""A funnel: bars from one edge, of one height, their lengths in proportion to the counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.documents.charts.canvas import LABELS, MOST_ROWS, SIZE, SMALL, WIDTH, Canvas, sentence
from engine.documents.charts.measure import fit, widest, width, wrap
from engine.documents.charts.values import FunnelStep
from engine.documents.charts.words import EMPTY, ZERO, broken, chosen, more, told
from engine.text import Language

_BREAK = 30  # a link this many times larger than the smallest would leave the smallest invisible
_HEIGHT, _GAP = 24.0, 12.0
_TEXTS = 215.0  # the most that a count and its note take
_PARTS = 280.0  # the most that a count and half its note take, where it stands in two lines
_PARTED = re.compile("(?<=；)|(?<=; )")
_WHOLE = 0.72  # of the room, for the longest bar that is to scale, when others are not


def funnel(links: Sequence[FunnelStep], *, title: str, language: Language = "zh") -> str:
    """The links from top to bottom as SVG. Counts below zero are drawn as nothing; their text is shown all the same.

    Where the largest count is more than 30 times the smallest (above zero), those too large are cut, with a mark and
    a sentence that says so; all others stay on one scale.
    """
    drawn = links[:MOST_ROWS]
    rows = [(link.label, link.text, link.note) for link in links]
    counts = [link.value for link in drawn if link.value > 0]
    if not counts:
        return sentence(title, told(chosen(ZERO, language), rows, (), language) if links else chosen(EMPTY, language))
    whole = max(count for count in counts if count <= _BREAK * min(counts))
    cut = [link for link in drawn if link.value > whole]
    canvas = Canvas()
    labels = widest((link.label for link in drawn), SIZE, LABELS)
    left = labels + 12
    parts = [f"{link.text} {part.strip()}" for link in drawn for part in _PARTED.split(link.note, maxsplit=1)]
    texts = max(widest((f"{link.text} {link.note}" for link in drawn), SIZE, _TEXTS), widest(parts, SIZE, _PARTS)) + 14
    span = WIDTH - left - texts
    scale = span * (_WHOLE if cut else 1) / whole
    for link in drawn:
        length = span if link.value > whole else max(link.value, 0) * scale
        canvas.label(canvas.y + _HEIGHT / 2, link.label, labels)
        if link.value > 0:
            canvas.bar(left, canvas.y, max(length, 0.8), _HEIGHT, "solid")
        else:
            canvas.line(left, canvas.y, left, canvas.y + _HEIGHT)
        if link.value > whole:
            canvas.break_mark(left + span * 0.86, canvas.y, _HEIGHT)
        _texts(canvas, left + length + 8, canvas.y + _HEIGHT / 2 + 5, link)
        canvas.y += _HEIGHT + _GAP
    notes = [broken((link.label for link in cut), language)] if cut else []
    notes += [more(len(links) - len(drawn), language)] if len(links) > len(drawn) else []
    for note in notes:
        canvas.remark(note)
    return canvas.svg(title, told(title, rows, notes, language))


def _texts(canvas: Canvas, x: float, base: float, link: FunnelStep) -> None:
    """The count in bold and the note behind it, in two lines where one is too short for it."""
    count = fit(link.text, _TEXTS, SIZE)
    canvas.text(x, base, count, bold=True, full=link.text)
    x += width(count, SIZE) * 1.06 + 7
    lines = _lines(link.note, WIDTH - x)
    for number, line in enumerate(lines):
        canvas.fitted(x, base + (number - (len(lines) - 1) / 2) * 14, line, WIDTH - x, size=SMALL, muted=True)


def _lines(note: str, room: float) -> list[str]:
    """A note that is too long is parted where its second remark begins, or else anywhere."""
    if width(note, SMALL) <= room or room < SMALL * 2:
        return [note]
    parts = _PARTED.split(note, maxsplit=1)
    if len(parts) == 2 and all(width(part.strip(), SMALL) <= room for part in parts):
        return [part.strip() for part in parts]
    return wrap(note, room, SMALL)
