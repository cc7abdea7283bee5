"""The styles, numbering and fonts of a paper, written whole: nothing of python-docx's sample template shows through."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from engine.documents.look import PLAIN, Fonts, Look, Palette
from engine.documents.word.look import (
    AMBER,
    BODY,
    DENSE,
    HEADINGS,
    INK,
    MARGIN_SIDE,
    MONO,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROOMY,
    Room,
)
from engine.documents.word.xml import element, fonts, style, twips
from engine.text import Language

BULLETS, NUMBERS, CHAPTERS = 1, 2, 3  # abstract numberings


# As `engine.documents.chapters` has them.
_CHAPTERS_ZH = [("chineseCountingThousand", "%1、", 0.0, 0.0), ("chineseCountingThousand", "（%2）", 0.0, 0.0)]
_CHAPTERS_EN = [("decimal", "%1. ", 0.0, 0.0), ("decimal", "%1.%2 ", 0.0, 0.0)]


def prepare(document: Document, look: Look = PLAIN, *, dense: bool = False, language: Language = "zh") -> None:
    """Page, styles, numbering (of chapters as the language does), fonts. `dense`: closer, for a paper whose pages are limited. What a Word template says is
    taken later (`engine.documents.word.template`)."""
    room = DENSE if dense else ROOMY
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Cm(MARGIN_SIDE)
    section.top_margin, section.bottom_margin = Cm(room.top), Cm(room.bottom)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:  # a grid would stretch the lines of a Chinese text to its own pitch
        section._sectPr.remove(grid)
    _styles(document, look, room)
    _numbering(document, language)
    _fonts(document, look.fonts)
    _newest(document)


def _newest(document: Document) -> None:
    """As Word writes it since 2013: without this its title bar says "compatibility mode", and new features are off."""
    settings: Any = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")


def _styles(document: Document, look: Look, room: Room) -> None:
    colours = look.colours
    root: Any = document.styles.element
    for child in list(root):
        if child.tag in (qn("w:style"), qn("w:latentStyles"), qn("w:docDefaults")):
            root.remove(child)
    root.append(_defaults(look.fonts))
    bar = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{colours.main}"/>'
    # Title and subtitle have the same border, so that Word joins them into one band as wide as the text.
    band = "".join(
        f'<w:{edge} w:val="single" w:sz="24" w:space="6" w:color="{colours.main}"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    under = f'<w:bottom w:val="single" w:sz="6" w:space="3" w:color="{colours.line}"/>'
    root.extend(
        [
            style(
                "Normal", size=None if room.body == BODY else room.body, after=room.after, pitch=room.body * room.pitch
            ),
            _other("character", "Default Paragraph Font", "DefaultParagraphFont"),
            _other("numbering", "No List", "NoList"),
            _normal_table(),
            style(
                "Title",
                size=room.title,
                color="FFFFFF",
                bold=True,
                after=room.title_after,
                line=1.15,
                left=0.32,
                right=0.32,
                fill=colours.main,
                border=band,
                keep=True,
            ),
            style(
                "Subtitle",
                size=room.body,
                color=colours.tint,
                line=1.15,
                left=0.32,
                right=0.32,
                fill=colours.main,
                border=band,
                keep=True,
            ),
            *(
                style(
                    f"heading {n}",
                    id=f"Heading{n}",
                    next="Normal",
                    size=size,
                    color=colours.dark if n == 1 else colours.main if n == 2 else INK,
                    bold=True,
                    before=room.headings[n - 1],
                    after=(6, 4, 3, 2)[n - 1],
                    line=1.2,
                    outline=n - 1,
                    keep=True,
                    border=under if n == 1 else "",
                )
                for n, size in enumerate(HEADINGS, 1)
            ),
            style("List Paragraph", left=0.7, after=room.list_after, pitch=room.body * room.pitch),
            style(
                "List Continue",
                left=0.7,
                after=room.list_after,
                color=MUTED,
                size=room.small,
                pitch=room.small * room.pitch,
            ),
            style("Check List", left=0.7, hanging=0.7, after=room.list_after + 1, pitch=room.body * room.pitch),
            style(
                "Quote",
                size=room.small,
                color=INK,
                pitch=room.small * room.pitch,
                before=3,
                after=6,
                fill=colours.pale,
                left=0.35,
                border=bar,
            ),
            style(
                "Draft Note",
                size=room.small,
                pitch=room.small * room.pitch,
                color=AMBER,
                before=3,
                after=8,
                fill="FDF3E4",
                left=0.35,
                border=bar.replace(colours.main, AMBER),
            ),
            style("Table Text", size=room.small, pitch=room.small * room.table_pitch),
            style("Card Label", base="TableText", size=9, color=MUTED, pitch=9 * room.table_pitch),
            style("Card Value", base="TableText", size=18, color=colours.main, bold=True, pitch=18 * room.table_pitch),
            style("Code", font=MONO, size=9, fill="F4F6F7", pitch=9 * room.pitch),
            style("header", id="Header", size=8.5, color=MUTED, line=1.0),
            style("footer", id="Footer", size=8.5, color=MUTED, line=1.0),
            style("TOC Heading", base="Normal", size=13, bold=True, color=colours.dark, before=10, after=4, line=1.2),
            style("toc 1", id="TOC1", after=2, bold=True),
            style("toc 2", id="TOC2", after=1, left=0.8, color=MUTED),
            _paper_table(colours, room.cell),
        ]
    )


def _defaults(names: Fonts) -> Any:
    made = parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr/></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    look = made.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    look.append(fonts(names))
    look.append(element("w:sz", val=int(BODY * 2)))
    look.append(element("w:szCs", val=int(BODY * 2)))
    look.append(element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    return made


def _other(kind: str, name: str, id: str) -> Any:
    made = element("w:style", type=kind, default="1", styleId=id)
    made.append(element("w:name", val=name))
    return made


def _normal_table() -> Any:
    return _table_style("TableNormal", "Normal Table", {"top": 0, "left": 108, "bottom": 0, "right": 108}, default=True)


def _paper_table(colours: Palette, cell: int) -> Any:
    """A table with thin lines and a header row; the header's look is the style's, not the cells'."""
    made = _table_style("PaperTable", "Paper Table", {"top": cell, "left": 100, "bottom": cell, "right": 100})
    made.insert(1, element("w:basedOn", val="TableNormal"))
    borders = element("w:tblBorders")
    borders.extend([_line(edge, 4, colours.line) for edge in ("top", "left", "bottom", "right", "insideH", "insideV")])
    made.find(qn("w:tblPr")).insert(0, borders)
    head = element("w:tblStylePr", type="firstRow")
    look = element("w:rPr")
    look.extend([element("w:b"), element("w:bCs"), element("w:color", val=colours.dark)])
    inside = element("w:tcPr")
    under = element("w:tcBorders")
    under.append(_line("bottom", 8, colours.main))
    inside.extend([under, element("w:shd", val="clear", color="auto", fill=colours.pale)])
    head.extend([look, inside])
    made.append(head)
    return made


