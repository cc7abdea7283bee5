"""How close things stand in Word: by the size of the type and never by the font, closer where pages are limited."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from engine.documents.word import to_docx
from engine.documents.word.xml import twips
from tests.documents.word.test_writer import paper

TEXT = "# 题\n\n一段\n\n- 一条\n\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 100" width="640" height="100"><rect width="9" height="9"/></svg>'


def made(**changes: Any) -> Any:
    markdown = changes.pop("markdown", TEXT)
    return Document(io.BytesIO(to_docx(paper(markdown, **changes))))


def pitch(document: Any, name: str) -> float:
    shape = document.styles[name].paragraph_format
    assert shape.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    return float(shape.line_spacing.pt)


def test_lines_are_apart_by_the_size_of_their_type() -> None:
    document = made()
    assert [pitch(document, name) for name in ("Normal", "List Paragraph", "Table Text")] == [16.3, 16.3, 13.8]


def test_a_paper_whose_pages_are_limited_is_closer() -> None:
    document = made(most_pages=1)
    assert [pitch(document, name) for name in ("Normal", "List Paragraph", "Table Text")] == [13.5, 13.5, 11.7]
    assert document.styles["Normal"].font.size.pt == 10
    assert made().styles["Normal"].font.size is None  # the document's own


def test_a_chart_is_not_cut_by_the_height_of_its_line_and_is_wide_enough_to_be_read() -> None:
    document = made(markdown="# 题\n\n![图](chart:one)\n", charts={"one": SVG})
    (shown,) = [p for p in document.paragraphs if p._p.findall(f".//{qn('w:drawing')}")]
    assert shown.paragraph_format.line_spacing_rule == WD_LINE_SPACING.SINGLE
    (shape,) = document.inline_shapes
    assert 13.5 < shape.width.cm < 16.6


def test_a_chart_right_behind_a_heading_stays_with_it() -> None:
    document = made(markdown="# 题\n\n## 一\n\n![图](chart:one)\n\n一段\n\n![图](chart:one)\n", charts={"one": SVG})
    (frame,) = document.tables
    assert frame._tbl.getprevious().find(f".//{qn('w:pStyle')}").get(qn("w:val")) == "Heading1"
    assert frame._tbl.findall(f".//{qn('w:cantSplit')}") and len(frame._tbl.findall(f".//{qn('w:drawing')}")) == 1
    assert len(document.inline_shapes) == 2


def test_figures_stay_with_their_units() -> None:
    head = (
        "| 渠道 | 宣传投入 | 咨询量 | 到诊量 | 新患者 | 新增业务收入 | 单位获客成本 | 下一步 |\n" + "| --- " * 8 + "|\n"
    )
    row = "| 候诊区展板 | 16,400元 | 141人 | 46人 | 39人 | 72,540元 | 1,290.91元/人 | 维持 |\n"
    document = made(markdown=f"# 题\n\n{head}{row}")
    sizes = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.findall(f".//{qn('w:gridCol')}")]
    texts = [cell.text for cell in document.tables[0].rows[1].cells]
    for text, size in zip(texts[1:7], sizes[1:7], strict=True):
        inside = sum(190 if ord(ch) > 0x2E80 else 106 for ch in text)  # in twips, of letters of nine and a half points
        assert size - 200 >= inside, text
    assert sum(sizes) == twips(16.6)


def test_a_card_with_a_share_and_its_counts_stays_on_one_line() -> None:
    card = "# 题\n\n<!-- cards -->\n\n| 甲 | 乙 | 丙 | 丁 |\n| --- | --- | --- | --- |\n| 58,600元 | 10.9%（90/825） | 3 | 4 |\n"
    cells = made(markdown=card).tables[0].rows[0].cells
    assert [(r.text, r.font.size and r.font.size.pt) for r in cells[0].paragraphs[1].runs] == [
        ("58,600", None),
        ("元", 10.5),
    ]
    assert [(r.text, r.font.size.pt) for r in cells[1].paragraphs[1].runs] == [("10.9", 14.0), ("%（90/825）", 8.0)]


def test_a_soft_break_is_one_only_before_what_is_long() -> None:
    def breaks(count: int, word: str = "pagebreak soft") -> int:
        text = "\n\n".join(f"第{n}段" for n in range(count))
        document = made(markdown=f"# 题\n\n前\n\n<!-- {word} -->\n\n## 章\n\n{text}\n\n## 下一章\n\n{'长' * 4000}\n")
        return len(document.element.body.findall(f".//{qn('w:pageBreakBefore')}"))

    assert (breaks(5), breaks(40), breaks(5, "pagebreak")) == (0, 1, 1)


def test_heads_of_many_columns_take_three_lines_at_most() -> None:
    heads = [
        "序号",
        "合作方",
        "类别",
        "资质已核实",
        "是否付费",
        "按患者人数计酬",
        "推荐或证明效果",
        "标明“广告”",
        "审查证明文号",
        "合同到期日",
        "状态",
    ]
    row = ["1", "社区医生科普账号", "科普", "是", "不付费", "否", "否", "—", "—", "2026-12-31", "合作中"]
    lines = [" | ".join(heads), " | ".join(["---"] * 11), " | ".join(row)]
    document = made(markdown="# 题\n\n" + "".join(f"| {line} |\n" for line in lines))
    sizes = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.findall(f".//{qn('w:gridCol')}")]
    for head, size in zip(heads, sizes, strict=True):
        assert -(-len(head) * 190 // (size - 200)) <= 3, head


def test_a_share_with_its_counts_stays_on_one_line_in_a_table() -> None:
    head = "| 指标 | 结果 | 算法 | 目标 | 是否达到 |\n| --- | ---: | --- | --- | --- |\n"
    row = f"| 重点科室收入相当于之前 | 131.0%（6,550,000/5,000,000） | {'目标科室线上咨询（近三个月）810人 ÷ ' * 2} | 不低于 130% | 达到 |\n"
    document = made(markdown=f"# 题\n\n{head}{row}")
    size = int(document.tables[0]._tbl.findall(f".//{qn('w:gridCol')}")[1].get(qn("w:w")))
    assert size - 200 >= 2 * 190 + 25 * 100


def test_a_figure_and_its_unit_are_small_only_where_a_card_has_no_room() -> None:
    figures = ("58,600 CNY", "104 patients", "563.46 CNY/patient", "563.46元/人")
    rows = f"| {' | '.join('甲' for _ in figures)} |\n|{' --- |' * 4}\n| {' | '.join(figures)} |\n"
    (table,) = made(markdown=f"# 题\n\n<!-- cards -->\n\n{rows}").tables
    sizes = [cell.paragraphs[1].runs[0].font.size for cell in table.rows[0].cells]
    assert [size is None for size in sizes] == [True, True, False, True]  # None: the style's own


def test_a_short_list_is_not_torn_apart_and_a_long_one_may_be() -> None:
    def kept(text: str) -> list[bool]:
        return [bool(p._p.findall(f".//{qn('w:keepNext')}")) for p in made(markdown=f"# 题\n\n{text}").paragraphs[-3:]]

    assert kept("- [ ] 一\n- [ ] 二\n- [ ] 三\n") == [True, True, False]
    assert kept("- 一\n" * 9) == kept(f"- {'字' * 161}\n" * 3) == [False] * 3
