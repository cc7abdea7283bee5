"""Which paragraphs of a document are headings and which are items of a list: their marks are not in the text."""

from __future__ import annotations

from typing import Any

from engine.compliance.reading.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING, ITEM = "# ", "• "
_DEEPEST = 20  # styles based on styles


class ParagraphMarks:
    """The mark a reader sees before a paragraph, in the form a plain text would have it."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles: dict[str, Any] = {}
        for part in package.related(main, "styles"):
            self._styles = {s.get(f"{W}styleId") or "": s for s in package.tree(part).iter(f"{W}style")}
        self._known: dict[str, str] = {}

    def of(self, paragraph: Any) -> str:
        """`# ` for a heading, `• ` for an item of a list, else nothing."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        own = _mark(properties)
        style = properties.find(f"{W}pStyle")
        given = self._of_style(style.get(f"{W}val") or "") if style is not None else ""
        return given if own is None or given == HEADING else own

    def _of_style(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> str:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return ""
            properties = style.find(f"{W}pPr")
            found = _mark(properties) if properties is not None else None
            if found is not None:
                return found
            base = style.find(f"{W}basedOn")
            name = (base.get(f"{W}val") or "") if base is not None else ""
        return ""


def _mark(properties: Any) -> str | None:
    """What properties say themselves; None when they say nothing of it. A numbered heading is a heading."""
    level = properties.find(f"{W}outlineLvl")
    if level is not None:
        return HEADING if (level.get(f"{W}val") or "9") != "9" else None
    number = properties.find(f"{W}numPr/{W}numId")
    if number is not None:
        return ITEM if number.get(f"{W}val") != "0" else ""
    return None
