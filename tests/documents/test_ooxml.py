"""Every DOCX, PPTX and XLSX the program writes is valid by the schemas of Office Open XML.

The validator is openxml-audit, a port of the validator of Microsoft's Open XML SDK with its schema data.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from cli import run
from engine.commands._session import Session
from engine.documents.slides import to_pptx
from engine.documents.tasklist.xlsx import to_xlsx
from engine.documents.word import to_docx
from tests.documents.page.test_paper import TEXT as PAGE
from tests.documents.slides.decks import deck
from tests.documents.slides.test_plan import FULL
from tests.documents.tasklist.lists import listed
from tests.documents.test_injected import TYPED, written


def wrong(path: Path) -> list[str]:
    """What the validator says, if anything."""
    return [f"{e.part_uri} {e.path}: {e.description}" for e in OpenXmlValidator().validate(path).errors]


def test_all_files_of_a_pilot_that_was_run_to_its_end(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    assert run(["demo", str(root)], Session(folder=tmp_path)) == 0
    session = ["--workspace", str(root)]
    assert run([*session, "start", "phased-plan", "全院计划"], Session(folder=root)) == 0
    for words in (
        *(
            ["paper", "皮肤科湿疹长期管理试点", d, "--format", "docx", "--format", "pptx"]
            for d in ("brief", "guide", "showcase", "tasks")
        ),
        *(["paper", "全院计划", d, "--format", "docx", "--format", "pptx"] for d in ("handbook", "brief")),
        *(["tasks", p, "--format", "xlsx"] for p in ("皮肤科湿疹长期管理试点", "全院计划")),
        *(["workbook", p] for p in ("皮肤科湿疹长期管理试点", "眼科干眼长期管理试点", "全院计划")),
        ["ledger-template", "皮肤科湿疹长期管理试点", "-o", str(root / "papers" / "台账.xlsx")],
    ):
        assert run([*session, *words], Session(folder=root)) in (0, 1), words  # 1: a long paper as slides is too full
    files = sorted(p for p in (root / "papers").iterdir() if p.suffix in (".docx", ".pptx", ".xlsx"))
    assert {p.suffix for p in files} == {".docx", ".pptx", ".xlsx"} and len(files) >= 18
    assert {p.name: found for p in files if (found := wrong(p))} == {}


@pytest.mark.parametrize("name", TYPED)
def test_whatever_is_typed(name: str, tmp_path: Path) -> None:
    for form, write in (("docx", to_docx), ("pptx", to_pptx)):
        (tmp_path / f"a.{form}").write_bytes(write(written(TYPED[name])))
        assert wrong(tmp_path / f"a.{form}") == []


def test_papers_with_one_of_everything(tmp_path: Path) -> None:
    texts = {"page": PAGE, "deck": deck().markdown, **FULL}
    for name, text in texts.items():
        for form, write in (("docx", to_docx), ("pptx", to_pptx)):
            path = tmp_path / f"{name}.{form}"
            path.write_bytes(write(deck(text)))
            assert wrong(path) == [], path.name


def _spoil(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    source, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            inside = source.read(name)
            if name == part:
                changed = change(inside.decode())
                assert changed != inside.decode(), part
                inside = changed.encode()
            target.writestr(name, inside)
    return made.getvalue()


SPOILT = {
    "order": ("docx", "word/document.xml", '<w:pStyle w:val="Title"/>', '<w:keepNext/><w:pStyle w:val="Title"/>'),
    "element": ("docx", "word/styles.xml", "<w:qFormat/>", "<w:bogus/>"),
    "header": ("docx", "word/header1.xml", "<w:pBdr>", "<w:pBdr><w:nonsense/>"),
    "relation": ("docx", "word/_rels/document.xml.rels", "styles.xml", "nostyles.xml"),
    "value": ("pptx", "ppt/slides/slide2.xml", 'wrap="square"', 'wrap="sideways"'),
    "chart": ("pptx", "ppt/charts/chart1.xml", '<c:barDir val="bar"/>', '<c:barDir val="bar"/><c:bogus/>'),
    "master": ("pptx", "ppt/slideMasters/slideMaster1.xml", "<p:titleStyle>", "<p:titleStyle><a:bogus/>"),
    "sheet": ("xlsx", "xl/worksheets/sheet1.xml", "<sheetData>", "<bogus/><sheetData>"),
    "style": ("xlsx", "xl/styles.xml", "<cellXfs count", "<cellXfs countt"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_validator_sees_what_is_wrong(name: str, tmp_path: Path) -> None:
    """A test that finds nothing has to be able to find something."""
    form, part, old, new = SPOILT[name]
    content = {"docx": lambda: to_docx(deck(PAGE)), "pptx": lambda: to_pptx(deck()), "xlsx": lambda: to_xlsx(listed())}[
        form
    ]()
    path = tmp_path / f"a.{form}"
    path.write_bytes(content)
    assert wrong(path) == []
    path.write_bytes(_spoil(content, part, lambda text: text.replace(old, new, 1)))
    assert wrong(path) != []
