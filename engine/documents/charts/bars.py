"""Bars of one unit on one scale, with a line for the target that all of them have."""

from __future__ import annotations

from collections.abc import Sequence

from engine.documents.charts.before_after import draw_bar
from engine.documents.charts.canvas import LABELS, MOST_ROWS, SIZE, SMALL, WIDTH, Canvas, Fill, sentence
from engine.documents.charts.measure import fit, widest, width
from engine.documents.charts.scale import drawable, scale_of
from engine.documents.charts.values import Bar, Target
from engine.documents.charts.words import EMPTY, MET, MISSED, ZERO, chosen, more, told
from engine.documents.look.colours import DARK
from engine.text import Language

_HEIGHT, _GAP = 22.0, 12.0
_TEXTS = 240.0


def bars(rows: Sequence[Bar], target: Target | None = None, *, title: str, language: Language = "zh") -> str:
    """The rows from top to bottom as SVG, the target as a dashed line with its text above. A row that misses its target
    is striped, and both are said in words. Values below zero go to the left of zero."""
    drawn = rows[:MOST_ROWS]
    said = [(row.label, row.text, _verdict(row, language), row.note) for row in rows]
    reach = target.text if target else ""
    values = [row.value for row in drawn]
    if not rows or not any(drawable(value) for value in [*values, target.value if target else 0]):
        return sentence(
            title,
            told(chosen(ZERO, language), said, [reach] * bool(reach), language) if rows else chosen(EMPTY, language),
        )
    canvas = Canvas()
    labels = widest((row.label for row in drawn), SIZE, LABELS)
    left = labels + 12
    texts = widest((f"{text} {verdict} {note}" for _, text, verdict, note in said[:MOST_ROWS]), SIZE, _TEXTS) + 16
    scale = scale_of([*values, target.value if target else 0], left, WIDTH - left - texts)
    goal = drawable(target.value) if target else None
    top = canvas.y
    if goal is not None:
        canvas.y += 22
    for row, (_, text, verdict, note) in zip(drawn, said, strict=False):
        canvas.label(canvas.y + _HEIGHT / 2, row.label, labels)
        fill: Fill = "hatch" if row.met is False else "solid"
        x = draw_bar(canvas, scale, row.value, _HEIGHT, fill, left) + 9
        if goal is not None and scale is not None and x - 9 < scale.at(goal) + 4:
            x = scale.at(goal) + 9  # the text does not stand across the line
        shown = fit(text, _TEXTS, SIZE)
        canvas.text(x, canvas.y + _HEIGHT / 2 + 5, shown, bold=True, full=text)
        x += width(shown, SIZE) * 1.06 + 7
        behind = "　".join(part for part in (verdict, note) if part)
        canvas.fitted(x, canvas.y + _HEIGHT / 2 + 5, behind, WIDTH - x, size=SMALL, muted=True)
        canvas.y += _HEIGHT + _GAP
    if goal is not None and scale is not None:
        _goal(canvas, scale.at(goal), top, reach)
    notes = [more(len(rows) - len(drawn), language)] if len(rows) > len(drawn) else []
    for line in notes:
        canvas.remark(line)
    return canvas.svg(title, told(title, said, [*([reach] if reach else []), *notes], language))


def _verdict(row: Bar, language: Language) -> str:
    return "" if row.met is None else chosen(MET if row.met else MISSED, language)


def _goal(canvas: Canvas, x: float, top: float, text: str) -> None:
    """The dashed line through all rows, its text above on the side where there is room."""
    canvas.line(x, top + 16, x, canvas.y - _GAP + 4, colour="ffffff", thick=4)  # seen on a dark bar too
    canvas.line(x, top + 16, x, canvas.y - _GAP + 4, dashed=True, colour=DARK, thick=1.6)
    shown = fit(text, WIDTH / 2, SMALL)
    room = width(shown, SMALL)
    if x + room / 2 > WIDTH:
        canvas.text(WIDTH, top + 11, shown, size=SMALL, anchor="end", full=text)
    elif x - room / 2 < 0:
        canvas.text(0, top + 11, shown, size=SMALL, full=text)
    else:
        canvas.text(x, top + 11, shown, size=SMALL, anchor="middle", full=text)
