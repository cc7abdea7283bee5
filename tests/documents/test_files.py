"""Names that every system accepts, inside the folder; whole files or none."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents.files import paper_name, safe_name, workspace_templates, write_atomically, write_paper
from engine.documents.look import Look
from engine.documents.look.colours import palette_of
from engine.documents.page import to_html
from engine.documents.render import Paper
from engine.errors import UserError

PAPER = Paper("brief", "成果简报", "# 题\n", 1, "0" * 64, (), "医院", "眼科试点", True, "zh", date(2026, 3, 2))


@given(st.text())
def test_safe_name_is_one_plain_name(text: str) -> None:
    name = safe_name(text)
    assert name and name not in (".", "..")
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" .")
    assert len(name.encode()) <= 181


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("甲/乙:丙", "甲_乙_丙"),
        ("", "_"),
        ("..", "_"),
        ("a. ", "a"),
    ],
)
def test_safe_name_cases(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_pilots_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (path,) = write_paper(replace(PAPER, pilot="../../../x"), folder, ["md"])
    assert path.parent == folder and path.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["papers"]


def test_drafts_and_finals_have_different_names() -> None:
    assert paper_name(PAPER) == "眼科试点-成果简报-草稿"
    assert paper_name(replace(PAPER, draft=False)) == "眼科试点-成果简报"


def test_write_paper_writes_what_was_asked_for_in_order(tmp_path: Path) -> None:
    paths = write_paper(PAPER, tmp_path, ["docx", "md"])
    assert [p.suffix for p in paths] == [".docx", ".md"]
    assert paths[1].read_bytes() == "# 题\n".encode()
    assert paths[0].read_bytes()[:2] == b"PK"
    assert [p.suffix for p in write_paper(PAPER, tmp_path)] == [".md", ".docx"]


def test_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="exe"):
        write_paper(PAPER, tmp_path, ["md", "exe"])
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.md"
    target.write_text("旧", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError) as caught:
        write_atomically(target, b"new")
    assert caught.value.code == "cannot-write"
    assert target.read_text(encoding="utf-8") == "旧"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_written_papers_can_be_read_by_others(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("file modes are not used on Windows")
    path = tmp_path / "a.md"
    write_atomically(path, b"x")
    (tmp_path / "plain").write_bytes(b"x")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_workspace_templates_are_read_with_any_line_ends(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "guide.md.j2").write_bytes("\ufeff甲\r\n乙".encode())
    (folder / "notes.txt").write_text("no", encoding="utf-8")
    assert workspace_templates(tmp_path) == {"guide.md.j2": "甲\n乙"}
    (folder / "bad.md.j2").write_bytes("标题".encode("gb18030"))
    with pytest.raises(UserError) as caught:
        workspace_templates(tmp_path)
    assert caught.value.code == "bad-template" and "bad.md.j2" in caught.value.message.zh


def test_a_page_is_in_the_look_and_names_the_hospital_once(tmp_path: Path) -> None:
    look = Look(("湖畔医院",), colours=palette_of("#7A1F2B"))
    plain = replace(PAPER, markdown="# 指南\n\n正文\n", hospital="湖畔医院")
    (path,) = write_paper(replace(plain, look=look), tmp_path, ("html",))
    page = path.read_text(encoding="utf-8")
    head = page[page.index("<header") : page.index("</header>")]
    assert head.count("湖畔医院") == 1 and '<div class="letterhead">' in head and "--teal: #7A1F2B" in page
    (path,) = write_paper(plain, tmp_path, ("html",))
    assert path.read_bytes() == to_html(plain)
