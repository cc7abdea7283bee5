"""The diagram of a playbook: every stage once, every way between boxes of one frame, texts that cannot break it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis.graph import Frame, Node, graph_of, mermaid
from engine.analysis.layout import Box, lay_out, text_width
from engine.analysis.svg import svg
from engine.load import load
from engine.model import Playbook, Stage, Transition
from engine.resources import shipped_playbooks
from tests.process.world import book_of


def nodes(frame: Frame) -> Iterator[Node]:
    for node in frame.nodes:
        yield node
        for inner in node.inside:
            yield from nodes(inner)


def books() -> list[Playbook]:
    return [book_of(), *(load(name).playbook for name in shipped_playbooks())]


@pytest.mark.parametrize("book", books(), ids=lambda book: book.id)
def test_every_stage_is_there_once_and_every_way_joins_boxes_of_its_frame(book: Playbook) -> None:
    frame = graph_of(book)
    ids = [n.id for n in nodes(frame) if n.kind != "any"]
    # A region of a parallel stage is a frame with a title of its own, not a box.
    regions = {r for stage in book.all_stages.values() for r in stage.regions}
    assert sorted(ids) == sorted(book.all_stages.keys() - regions)

    def check(one: Frame) -> None:
        here = {n.id for n in one.nodes}
        assert all({e.source, e.target} <= here for e in one.edges)
        for node in one.nodes:
            for inner in node.inside:
                check(inner)

    check(frame)


def test_the_way_through_the_bakery() -> None:
    edges = {(e.source, e.target, e.kind) for e in graph_of(book_of()).edges}
    assert {("prepare", "bake", "next"), ("bake", "open", "next"), ("bake", "closed", "timer")} <= edges
    assert ("bake", "prepare", "way") in edges


def test_mermaid_of_the_bakery() -> None:
    text = mermaid(graph_of(book_of()))
    assert text.startswith("stateDiagram-v2\n")
    for title in ("筹备", "试做", "开业", "关闭"):
        assert title in text


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(TITLES)
def test_no_title_breaks_the_picture_or_the_text(title: str) -> None:
    book = Playbook(
        "x",
        "1.0.0",
        title,
        stages={"a": Stage("a", title, next="end"), "end": Stage("end", title, final="succeeded")},
        transitions={"stop": Transition("stop", "end", title)},
    )
    frame = graph_of(book)
    root = ET.fromstring(svg(frame))
    assert root.tag.endswith("svg") and not re.search(r"<script|javascript:|href=", svg(frame))
    for line in mermaid(frame).splitlines():
        # One statement a line, and a quotation mark only around a text.
        assert line.count('"') % 2 == 0


@pytest.mark.parametrize("book", books(), ids=lambda book: book.id)
def test_boxes_do_not_overlap_and_hold_their_titles(book: Playbook) -> None:
    def check(boxes: list[Box]) -> None:
        for number, one in enumerate(boxes):
            assert text_width(one.node.title, 14) <= one.w + 1
            for inner in one.inside:
                check(inner.boxes)
            for other in boxes[number + 1 :]:
                beside = one.x + one.w <= other.x or other.x + other.w <= one.x
                above = one.y + one.h <= other.y or other.y + other.h <= one.y
                assert beside or above, (one.node.id, other.node.id)

    check(lay_out(graph_of(book)).boxes)


def test_wide_characters_take_more_room() -> None:
    assert text_width("试点", 14) > text_width("ab", 14) > 0
