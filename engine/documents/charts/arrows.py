"""Arrows between cards of a grid: straight, or around the cards through the gutters between lanes and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from engine.documents.charts.canvas import Canvas
from engine.documents.word.look import DARK
from engine.frozen import frozen

_HEAD = 8.0
_MARGIN = 14.0  # of a gutter at both sides: the room for a head
_SHIFT = 8.0  # leaving a card above or below its middle, where an arrow that comes in has its place

Place = tuple[int, int]  # lane, row
Tracks = Mapping[int, tuple[Place, ...]]


@frozen
class Arrow:
    """From the card at `source` to the one at `target`."""

    source: Place
    target: Place

    @property
    def up(self) -> bool:
        """Does it lead to a lane further right?"""
        return self.target[0] > self.source[0]

    @property
    def straight(self) -> bool:
        return self.target == (self.source[0] + 1, self.source[1])

    @property
    def gutters(self) -> tuple[int, int]:
        """The gutter it leaves into and the one it comes in from; gutter 1 lies behind the first lane."""
        back = self.target[0] < self.source[0]
        return (self.source[0] if back else self.source[0] + 1), (self.target[0] if self.up else self.target[0] + 1)


@frozen
class Grid:
    """Where cards stand: lanes from the left, rows from `start` down, all of one size."""

    start: float
    wide: float
    gutter: float
    high: float
    gap: float

    def left(self, lane: int) -> float:
        return lane * (self.wide + self.gutter)

    def top(self, row: int) -> float:
        return self.start + row * (self.high + self.gap)

    def middle(self, row: int) -> float:
        return self.top(row) + self.high / 2


def tracks_of(arrows: Iterable[Arrow]) -> Tracks:
    """For each gutter the cards to which arrows run down or up in it; arrows to the same card share a track."""
    found: dict[int, dict[Place, None]] = {}
    for one in arrows:
        for gutter in one.gutters if not one.straight else ():
            found.setdefault(gutter, {})[one.target] = None
    return {gutter: tuple(sorted(places)) for gutter, places in found.items()}


def draw_arrow(canvas: Canvas, grid: Grid, arrow: Arrow, tracks: Tracks) -> None:
    """One arrow; dashed where it does not lead up."""
    points = _points(grid, arrow, tracks)
    for (x1, y1), (x2, y2) in pairwise(points):
        canvas.line(x1, y1, x2, y2, colour=DARK, thick=1.6, dashed=not arrow.up)
    side = 1 if arrow.up else -1
    draw_head(canvas, points[-1][0] + side * _HEAD, points[-1][1], side)


def draw_head(canvas: Canvas, x: float, y: float, side: int) -> None:
    """A point at (x, y), looking right (1) or left (-1)."""
    back = x - side * _HEAD
    canvas.shape([(back, y - 4.5), (x, y), (back, y + 4.5)], "solid")
    canvas.down_to(y + 5)


def _points(grid: Grid, arrow: Arrow, tracks: Tracks) -> list[tuple[float, float]]:
    (lane, row), (goal, to) = arrow.source, arrow.target
    back = goal < lane
    x = grid.left(lane) + (0 if back else grid.wide)
    end = grid.left(goal) - _HEAD if arrow.up else grid.left(goal) + grid.wide + _HEAD
    if arrow.straight:
        return [(x, grid.middle(row)), (end, grid.middle(to))]
    down = 1 if to > row else -1
    y = grid.middle(row) + down * _SHIFT
    into = grid.middle(to) if arrow.up else grid.middle(to) - 2 * _SHIFT
    first, last = (_track(grid, gutter, arrow.target, tracks) for gutter in arrow.gutters)
    points = [(x, y), (first, y)]
    if arrow.gutters[0] != arrow.gutters[1]:
        # Through the gap beside the source's row; arrows that go up and down keep apart in it.
        between = grid.top(row) + (grid.high + grid.gap * 0.35 if down > 0 else -grid.gap * 0.35)
        points += [(first, between), (last, between)]
    return [*points, (last, into), (end, into)]


def _track(grid: Grid, gutter: int, target: Place, tracks: Tracks) -> float:
    """Where in a gutter arrows to that card run."""
    every = tracks[gutter]
    room = grid.gutter - 2 * _MARGIN
    share = (every.index(target) + 0.5) / len(every)
    return grid.left(gutter) - grid.gutter + _MARGIN + share * room
