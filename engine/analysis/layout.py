"""Where the boxes and arrows of a frame go: rows from top to bottom, arrows only in the free space between boxes.

Boxes stand on a grid: a row is how far a stage is from the start, column 0 is the main line (`next` from the first
stage), further columns hold what branches off. An arrow runs down a gap between rows, along a lane at the right, or
straight down; so no arrow crosses a box. All lengths are pixels; a Chinese character is as wide as the font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.analysis.graph import Edge, Frame, Node
from engine.errors import width

FONT, SMALL = 15, 12
_PAD = 14
_GAP = 46  # between rows, before arrows ask for more
_COLUMN_GAP = 40
_TRACK = 12  # between two arrows that run along the same gap
_LANE_PAD = 16
_HEAD = 30  # the title bar of a box that holds others


@dataclass(slots=True)
class Box:
    node: Node
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0
    inside: list[Picture] = field(default_factory=list)


@dataclass(slots=True)
class Arrow:
    """`points` are the corners of its line; the label starts at `at` (left end of its middle line)."""

    edge: Edge
    points: list[tuple[float, float]]
    at: tuple[float, float]


@dataclass(slots=True)
class Picture:
    """A laid-out frame; `x`, `y` are relative to the box (or page) it is drawn in."""

    frame: Frame
    w: float
    h: float
    boxes: list[Box]
    arrows: list[Arrow]
    x: float = 0
    y: float = 0


def text_width(text: str, size: int) -> float:
    """About how wide `text` is drawn: half an em per narrow character."""
    return width(text) * size * 0.54


def lay_out(frame: Frame) -> Picture:
    """Boxes and arrows of a frame, inner frames first."""
    boxes = {node.id: _measured(node) for node in frame.nodes}
    rows = _rows(frame)
    columns = _columns(frame, rows)
    grid = {(rows[n], columns[n]): boxes[n] for n in boxes}
    adjacent, distant, selfish = _sorted_edges(frame.edges, rows, columns, grid)
    top = dict.fromkeys(range(max(rows.values(), default=0) + 2), 0.0)
    heights = {r: max((b.h for (row, _), b in grid.items() if row == r), default=0) for r in top}
    tracks = {r: _tracks_in(r, adjacent, distant, rows, columns) for r in top}
    y = 0.0
    for r in top:
        space = (
            0
            if r == 0 and not tracks[0]
            else (_GAP if r and r <= max(rows.values(), default=0) else 18) + _TRACK * len(tracks[r])
        )
        y += space
        top[r] = y
        y += heights[r]
    left = _place(grid, top, heights)
    arrows = [_down(e, boxes, rows, columns, tracks, top) for e in adjacent]
    # A label left of a narrow box may stick out: everything moves right then.
    out = -min([0.0, *(a.at[0] for a in arrows)])
    for box in boxes.values():
        box.x += out
    for arrow in arrows:
        arrow.points = [(px + out, py) for px, py in arrow.points]
        arrow.at = (arrow.at[0] + out, arrow.at[1])
    right = max((b.x + b.w for b in boxes.values()), default=0.0)
    right = max([right, *(a.at[0] + text_width(a.edge.label, SMALL) for a in arrows)])
    arrows += _along_lanes(distant + selfish, boxes, rows, tracks, top, right)
    w = max(
        [
            right,
            left,
            *(x for a in arrows for x, _ in a.points),
            *(a.at[0] + text_width(a.edge.label, SMALL) for a in arrows),
        ]
    )
    h = max([b.y + b.h for b in boxes.values()] + [y for a in arrows for _, y in a.points] + [0])
    return Picture(frame, w + 4, h + 4, list(boxes.values()), arrows)


def _measured(node: Node) -> Box:
    box = Box(node, inside=[lay_out(frame) for frame in node.inside])
    text = max([text_width(node.title, FONT), *(text_width(line, SMALL) for line in node.lines)])
    box.w, box.h = max(text + 2 * _PAD, 120), 24.0 + 18 * (1 + len(node.lines))
    if box.inside:
        head = _HEAD + 18 * len(node.lines)
        x = float(_PAD)
        for picture in box.inside:
            title = 22 if picture.frame.title else 0
            picture.x, picture.y = x, head + title + 6
            picture.w = max(picture.w, text_width(picture.frame.title, SMALL) + 12)
            x += picture.w + 2 * _PAD
        box.w = max(box.w, x - _PAD)
        box.h = max(p.y + p.h for p in box.inside) + _PAD
    return box


def _rows(frame: Frame) -> dict[str, int]:
    """The row of each box: the longest way from the start that never goes back."""
    after: dict[str, list[str]] = {n.id: [] for n in frame.nodes}
    for edge in sorted(frame.edges, key=lambda e: e.kind != "next"):
        if edge.target not in after[edge.source] and edge.target != edge.source:
            after[edge.source].append(edge.target)
    forward: list[tuple[str, str]] = []
    state: dict[str, int] = {}

    def visit(node: str) -> None:
        state[node] = 1
        for target in after[node]:
            if state.get(target) == 1:
                continue  # a way back
            forward.append((node, target))
            if target not in state:
                visit(target)
        state[node] = 2

    for node in after:
        if node not in state:
            visit(node)
    rows = dict.fromkeys(after, 0)
    for _ in range(len(rows)):
        for source, target in forward:
            rows[target] = max(rows[target], rows[source] + 1)
    return rows


def _columns(frame: Frame, rows: dict[str, int]) -> dict[str, int]:
    ahead = {e.source: e.target for e in frame.edges if e.kind == "next"}
    columns: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    node = frame.nodes[0].id if frame.nodes else None
    while node is not None and node not in columns:
        columns[node] = 0
        taken.add((rows[node], 0))
        node = ahead.get(node)
    for other in frame.nodes:
        if other.id not in columns:
            free = next(c for c in range(1, 1000) if (rows[other.id], c) not in taken)
            columns[other.id] = free
            taken.add((rows[other.id], free))
    return columns


Grid = dict[tuple[int, int], Box]


def _sorted_edges(
    edges: Sequence[Edge], rows: dict[str, int], columns: dict[str, int], grid: Grid
) -> tuple[list[Edge], list[Edge], list[Edge]]:
    """Arrows to the next row, arrows that need a lane, arrows of a box to itself. Several between the same boxes become one."""
    merged: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        key = (edge.source, edge.target)
        if key in merged:
            old = merged[key]
            label = "；".join(filter(None, (old.label, edge.label)))
            merged[key] = Edge(old.source, old.target, label, old.kind, (*old.detail, *edge.detail))
        else:
            merged[key] = edge
    adjacent = [e for e in merged.values() if rows[e.target] == rows[e.source] + 1]
    selfish = [e for e in merged.values() if e.source == e.target]
    distant = [e for e in merged.values() if e not in adjacent and e not in selfish]
    return adjacent, distant, selfish


def _tracks_in(
    gap: int, adjacent: list[Edge], distant: list[Edge], rows: dict[str, int], columns: dict[str, int]
) -> list[tuple[str, str, str]]:
    """Who runs along the gap above row `gap`: (source, target, which end)."""
    found = [
        (e.source, e.target, "both")
        for e in adjacent
        if rows[e.target] == gap and columns[e.source] != columns[e.target]
    ]
    found += [(e.source, e.target, "out") for e in distant if rows[e.source] + 1 == gap]
    found += [(e.source, e.target, "in") for e in distant if rows[e.target] == gap]
    return found


def _place(grid: Grid, top: dict[int, float], heights: dict[int, float]) -> float:
    """Give every box its place; boxes of a column share its middle. Returns the right edge."""
    widths: dict[int, float] = {}
    for (_, column), box in grid.items():
        widths[column] = max(widths.get(column, 0), box.w)
    x, lefts = 0.0, {}
    for column in sorted(widths):
        lefts[column] = x
        x += widths[column] + _COLUMN_GAP + 60
    for (row, column), box in grid.items():
        box.x = lefts[column] + (widths[column] - box.w) / 2
        box.y = top[row] + (heights[row] - box.h) / 2
    return x - _COLUMN_GAP


def _track_y(
    gap: int, key: tuple[str, str, str], tracks: dict[int, list[tuple[str, str, str]]], top: dict[int, float]
) -> float:
    return top[gap] - 16 - _TRACK * tracks[gap].index(key)


def _down(
    edge: Edge,
    boxes: dict[str, Box],
    rows: dict[str, int],
    columns: dict[str, int],
    tracks: dict[int, list[tuple[str, str, str]]],
    top: dict[int, float],
) -> Arrow:
    a, b = boxes[edge.source], boxes[edge.target]
    x1, x2 = a.x + a.w / 2, b.x + b.w / 2
    if columns[edge.source] == columns[edge.target]:
        return Arrow(edge, [(x1, a.y + a.h), (x2, b.y)], (x1 - 8 - text_width(edge.label, SMALL), a.y + a.h + 17))
    y = _track_y(rows[edge.target], (edge.source, edge.target, "both"), tracks, top)
    x1, x2 = x1 + 10, x2 + (10 if x2 < x1 else -10)
    label = (min(x1, x2) + abs(x2 - x1) / 2 - text_width(edge.label, SMALL) / 2, y - 6)
    return Arrow(edge, [(x1, a.y + a.h), (x1, y), (x2, y), (x2, b.y)], label)


def _along_lanes(
    edges: list[Edge],
    boxes: dict[str, Box],
    rows: dict[str, int],
    tracks: dict[int, list[tuple[str, str, str]]],
    top: dict[int, float],
    right: float,
) -> list[Arrow]:
    """Arrows that skip rows or go back: out below their box, along a lane at the right, in above their target."""
    arrows: list[Arrow] = []
    x = right + _LANE_PAD
    outgoing: dict[str, int] = {}
    incoming: dict[str, int] = {}
    for edge in sorted(edges, key=lambda e: abs(rows[e.source] - rows[e.target])):
        a, b = boxes[edge.source], boxes[edge.target]
        out = outgoing[edge.source] = outgoing.get(edge.source, 0) + 1
        into = incoming[edge.target] = incoming.get(edge.target, 0) + 1
        # Ways out and ways in are staggered, so that two that share a gap never share a line.
        ax, bx = a.x + a.w / 2 + min(12 + 12 * out, a.w / 2 - 4), b.x + b.w / 2 + min(6 + 12 * into, b.w / 2 - 8)
        if edge.source == edge.target:
            y1, y2 = a.y + a.h * 0.35, a.y + a.h * 0.7
            points = [(a.x + a.w, y1), (a.x + a.w + 18, y1), (a.x + a.w + 18, y2), (a.x + a.w, y2)]
            arrows.append(Arrow(edge, points, (a.x + a.w + 22, (y1 + y2) / 2 + 4)))
            continue
        y1 = _track_y(rows[edge.source] + 1, (edge.source, edge.target, "out"), tracks, top)
        y2 = _track_y(rows[edge.target], (edge.source, edge.target, "in"), tracks, top)
        points = [(ax, a.y + a.h), (ax, y1), (x, y1), (x, y2), (bx, y2), (bx, b.y)]
        arrows.append(Arrow(edge, points, (x + 5, (y1 + y2) / 2 + 4)))
        x += text_width(edge.label, SMALL) + _LANE_PAD
    return arrows
