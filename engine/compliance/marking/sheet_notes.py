"""A copy of an XLSX with the cells that have remarks coloured, and one more sheet that lists the remarks with links."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from engine.compliance.marking.notes import Note, legal
from engine.compliance.marking.relate import relate
from engine.compliance.reading.cells import S
from engine.compliance.reading.extracted import touching
from engine.compliance.reading.package import Package
from engine.compliance.reading.sheets import WorkbookText
from engine.text import say

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRONG, _MILD = "FFFFC7CE", "FFFFEB9C"
_HEAD = (say("位置", "place"), say("提示", "remark"), say("原文", "words"), say("说明", "explanation"))
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def annotate_workbook(package: Package, notes: Sequence[Note]) -> bytes:
    """The annotated copy. The package is used up."""
    text = WorkbookText(package)
    looks = _Looks(package, text.main)
    strong: dict[Any, bool] = {}
    for note in notes:
        for atom in touching(text.atoms, note.start, note.end):
            if atom.block.tag == f"{S}c":
                strong[atom.block] = strong.get(atom.block, False) or note.strong
                package.change(atom.part)
    for cell, is_strong in strong.items():
        style = looks.filled(cell.get("s") or "0", _STRONG if is_strong else _MILD)
        if style is not None:
            cell.set("s", style)
    wrapped = looks.wrapped()
    rows = [(note, _spot(text, note)) for note in notes]
    _add_sheet(package, text, _sheet(rows, wrapped))
    return package.save()


def _spot(text: WorkbookText, note: Note) -> tuple[str, str]:
    """(sheet, cell) a remark is about."""
    found = touching(text.atoms, note.start, note.end)
    return (found[0].spot.sheet, found[0].spot.cell) if found else ("", "")


class _Looks:
    """The styles of a workbook, grown by ours; nothing is done in a workbook without any."""

    def __init__(self, package: Package, main: str) -> None:
        part = next(iter(package.related(main, "styles")), None)
        self.root = package.change(part) if part else None
        self.formats = self.root.find(f"{S}cellXfs") if self.root is not None else None
        self._made: dict[tuple[str, str], str] = {}
        self._fills: dict[str, str] = {}

    def filled(self, style: str, colour: str) -> str | None:
        """A style like `style` on a coloured ground."""
        if self.formats is None or not style.isdigit() or int(style) >= len(self.formats):
            return None
        if (style, colour) not in self._made:
            changed = deepcopy(self.formats[int(style)])
            changed.set("fillId", self._fill(colour))
            changed.set("applyFill", "1")
            self._made[style, colour] = self._append(self.formats, changed)
        return self._made[style, colour]

    def wrapped(self) -> str | None:
        """A plain style whose lines wrap."""
        if self.formats is None or not len(self.formats):
            return None
        changed = deepcopy(self.formats[0])
        for old in changed.findall(f"{S}alignment"):
            changed.remove(old)
        changed.insert(0, changed.makeelement(f"{S}alignment", {"vertical": "top", "wrapText": "1"}))
        changed.set("applyAlignment", "1")
        return self._append(self.formats, changed)

    def _fill(self, colour: str) -> str:
        if colour not in self._fills:
            assert self.root is not None
            fills = self.root.find(f"{S}fills")
            make = self.root.makeelement
            fill, pattern = make(f"{S}fill"), make(f"{S}patternFill", {"patternType": "solid"})
            pattern.extend([make(f"{S}fgColor", {"rgb": colour}), make(f"{S}bgColor", {"indexed": "64"})])
            fill.append(pattern)
            self._fills[colour] = self._append(fills, fill)
        return self._fills[colour]

    def _append(self, group: Any, item: Any) -> str:
        group.append(item)
        group.set("count", str(len(group)))
        return str(len(group) - 1)


def _sheet(rows: Sequence[tuple[Note, tuple[str, str]]], style: str | None) -> bytes:
    from lxml import etree

    root = etree.Element(f"{S}worksheet", nsmap={None: S[1:-1]})
    make = root.makeelement
    columns = make(f"{S}cols")
    for number, width in enumerate((18, 46, 40, 100), 1):
        columns.append(
            make(f"{S}col", {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"})
        )
    data, links = make(f"{S}sheetData"), make(f"{S}hyperlinks")
    root.extend([columns, data])
    head = [str(w) for w in _HEAD]
    _row(data, 1, head, style)
    for number, (note, (sheet, cell)) in enumerate(rows, 2):
        place = f"{sheet}!{cell}" if cell else sheet
        _row(data, number, [place, note.title, note.phrase, "\n".join(note.lines)], style)
        if cell:
            quoted = sheet.replace("'", "''")
            links.append(make(f"{S}hyperlink", {"ref": f"A{number}", "location": f"'{quoted}'!{cell}"}))
    if len(links):
        root.append(links)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _row(data: Any, number: int, texts: Sequence[str], style: str | None) -> None:
    row = data.makeelement(f"{S}row", {"r": str(number)})
    for letter, text in zip("ABCD", texts, strict=True):
        cell = row.makeelement(f"{S}c", {"r": f"{letter}{number}", "t": "inlineStr"})
        if style is not None:
            cell.set("s", style)
        holder, words = row.makeelement(f"{S}is"), row.makeelement(f"{S}t", {_SPACE: "preserve"})
        words.text = legal(text)[:32_000]
        holder.append(words)
        cell.append(holder)
        row.append(cell)
    data.append(row)


def _add_sheet(package: Package, text: WorkbookText, content: bytes) -> None:
    folder = posixpath.join(posixpath.dirname(text.main), "worksheets")
    part = next(p for n in range(1, 10_000) if (p := f"{folder}/playbook{n}.xml") not in package)
    package.put(part, content)
    link = relate(package, text.main, part, _TYPE, _CONTENT)
    sheets = package.change(text.main).find(f"{S}sheets")
    names = {(sheet.get("name") or "").casefold() for sheet in sheets}
    title = str(say("检查结果", "Remarks")).translate(_FORBIDDEN)
    name = next(t for t in (title, *(f"{title} {n}" for n in range(2, 1_000))) if t.casefold() not in names)
    number = max((int(s.get("sheetId") or 0) for s in sheets), default=0) + 1
    sheets.append(sheets.makeelement(f"{S}sheet", {"name": name, "sheetId": str(number), f"{_R}id": link}))
