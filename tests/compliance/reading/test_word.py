"""Texts of Word documents and where they stand, looked up again with python-docx."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compliance.reading.samples import body, docx, place_of, reading, with_parts

MAIN = "word/document.xml"
BOX = (
    '<w:p xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    "<w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def test_paragraphs_tables_and_margins_in_order_with_their_places() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("第一段")
        document.add_paragraph("")
        table = document.add_table(2, 3)
        for row in range(2):
            for column in range(3):
                table.cell(row, column).text = f"格{row + 1}{column + 1}"
        document.add_paragraph("表后一段")
        document.sections[0].header.paragraphs[0].text = "院内页眉"
        document.sections[0].footer.paragraphs[0].text = "电话页脚"

    found = reading(docx(fill), "稿.docx")
    assert found.text == "第一段\n\n格11\t格12\t格13\n格21\t格22\t格23\n表后一段\n院内页眉\n电话页脚"
    assert place_of(found, "第一段") == "稿.docx 第 1 段"
    assert place_of(found, "表后一段") == "稿.docx 第 3 段"
    assert place_of(found, "格22") == "稿.docx 表 1 第 2 行第 2 列"
    assert found.spot_at(found.text.index("格23")).cell_name == "table1!R2C3"
    assert place_of(found, "院内页眉") == "稿.docx 页眉 1 第 1 段"
    assert place_of(found, "电话页脚") == "稿.docx 页脚 1 第 1 段"


def test_a_merged_cell_counts_the_columns_it_covers() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(1, 4)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "合并"
        table.cell(0, 3).text = "最后一格"

    assert place_of(reading(docx(fill), "稿.docx"), "最后一格") == "稿.docx 表 1 第 1 行第 4 列"


def test_a_text_box_is_read_once_and_told_apart() -> None:
    found = reading(with_parts(docx(lambda d: None), {MAIN: body(BOX)}), "稿.docx")
    assert found.text == "框外\n框内文字"
    assert place_of(found, "框内") == "稿.docx 文本框 1 第 1 段"


def test_comments_and_notes_are_read() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("正文")
        document.add_comment(paragraph.runs, text="这里说最好", author="审")

    found = reading(docx(fill), "稿.docx")
    assert found.text == "正文\n这里说最好" and place_of(found, "最好") == "稿.docx 批注 1 第 1 段"


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    xml = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id='1' w:author='a'><w:r><w:t>加的</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>删的</w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>链接</w:t><w:tab/><w:t>后</w:t><w:br/><w:br w:type='page'/><w:noBreakHyphen/></w:r></w:hyperlink></w:p>"
    )
    found = reading(with_parts(docx(lambda d: None), {MAIN: body(xml)}), "稿.docx")
    assert found.text == "甲加的控件链接\t后\n-"


def test_a_comment_of_xml_hides_nothing() -> None:
    xml = "<w:p><?pi x?><w:r><w:t>治<!-- c -->愈</w:t></w:r></w:p>"
    assert reading(with_parts(docx(lambda d: None), {MAIN: body(xml)}), "稿.docx").text == "治愈"


def test_lists_and_headings_keep_a_mark_that_stands_nowhere() -> None:
    def fill(document: Any) -> None:
        document.add_heading("错误示例", 2)
        document.add_paragraph("我院最好", style="List Bullet")
        document.add_paragraph("正文")

    found = reading(docx(fill), "稿.docx")
    assert found.text == "# 错误示例\n• 我院最好\n正文"
    assert found.spot_at(found.text.index("我院")).col == 1 and found.spot_at(found.text.index("•")).paragraph == 2


def test_pictures_are_named_as_not_looked_at() -> None:
    assert reading(docx(lambda d: None), "稿.docx").left_out == ()
    content = with_parts(docx(lambda d: None), {"word/media/image1.png": lambda _: b"x"})
    assert [str(m) for m in reading(content, "稿.docx").left_out] == ["1 张图片没有查看"]


# Signs XML cannot hold are no text of a document; python-docx turns \t and \n into elements.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\t\n最好。"), max_size=12)
CUT = st.lists(TEXT, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(CUT, max_size=5), st.lists(st.tuples(TEXT, TEXT), max_size=3), st.data())
def test_every_span_is_what_stands_at_its_place(
    paragraphs: list[list[str]], rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    def fill(document: Any) -> None:
        for runs in paragraphs:
            paragraph = document.add_paragraph()
            for text in runs:
                paragraph.add_run(text)
        if rows:
            table = document.add_table(len(rows), 2)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    table.cell(number, column).paragraphs[0].add_run(text)

    content = docx(fill)
    found = reading(content, "稿.docx")
    again = Document(io.BytesIO(content))
    texts = ["".join(p) for p in paragraphs] + [t for row in rows for t in row]
    assert "".join(found.text[p.start : p.end] for p in found.pieces) == "".join(texts)
    if not found.pieces:
        return
    piece = data.draw(st.sampled_from(found.pieces))
    start = data.draw(st.integers(piece.start, piece.end - 1))
    end = data.draw(st.integers(start + 1, piece.end))
    spot = found.spot_at(start)
    if spot.table:
        there = again.tables[spot.table - 1].rows[spot.row - 1].cells[spot.column - 1].paragraphs[spot.paragraph - 1]
    else:
        there = again.paragraphs[spot.paragraph - 1]
    assert there.text[spot.col - 1 : spot.col - 1 + end - start] == found.text[start:end]
