"""A hospital's Word template: its styles, page, header and footer are taken; its text and numbering are not."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from engine.documents.look import Look
from engine.documents.word import to_docx
from tests.documents.look.making import letter, png
from tests.documents.word.test_office import need
from tests.documents.word.test_writer import paper

TEXT = """# 科室指南

<!-- toc -->

<!-- numbered -->

## 承诺与标准

- [ ] 断点当天登记
- 一条

1. 先做

| 承诺 | 标准 |
| --- | ---: |
| 九十分钟 | 1 |

> 引用
"""


def made(tmp_path: Path, letterhead: tuple[str, ...] = (), **options: Any) -> bytes:
    letter(tmp_path / "letter.docx", **options)
    return to_docx(paper(TEXT, look=Look(letterhead=letterhead, word=(tmp_path / "letter.docx").read_bytes())))


def read(tmp_path: Path, letterhead: tuple[str, ...] = (), **options: Any) -> Any:
    return Document(io.BytesIO(made(tmp_path, letterhead, **options)))


@pytest.mark.parametrize("chinese_ids", [True, False])
def test_every_style_that_is_used_is_there_under_its_name(tmp_path: Path, chinese_ids: bool) -> None:
    document = read(tmp_path, chinese_ids=chinese_ids)
    names = {
        style.get(qn("w:styleId")): style.find(qn("w:name")).get(qn("w:val"))
        for style in document.styles.element.findall(qn("w:style"))
    }
    used = {node.get(qn("w:val")) for tag in ("w:pStyle", "w:tblStyle") for node in document.element.body.iter(qn(tag))}
    assert {names[style] for style in used} == {
        "Title", "Subtitle", "heading 1", "TOC Heading", "toc 1", "Check List", "List Paragraph", "Table Text",
        "Paper Table", "Normal", "Quote",
    }  # fmt: skip
    based = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:basedOn"))}
    assert based <= set(names)
    assert len(names) == len(document.styles.element.findall(qn("w:style")))


def test_an_id_of_ours_that_means_something_else_there_is_left_to_it(tmp_path: Path) -> None:
    letter(tmp_path / "letter.docx", chinese_ids=False)
    document = Document(str(tmp_path / "letter.docx"))
    other: Any = document.styles.add_style("院内清单", 1)
    other.element.set(qn("w:styleId"), "CheckList")
    document.save(str(tmp_path / "letter.docx"))
    look = Look(word=(tmp_path / "letter.docx").read_bytes())
    found = Document(io.BytesIO(to_docx(paper("- [ ] 断点当天登记", look=look))))
    assert [p.style.name for p in found.paragraphs if "断点" in p.text] == ["Check List"]
    ids = [style.get(qn("w:styleId")) for style in found.styles.element.findall(qn("w:style"))]
    assert len(ids) == len(set(ids))


def test_the_template_s_look_stands(tmp_path: Path) -> None:
    document = read(tmp_path)
    assert document.styles["Heading 1"].font.color.rgb is not None
    assert str(document.styles["Heading 1"].font.color.rgb) == "B00000"
    assert document.styles["Normal"].font.size.pt == 12
    assert round(document.sections[0].left_margin.cm, 1) == 2.5


def test_header_and_footer_are_the_template_s_with_their_pictures(tmp_path: Path) -> None:
    section = read(tmp_path).sections[0]
    assert section.header.paragraphs[0].text == "湖畔医院信纸" and section.footer.paragraphs[0].text == "湖畔路1号"
    assert [rel.target_part.blob for rel in section.header.part.rels.values()] == [png()]


def test_the_template_s_text_and_numbering_stay_behind(tmp_path: Path) -> None:
    document = read(tmp_path)
    assert "模板里的正文" not in "".join(p.text for p in document.paragraphs)
    assert not list(document.styles.element.iter(qn("w:numPr")))
    numbers = {node.get(qn("w:numId")) for node in document.part.numbering_part.element.findall(qn("w:num"))}
    used = {node.get(qn("w:val")) for node in document.element.body.iter(qn("w:numId"))}
    assert used and used <= numbers


def test_its_header_stands_instead_of_the_letterhead(tmp_path: Path) -> None:
    section = read(tmp_path, ("示范市第一人民医院",)).sections[0]
    assert not section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "湖畔医院信纸"


def test_first_and_even_pages_come_with_it(tmp_path: Path) -> None:
    document = read(tmp_path, first_page=True, even=True)
    section = document.sections[0]
    assert section.different_first_page_header_footer and document.settings.odd_and_even_pages_header_footer
    assert section.first_page_header.paragraphs[0].text == "湖畔医院文件"
    assert section.even_page_header.paragraphs[0].text == "湖畔医院双页"


def test_a_template_without_header_gets_the_letterhead_and_keeps_its_footer(tmp_path: Path) -> None:
    letter(tmp_path / "letter.docx")
    document = Document(str(tmp_path / "letter.docx"))
    properties = document.sections[0]._sectPr
    properties.remove(properties.find(qn("w:headerReference")))
    document.save(str(tmp_path / "letter.docx"))
    look = Look(letterhead=("湖畔医院",), word=(tmp_path / "letter.docx").read_bytes())
    section = Document(io.BytesIO(to_docx(paper(TEXT, look=look)))).sections[0]
    assert section.first_page_header.tables[0].cell(0, 0).text == "湖畔医院"
    assert "成果简报" in section.header.paragraphs[0].text
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "湖畔路1号"
    names = {s.style_id for s in document.styles}
    assert all(node.get(qn("w:val")) in names for node in section.header._element.iter(qn("w:pStyle")))


def test_tables_are_as_wide_as_the_template_s_text(tmp_path: Path) -> None:
    table = next(read(tmp_path).element.body.iter(qn("w:tbl")))
    assert int(table.find(f".//{qn('w:tblW')}").get(qn("w:w"))) == pytest.approx(16 / 2.54 * 1440, abs=2)


def test_the_same_template_gives_the_same_bytes(tmp_path: Path) -> None:
    letter(tmp_path / "letter.docx", first_page=True)
    look = Look(word=(tmp_path / "letter.docx").read_bytes())
    assert to_docx(paper(TEXT, look=look)) == to_docx(paper(TEXT, look=look))


def test_libreoffice_shows_the_same_text(tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    (tmp_path / "a.docx").write_bytes(made(tmp_path, first_page=True))
    office = shutil.which("soffice")
    assert office is not None
    profile = (tmp_path / "profile").as_uri()
    line = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "a.docx"]
    subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    for words in ("湖畔医院文件", "科室指南", "一、承诺与标准", "断点当天登记", "九十分钟", "引用"):
        assert words in text
    assert "模板里的正文" not in text
