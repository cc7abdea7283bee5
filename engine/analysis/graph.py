"""The stages of a playbook as a graph: boxes within boxes, and the ways between them. Mermaid text from it.

A way is drawn between boxes of the same frame: one that leads out of a nested stage starts at the outer box and says
from where it comes. Ways of the whole playbook start at one box "any stage"; a way `back` ends there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from engine.analysis.words import duration_words, item_words
from engine.frozen import frozen
from engine.model import BACK, Playbook, Stage
from engine.pilot.values import clean as visible
from engine.text import say

ANY = "any stage"  # never an id: it holds a space

NodeKind = Literal["stage", "final", "stopped", "hold", "any"]
EdgeKind = Literal["next", "way", "timer"]


@frozen
class Node:
    """`lines` stand under the title; `detail` is what hovering shows. `inside` are frames: one for nested stages, one per region."""

    id: str
    title: str
    kind: NodeKind = "stage"
    lines: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    inside: tuple[Frame, ...] = ()


@frozen
class Edge:
    source: str
    target: str
    label: str = ""
    kind: EdgeKind = "way"
    detail: tuple[str, ...] = ()


@frozen
class Frame:
    """Boxes that follow one another. The first one is where a pilot starts in it. `title` names a region."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = field(default=())
    title: str = ""


def graph_of(book: Playbook) -> Frame:
    """The whole playbook as one frame."""
    edges = list(_edges(book))
    nodes = [_node(book, stage, edges) for stage in book.stages.values()]
    if any(ANY in (e.source, e.target) for e in edges):
        nodes.insert(1, Node(ANY, str(say("任一进行中的阶段", "any running stage")), "any"))
    return Frame(tuple(nodes), _within(edges, [n.id for n in nodes]), book.title)


def _node(book: Playbook, stage: Stage, edges: list[Edge]) -> Node:
    frames = []
    if stage.stages:
        frames.append(_frame(book, stage.stages, edges))
    for region in stage.regions.values():
        inner = _frame(book, region.stages, edges)
        frames.append(Frame(inner.nodes, inner.edges, region.title))
    lines = []
    if stage.takes:
        lines.append(str(duration_words(stage.takes)))
    if stage.tasks:
        lines.append(str(say("{n}项任务", "{n} tasks", n=len(stage.tasks))))
    if stage.starts:
        lines.append(str(say("启动子试点", "starts child pilots")))
    kind: NodeKind = "hold" if stage.holds else "stage"
    if stage.final:
        kind = "stopped" if stage.final == "stopped" else "final"
    detail = tuple(f"{t.number}. {t.title}" for t in stage.tasks.values())
    joined = (" · ".join(lines),) if lines else ()
    return Node(stage.id, stage.title, kind, joined, detail, tuple(frames))


def _frame(book: Playbook, stages: Mapping[str, Stage], edges: list[Edge]) -> Frame:
    nodes = tuple(_node(book, s, edges) for s in stages.values())
    return Frame(nodes, _within(edges, [n.id for n in nodes]))


def _within(edges: list[Edge], ids: list[str]) -> tuple[Edge, ...]:
    return tuple(e for e in edges if e.source in ids and e.target in ids)


def _edges(book: Playbook) -> Iterator[Edge]:
    for stage in book.all_stages.values():
        if stage.next:
            detail = tuple(str(item_words(book, item)) for item in stage.gate)
            label = str(say("关口 {n} 条", "gate of {n}", n=len(stage.gate))) if stage.gate else ""
            yield _lifted(book, stage, stage.next, label, "next", detail)
        for way in stage.transitions.values():
            detail = (way.otherwise,) if way.otherwise else ()
            yield _lifted(book, stage, way.to, way.title or way.id, "way", detail)
        for timer in stage.timers:
            wait = say("{d}后", "after {d}", d=duration_words(timer.wait))
            label = f"{wait} {timer.title}".strip()
            yield _lifted(book, stage, timer.to, label, "timer", (timer.when.source,) if timer.when else ())
    for way in book.transitions.values():
        target = ANY if way.to == BACK else _top(book, way.to)
        yield Edge(ANY, target, way.title or way.id, "way", (way.otherwise,) if way.otherwise else ())


def _lifted(book: Playbook, stage: Stage, to: str, label: str, kind: EdgeKind, detail: tuple[str, ...]) -> Edge:
    """The way between the outermost boxes that do not hold both its ends."""
    if to == BACK:
        return Edge(_top(book, stage.id), ANY, label, kind, detail)
    up = [stage.id, *book.ancestors(stage.id)]
    down = [to, *book.ancestors(to)] if to in book.all_stages else [to]
    while len(up) > 1 and len(down) > 1 and up[-1] == down[-1]:
        up.pop()
        down.pop()
    if up[-1] != stage.id:
        label = str(say("{l}（自“{s}”）", "{l} (from '{s}')", l=label, s=stage.title)) if label else ""
    return Edge(up[-1], down[-1], label, kind, detail)


def _top(book: Playbook, stage: str) -> str:
    return [stage, *book.ancestors(stage)][-1] if stage in book.all_stages else stage


def mermaid(frame: Frame) -> str:
    """The frame as Mermaid `stateDiagram-v2` text."""
    lines = ["stateDiagram-v2", *_mermaid_frame(frame, 1)]
    return "\n".join(lines) + "\n"


def _mermaid_frame(frame: Frame, depth: int) -> Iterator[str]:
    pad = "    " * depth
    for node in frame.nodes:
        yield f'{pad}state "{_clean(node.title)}" as {_name(node.id)}'
        for line in node.lines:
            yield f"{pad}{_name(node.id)} : {_clean(line)}"
        if node.inside:
            yield f"{pad}state {_name(node.id)} {{"
            for number, inner in enumerate(node.inside):
                if number:
                    yield f"{pad}    --"
                if not inner.title:
                    yield from _mermaid_frame(inner, depth + 1)
                    continue
                # Mermaid has no name for a region: a box around it carries the title.
                region = f"{_name(node.id)}_{number + 1}"
                yield f'{pad}    state "{_clean(inner.title)}" as {region}'
                yield f"{pad}    state {region} {{"
                yield from _mermaid_frame(inner, depth + 2)
                yield f"{pad}    }}"
            yield f"{pad}}}"
    if frame.nodes:
        yield f"{pad}[*] --> {_name(frame.nodes[0].id)}"
    for edge in frame.edges:
        label = f" : {_clean(edge.label)}" if edge.label else ""
        yield f"{pad}{_name(edge.source)} --> {_name(edge.target)}{label}"
    for node in frame.nodes:
        if node.kind in ("final", "stopped"):
            yield f"{pad}{_name(node.id)} --> [*]"


def _name(node: str) -> str:
    # A prefix keeps ids apart from Mermaid's own words (`end`, `state`, `note` …).
    return f"s_{node.replace(' ', '_')}"


def _clean(text: str) -> str:
    """One line without the signs Mermaid reads as its own."""
    text = " ".join(visible(text).split()) or "-"
    for sign, instead in (('"', "”"), (";", "；"), (":", "："), ("{", "（"), ("}", "）"), ("#", "＃")):
        text = text.replace(sign, instead)
    return text
