"""What happens when: stretches and moments between two days, with the days marked below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from engine.documents.charts.canvas import LABELS, MOST_ROWS, SIZE, SMALL, WIDTH, Canvas, Fill, sentence
from engine.documents.charts.measure import widest, width
from engine.documents.charts.values import Item, State
from engine.documents.charts.words import EMPTY, STATES, TODAY, chosen, more, told
from engine.documents.look.colours import INK, LINE
from engine.text import Language

_HEIGHT, _GAP = 18.0, 12.0
_MOST_TICKS = 6
_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640, 36400, 364000, 3640000)  # days between two marks
_FILLS: dict[State, Fill] = {"done": "solid", "running": "hatch", "planned": "paper"}


def timeline(
    items: Sequence[Item], start: date, end: date, *, title: str, language: Language = "zh", today: date | None = None
) -> str:
    """The items from top to bottom as SVG, from the first to the last day (both included). What reaches beyond them is
    cut with a point at that side; a moment is a diamond. `today` is a dashed line."""
    rows = [(item.label, _days(item), item.status or chosen(STATES[item.state], language)) for item in items]
    if not items:
        return sentence(title, chosen(EMPTY, language))
    drawn = items[:MOST_ROWS]
    canvas = Canvas()
    labels = widest((item.label for item in drawn), SIZE, LABELS)
    states = widest((status for _, _, status in rows[:MOST_ROWS]), SMALL, 130)
    axis = _Axis(
        labels + 20, WIDTH - labels - states - 44, start, max(end, start) + timedelta(1) if end < date.max else end
    )
    used = [state for state in _FILLS if any(item.state == state for item in drawn)]
    canvas.legend([(_FILLS[state], chosen(STATES[state], language)) for state in used])
    top = canvas.y + (16 if today is not None and start <= today <= end else 0)
    foot = top + len(drawn) * (_HEIGHT + _GAP)
    canvas.y = top
    _grid(canvas, axis, top, foot)
    for item, (_, _, status) in zip(drawn, rows, strict=False):
        canvas.label(canvas.y + _HEIGHT / 2, item.label, labels)
        _draw(canvas, axis, item)
        canvas.fitted(axis.left + axis.span + 18, canvas.y + _HEIGHT / 2 + 4, status, states + 6, size=SMALL)
        canvas.y += _HEIGHT + _GAP
    if today is not None and start <= today <= end:
        x = axis.at(today)
        canvas.line(x, top - 4, x, foot, dashed=True, colour=INK, thick=1.6)
        canvas.text(x, top - 8, chosen(TODAY, language), size=SMALL, anchor="middle")
    canvas.y = foot + 22
    notes = [more(len(items) - len(drawn), language)] if len(items) > len(drawn) else []
    for line in notes:
        canvas.remark(line)
    return canvas.svg(title, told(title, rows, notes, language))


class _Axis:
    """Days from left to right; the last day ends where the axis ends."""

    def __init__(self, left: float, span: float, start: date, end: date) -> None:
        self.left, self.span, self.start, self.end = left, span, start, end
        self.days = max((end - start).days, 1)

    def at(self, day: date) -> float:
        return self.left + min(max((day - self.start).days, 0), self.days) / self.days * self.span

    def after(self, day: date) -> float:
        """Where the day is over."""
        return self.left + min(max((day - self.start).days + 1, 0), self.days) / self.days * self.span


def _grid(canvas: Canvas, axis: _Axis, top: float, foot: float) -> None:
    """At most six days with their dates, as far apart as a round number of days."""
    step = next((days for days in _STEPS if axis.days / days <= _MOST_TICKS), _STEPS[-1])
    canvas.line(axis.left, foot, axis.left + axis.span, foot, colour=INK)
    written = -1.0
    for number in range(0, axis.days, step):
        day = axis.start + timedelta(number)
        x = axis.at(day)
        text = day.isoformat() if number == 0 or axis.days > 300 else day.isoformat()[5:]
        room = width(text, SMALL) / 2
        canvas.line(x, top - 2, x, foot + 4, colour=LINE)
        if x - room > written:
            canvas.text(x, foot + 16, text, size=SMALL, muted=True, anchor="middle")
            written = x + room + 4


def _draw(canvas: Canvas, axis: _Axis, item: Item) -> None:
    fill = _FILLS[item.state]
    y, middle = canvas.y, canvas.y + _HEIGHT / 2
    last = item.end or item.start
    before, behind = item.start < axis.start, last >= axis.end
    x1, x2 = axis.at(item.start), axis.after(last)
    if last < axis.start or item.start >= axis.end:
        pass  # a point at the side says where it is
    elif item.end is None:
        x = (x1 + x2) / 2
        canvas.shape([(x, y), (x + 9, middle), (x, y + _HEIGHT), (x - 9, middle)], fill)
    else:
        canvas.bar(x1, y + 1, max(x2 - x1, 2), _HEIGHT - 2, fill)
    if before:
        canvas.shape([(axis.left - 10, middle), (axis.left - 1, y), (axis.left - 1, y + _HEIGHT)], fill)
    if behind:
        right = axis.left + axis.span
        canvas.shape([(right + 10, middle), (right + 1, y), (right + 1, y + _HEIGHT)], fill)


def _days(item: Item) -> str:
    return item.start.isoformat() if item.end is None else f"{item.start.isoformat()}–{item.end.isoformat()}"
