"""The same figures before and after, two bars each: before is striped, after is solid."""

from __future__ import annotations

from collections.abc import Sequence

from engine.documents.charts.canvas import LABELS, MOST_ROWS, SIZE, SMALL, WIDTH, Canvas, Fill, sentence
from engine.documents.charts.measure import fit, widest, width
from engine.documents.charts.scale import Scale, Value, drawable, scale_of
from engine.documents.charts.values import Pair
from engine.documents.charts.words import AFTER, BEFORE, EMPTY, OWN_SCALE, ZERO, chosen, more, told
from engine.documents.look.colours import MUTED
from engine.text import Language

_HEIGHT = 16.0
_TEXTS = 215.0


def before_after(
    pairs: Sequence[Pair],
    *,
    title: str,
    language: Language = "zh",
    one_scale: bool = False,
    before: str = "",
    after: str = "",
) -> str:
    """Two bars for each pair as SVG. `one_scale`: all values are of one unit and may be compared with one another;
    else each pair has a scale of its own, and the picture says so. `before`, `after`: what the two are called."""
    before, after = before or chosen(BEFORE, language), after or chosen(AFTER, language)
    drawn = pairs[:MOST_ROWS]
    rows = [(p.label, f"{before} {p.before_text}", f"{after} {p.after_text}", p.note) for p in pairs]
    if not any(drawable(value) for p in drawn for value in (p.before, p.after)):
        return sentence(title, told(chosen(ZERO, language), rows, (), language) if pairs else chosen(EMPTY, language))
    canvas = Canvas()
    canvas.legend([("hatch", fit(before, 200, SMALL)), ("solid", fit(after, 200, SMALL))])
    labels = widest((p.label for p in drawn), SIZE, LABELS)
    left = labels + 12
    texts = [text for p in drawn for text in (p.before_text, f"{p.after_text} {p.note}")]
    span = WIDTH - left - widest(texts, SIZE, _TEXTS) - 16
    shared = scale_of((value for p in drawn for value in (p.before, p.after)), left, span)
    for pair in drawn:
        scale = shared if one_scale else scale_of((pair.before, pair.after), left, span)
        canvas.label(canvas.y + _HEIGHT, pair.label, labels)
        _row(canvas, scale, pair.before, pair.before_text, "", "hatch", left)
        _row(canvas, scale, pair.after, pair.after_text, pair.note, "solid", left)
        canvas.y += 14
    notes = [chosen(OWN_SCALE, language)] if len(drawn) > 1 and not one_scale else []
    notes += [more(len(pairs) - len(drawn), language)] if len(pairs) > len(drawn) else []
    for note in notes:
        canvas.remark(note)
    return canvas.svg(title, told(title, rows, notes, language))


def _row(canvas: Canvas, scale: Scale | None, value: Value, text: str, note: str, fill: Fill, left: float) -> None:
    end = draw_bar(canvas, scale, value, _HEIGHT, fill, left)
    shown = fit(text, _TEXTS, SIZE)
    size = SIZE if fill == "solid" else SMALL
    canvas.text(end + 7, canvas.y + _HEIGHT / 2 + 4.5, shown, size=size, bold=fill == "solid", full=text)
    start = end + 7 + width(shown, SIZE) * 1.06 + 7
    canvas.fitted(start, canvas.y + _HEIGHT / 2 + 4.5, note, WIDTH - start, size=SMALL, muted=True)
    canvas.y += _HEIGHT + 2


def draw_bar(canvas: Canvas, scale: Scale | None, value: Value, height: float, fill: Fill, left: float) -> float:
    """A bar from zero to the value, to the left of zero for one below it. Returns where its text may begin."""
    number = drawable(value)
    if scale is None or number is None:
        canvas.line(left, canvas.y, left, canvas.y + height, colour=MUTED)
        return left
    zero, end = scale.at(scale.least * 0), scale.at(number)
    if number:
        canvas.bar(min(zero, end), canvas.y, max(abs(end - zero), 0.8), height, fill)
    canvas.line(zero, canvas.y - 2, zero, canvas.y + height + 2, colour=MUTED)
    return max(zero, end)
