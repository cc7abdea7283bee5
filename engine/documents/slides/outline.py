"""Markdown → slides: `---` or a heading of the second level begins one; `<!-- notes: … -->` is for the speaker."""

from __future__ import annotations

from engine.documents.markdown import parser, plain
from engine.documents.pdf.nodes import Node, nodes_of
from engine.frozen import frozen


@frozen
class Slide:
    """`title` and `blocks` are nodes (`engine.documents.pdf.nodes`); the cover is what stands before the first slide."""

    title: list[Node]
    blocks: list[Node]
    notes: str = ""
    cover: bool = False


def slides_of(markdown: str, again: str) -> tuple[Slide, ...]:
    """The slides, the cover first. `again` is put behind the title of a slide that goes on without one of its own."""
    found: list[Slide] = []
    title: list[Node] = []
    blocks: list[Node] = []
    notes: list[str] = []
    cover, parted = True, False

    def close() -> None:
        nonlocal title, cover
        if blocks or notes or title or cover:
            found.append(Slide(title, list(blocks), "\n".join(notes), cover))
        blocks.clear()
        notes.clear()
        cover = False

    for node in nodes_of(markdown):
        if node["kind"] == "heading" and node["level"] == 1:
            if not parted:
                close()
            title, parted = node["text"], False
            if node["mark"]:
                title = [{"t": node["mark"], "s": ""}, *title]
        elif node["kind"] == "rule":
            close()
            title, parted = [*_without(title, again), {"t": again, "s": ""}] if title and len(found) > 1 else [], True
        elif node["kind"] == "title":
            title = node["text"]
        elif node["kind"] == "notes":
            notes += [_told(line) for line in node["text"].splitlines() if line.strip()]
        elif node["kind"] not in ("toc", "pagebreak"):
            blocks.append(node)
            parted = False
    if blocks or notes or not parted:
        close()
    return tuple(found)


def _without(title: list[Node], again: str) -> list[Node]:
    return title[:-1] if title and title[-1]["t"] == again else title


def _told(line: str) -> str:
    """A line of notes as text: it is Markdown too, for values in it are escaped."""
    return plain(parser().parseInline(line.strip())[0].children or ())


def words(parts: list[Node]) -> str:
    """The text of stretches."""
    return "".join("\n" if part["s"] == "br" else part["t"] for part in parts)
