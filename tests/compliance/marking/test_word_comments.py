"""Word comments at their phrases, looked up with python-docx and by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.compliance.marking import Note, annotated
from engine.compliance.reading import read
from engine.compliance.reading.paragraphs import W
from tests.compliance.reading.samples import body, docx, source, with_parts
from tests.compliance.reading.test_word import BOX, MAIN

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def note(text: str, phrase: str, *, strong: bool = True, title: str = "AD-ABS-01") -> Note:
    start = text.index(phrase)
    return Note(start, start + len(phrase), strong, title, ("依据：广告法", "改写：删去"), "页眉 1")


def annotate(content: bytes, *phrases: str, strong: bool = True) -> bytes:
    found = source(content, "稿.docx")
    text = read(found).text
    return annotated(found, [note(text, p, strong=strong) for p in phrases], "playbook", NOW)


def anchored(content: bytes) -> dict[str, str]:
    """Id of each comment → the text between its marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read(MAIN))
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            open_now.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_now.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for number in open_now:
                found[number] = found.get(number, "") + (element.text or "")
    return found


def test_each_remark_is_a_comment_around_its_phrase_across_runs() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("我院采用全国最")
        paragraph.add_run("先进").bold = True
        paragraph.add_run("的微创技术，治愈率98%。")

    content = docx(fill)
    made = annotate(content, "最先进的", "最先", "治愈率98%")
    assert anchored(made) == {"0": "最先进的", "1": "最先", "2": "治愈率98%"}
    document = Document(io.BytesIO(made))
    comments = list(document.comments)
    assert [c.text.split("\n") for c in comments] == [["AD-ABS-01", "依据：广告法", "改写：删去"]] * 3
    assert {(c.author, c.timestamp) for c in comments} == {("playbook", NOW)}
    runs = [(r.text, r.bold, r.font.highlight_color is not None) for r in document.paragraphs[0].runs if r.text]
    assert runs == [
        ("我院采用全国", None, False),
        ("最", None, True),
        ("先", True, True),
        ("进", True, True),
        ("的", None, True),
        ("微创技术，", None, False),
        ("治愈率98%", None, True),
        ("。", None, False),
    ]


def test_own_comments_stay_and_ours_are_numbered_on() -> None:
    def fill(document: Any) -> None:
        document.add_comment(document.add_paragraph("我院最好").runs, text="原有", author="老师")

    made = annotate(docx(fill), "最好")
    assert [(c.comment_id, c.author) for c in Document(io.BytesIO(made)).comments] == [(0, "老师"), (1, "playbook")]
    assert anchored(made) == {"0": "我院最好", "1": "最好"}


def test_what_no_comment_may_stand_at_is_coloured_and_told_in_the_body() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("正文")
        document.sections[0].header.paragraphs[0].text = "全国最佳"

    made = annotate(with_parts(docx(fill), {MAIN: body(BOX)}), "最佳", "框内")
    assert anchored(made) == {"0": "正文", "1": "框外框内文字框内文字"}
    document = Document(io.BytesIO(made))
    assert next(iter(document.comments)).text.split("\n")[1] == "页眉 1"
    assert [r.font.highlight_color is not None for r in document.sections[0].header.paragraphs[0].runs] == [False, True]
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert re.search(r"w:highlight[^<]*/></w:rPr><w:t[^>]*>框内<", package.read(MAIN).decode())


def test_cells_links_and_insertions_carry_comments() -> None:
    def fill(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "格里最好的"

    xml = "<w:p><w:ins w:id='9' w:author='a'><w:r><w:t>加的最佳</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>点此预约</w:t></w:r></w:hyperlink></w:p>"
    made = annotate(with_parts(docx(fill), {MAIN: body(xml)}), "最好", "最佳点此", "预约")
    assert anchored(made) == {"0": "最好", "1": "最佳点此", "2": "预约"}


def test_the_colour_tells_what_must_be_mended() -> None:
    colours = []
    for strong in (True, False):
        made = Document(io.BytesIO(annotate(docx(lambda d: d.add_paragraph("最好")), "最好", strong=strong)))
        colours.append(str(made.paragraphs[0].runs[0].font.highlight_color))
    assert colours == ["YELLOW (7)", "TURQUOISE (3)"]


def test_all_other_parts_stay_as_they_are() -> None:
    content = with_parts(docx(lambda d: d.add_paragraph("最好")), {"word/media/a.png": lambda _: b"picture"})
    made = annotate(content, "最好")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        changed = {n for n in new.namelist() if n not in old.namelist() or old.read(n) != new.read(n)}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml", MAIN}


PIECES = st.lists(st.text("最好的院 \t甲乙", min_size=1, max_size=6), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(PIECES, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=5))
def test_any_remarks_leave_the_text_as_it_was(runs: list[str], spans: list[tuple[int, int]]) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)

    content = docx(fill)
    text = "".join(runs)
    wanted = [(a, min(a + n, len(text))) for a, n in spans if a < len(text)]
    notes = [Note(a, b, True, "x", ()) for a, b in wanted]
    made = annotated(source(content, "稿.docx"), notes, "playbook", NOW)
    assert Document(io.BytesIO(made)).paragraphs[0].text == text
    found = anchored(made)
    assert [found.get(str(i), "") for i in range(len(notes))] == [text[a:b].replace("\t", "") for a, b in wanted]


def test_libreoffice_reads_the_comments(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("not installed: soffice")
    file = tmp_path / "a.docx"
    file.write_bytes(annotate(docx(lambda d: d.add_paragraph("我院最好，治愈率98%")), "最好", "治愈率98%"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "a.fodt").read_text(encoding="utf-8")
    assert text.count("<office:annotation ") == 2 and "依据：广告法" in text
