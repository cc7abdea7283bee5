"""DOCX → its text in order, stretch by stretch, each with the element it stands in.

First the body; then headers, footers, notes, comments and shapes. Text that was deleted in a tracked change, and the second
form in which a shape is kept for old programs, are not read: nobody sees them (`redact` masks them all the same).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.compliance.reading.extracted import Gatherer, Part, Reading, Spot
from engine.compliance.reading.package import Package
from engine.compliance.reading.paragraphs import ParagraphMarks, W
from engine.compliance.reading.refusals import strict
from engine.frozen import frozen, replace
from engine.text import Message, say

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{_MC}Fallback"

_INSIDE = frozenset(
    [
        f"{W}{n}"
        for n in "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo ruby rubyBase".split()
    ]
    + [f"{_MC}AlternateContent", f"{_MC}Choice"]
    + [
        f"{MATH}{n}"
        for n in "oMath oMathPara r f num den e sub sup sSub sSup sSubSup d rad deg nary func fName".split()
    ]
)
_BLOCKS = frozenset(f"{W}{n}" for n in "sdt sdtContent customXml ins moveTo".split()) | {
    f"{_MC}AlternateContent",
    f"{_MC}Choice",
}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_STORIES: tuple[tuple[str, Part], ...] = (("header", "header"), ("footer", "footer"))
_NOTES: tuple[tuple[str, Part], ...] = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))


@frozen
class Atom:
    """A stretch of text and the element that holds it (`w:t`, `w:tab`, `m:t`, `a:t`). `block` is its paragraph."""

    start: int
    end: int
    element: Any
    block: Any
    part: str  # of the package
    spot: Spot


class WordText:
    """The text of a document. `atoms` are in order; `blocks` counts paragraphs met so far."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = package.related("", "officeDocument")
        if not main or package.tree(main[0]).tag != f"{W}document":
            raise strict(package.name)
        self.main = main[0]
        self.made = Gatherer()
        self.atoms: list[Atom] = []
        self._marks = ParagraphMarks(package, self.main)
        self._first = True
        self._boxes: list[tuple[Any, Spot]] = []
        self._part = self.main
        body = package.tree(self.main).find(f"{W}body")
        if body is not None:
            self._story(body, Spot())
        for kind, part in _STORIES:
            for number, name in enumerate(package.related(self.main, kind), 1):
                self._part = name
                self._story(package.tree(name), Spot(part=part, number=number))
        for kind, part in _NOTES:
            for name in package.related(self.main, kind):
                self._part = name
                self._notes(package.tree(name), part)
        for number, name in enumerate(self._shape_parts(), 1):
            self._part = name
            self._shapes(package.tree(name), Spot(part="shape", number=number))

    @property
    def text(self) -> str:
        return self.made.text

    def reading(self) -> Reading:
        return Reading(self.package.name, "docx", self.text, tuple(self.made.pieces), tuple(self._left_out()))

    def _story(self, root: Any, spot: Spot) -> None:
        """Paragraphs and tables one after the other."""
        paragraph = table = 0
        for element in blocks_in(root):
            if element.tag == f"{W}p":
                paragraph += 1
                self._separate("\n")
                self._paragraph(element, replace(spot, paragraph=paragraph))
            else:
                table += 1
                self._table(element, replace(spot, table=table))

    def _table(self, table: Any, spot: Spot) -> None:
        for row_number, row in enumerate(_rows(table), 1):
            self._separate("\n")
            column = 1 + _number(row.find(f"{W}trPr/{W}gridBefore"))
            for index, cell in enumerate(_cells(row)):
                if index:
                    self._separate("\t")
                self._cell(cell, replace(spot, row=row_number, column=column))
                column += max(_number(cell.find(f"{W}tcPr/{W}gridSpan")), 1)

    def _cell(self, cell: Any, spot: Spot) -> None:
        """The paragraphs of a cell. Those of a table inside it are counted as its own."""
        for number, element in enumerate(_deep_paragraphs(cell), 1):
            if number > 1:
                self._separate("\n")
            self._paragraph(element, replace(spot, paragraph=number))

    def _notes(self, root: Any, part: Part) -> None:
        number = 0
        for note in root:
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            number += 1
            for index, element in enumerate(_deep_paragraphs(note), 1):
                self._separate("\n")
                self._paragraph(element, Spot(part=part, number=number, paragraph=index))

    def _shapes(self, root: Any, spot: Spot) -> None:
        """Diagrams and charts: paragraphs of DrawingML."""
        for number, element in enumerate(root.iter(f"{DRAWING}p"), 1):
            self._separate("\n")
            col = 1
            for text in element.iter(f"{DRAWING}t"):
                col += self._atom(text.text or "", text, element, replace(spot, paragraph=number, col=col))

    def _paragraph(self, block: Any, spot: Spot) -> None:
        col = 1
        boxes: list[Any] = []
        if mark := self._marks.of(block):
            self.made.join(mark)
        for element, text in _texts(block, boxes):
            col += self._atom(text, element, block, replace(spot, col=col))
        for box in boxes:
            # A box inside a box is numbered like any other.
            self._boxes.append((box, spot))
            inner = replace(spot, part="textbox", number=len(self._boxes), col=1)
            for number, element in enumerate(_deep_paragraphs(box), 1):
                self._separate("\n")
                self._paragraph(element, replace(inner, paragraph=number, table=0, row=0, column=0))

    def _atom(self, text: str, element: Any, block: Any, spot: Spot) -> int:
        if text:
            start = self.made.length
            self.made.add(text, spot)
            self.atoms.append(Atom(start, self.made.length, element, block, self._part, spot))
        return len(text)

    def _separate(self, sign: str) -> None:
        if not self._first:
            self.made.join(sign)
        self._first = False

    def _shape_parts(self) -> list[str]:
        return [n for kind in ("diagramData", "chart") for n in self.package.related(self.main, kind)]

    def _left_out(self) -> Iterator[Message]:
        names = self.package.names
        if pictures := sum(n.startswith("word/media/") for n in names):
            yield say("{n} 张图片没有查看", "{n} pictures were not looked at", n=pictures)
        relations = [
            r for name in (self.main, *self.package.related(self.main, "header")) for r in self.package.relations(name)
        ]
        if inside := sum(r.type in ("package", "oleObject", "aFChunk") for r in relations):
            yield say("{n} 个嵌入的文件没有查看", "{n} embedded files were not looked at", n=inside)


