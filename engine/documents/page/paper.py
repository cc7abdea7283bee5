"""A paper as one HTML file: for a phone, a screen or a printer; nothing is loaded from anywhere."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from engine.documents.page.bars import bars_of
from engine.documents.page.environment import render_page
from engine.documents.page.look import style_variables
from engine.documents.page.tables import is_blank, layout_of
from engine.documents.words import day_text

if TYPE_CHECKING:
    from engine.documents.pdf.nodes import Node
    from engine.documents.render import Paper

_LEAST_CHAPTERS = 3  # fewer need no table of contents
_LONG_TITLE = 70  # characters of a page's title as it stands in the file; no browser shows more
_FIGURE = re.compile(r"^([¥￥+\-−]?[\d,.]+)(.*)$")


def to_html(paper: Paper) -> bytes:
    """The paper as HTML. The same paper gives the same bytes."""
    from engine.documents.pdf.nodes import nodes_of

    blocks = nodes_of(paper.markdown, paper.language)
    title: list[Node] = next((b["text"] for b in blocks if b["kind"] == "title"), [{"t": paper.title, "s": ""}])
    seen = _Seen(paper)
    contents = any(b["kind"] == "toc" for b in blocks)  # only then on paper too
    blocks = [seen.prepared(b) for b in blocks if b["kind"] not in ("title", "toc")]
    data: dict[str, Any] = {
        "zh": paper.language == "zh",
        "language": "zh-CN" if paper.language == "zh" else "en",
        "name": _shortened(f"{paper.title} · {paper.pilot}"),
        "title": title,
        "above": paper.above,
        "hospital": paper.hospital,
        "pilot": paper.pilot,
        "draft": paper.draft,
        "dense": paper.most_pages is not None,  # closer in print
        "day": day_text(paper.day, paper.language),
        "variables": style_variables(),
        "widths": sorted(seen.widths),
        "phone_widths": sorted(seen.phone_widths),
        "bars": sorted(seen.bars - {0}),
        "least_widths": sorted(seen.least_widths),
        "blocks": blocks,
        "contents": contents,
        "chapters": seen.chapters if len(seen.chapters) >= _LEAST_CHAPTERS else [],
    }
    return render_page("paper.html.j2", data).encode("utf-8", errors="replace")


def _shortened(name: str) -> str:
    whole = name
    while len(escape(name + "…", quote=True)) > _LONG_TITLE:
        name = name[:-1]
    return name if name == whole else name + "…"


class _Seen:
    """Walks the blocks once: headings get ids, tables numbers and widths, pictures ids of their own."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.chapters: list[Node] = []
        self.widths: set[int] = set()
        self.phone_widths: set[int] = set()
        self.least_widths: set[int] = set()
        self.bars: set[int] = set()
        self.headings = self.tables = self.pictures = 0
        self.heading: list[Node] = []

    def prepared(self, node: Node) -> Node:
        kind = node["kind"]
        if kind == "heading":
            self.headings += 1
            self.heading = node["text"]
            made = {**node, "id": f"h{self.headings}", "level": min(node["level"], 4) + 1}
            self.chapters += [made] if node["level"] == 1 else []
            return made
        if kind in ("draft", "quote"):
            return {**node, "blocks": [self.prepared(b) for b in node["blocks"]]}
        if kind == "list":
            checks = any(item and item[0]["kind"] == "check" for item in node["items"])
            return {**node, "checks": checks, "items": [[self.prepared(b) for b in item] for item in node["items"]]}
        if kind in ("table", "form"):
            return self._table(node)
        if kind == "cards":
            return {**node, "cards": _cards(node)}
        return self._picture(node) if kind == "image" else node

    def _table(self, node: Node) -> Node:
        self.tables += 1
        layout = layout_of(node)
        self.widths.update(layout.shares)
        self.phone_widths.update(layout.phone)
        self.least_widths.update({layout.least} - {0})
        head, *rows = node["rows"]
        filled = [[_labelled(cell, head[i], row[0]) for i, cell in enumerate(row)] for row in rows]
        return {
            **node,
            "rows": [{"blank": is_blank(row), "cells": row} for row in filled],
            "head": head,
            "names": [_words(cell["text"]) for cell in head],
            "layout": layout,
            "number": self.tables,
            "about": _words(self.heading),
        }

    def _picture(self, node: Node) -> Node:
        """Ids in a picture are marked with what is in it; one that is shown twice needs others."""
        svg = self.paper.charts.get(node["name"], "")
        self.pictures += 1
        svg = re.sub(r"\b((?:title|desc|hatch|over)-[0-9a-f]{8})\b", rf"\g<1>-{self.pictures}", svg)
        bars = bars_of(self.paper.figures.get(node["name"]))
        self.bars.update(bar.share for row in bars for bar in row.bars)
        return {**node, "svg": svg, "bars": bars, "number": self.pictures}


def _words(parts: list[Node]) -> str:
    return "".join(part["t"] for part in parts)


def _labelled(cell: Node, head: Node, first: Node) -> Node:
    """A box that stands alone in its cell is called by its column and its row."""
    if cell["box"] is None or _words(cell["text"]):
        return cell
    return {**cell, "label": "：".join(filter(None, (_words(first["text"]), _words(head["text"]))))}


def _cards(node: Node) -> list[Node]:
    """A card per column: label, figure, what stands behind the figure, remark."""
    rows = node["rows"]
    made = []
    for column, head in enumerate(rows[0]):
        cell = rows[1][column] if len(rows) > 1 and column < len(rows[1]) else {"text": [], "box": None}
        found = _FIGURE.match(cell["text"][0]["t"]) if len(cell["text"]) == 1 and not cell["text"][0]["s"] else None
        remark = rows[2][column]["text"] if len(rows) > 2 and column < len(rows[2]) else []
        unit, bracket, base = found[2].partition("（" if "（" in found[2] else " (") if found else ("", "", "")
        made.append(
            {
                "label": head["text"],
                "text": cell["text"],
                "figure": found[1] if found else "",
                "unit": unit,
                "base": (bracket + base).strip(),
                "remark": remark,
            }
        )
    return made
