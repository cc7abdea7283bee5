"""The hospital's letterhead in Word: on the first page, with the running lines on the others."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from engine.documents.look import Fonts, Logo, Look
from engine.documents.look.colours import palette_of
from engine.documents.word import to_docx
from tests.documents.look.making import png
from tests.documents.word.test_writer import paper

LOGO = Logo(png(40, 20), "image/png", 40, 20, png(40, 20))


def read(look: Look, **changes: Any) -> Any:
    return Document(
        io.BytesIO(to_docx(paper("# 题\n\n`命令`\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n", look=look, **changes)))
    )


def shown(header: Any) -> str:
    return "|".join(text.text for text in header._element.iter(qn("w:t")))


def test_the_first_page_has_the_letterhead_and_the_others_the_running_line() -> None:
    section = read(Look(letterhead=("湖畔医院", "宣传科")), draft=True).sections[0]
    assert section.different_first_page_header_footer
    assert shown(section.first_page_header) == "湖畔医院|宣传科"
    assert shown(section.header) == "示范市第一人民医院|成果简报|　草稿"
    assert shown(section.first_page_footer) == shown(section.footer) == "眼科试点|第 |1| 页 / 共 |1| 页"


def test_the_logo_stands_in_the_first_header_at_its_ratio() -> None:
    section = read(Look(logo=LOGO)).sections[0]
    extent = next(section.first_page_header._element.iter(qn("wp:extent")))
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (1152000, 576000)  # 3.2 by 1.6 cm
    (image,) = [rel.target_part.blob for rel in section.first_page_header.part.rels.values()]
    assert image == png(40, 20)
    assert shown(section.first_page_header) == ""


def test_without_letterhead_there_is_no_first_page_of_its_own() -> None:
    assert not read(Look(colours=palette_of("7A1F2B"))).sections[0].different_first_page_header_footer


def test_colours_and_fonts_are_the_hospital_s() -> None:
    document = read(Look(colours=palette_of("7A1F2B"), fonts=Fonts("仿宋", "Times New Roman")))
    xml = document.styles.element.xml + document.element.body.xml + document.sections[0].header._element.xml
    assert "7A1F2B" in xml
    for colour in ("0F6E84", "0B4F5F", "EEF5F7", "C5D3D8", "DCEBEF"):
        assert colour not in xml
    fonts = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rFonts')}")
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("仿宋", "Times New Roman")


def test_the_hospital_is_not_said_twice_above_the_title() -> None:
    named = read(Look(letterhead=("示范市第一人民医院 宣传科",)))
    assert [p.text for p in named.paragraphs if p.style.name == "Subtitle"] == ["眼科试点"]
    other = read(Look(letterhead=("宣传科",)))
    assert [p.text for p in other.paragraphs if p.style.name == "Subtitle"] == ["示范市第一人民医院 · 眼科试点"]


def test_the_same_look_gives_the_same_bytes() -> None:
    look = Look(("湖畔医院",), LOGO)
    assert to_docx(paper("# 题", look=look)) == to_docx(paper("# 题", look=look))
