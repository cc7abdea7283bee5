"""The kinds of charts: a funnel, pairs of bars, budgets. Texts and figures come ready; a chart only places them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from engine.documents.drawing.canvas import SIZE, WIDTH, Canvas, fitted, room, widest
from engine.frozen import frozen

_MOST_LABEL = 170.0
_STEP, _BAR = 46.0, 22.0
_BREAK = 30  # a bar more than so many times the smallest is cut, and says so


@frozen
class Step:
    """A link: its title, its count, the share of the link before in words; `before` counts it in the time before."""

    title: str
    count: int
    share: str = ""
    before: int | None = None


@frozen
class Pair:
    """A label with one or two bars: values on one scale, and how they are written."""

    title: str
    value: Decimal
    text: str
    before: Decimal | None = None
    before_text: str = ""


@frozen
class Budget:
    title: str
    spent: Decimal
    limit: Decimal
    text: str


@frozen
class Names:
    """The words of a chart that are not data."""

    now: str
    before: str
    cut: str  # under a funnel with a bar that was cut
    empty: str


def funnel(title: str, steps: Sequence[Step], names: Names, description: str) -> str:
    """Bars from one edge on one scale, all of one height; under each the time before where there is one."""
    canvas = Canvas()
    if not steps or not any(step.count for step in steps):
        return _empty(title, names, description)
    compared = any(step.before is not None for step in steps)
    label = widest((s.title for s in steps), _MOST_LABEL) + 14
    figures = widest((f"{s.count:,}  {s.share}" for s in steps), 260) + 12
    span = WIDTH - label - figures
    counts = [n for s in steps for n in (s.count, s.before) if n]
    least, most = min(counts), max(counts)
    cut = most > least * _BREAK
    scale = span / (min(most, least * _BREAK) if cut else most)
    y = 8.0
    if compared:
        _legend(canvas, names, y)
        y += 24
    for step in steps:
        height = _BAR if not compared else 18.0
        canvas.text(label - 12, y + height / 2 + 5, fitted(step.title, _MOST_LABEL), "end", "strong")
        _funnel_bar(canvas, label, y, step.count, scale, span, height, "solid")
        drawn = min(step.count * scale, span)
        canvas.text(label + drawn + 8, y + height / 2 + 5, f"{step.count:,}", "strong")
        if step.share:
            canvas.text(label + drawn + 14 + room(f"{step.count:,}"), y + height / 2 + 5, step.share, "muted")
        if step.before is not None:
            _funnel_bar(canvas, label, y + height + 2, step.before, scale, span, 10, "before")
            canvas.text(
                label + min(step.before * scale, span) + 8, y + height + 12, f"{step.before:,}", "muted", "small"
            )
        y += _STEP if compared else _STEP - 12
    if cut:
        canvas.text(label, y + 6, names.cut, "muted", "small")
    return canvas.svg(title, description)


def _funnel_bar(
    canvas: Canvas, x: float, y: float, count: int, scale: float, span: float, height: float, kind: str
) -> None:
    length = count * scale
    canvas.bar(x, y, max(min(length, span), 1.5 if count else 0), height, kind)
    if length > span + 0.5:
        canvas.break_mark(x + span * 0.8, y, height)


def pairs(title: str, rows: Sequence[Pair], names: Names, description: str) -> str:
    """Two bars for each row, one above the other: now, and the other thing named by `names.before`."""
    canvas = Canvas()
    if not rows or not any(r.value or r.before for r in rows):
        return _empty(title, names, description)
    label = widest((r.title for r in rows), _MOST_LABEL) + 14
    texts = [t for r in rows for t in (r.text, r.before_text)]
    span = WIDTH - label - widest(texts, 230) - 14
    most = max(v for r in rows for v in (r.value, r.before or Decimal(0)))
    y = 8.0
    if any(r.before is not None for r in rows):
        _legend(canvas, names, y)
        y += 24
    for row in rows:
        canvas.text(label - 12, y + 16, fitted(row.title, _MOST_LABEL), "end", "strong")
        canvas.bar(label, y, float(row.value / most) * span, 15, "solid")
        canvas.text(label + float(row.value / most) * span + 8, y + 12, row.text)
        if row.before is not None:
            canvas.bar(label, y + 17, float(row.before / most) * span, 11, "before")
            canvas.text(label + float(row.before / most) * span + 8, y + 27, row.before_text, "muted", "small")
        y += 40 if row.before is not None else 26
    return canvas.svg(title, description)


def budgets(title: str, rows: Sequence[Budget], names: Names, description: str) -> str:
    """How much of each budget is used: the frame is the budget; what is over it sticks out, dark."""
    canvas = Canvas()
    if not rows:
        return _empty(title, names, description)
    label = widest((r.title for r in rows), _MOST_LABEL) + 14
    span = WIDTH - label - widest((r.text for r in rows), 250) - 14
    most = max(*(r.spent / r.limit for r in rows), Decimal(1))
    y = 8.0
    for row in rows:
        share = row.spent / row.limit
        frame, used = span / float(most), float(share / most) * span
        canvas.text(label - 12, y + 15, fitted(row.title, _MOST_LABEL), "end", "strong")
        canvas.bar(label, y, frame, 20, "frame")
        canvas.bar(label, y + 4, min(used, frame), 12, "solid")
        if used > frame:
            canvas.bar(label + frame, y + 4, used - frame, 12, "over")
        canvas.line(label + frame, y - 3, label + frame, y + 23, dark=True)
        canvas.text(label + max(used, frame) + 8, y + 15, row.text)
        y += 32
    return canvas.svg(title, description)


def _legend(canvas: Canvas, names: Names, y: float) -> None:
    x = 4.0
    for kind, name in (("solid", names.now), ("before", names.before)):
        canvas.bar(x, y + 2, 18, 11, kind)
        canvas.text(x + 24, y + 12, name, "small")
        x += 34 + room(name, 11.5) + 14


def _empty(title: str, names: Names, description: str) -> str:
    canvas = Canvas()
    canvas.text(8, SIZE + 8, names.empty, "muted")
    return canvas.svg(title, description)
