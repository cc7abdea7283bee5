"""Whatever people type comes out as the text it is, in every format, and as nothing else."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from engine.documents.files import WRITERS
from engine.documents.markdown import clean, escape
from engine.documents.render import Paper
from tests.documents.slides.decks import texts
from tests.documents.word.test_office import need
from tests.documents.word.test_writer import paper

TYPED = {
    "template": "{{7*7}}{% for x in y %}",
    "markup": '<script>alert(1)</script><img src=x onerror="y">&amp;',
    "formula": '=HYPERLINK("http://a.example","点")',
    "direction": "甲\u202e乙\u200f丙\u2067丁",
    "long": "长文" * 5000,
    "word": "W" * 10_000,
    "emoji": "😀👨\u200d👩\u200d👧 复诊",
    "markdown": "# 题 [甲](http://a.example) ![乙](chart:funnel) | 丙 | `丁` <!-- pagebreak --> ---",
    "end": "--> <!-- notes: 别人的备注 -->",
}


def written(text: str) -> Paper:
    shown = escape(text)
    body = f"# {shown}\n\n## 一\n\n{shown}\n\n- [ ] {shown}\n\n## 二\n\n| 甲 | 乙 |\n| --- | --- |\n| {shown} | 丁 |\n"
    return paper(body, title=clean(text), pilot=clean(text), hospital=clean(text), draft=True)


def told(form: str, content: bytes, folder: Path) -> str:
    """The visible text of a file, without spaces."""
    if form == "md":
        return re.sub(r"\\(?=[^\w\s])", "", content.decode())
    if form == "html":
        from tests.documents.page.test_paper import Reading

        return Reading(content.decode()).text
    if form == "docx":
        from docx import Document
        from docx.oxml.ns import qn

        body = Document(io.BytesIO(content)).element.body
        return "".join(t.text or "" for t in body.iter(qn("w:t")))
    if form == "pptx":
        from pptx import Presentation

        slides = Presentation(io.BytesIO(content)).slides
        notes = [s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide]
        return "\n".join([texts(s) for s in slides] + notes)
    need("pdftotext")
    (folder / "a.pdf").write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-raw", "a.pdf", "-"], cwd=folder, check=True, capture_output=True, timeout=60
    ).stdout.decode()


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_is_shown_as_it_is(name: str, form: str, tmp_path: Path) -> None:
    wanted = re.sub(r"\s", "", clean(TYPED[name]))
    if form == "pptx":  # a slide shows as much as it holds; the rest stands in its notes, and is an error
        wanted = wanted[:120]
    if form == "pdf" and name == "emoji":  # of a family that is one picture, not every member can be read back
        wanted = "👧复诊"
    shown = re.sub(r"\s", "", told(form, WRITERS[form](written(TYPED[name])), tmp_path))
    if form == "pdf":
        shown = re.sub(r"第\d+页/共\d+页", "", shown)
    if form == "pdf" and len(wanted) > 1000:  # headers and footers of many pages stand between the lines
        assert shown.count(wanted[0]) > 3 * 5000
        return
    assert shown.count(wanted) >= 3, form


@pytest.mark.parametrize("name", TYPED)
def test_nothing_typed_becomes_a_link_a_field_or_a_formula(name: str) -> None:
    made = {form: WRITERS[form](written(TYPED[name])) for form in ("docx", "pptx")}
    for form, content in made.items():
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = {
            n: package.read(n).decode(errors="replace") for n in package.namelist() if n.endswith((".xml", ".rels"))
        }
        assert not any('TargetMode="External"' in text for n, text in parts.items() if n.endswith(".rels")), form
        assert not any("\u202e" in text or "\u200f" in text for text in parts.values()), form
        fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", "".join(parts.values()))
        assert {f.split()[0] for f in fields} <= {"PAGE", "NUMPAGES", "TOC"}
    assert b"49" not in WRITERS["md"](written(TYPED["template"]))
