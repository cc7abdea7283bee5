"""The parts of a budget on one scale: a frame as long as the part, filled as far as it is used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from engine.documents.charts.canvas import LABELS, MOST_ROWS, SIZE, SMALL, WIDTH, Canvas, Fill, sentence
from engine.documents.charts.measure import fit, widest, width
from engine.documents.charts.scale import Scale, drawable, scale_of
from engine.documents.charts.values import Part
from engine.documents.charts.words import EMPTY, LEFT, OVER, USED, ZERO, chosen, more, told
from engine.documents.look.colours import DARK
from engine.text import Language

_HEIGHT, _GAP = 22.0, 12.0
_TEXTS = 250.0


def budget(parts: Sequence[Part], *, title: str, language: Language = "zh") -> str:
    """The parts from top to bottom as SVG: what is used is solid, what is left a pale frame, what is over the limit
    crossed, behind a thick line, and said in words."""
    drawn = parts[:MOST_ROWS]
    over = chosen(OVER, language)
    rows = [(p.label, p.text, over if _over(p) else "", p.note) for p in parts]
    values = [value for p in drawn for value in (p.limit, p.used)]
    canvas = Canvas()
    labels = widest((p.label for p in drawn), SIZE, LABELS)
    left = labels + 12
    texts = widest((" ".join(texts) for _, *texts in rows[:MOST_ROWS]), SIZE, _TEXTS) + 18
    scale = scale_of([max(number, Decimal(0)) for v in values if (number := drawable(v))], left, WIDTH - left - texts)
    if scale is None:
        return sentence(title, told(chosen(ZERO, language), rows, (), language) if parts else chosen(EMPTY, language))
    kinds: list[tuple[Fill, str]] = [("solid", chosen(USED, language)), ("frame", chosen(LEFT, language))]
    canvas.legend([*kinds, ("over", over)] if any(map(_over, drawn)) else kinds)
    for part, (_, text, state, note) in zip(drawn, rows, strict=False):
        canvas.label(canvas.y + _HEIGHT / 2, part.label, labels)
        x = _frame(canvas, scale, part) + 9
        shown = fit(text, _TEXTS, SIZE)
        canvas.text(x, canvas.y + _HEIGHT / 2 + 5, shown, bold=True, full=text)
        x += width(shown, SIZE) * 1.06 + 7
        behind = "　".join(word for word in (state, note) if word)
        canvas.fitted(x, canvas.y + _HEIGHT / 2 + 5, behind, WIDTH - x, size=SMALL, muted=True)
        canvas.y += _HEIGHT + _GAP
    notes = [more(len(parts) - len(drawn), language)] if len(parts) > len(drawn) else []
    for line in notes:
        canvas.remark(line)
    return canvas.svg(title, told(title, rows, notes, language))


def _over(part: Part) -> bool:
    used, limit = drawable(part.used), drawable(part.limit)
    return used is not None and limit is not None and used > limit


def _frame(canvas: Canvas, scale: Scale, part: Part) -> float:
    """One part. Returns where it ends."""
    limit = scale.at(max(drawable(part.limit) or Decimal(0), Decimal(0)))
    used = scale.at(max(drawable(part.used) or Decimal(0), Decimal(0)))
    canvas.bar(scale.left, canvas.y, limit - scale.left, _HEIGHT, "frame")
    if used > scale.left:
        canvas.bar(scale.left, canvas.y + 4, min(used, limit) - scale.left, _HEIGHT - 8, "solid")
    if used > limit:
        canvas.bar(limit, canvas.y + 4, used - limit, _HEIGHT - 8, "over")
        canvas.line(limit, canvas.y - 4, limit, canvas.y + _HEIGHT + 4, colour=DARK, thick=2.4)
    return max(used, limit)
