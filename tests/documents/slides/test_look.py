"""A presentation in the hospital's look: colours, fonts, logo and letterhead, and nothing of them without one."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from engine.documents.look import Fonts, Logo, Look
from engine.documents.look.colours import DARK, LINE, PALE, TEAL, contrast, palette_of
from engine.documents.slides import to_pptx
from engine.documents.slides.look import BAND, HEIGHT, POINT, WIDTH, bar_on_dark
from tests.documents.look.making import png
from tests.documents.slides.decks import deck, texts

LOGO = Logo(png(90, 30), "image/png", 90, 30, png(90, 30))
LONG = "地址：示范市湖畔区湖畔路一百二十八号门诊楼五层东侧宣传科；电话一二三四五六七八九"
OURS = Look(("示范市湖畔医院", LONG), LOGO, palette_of("#7A1F2B"), Fonts("仿宋", "Times New Roman"))


def dressed(look: Look = OURS, hospital: str = "示范市湖畔医院") -> Any:
    return Presentation(io.BytesIO(to_pptx(deck(look=look, hospital=hospital, pilot="皮肤科试点"))))


def parts(look: Look) -> str:
    package = zipfile.ZipFile(io.BytesIO(to_pptx(deck(look=look))))
    return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def test_none_of_the_program_s_colours_and_fonts_is_left() -> None:
    whole = parts(OURS)
    assert [c for c in (TEAL, DARK, PALE, LINE, "8FB8C2", "DCEBEF") if re.search(c, whole, re.IGNORECASE)] == []
    assert "微软雅黑" not in whole and whole.count('<a:ea typeface="仿宋" panose="02010600030101010101"') == 4
    assert 'buFont typeface="Arial"' not in whole and 'buFont typeface="Times New Roman"' in whole


def test_the_letterhead_and_the_logo_head_the_cover() -> None:
    made = dressed()
    cover = made.slides[0]
    assert texts(cover).count("示范市湖畔医院") == 1  # the line above the title names the pilot only
    assert "皮肤科试点" in texts(cover)
    (head,) = [s for s in cover.shapes if s.name == "Letterhead"]
    assert [p.text for p in head.text_frame.paragraphs] == ["示范市湖畔医院", LONG]
    (logo,) = [s for s in made.slide_layouts[0].shapes if s.name == "logo"]
    assert logo.image.blob == LOGO.png and logo.left + logo.width < head.left
    assert logo.width / logo.height == pytest.approx(3, abs=0.01)
    assert logo.top > 0 and logo.top + logo.height < BAND * POINT


def test_they_are_small_on_the_other_slides_and_in_nobody_s_way() -> None:
    made = dressed()
    (logo,) = [s for s in made.slide_layouts[1].shapes if s.name == "logo"]
    assert logo.height <= 22 * POINT and logo.top + logo.height <= HEIGHT * POINT
    number = next(s for s in made.slide_layouts[1].placeholders if s.name == "Number")
    assert logo.left + logo.width <= number.left + number.width - 40 * POINT
    foot = next(s for s in made.slide_layouts[1].placeholders if s.name == "Footer")
    assert foot.left + foot.width <= logo.left < WIDTH * POINT
    assert all("示范市湖畔医院 · 皮肤科试点" in texts(slide) for slide in list(made.slides)[1:])


def test_a_hospital_of_another_name_stays_above_the_title() -> None:
    assert "甲医院 · 皮肤科试点" in texts(dressed(hospital="甲医院").slides[0])


def test_without_a_letterhead_no_band_and_without_a_logo_no_picture() -> None:
    made = dressed(Look(colours=palette_of("#7A1F2B")))
    assert len(list(made.slide_layouts[0].shapes)) == 3
    assert not [s for s in made.slides[0].shapes if s.name == "Letterhead"]
    assert "示范市湖畔医院 · 皮肤科试点" in texts(made.slides[0])


def test_text_on_the_cover_stays_readable_in_any_colour() -> None:
    for main in ("#7A1F2B", "#0B4F5F", "#1A1A1A", "#5B3A8E", "#00652E"):
        colours = palette_of(main)
        assert contrast(colours.tint, colours.dark) >= 4.5 and contrast(bar_on_dark(colours), colours.dark) >= 2


def test_the_look_is_valid_and_the_same_each_time(tmp_path: Any) -> None:
    made = to_pptx(deck(look=OURS))
    assert made == to_pptx(deck(look=OURS))
    (tmp_path / "a.pptx").write_bytes(made)
    assert [e.description for e in OpenXmlValidator().validate(tmp_path / "a.pptx").errors] == []
