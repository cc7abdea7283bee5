"""Which header and footer go where: the hospital's letterhead on the first page, the running lines on the others, or
what a Word template brings."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from engine.documents.look import Logo, Look
from engine.documents.render import Paper
from engine.documents.word.frame import page_foot, running_head
from engine.documents.word.inline import visible
from engine.documents.word.look import MUTED
from engine.documents.word.template import Taken
from engine.documents.word.xml import element, run, twips

LOGO_WIDE, LOGO_HIGH = 6.0, 1.6  # cm, the frame of a logo
_GAP = 0.5  # cm between logo and text
_FIRST, _OTHER = 15, 9  # points


def head_and_foot(document: Any, paper: Paper, taken: Taken) -> None:
    """Header and footer of the paper, except those the template brought."""
    section = document.sections[0]
    headed = paper.look.headed and not taken.heads
    if headed:
        section.different_first_page_header_footer = True
    first = section.different_first_page_header_footer
    even = document.settings.odd_and_even_pages_header_footer
    if not taken.heads:
        running_head(section.header, paper, taken.width)
        if even:
            running_head(section.even_page_header, paper, taken.width)
        if headed:
            letterhead(section.first_page_header, paper.look, taken.width)
        elif first:
            running_head(section.first_page_header, paper, taken.width)
    if not taken.feet:
        page_foot(section.footer, paper, taken.width)
        if even:
            page_foot(section.even_page_footer, paper, taken.width)
        if first:
            page_foot(section.first_page_footer, paper, taken.width)
    elif headed and not taken.first_page:
        _same_foot_on_first_page(section)


def letterhead(header: Any, look: Look, width_cm: float) -> None:
    """Logo at the left, lines beside it, a line in the main colour below."""
    header.is_linked_to_previous = False
    last = header.paragraphs[0]._p
    for child in list(last):
        last.remove(child)
    logo = look.logo.fitted(LOGO_WIDE, LOGO_HIGH) if look.logo else (0.0, 0.0)
    left = twips(logo[0] + _GAP) if look.logo else 0
    sizes = [size for size in (left, twips(width_cm) - left) if size]
    last.addprevious(_table(sizes, look.colours.main))
    cells = last.getprevious().findall(f".//{qn('w:tc')}")
    if look.logo:
        _picture(cells[0].find(qn("w:p")), header, look.logo, *logo)
    words = cells[-1]
    words.remove(words.find(qn("w:p")))
    for index, line in enumerate(look.letterhead or ("",)):
        paragraph = _paragraph()
        if line:
            size, color = (_OTHER, MUTED) if index else (_FIRST, look.colours.dark)
            paragraph.append(run(visible(line), size=size, color=color, bold=not index))
        words.append(paragraph)
    # A header ends with a paragraph; this one is the distance to the text.
    shape = element("w:pPr")
    shape.append(element("w:pStyle", val="Header"))
    shape.append(element("w:spacing", before=0, after=120, line=120, lineRule="exact"))
    last.append(shape)


def _table(widths: list[int], color: str) -> Any:
    made = element("w:tbl")
    shape = element("w:tblPr")
    shape.append(element("w:tblStyle", val="TableNormal"))
    shape.append(element("w:tblW", w=sum(widths), type="dxa"))
    shape.append(
        parse_xml(
            f'<w:tblBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{color}"/></w:tblBorders>'
        )
    )
    shape.append(element("w:tblLayout", type="fixed"))
    shape.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:bottom w:w="80" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
    )
    grid = element("w:tblGrid")
    grid.extend([element("w:gridCol", w=size) for size in widths])
    line = element("w:tr")
    for size in widths:
        cell = element("w:tc")
        inside = element("w:tcPr")
        inside.append(element("w:tcW", w=size, type="dxa"))
        inside.append(element("w:vAlign", val="center"))
        cell.append(inside)
        cell.append(_paragraph())
        line.append(cell)
    made.extend([shape, grid, line])
    return made


def _paragraph() -> Any:
    made = element("w:p")
    shape = element("w:pPr")
    shape.append(element("w:pStyle", val="Header"))
    shape.append(element("w:spacing", before=0, after=20))
    made.append(shape)
    return made


def _picture(paragraph: Any, header: Any, logo: Logo, wide: float, high: float) -> None:
    made = Paragraph(paragraph, header).add_run()
    made.add_picture(io.BytesIO(logo.png), width=Cm(wide), height=Cm(high))
    for shape in paragraph.iter(qn("wp:docPr")):
        shape.set("descr", "")  # the lines beside it say whose it is
        shape.set("name", "logo")


def _same_foot_on_first_page(section: Any) -> None:
    """A template without a first page of its own: its footer stands on ours as well."""
    properties = section._sectPr
    found = next(
        (ref for ref in properties.findall(qn("w:footerReference")) if ref.get(qn("w:type")) == "default"), None
    )
    if found is not None:
        first = element("w:footerReference", type="first")
        first.set(qn("r:id"), found.get(qn("r:id")))
        found.addnext(first)
