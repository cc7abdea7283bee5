"""A planned slide as shapes: title and footer in the layout's places, texts, tables, cards where the plan puts them."""

from __future__ import annotations

from typing import Any

from engine.documents.look import Look
from engine.documents.pdf.nodes import Node
from engine.documents.slides import look
from engine.documents.slides.blocks import (
    CARD_GAP,
    CARD_PAD,
    Para,
    card_figure,
    card_sizes,
    card_width,
    indent_of,
    row_heights,
    size_of,
    table_size,
)
from engine.documents.slides.measure import wide
from engine.documents.slides.plan import Box, Plan
from engine.documents.slides.xml import (
    NAMESPACES,
    bullet,
    colour,
    emu,
    frame,
    numbered,
    paragraph,
    run,
    runs,
    shape,
)
from engine.text import Language

_CELL = 'marL="101600" marR="101600" marT="63500" marB="63500"'


class Drawer:
    """Appends to one slide; ids count on from what is there."""

    def __init__(self, slide: Any, language: Language, dress: Look) -> None:
        self.tree, self.language = slide.shapes._spTree, language
        self.colours, self.fonts = dress.colours, dress.fonts

    def add(self, text: str) -> None:
        from pptx.oxml import parse_xml

        self.tree.append(parse_xml(text))

    def number(self) -> int:
        return max(int(one) for one in self.tree.xpath("//@id") if str(one).isdigit()) + 1

    def _runs(self, parts: list[Node], size: float, *, bold: bool = False, shade: str = "") -> str:
        return runs(parts, size, self.language, code=self.colours.main, bold=bold, shade=shade)

    def title(self, plan: Plan) -> None:
        shade = "FFFFFF" if plan.slide.cover else ""
        inside = self._runs(plan.title, plan.title_size, bold=True, shade=shade)
        kind = 'type="ctrTitle"' if plan.slide.cover else 'type="title"'
        text = paragraph(inside, plan.title_size).replace(look_spacing(plan.title_size), "")
        self.add(shape(self.number(), "Title", "", text, kind=kind))

    def foot(self, text: str, draft: bool) -> None:
        mark = ("草稿 · " if self.language == "zh" else "DRAFT · ") if draft else ""
        inside = run(mark, 12, self.language, bold=True, shade=look.AMBER) if mark else ""
        inside += run(text, 12, self.language, shade=look.MUTED)
        self.add(shape(self.number(), "Footer", "", f"<a:p>{inside}</a:p>", kind='type="ftr" sz="quarter" idx="11"'))
        field = '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN" sz="1200"/><a:t>1</a:t></a:fld></a:p>'  # fmt: skip
        self.add(shape(self.number(), "Number", "", field, kind='type="sldNum" sz="quarter" idx="12"'))

    def above(self, text: str) -> None:
        """Hospital and pilot over the title of the cover."""
        inside = run(text, 18, self.language, shade=self.colours.tint)
        self.add(shape(self.number(), "Above", frame(96, 138, 760, 44), paragraph(inside, 18), anchor="b"))

    def letterhead(self, dress: Look) -> None:
        """The lines of the letterhead beside the logo, in type that keeps each on one line."""
        if not dress.letterhead:
            return
        left = look.COVER_LEFT + (dress.logo.fitted(*look.COVER_LOGO)[0] + look.GAP if dress.logo else 0.0)
        room = look.WIDTH - look.SIDE - left
        text = ""
        for number, line in enumerate(dress.letterhead):
            size = min(12.0 if number else 20.0, 0.96 * room / max(wide(line), 1.0))
            shade = look.MUTED if number else self.colours.dark
            text += paragraph(run(line, size, self.language, bold=not number, shade=shade), size)
        self.add(shape(self.number(), "Letterhead", frame(left, 0, room, look.BAND), text, anchor="ctr"))

    def box(self, box: Box, *, cover: bool) -> None:
        if box.block.kind == "text":
            self._text(box, self.colours.tint if cover else look.INK)
        elif box.block.kind == "table":
            self._table(box)
        elif box.block.kind == "cards":
            self._cards(box)

    def _text(self, box: Box, shade: str) -> None:
        text = "".join(self._para(para, box.size, shade, box.air) for para in box.block.paras)
        self.add(shape(self.number(), "Text", frame(box.x, box.y, box.width, box.height), text))

    def _para(self, para: Para, size: float, shade: str, air: float = 0.0) -> str:
        own, left = size_of(para, size), indent_of(para, size)
        dark = self.colours.dark if para.look == "head" else shade
        if para.look in ("quote", "draft") and shade == look.INK:
            dark = look.AMBER if para.look == "draft" else look.MUTED
        marks = {
            "bullet": bullet("•", self.colours.main, self.fonts.latin),
            "number": numbered(para.number, self.colours.main, self.fonts.latin),
            "box": bullet("☐", look.INK, look.SYMBOL),
            "ticked": bullet("☑", self.colours.main, look.SYMBOL),
        }
        on_dark = shade == self.colours.tint
        code = shade if on_dark else self.colours.main
        inside = runs(para.parts, own, self.language, code=code, bold=para.look == "head", shade=dark)
        if on_dark:
            inside = inside.replace(look.AMBER, look.ATTENTION_ON_DARK)
        step = look.INDENT * own if para.mark else 0.0
        return paragraph(
            inside, own, after=own * look.AFTER + air, bullet=marks.get(para.mark, ""), left=left, indent=step
        )

    def _table(self, box: Box) -> None:
        block, own = box.block, table_size(box.size)
        heights = row_heights(block, box.size, box.width)
        columns = "".join(f'<a:gridCol w="{emu(share * box.width)}"/>' for share in block.shares)
        rows = ""
        for number, (row, height) in enumerate(zip(block.rows, heights, strict=True)):
            cells = ""
            for cell, align in zip(row, block.aligns, strict=False):
                inside = self._runs(cell, own, bold=not number, shade=self.colours.dark if not number else look.INK)
                text = paragraph(inside, own, align=align)
                cells += (
                    f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>{self._cell_look(not number)}</a:tc>"
                )
            rows += f'<a:tr h="{emu(height)}">{cells}</a:tr>'
        identity = self.number()
        self.add(
            f'<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id="{identity}" name="Table {identity}"/>'
            f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"{frame(box.x, box.y, box.width, box.height, 'p:xfrm')}"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _cell_look(self, head: bool) -> str:
        none = "".join(f'<a:{edge} w="0"><a:noFill/></a:{edge}>' for edge in ("lnL", "lnR", "lnT"))
        line = colour(self.colours.main if head else self.colours.line)
        under = f'<a:lnB w="{19050 if head else 9525}">{line}</a:lnB>'
        fill = colour(self.colours.pale) if head else "<a:noFill/>"
        return f'<a:tcPr {_CELL} anchor="{"ctr" if head else "t"}">{none}{under}{fill}</a:tcPr>'

    def _cards(self, box: Box) -> None:
        """A band above each card; label, figure with its unit smaller, remark."""
        block, width = box.block, card_width(box.block, box.width)
        for column in range(len(block.aligns)):
            x = box.x + column * (width + CARD_GAP)
            text, sizes = "", card_sizes(block, column, box.width)
            for place, (row, own) in enumerate(zip(block.rows, sizes, strict=False)):
                cell = row[column] if column < len(row) else []
                if place != 1:
                    inside = self._runs(cell, own, shade=look.MUTED)
                else:
                    figure, unit = card_figure(cell)
                    inside = self._runs(cell, own, bold=True, shade=self.colours.dark)
                    if figure:
                        inside = run(figure, own, self.language, bold=True, shade=self.colours.dark)
                        inside += (
                            run(unit, own * look.CARD_UNIT, self.language, shade=self.colours.dark) if unit else ""
                        )
                text += paragraph(inside, own)
            place_of = frame(x, box.y, width, box.height)
            self.add(
                shape(
                    self.number(),
                    f"Card {column + 1}",
                    place_of,
                    text,
                    fill=self.colours.pale,
                    inset=(CARD_PAD, CARD_PAD),
                )
            )
            self.add(
                shape(
                    self.number(),
                    f"Band {column + 1}",
                    frame(x, box.y, width, 4),
                    "",
                    fill=self.colours.main,
                    text=False,
                )
            )


def look_spacing(size: float) -> str:
    """The fixed line height of a paragraph, which a title leaves to its layout."""
    return f'<a:lnSpc><a:spcPts val="{round(size * look.LEADING * 100)}"/></a:lnSpc>'