def read_word(package: Package) -> Reading:
    return WordText(package).reading()


def blocks_in(root: Any) -> Iterator[Any]:
    """The paragraphs and tables of a story, through content controls and marks of changes."""
    for child in root:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _BLOCKS:
            yield from blocks_in(child)


def _deep_paragraphs(root: Any) -> Iterator[Any]:
    for element in blocks_in(root):
        if element.tag == f"{W}p":
            yield element
        else:
            for row in _rows(element):
                for cell in _cells(row):
                    yield from _deep_paragraphs(cell)


def _rows(table: Any) -> Iterator[Any]:
    return _through(table, f"{W}tr")


def _cells(row: Any) -> Iterator[Any]:
    return _through(row, f"{W}tc")


def _through(root: Any, tag: str) -> Iterator[Any]:
    for child in root:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCKS:
            yield from _through(child, tag)


def _texts(block: Any, boxes: list[Any]) -> Iterator[tuple[Any, str]]:
    """(element, text) of what a paragraph shows; text boxes that hang on it are put into `boxes`."""
    for child in block:
        tag = child.tag
        if tag == f"{W}r":
            yield from _run(child, boxes)
        elif tag == f"{MATH}t":
            yield child, child.text or ""
        elif tag in _INSIDE:
            yield from _texts(child, boxes)


def _run(run: Any, boxes: list[Any]) -> Iterator[tuple[Any, str]]:
    for child in run:
        tag = child.tag
        if tag == f"{W}t":
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, _SIGNS[tag]
        elif tag == f"{W}br":
            # A break of the page or column is no character.
            if child.get(f"{W}type") in (None, "textWrapping"):
                yield child, "\n"
        elif tag == f"{W}ruby":
            yield from _texts(child, boxes)
        elif isinstance(tag, str) and tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"):
            boxes.extend(_outer_boxes(child))


def _outer_boxes(root: Any) -> Iterator[Any]:
    for child in root:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != FALLBACK:
            yield from _outer_boxes(child)


def _number(element: Any) -> int:
    value = element.get(f"{W}val") if element is not None else None
    return int(value) if value and value.isdigit() and len(value) < 5 else 0