def _table_style(id: str, name: str, margins: dict[str, int], *, default: bool = False) -> Any:
    made = element("w:style", type="table", styleId=id)
    made.set(qn("w:default" if default else "w:customStyle"), "1")
    made.append(element("w:name", val=name))
    shape = element("w:tblPr")
    cells = element("w:tblCellMar")
    cells.extend([element(f"w:{edge}", w=size, type="dxa") for edge, size in margins.items()])
    shape.append(cells)
    made.append(shape)
    return made


def _line(edge: str, eighths: int, color: str) -> Any:
    """A border; its thickness in eighths of a point."""
    return element(f"w:{edge}", val="single", sz=eighths, space=0, color=color)


def _numbering(document: Document, language: Language) -> None:
    root: Any = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.append(_abstract(BULLETS, [("bullet", mark, 0.7 * (n + 1), 0.5) for n, mark in enumerate("•–·")]))
    root.append(
        _abstract(
            NUMBERS,
            [
                ("decimal", "%1.", 0.7, 0.7),
                ("lowerLetter", "%2)", 1.4, 0.7),
                ("lowerRoman", "%3.", 2.1, 0.7),
            ],
        )
    )
    root.append(
        _abstract(
            CHAPTERS,
            _CHAPTERS_EN if language == "en" else _CHAPTERS_ZH,
            styles=("Heading1", "Heading2"),
        )
    )
    for number in (BULLETS, NUMBERS, CHAPTERS):
        add_number(document, number, number)


def _abstract(number: int, levels: list[tuple[str, str, float, float]], styles: tuple[str, ...] = ()) -> Any:
    made = element("w:abstractNum", abstractNumId=number)
    made.append(element("w:multiLevelType", val="multilevel"))
    for index, (kind, text, left, hanging) in enumerate(levels):
        level = element("w:lvl", ilvl=index)
        level.append(element("w:start", val=1))
        level.append(element("w:numFmt", val=kind))
        if styles:
            level.append(element("w:suff", val="nothing"))
        level.append(element("w:lvlText", val=text))
        level.append(element("w:lvlJc", val="left"))
        shape = element("w:pPr")
        shape.append(element("w:ind", left=twips(left), hanging=twips(hanging)))
        level.append(shape)
        made.append(level)
    return made


def add_number(document: Document, number: int, abstract: int, *, restart: bool = False, start: int = 1) -> None:
    """A numbering instance; with `restart` it counts anew."""
    made = element("w:num", numId=number)
    made.append(element("w:abstractNumId", val=abstract))
    if restart:
        override = element("w:lvlOverride", ilvl=0)
        override.append(element("w:startOverride", val=start))
        made.append(override)
    document.part.numbering_part.element.append(made)


def _fonts(document: Document, names: Fonts) -> None:
    """Name what may stand in for the Chinese font where it is not installed."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    table = element("w:fonts")
    for name, other in ((names.chinese, names.alternatives), (names.latin, "")):
        font = element("w:font", name=name)
        if other:
            font.extend([element("w:altName", val=other), element("w:charset", val="86")])
        font.extend([element("w:family", val="swiss"), element("w:pitch", val="variable")])
        table.append(font)
    part._blob = serialize_part_xml(table)
