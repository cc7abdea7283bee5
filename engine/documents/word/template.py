"""What a hospital's Word template gives a paper: its styles, fonts and colours of the theme, page, header and footer.

The paper stays ours (numbering, table of contents, boxes); a style of the template stands instead of ours of the same
name, and what it does not have is ours. Word calls styles by numbers in a Chinese edition, so names are compared.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import field
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn

from engine.documents.word.look import TEXT_WIDTH
from engine.frozen import frozen

_CENTIMETRE = 360_000  # EMU


@frozen
class Taken:
    """`ids`: id of ours → id of the template's style that stands for it. `heads`/`feet`: it brought a header, a footer.
    `first_page`: its first page has its own. `width`: of the text, in centimetres."""

    ids: Mapping[str, str] = field(default_factory=dict)
    heads: bool = False
    feet: bool = False
    first_page: bool = False
    width: float = TEXT_WIDTH


OURS: Final = Taken()


def take(document: Any, content: bytes) -> Taken:
    """Put what the template has into a document that `prepare` made. The file was checked when it was read."""
    source = Document(io.BytesIO(content))
    ids = _styles(document, source)
    _theme(document, source)
    width = _page(document, source)
    kinds = list(_around(document, source))
    first = bool(source.sections[0].different_first_page_header_footer)
    document.sections[0].different_first_page_header_footer = first
    document.settings.odd_and_even_pages_header_footer = source.settings.odd_and_even_pages_header_footer
    return Taken(ids, "header" in kinds, "footer" in kinds, first, width)


def restyle(document: Any, taken: Taken) -> None:
    """Call the styles by the template's ids, in everything that was written."""
    if not taken.ids:
        return
    section = document.sections[0]
    roots = [document.element.body]
    for brought, parts in (
        (taken.heads, (section.header, section.first_page_header, section.even_page_header)),
        (taken.feet, (section.footer, section.first_page_footer, section.even_page_footer)),
    ):
        roots += [] if brought else [part._element for part in parts if not part.is_linked_to_previous]
    for root in roots:
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
            for node in root.iter(qn(tag)):
                name = node.get(qn("w:val"))
                node.set(qn("w:val"), taken.ids.get(name, name))


def _key(style: Any) -> tuple[str, str]:
    name = style.find(qn("w:name"))
    return style.get(qn("w:type")), ("" if name is None else name.get(qn("w:val"))).casefold()


def _styles(document: Any, source: Any) -> dict[str, str]:
    """The template's styles whole, and those of ours that it lacks; returns what ours are called now."""
    ours, theirs = document.styles.element, deepcopy(source.styles.element)
    found = {_key(style): style.get(qn("w:styleId")) for style in theirs.findall(qn("w:style"))}
    standard = {style.get(qn("w:type")) for style in theirs.findall(qn("w:style")) if style.get(qn("w:default"))}
    for style in theirs.findall(qn("w:style")):
        shape = style.find(qn("w:pPr"))
        numbering = None if shape is None else shape.find(qn("w:numPr"))
        if numbering is not None:  # it would point into the template's own numbering
            shape.remove(numbering)
    ids: dict[str, str] = {}
    kept = []
    for style in ours.findall(qn("w:style")):
        name = style.get(qn("w:styleId"))
        if _key(style) in found:
            ids[name] = found[_key(style)]
            continue
        ids[name] = name if name not in found.values() else f"Playbook{name}"
        kept.append(style)
    for style in kept:
        style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
        for tag in ("w:basedOn", "w:next", "w:link"):
            node = style.find(qn(tag))
            if node is not None:
                node.set(qn("w:val"), ids.get(node.get(qn("w:val")), node.get(qn("w:val"))))
        if style.get(qn("w:type")) in standard:
            style.attrib.pop(qn("w:default"), None)
        theirs.append(style)
    document.part._styles_part._element = theirs
    return ids


def _theme(document: Any, source: Any) -> None:
    """Styles may call fonts and colours by their place in the theme."""
    theirs = _related(source, RELATIONSHIP_TYPE.THEME)
    if theirs is None:
        return
    ours = _related(document, RELATIONSHIP_TYPE.THEME)
    if ours is None:
        theirs.partname = PackURI("/word/theme/theme1.xml")
        document.part.relate_to(theirs, RELATIONSHIP_TYPE.THEME)
    else:
        ours._blob = theirs.blob


def _related(document: Any, kind: str) -> Any:
    return next((rel.target_part for rel in document.part.rels.values() if rel.reltype == kind), None)


def _page(document: Any, source: Any) -> float:
    """Size and margins of its first section; returns the width of the text in centimetres."""
    theirs, ours = source.sections[0], document.sections[0]
    for name in (
        "page_width", "page_height", "left_margin", "right_margin", "top_margin", "bottom_margin", "header_distance",
        "footer_distance", "gutter",
    ):  # fmt: skip
        value = getattr(theirs, name)
        if value is not None:
            setattr(ours, name, value)
    return float(theirs.page_width - theirs.left_margin - theirs.right_margin) / _CENTIMETRE


def _around(document: Any, source: Any) -> Iterator[str]:
    """Its headers and footers become the paper's, pictures and all; yields `header` or `footer` for each."""
    properties = document.sections[0]._sectPr
    references = []
    for kind, reltype in (("header", RELATIONSHIP_TYPE.HEADER), ("footer", RELATIONSHIP_TYPE.FOOTER)):
        for found in source.sections[0]._sectPr.findall(qn(f"w:{kind}Reference")):
            part = source.part.related_parts[found.get(qn("r:id"))]
            _adopt(part, document, f"{kind}-{found.get(qn('w:type'))}")
            reference = deepcopy(found)
            reference.set(qn("r:id"), document.part.relate_to(part, reltype))
            references.append(reference)
            yield kind
    for reference in reversed(references):
        properties.insert(0, reference)


def _adopt(part: Any, document: Any, name: str) -> None:
    """Move a part and what it shows to names that nothing of the paper has."""
    part.partname = PackURI(f"/word/template-{name}.xml")
    part._package = document.part.package
    for numbering in list(part.element.iter(qn("w:numPr"))):
        numbering.getparent().remove(numbering)
    for number, rel in enumerate(sorted(part.rels.values(), key=lambda rel: rel.rId), 1):
        if not rel.is_external:
            shown = rel.target_part
            shown.partname = PackURI(f"/word/media/template-{name}-{number}.{shown.partname.ext}")
            shown._package = document.part.package
