"""The package a DOCX or XLSX is: opened with care, its parts as trees, written again with nothing else changed.

Sizes are counted while unpacking, for those written in the file may lie. XML that declares a document type is refused, so
no entity is ever expanded and nothing is fetched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from engine.compliance.reading.refusals import damaged, locked, too_large, unsafe
from engine.frozen import frozen

MOST_UNPACKED = 150_000_000  # bytes of all XML parts together
_MOST_PART = 100_000_000
_MOST_PARTS = 5_000
_BLOCK = 1 << 20
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_XML = (".xml", ".rels", ".vml")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


@frozen
class Relation:
    id: str
    type: str  # the last word of its type: `comments`, `header`, `hyperlink`
    target: str  # the part it leads to, or an address outside
    outside: bool


class Package:
    """Parts by name. Raises UserError `damaged`, `locked`, `too-large` or `unsafe`, at once or when a part is read."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._trees: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._new: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
        except _BROKEN:
            raise damaged(name) from None
        if any(info.flag_bits & 1 for info in infos):
            raise locked(name)
        total = sum(info.file_size for info in infos if info.filename.lower().endswith(_XML))
        if len(infos) > _MOST_PARTS or total > MOST_UNPACKED:
            raise too_large(name, total, MOST_UNPACKED)
        self.names = [info.filename for info in infos]
        if len(set(self.names)) != len(self.names):
            raise damaged(name)

    def __contains__(self, part: object) -> bool:
        return (part in self._new or part in self.names) and part not in self._gone

    def read(self, part: str) -> bytes:
        """The bytes of a part, as they were or as they were put. Raises UserError `damaged` where there is none."""
        if part in self._new:
            return self._new[part]
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(part) as stream:
                while block := stream.read(_BLOCK):
                    size += len(block)
                    if size > _MOST_PART:
                        raise too_large(self.name, size, _MOST_PART)
                    parts.append(block)
        except _BROKEN:
            raise damaged(self.name) from None
        return b"".join(parts)

    def tree(self, part: str) -> Any:
        """The root element of a part, to be read; the same one every time."""
        if part not in self._trees:
            content = self.read(part)
            self._unpacked += len(content)
            if self._unpacked > MOST_UNPACKED:
                raise too_large(self.name, self._unpacked, MOST_UNPACKED)
            self._trees[part] = parse_xml(content, self.name)
        return self._trees[part]

    def change(self, part: str) -> Any:
        """The root element of a part, to be changed: `save` writes it anew."""
        self._changed.add(part)
        return self.tree(part)

    def put(self, part: str, content: bytes) -> None:
        """A new part, or other bytes for one there is."""
        self._new[part] = content
        self._trees.pop(part, None)
        self._gone.discard(part)

    def drop(self, part: str) -> None:
        self._gone.add(part)

    def xml_names(self) -> list[str]:
        """The parts that are XML, in the order of the file."""
        return [n for n in (*self.names, *self._new) if n.lower().endswith(_XML) and n not in self._gone]

    def relations(self, part: str) -> list[Relation]:
        """What a part is related to; `""` is the package as a whole."""
        file = relations_of(part)
        if file not in self:
            return []
        return list(self._relations(part, self.tree(file)))

    def _relations(self, part: str, root: Any) -> Iterator[Relation]:
        for element in root.iter(f"{_RELATIONS}Relationship"):
            target = element.get("Target") or ""
            outside = element.get("TargetMode") == "External"
            if not outside:
                target = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
                )
            yield Relation(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target, outside)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts inside the package that `part` is related to in this way, in the order of their relations."""
        found = [r.target for r in self.relations(part) if r.type == kind and not r.outside and r.target in self]
        return list(dict.fromkeys(found))

    def save(self) -> bytes:
        """The package again: changed parts anew, all others byte for byte, in their order and with their dates."""
        from lxml import etree

        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                if info.filename in self._gone:
                    continue
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
                target.writestr(entry, self._content(info.filename, etree))
            for part in self._new:
                if part not in self.names and part not in self._gone:
                    entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(entry, self._content(part, etree))
        return made.getvalue()

    def _content(self, part: str, etree: Any) -> bytes:
        if part in self._changed and part in self._trees:
            found: bytes = etree.tostring(self._trees[part], xml_declaration=True, encoding="UTF-8", standalone=True)
            return found
        return self.read(part)


def relations_of(part: str) -> str:
    """The part in which the relations of a part stand."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parse_xml(content: bytes, name: str) -> Any:
    """A part as a tree. Raises UserError `unsafe` or `damaged`."""
    from lxml import etree

    for word in ("<!DOCTYPE", "<!ENTITY"):
        if any(word.encode(coding) in content for coding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise unsafe(name)
    # A comment of XML inside a word would hide the rest of it.
    seen = {"remove_comments": True, "remove_pis": True}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, **seen)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(name) from None
    if root.getroottree().docinfo.doctype:
        raise unsafe(name)
    return root
