"""The presentation read back, and shown by a real office program."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from pptx.util import Pt

from engine.documents.look import Fonts
from engine.documents.look.value import CHINESE
from engine.documents.markdown import escape
from engine.documents.slides import look, to_pptx
from tests.documents.slides.decks import deck, read, texts
from tests.documents.slides.test_plan import FULL, LONG
from tests.documents.word.test_office import need

EVIL = (
    "{{7*7}}",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://a.example")',
    "甲\u202e乙\u200f丙",
    "😀👨‍👩‍👧",
    "长" * 10_000,
)


def test_it_is_wide_and_every_slide_has_a_real_title() -> None:
    made = read(deck())
    assert (made.slide_width, made.slide_height) == (Pt(960), Pt(540))
    assert [s.shapes.title.text for s in made.slides] == ["成果展示", "怎样开始的", "数字", "数字（续）", "表"]
    assert len(made.slide_layouts) == 2


def test_texts_lists_tables_and_boxes_are_there() -> None:
    slides = list(read(deck()).slides)
    assert "示范市第一人民医院 · 眼科试点" in texts(slides[0]) and "草稿 · 2026年3月2日" in texts(slides[0])
    second = slides[1].shapes[1].text_frame
    assert [p.text for p in second.paragraphs] == [
        "湿疹患者反复就诊，同一个问题问了又问",
        "里面一层",
        "第一条",
        "邀请眼科",
        "邀请内分泌科",
    ]
    marks = re.findall(r'buChar char="(.)"|startAt="(\d)"', _xml(second))
    assert ["".join(m) for m in marks] == ["•", "•", "1", "☐", "☑"]
    assert [[c.text for c in row.cells] for row in slides[4].shapes[1].table.rows] == [
        ["环节", "日期", "现在"],
        ["咨询", "2026-07-07", "当天回"],
    ]
    assert "【待补充：新患者】" in texts(slides[2])


def test_charts_are_charts_with_their_figures_in_a_safe_workbook() -> None:
    slides = list(read(deck()).slides)
    shares = next(s for s in slides[2].shapes if s.has_chart).chart
    assert list(shares.plots[0].categories) == ["咨询→预约", "预约→到诊"]
    assert [(s.name, list(s.values)) for s in shares.plots[0].series] == [
        ("之前", [0.357, 0.788]),
        ("现在", [0.446, 0.808]),
    ]
    label = shares.plots[0].series[1].points[0].data_label.text_frame.text
    assert label == "44.6%（172/386）"
    money = next(s for s in slides[3].shapes if s.has_chart)
    assert money._element.nvGraphicFramePr.cNvPr.get("descr") == "收入"
    assert money.chart.plots[0].series[0].data_labels.number_format == '#,##0"元"'
    book = load_workbook(io.BytesIO(money.chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[c.value for c in row] for row in book.rows] == [
        [None, "花费", "收入"], ["短视频", 16400, 43875], ['=HYPERLINK("http://a.example")', None, 17550],
    ]  # fmt: skip
    assert book["A3"].data_type == "s"


def test_notes_hold_what_is_said_and_what_found_no_room() -> None:
    assert list(read(deck()).slides)[1].notes_slide.notes_text_frame.text == "先讲主任的那句话，\n甲*乙* 不念稿。"
    slide = list(read(deck(FULL["text"])).slides)[1]
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("【本页放不下的内容】\n") and notes.endswith("末尾一段")
    shown = slide.shapes[1].text_frame.text
    assert shown[:-1] + notes.split("\n")[1] == LONG  # nothing is lost, but for the ellipsis


def test_fonts_are_named_once_with_what_may_stand_in() -> None:
    package = zipfile.ZipFile(io.BytesIO(to_pptx(deck())))
    themes = [package.read(n).decode() for n in package.namelist() if "/theme/" in n]
    assert len(themes) == 2
    for theme in themes:
        assert f'<a:ea typeface="{CHINESE}" {look.east_asia_like(Fonts())}/>' in theme and 'script="Hans"' in theme
    slides = [package.read(n).decode() for n in package.namelist() if n.startswith("ppt/slides/slide")]
    assert not any("<a:latin" in s or "<a:ea " in s for s in slides)


def test_the_bytes_are_the_same_each_time_and_no_sample_is_left() -> None:
    made = to_pptx(deck())
    assert made == to_pptx(deck())
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not [n for n in names if "printerSettings" in n or "thumbnail" in n or n == "docProps/app.xml"]


@pytest.mark.parametrize("text", EVIL)
def test_texts_of_people_stay_text(text: str) -> None:
    shown = escape(text)
    made = read(
        deck(
            f"# {shown}\n\n## 甲\n\n{shown}\n\n| 子 | 丑 |\n| --- | --- |\n| {shown} | [ ] |\n\n<!-- notes: {shown} -->\n",
            pilot=text,
            hospital=text,
        )
    )
    clean = text.replace("\u202e", "").replace("\u200f", "")[:200]
    slide = list(made.slides)[1]
    assert clean in slide.notes_slide.notes_text_frame.text
    assert clean in texts(slide)
    assert not any(
        run.hyperlink.address
        for s in slide.shapes
        if s.has_text_frame
        for p in s.text_frame.paragraphs
        for run in p.runs
    )


def test_an_office_program_shows_every_word_inside_the_slide(tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    if not any(Path("/usr/lib/libreoffice/program").glob("libsdlo*")):
        pytest.skip("not installed: libreoffice-impress")
    full = "\n\n".join(text.partition("\n\n")[2] for name, text in FULL.items() if name not in ("charts", "cover"))
    (tmp_path / "a.pptx").write_bytes(to_pptx(deck(deck().markdown + "\n\n" + full)))
    profile = (tmp_path / "profile").as_uri()
    words = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "a.pptx"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    shown = subprocess.run(
        ["pdftotext", "-bbox", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    )
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', shown.stdout.decode(), re.DOTALL)
    assert len(pages) == 11
    for number, (wide, high, inside) in enumerate(pages):
        assert (round(float(wide)), round(float(high))) == (960, 540)
        boxes = [
            tuple(map(float, b))
            for b in re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', inside)
        ]
        # A mark that hangs behind the last character of a line may stand in the margin.
        assert boxes and all(
            x0 >= 20 and x1 <= look.WIDTH - 14 and y0 >= 0 and y1 <= look.HEIGHT for x0, y0, x1, y1 in boxes
        )
        body = [b for b in boxes if b[3] < look.HEIGHT - 36]
        foot = [b for b in boxes if b[3] >= look.HEIGHT - 36]
        assert number == 0 or all(b[3] <= 500 for b in body), (number, max(b[3] for b in body))
        assert number == 0 or all(b[1] >= 500 for b in foot), (number, foot)
    flat = re.sub(r"\s|<[^>]+>", "", shown.stdout.decode())
    for text in (
        "湿疹患者反复就诊，同一个问题问了又问",
        "44.6%（172/386）",
        "【待补充：新患者】",
        "2026-07-07",
        "43,875元",
    ):
        assert text in flat, text


def _xml(frame: Any) -> str:
    from lxml import etree

    return str(etree.tostring(frame._txBody, encoding="unicode"))


def test_code_on_the_cover_is_as_readable_as_its_other_words() -> None:
    cover = read(deck("# 题\n\n> 校验码 `5c565f76`\n\n## 甲\n\n码 `5c565f76`\n")).slides[0]
    runs = [r for s in cover.shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs]
    assert {str(r.font.color.rgb) for r in runs if "5c565f76" in r.text or "校验码" in r.text} == {"DCEBEF"}
