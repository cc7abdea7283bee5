"""What stands where on each slide: the largest type with which everything fits, and what does not fit at all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.documents.pdf.nodes import Node
from engine.documents.slides import look
from engine.documents.slides.blocks import Block, blocks_of, cut_block, height_of
from engine.documents.slides.measure import lines, shorten
from engine.documents.slides.outline import Slide, slides_of, words
from engine.errors import Place, Problem
from engine.frozen import frozen, replace
from engine.text import say

if TYPE_CHECKING:
    from engine.documents.render import Paper

_SHOWN = 24  # characters of what to cut that a message names


@frozen
class Box:
    """A block and its place, in points. `air` stands below each paragraph of a text, over what its type asks for."""

    block: Block
    x: float
    y: float
    width: float
    height: float
    size: float
    air: float = 0.0


@frozen
class Plan:
    """A slide with its boxes. `left_over` is the text that found no room: it goes into the notes, and is an error."""

    slide: Slide
    title: list[Node]
    title_size: float
    boxes: tuple[Box, ...]
    left_over: str = ""


def plan_slides(paper: Paper) -> tuple[Plan, ...]:
    """The slides of a paper as they will be drawn. Nothing in them leaves its place."""
    again = "（续）" if paper.language == "zh" else " (continued)"
    return _planned(paper.markdown, again, frozenset(paper.figures))


@lru_cache(maxsize=1)  # a paper is checked, and then drawn
def _planned(markdown: str, again: str, charts: frozenset[str]) -> tuple[Plan, ...]:
    return tuple(plan_slide(slide, charts) for slide in slides_of(markdown, again))


def plan_slide(slide: Slide, charts: Iterable[str] = ()) -> Plan:
    title, title_size, over = _title(slide)
    if slide.cover:
        flat = [inner for b in slide.blocks for inner in (b["blocks"] if b["kind"] in ("draft", "quote") else [b])]
        boxes, left = _column(blocks_of(flat, frozenset()), 96, 330, 760, 150, (18.0, 16.0, 14.0))
        return Plan(slide, title, title_size, boxes, "\n".join(filter(None, (over, left))))
    boxes, left = _body(blocks_of(slide.blocks, frozenset(charts)))
    return Plan(slide, title, title_size, boxes, "\n".join(filter(None, (over, left))))


def _title(slide: Slide) -> tuple[list[Node], float, str]:
    """The title in one line or, smaller, in two; the rest of a longer one is left over."""
    sizes = look.COVER_TITLE if slide.cover else look.TITLE_SIZES
    width = 760.0 if slide.cover else look.TEXT_WIDTH - 16.0
    if lines(slide.title, sizes[0], width) == 1:
        return slide.title, sizes[0], ""
    kept, over = shorten(slide.title, 2, sizes[1], width)
    return kept, sizes[1], over


def _body(blocks: tuple[Block, ...]) -> tuple[tuple[Box, ...], str]:
    """Cards above; a chart beside its text; everything else below one another."""
    above = tuple(b for b in blocks if b.kind == "cards")[:1] if blocks and blocks[0].kind == "cards" else ()
    rest = blocks[len(above) :]
    boxes, left = _column(above, look.SIDE, look.TOP, look.TEXT_WIDTH, look.BOTTOM - look.TOP, look.BODY_SIZES)
    top = boxes[0].y + boxes[0].height + look.GAP if boxes else float(look.TOP)
    charts = tuple(b for b in rest if b.kind == "chart")
    texts = tuple(b for b in rest if b.kind != "chart")
    height = look.BOTTOM - top
    if not above and len(texts) == 1 and rest[0].kind == "text":
        return _alone(rest[0])
    if len(charts) != 1 or not texts or any(b.kind == "table" and len(b.aligns) > 3 for b in texts):
        more, left_more = _column(rest, look.SIDE, top, look.TEXT_WIDTH, height, look.BODY_SIZES)
        return boxes + more, "\n".join(filter(None, (left, left_more)))
    wide = look.TEXT_WIDTH * look.LEFT_SHARE
    chart = Box(charts[0], look.SIDE, top, wide, height, look.TABLE_LEAST)
    x = look.SIDE + wide + 2 * look.GAP
    more, left_more = _column(texts, x, top, look.WIDTH - look.SIDE - x, height, look.BODY_SIZES[2:])
    return (*boxes, chart, *more), "\n".join(filter(None, (left, left_more)))


def _alone(block: Block) -> tuple[tuple[Box, ...], str]:
    """A text that has the slide for itself: in larger type where it is short, its paragraphs apart, so that no slide is
    half empty below it."""
    room = float(look.BOTTOM - look.TOP)
    for size in look.SPARSE_SIZES:
        if height_of(block, size, look.TEXT_WIDTH) <= look.SPARSE * room:
            boxes, _ = _column((block,), look.SIDE, look.TOP, look.TEXT_WIDTH, room, (size,))
            break
    else:
        boxes, left = _column((block,), look.SIDE, look.TOP, look.TEXT_WIDTH, room, look.BODY_SIZES)
        if left:
            return boxes, left
    (box,) = boxes
    gaps = max(len(block.paras), 1)
    air = min((room - box.height) / gaps, look.MOST_AIR * box.size)
    height = box.height + air * gaps
    return (replace(box, y=box.y + look.LOWER * (room - height), height=height, air=air),), ""


def _column(
    blocks: tuple[Block, ...], x: float, y: float, width: float, room: float, sizes: tuple[float, ...]
) -> tuple[tuple[Box, ...], str]:
    """Blocks below one another in the largest type that fits; in the smallest, what does not fit is left over."""
    gaps = look.GAP * max(len(blocks) - 1, 0)
    for size in sizes:
        heights = [height_of(block, size, width) for block in blocks]
        if sum(heights) + gaps <= room:
            spare = room - sum(heights) - gaps
            charts = sum(block.kind == "chart" for block in blocks)
            return _stacked(blocks, [h + spare / charts if b.kind == "chart" else h for b, h in zip(blocks, heights, strict=True)], x, y, width, size), ""  # fmt: skip
    size, end = sizes[-1], y + room
    boxes: list[Box] = []
    left: list[str] = []
    for block in blocks:
        kept, over = cut_block(block, end - y, size, width)
        left += [over] if over else []
        if kept is not None:
            height = height_of(kept, size, width)
            boxes.append(Box(kept, x, y, width, height, size))
            y += height + look.GAP
    return tuple(boxes), "\n".join(left)


def _stacked(
    blocks: tuple[Block, ...], heights: list[float], x: float, y: float, width: float, size: float
) -> tuple[Box, ...]:
    made = []
    for block, height in zip(blocks, heights, strict=True):
        made.append(Box(block, x, y, width, height, size))
        y += height + look.GAP
    return tuple(made)


def check_slides(paper: Paper) -> tuple[int, tuple[Problem, ...]]:
    """How many slides there are, and an error for each on which something finds no room: how much, and what to cut."""
    plans = plan_slides(paper)
    found = []
    for number, plan in enumerate(plans, 1):
        if not plan.left_over:
            continue
        over = "".join(plan.left_over.split())
        title = words(plan.slide.title)[:_SHOWN]
        message = say(
            "第 {n} 页“{t}”放不下：最小的字也多出 {m} 个字",
            "slide {n} '{t}' is too full: {m} characters find no room even in the smallest type",
            n=number,
            t=title,
            m=len(over),
        )
        hint = say(
            "删去这些，或用 --- 分成两页，从“{s}”起；讲的话写进 <!-- notes: … -->",
            "cut it, or begin another slide with --- at '{s}'; what is said aloud belongs into <!-- notes: … -->",
            s=over[:_SHOWN],
        )
        found.append(Problem(Place(""), "slide-full", message, hint))
    return len(plans), tuple(found)
