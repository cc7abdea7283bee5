"""XLSX → its text, cell by cell, hidden sheets too; then the notes on cells and the words in shapes.

Rows are lines, cells are set apart by a tab. Every stretch keeps the element that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.compliance.reading.cells import Formats, S, string_texts, unescaped
from engine.compliance.reading.extracted import Gatherer, Reading, Spot
from engine.compliance.reading.package import Package
from engine.compliance.reading.refusals import damaged, strict
from engine.compliance.reading.word import DRAWING, Atom
from engine.frozen import frozen, replace
from engine.text import Message, say

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@frozen
class SheetPart:
    name: str
    part: str


class WorkbookText:
    """The text of a workbook. An atom's `block` is its cell (`c`), comment or shape; its `element` what holds the text."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = package.related("", "officeDocument")
        if not main or package.tree(main[0]).tag != f"{S}workbook":
            raise strict(package.name)
        self.main = main[0]
        self.made = Gatherer()
        self.atoms: list[Atom] = []
        styles = package.related(self.main, "styles")
        self._formats = Formats(package.tree(styles[0]) if styles else None)
        self.shared_part = next(iter(package.related(self.main, "sharedStrings")), "")
        self.shared: list[Any] = list(package.tree(self.shared_part).iter(f"{S}si")) if self.shared_part else []
        self.sheets = list(self._sheets())
        for sheet in self.sheets:
            self._sheet(sheet)
            self._notes(sheet)
            self._shapes(sheet)

    @property
    def text(self) -> str:
        return self.made.text

    def reading(self) -> Reading:
        return Reading(self.package.name, "xlsx", self.text, tuple(self.made.pieces), tuple(self._left_out()))

    def _sheets(self) -> Iterator[SheetPart]:
        relations = {r.id: r for r in self.package.relations(self.main)}
        for sheet in self.package.tree(self.main).iter(f"{S}sheet"):
            found = relations.get(sheet.get(f"{_R}id") or "")
            if found is not None and found.type == "worksheet":
                if found.target not in self.package:
                    raise damaged(self.package.name)
                yield SheetPart(sheet.get("name") or "", found.target)

    def _sheet(self, sheet: SheetPart) -> None:
        row_number = 0
        for row in self.package.tree(sheet.part).iterfind(f"{S}sheetData/{S}row"):
            row_number = _counted(row.get("r"), row_number)
            column, first = 0, True
            for cell in row:
                if cell.tag != f"{S}c":
                    continue
                name = cell.get("r") or f"{letters(column + 1)}{row_number}"
                column = column_number(name) or column + 1
                texts = list(self._texts(cell))
                if not any(text for _, text in texts):
                    continue
                self._separate("\n" if first else "\t")
                first = False
                self._atoms(texts, cell, sheet.part, Spot(sheet=sheet.name, cell=name))

    def _texts(self, cell: Any) -> Iterator[tuple[Any, str]]:
        """(element, text) of what a cell shows. The element of a number is its `v`."""
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            item = cell.find(f"{S}is")
            yield from ((t, unescaped(t.text or "")) for t in (string_texts(item) if item is not None else ()))
            return
        value = cell.find(f"{S}v")
        if value is None or not value.text:
            return
        if kind == "s":
            index = int(value.text) if value.text.strip().isdigit() else -1
            if not 0 <= index < len(self.shared):
                raise damaged(self.package.name)
            yield from ((t, unescaped(t.text or "")) for t in string_texts(self.shared[index]))
        elif kind in ("str", "d"):
            yield value, unescaped(value.text)
        elif kind == "n":
            yield value, self._formats.shown(value.text.strip(), cell.get("s"))

    def _notes(self, sheet: SheetPart) -> None:
        for part in self.package.related(sheet.part, "comments"):
            for note in self.package.tree(part).iter(f"{S}comment"):
                item = note.find(f"{S}text")
                texts = [(t, unescaped(t.text or "")) for t in (string_texts(item) if item is not None else ())]
                if any(text for _, text in texts):
                    self._separate("\n")
                    spot = Spot(sheet=sheet.name, cell=note.get("ref") or "", part="comment")
                    self._atoms(texts, note, part, spot)

    def _shapes(self, sheet: SheetPart) -> None:
        drawings = self.package.related(sheet.part, "drawing")
        charts = [chart for drawing in drawings for chart in self.package.related(drawing, "chart")]
        for part in (*drawings, *charts):
            for paragraph in self.package.tree(part).iter(f"{DRAWING}p"):
                texts = [(t, t.text or "") for t in paragraph.iter(f"{DRAWING}t")]
                if any(text for _, text in texts):
                    self._separate("\n")
                    self._atoms(texts, paragraph, part, Spot(sheet=sheet.name, part="shape"))

    def _atoms(self, texts: list[tuple[Any, str]], block: Any, part: str, spot: Spot) -> None:
        col = 1
        for element, text in texts:
            if text:
                start = self.made.length
                self.made.add(text, replace(spot, col=col))
                self.atoms.append(Atom(start, self.made.length, element, block, part, spot))
                col += len(text)

    def _separate(self, sign: str) -> None:
        if self.made.length:
            self.made.join(sign)

    def _left_out(self) -> Iterator[Message]:
        names = self.package.names
        if pictures := sum(n.startswith("xl/media/") for n in names):
            yield say("{n} 张图片没有查看", "{n} pictures were not looked at", n=pictures)
        if inside := sum(n.startswith("xl/embeddings/") for n in names):
            yield say("{n} 个嵌入的文件没有查看", "{n} embedded files were not looked at", n=inside)


def read_workbook(package: Package) -> Reading:
    return WorkbookText(package).reading()


def column_number(name: str) -> int:
    """`AB12` → 28; 0 for a name without letters."""
    number = 0
    for sign in name.upper():
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def letters(number: int) -> str:
    """28 → `AB`."""
    made = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        made = chr(65 + rest) + made
    return made


def _counted(written: str | None, before: int) -> int:
    return int(written) if written and written.isdigit() else before + 1
