"""Masked copies: nothing of an identity is left in any part, everything else is as it was."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from engine.compliance.marking import redacted
from engine.privacy import find_identifiers
from tests.compliance.reading.samples import body, docx, shared_xlsx, source, with_parts, xlsx
from tests.compliance.reading.test_word import BOX, MAIN

NAME, PHONE, RESIDENT = "张建国", "13812345678", "11010519491231002X"


def hide(text: str) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in find_identifiers(text)] + [m.span() for m in re.finditer(NAME, text)]


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def clean(content: bytes) -> bool:
    text = everything(content)
    return NAME not in text and PHONE not in text and RESIDENT not in text


def test_runs_keep_their_form_and_lengths() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("患者张")
        paragraph.add_run("建国").bold = True
        paragraph.add_run("电话138")
        paragraph.add_run("12345678").italic = True
        paragraph.add_run("，治愈率98%")
        document.add_table(1, 1).cell(0, 0).text = f"身份证{RESIDENT}"

    content = docx(fill)
    document = Document(io.BytesIO(redacted(source(content, "稿.docx"), hide)))
    assert [(r.text, r.bold, r.italic) for r in document.paragraphs[0].runs] == [
        ("患者＊", None, None),
        ("＊＊", True, None),
        ("电话***", None, None),
        ("********", None, True),
        ("，治愈率98%", None, None),
    ]
    assert document.tables[0].cell(0, 0).text == "身份证" + "*" * 18


def test_what_nobody_sees_is_masked_too() -> None:
    xml = (
        f"<w:p><w:del w:id='2' w:author='a'><w:r><w:delText>张建</w:delText></w:r><w:r><w:delText>国{PHONE}</w:delText></w:r></w:del>"
        f"<w:r><w:instrText>HYPERLINK tel:{PHONE}</w:instrText></w:r></w:p>"
    )
    relation = f'<Relationship Id="rId99" Type="http://x/hyperlink" Target="tel:{PHONE}" TargetMode="External"/></Relationships>'

    def fill(document: Any) -> None:
        document.core_properties.title = f"{NAME}的病例"
        document.sections[0].footer.paragraphs[0].text = PHONE
        document.add_comment(document.add_paragraph("文").runs, text=NAME, author="a")

    box = BOX.replace("<w:t>框内文字</w:t>", "<w:t>张建</w:t></w:r><w:r><w:t>国</w:t>")
    content = with_parts(
        docx(fill),
        {
            MAIN: body(box + xml),
            "word/_rels/document.xml.rels": lambda b: b.replace(b"</Relationships>", relation.encode()),
        },
    )
    assert not clean(content)
    made = redacted(source(content, "稿.docx"), hide)
    assert clean(made) and "docProps/thumbnail" not in everything(made)
    assert "张建" not in everything(made)  # nor in halves
    document = Document(io.BytesIO(made))
    assert (
        document.core_properties.title == "＊＊＊的病例" and document.sections[0].footer.paragraphs[0].text == "*" * 11
    )


def test_cells_of_every_kind() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["A2"], sheet["A3"] = NAME, int(PHONE), f'="{PHONE}"'
        sheet["B1"] = CellRichText("患者张", TextBlock(InlineFont(b=True), "建国"), "在院")
        sheet["B2"], sheet["B3"], sheet["C1"] = 12.5, "=B2*2", "照常"
        sheet["C1"].comment = Comment(f"电话{PHONE}", "a")

    made = redacted(source(xlsx(fill), "表.xlsx"), hide)
    assert clean(made)
    sheet = load_workbook(io.BytesIO(made), rich_text=True).active
    assert sheet is not None
    assert [sheet[c].value for c in ("A1", "A2", "B2", "B3", "C1")] == ["＊＊＊", "*" * 11, 12.5, "=B2*2", "照常"]
    rich = sheet["B1"].value
    assert isinstance(rich, CellRichText) and str(rich) == "患者＊＊＊在院" and rich[1].font.b  # type: ignore[union-attr]
    assert sheet["C1"].comment.text == "电话" + "*" * 11


def test_a_shared_string_is_masked_for_all_its_cells() -> None:
    content = shared_xlsx([f"患者{NAME}", "照常"], [f"患者{NAME}", f"电话_x000D_{PHONE}"], ["照常", int(PHONE)])
    made = redacted(source(content, "表.xlsx"), hide)
    assert clean(made)
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["患者＊＊＊", "照常"],
        ["患者＊＊＊", "电话_x000D_***********"],
        ["照常", "*" * 11],
    ]


def test_a_formula_that_gave_a_number_goes_and_its_cell_says_the_mask() -> None:
    content = xlsx(lambda book: book.active.__setitem__("A1", "=B1"))
    part = "xl/worksheets/sheet1.xml"
    content = with_parts(content, {part: lambda b: re.sub(rb"<v ?/>|<v></v>", f"<v>{PHONE}</v>".encode(), b)})
    assert PHONE in everything(content)
    made = redacted(source(content, "表.xlsx"), hide)
    assert clean(made)
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None and sheet["A1"].value == "*" * 11


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_keeps_its_encoding_and_line_ends(encoding: str) -> None:
    text = f"患者{NAME}\r\n电话 138 1234 5678\r\n治愈率98%"
    made = redacted(source(text.encode(encoding), "稿.txt"), hide)
    assert made == "患者＊＊＊\r\n电话 *** **** ****\r\n治愈率98%".encode(encoding)


def test_markdown_is_masked_in_its_marks_and_gains_none() -> None:
    source_text = f"**张**建国，[电话](tel:{PHONE}) ![a]({PHONE}.png)"
    made = redacted(source(source_text.encode(), "稿.md"), hide).decode()
    assert made == f"**＊**＊＊，[电话](tel:{'＊' * 11}) ![a]({'＊' * 11}.png)"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([NAME, PHONE, RESIDENT, "，治愈", "文字 "]), min_size=1, max_size=8), st.data())
def test_nothing_is_left_however_the_runs_are_cut(words: list[str], data: st.DataObject) -> None:
    text = "，".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            paragraph.add_run(text[start:end])

    made = redacted(source(docx(fill), "稿.docx"), hide)
    shown = Document(io.BytesIO(made)).paragraphs[0].text
    assert clean(made) and len(shown) == len(text)
    assert not find_identifiers(shown)
