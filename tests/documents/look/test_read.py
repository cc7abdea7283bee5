"""The settings of a workspace → a look, or everything that is wrong with it, each thing at its line."""

from pathlib import Path

import pytest

from engine.documents.look import PLAIN, Fonts
from engine.documents.look.colours import palette_of
from engine.documents.look.read import read_look
from engine.errors import PlaybookError, Problem
from engine.workspace import init_workspace
from tests.documents.look.making import font, letter, png, workspace


def problems(folder: Path, settings: str, **files: bytes) -> tuple[Problem, ...]:
    with pytest.raises(PlaybookError) as caught:
        read_look(workspace(folder, settings, **files))
    assert list(caught.value.texts) == ["playbook-workspace.yaml"]
    return caught.value.problems


def one(folder: Path, settings: str, **files: bytes) -> tuple[int, str, str]:
    (found,) = problems(folder, settings, **files)
    return found.place.line, found.code, found.message.zh


def test_a_workspace_without_the_keys_looks_as_always(tmp_path: Path) -> None:
    created, _ = init_workspace(tmp_path)
    assert read_look(created) is PLAIN


def test_everything_is_read(tmp_path: Path) -> None:
    letter(tmp_path / "a.docx")
    look = read_look(
        workspace(
            tmp_path / "院",
            'letterhead: ["示范市湖畔医院", " 宣传科\\u202e "]\nlogo: look/logo.png\ncolour: "#7A1F2B"\n'
            "fonts: {chinese: 仿宋, latin: Times New Roman}\nword: look\\letter.docx",
            logo__png=png(),
            letter__docx=(tmp_path / "a.docx").read_bytes(),
        )
    )
    assert look.letterhead == ("示范市湖畔医院", "宣传科")
    assert look.logo is not None and look.logo.content == png()
    assert look.colours == palette_of("7A1F2B") and look.fonts == Fonts("仿宋", "Times New Roman")
    assert look.word == (tmp_path / "a.docx").read_bytes()


def test_all_problems_at_once_each_at_its_line(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "letterhead:\n  - 一\n  - " + "长" * 41 + '\nlogo: look/none.png\ncolour: "#FFD700"\nfonts:\n  pdf:\n'
        "    - look/a.ttf\nword: look/a.docx",
        a__ttf=b"hello",
        a__docx=b"hello",
    )
    assert [(p.place.line, p.code) for p in found] == [
        (5, "look-letterhead"),
        (6, "look-file"),
        (7, "look-colour"),
        (10, "look-font"),
        (11, "look-word"),
    ]
    assert found[2].hint is not None and '"#8A7400"' in found[2].hint.zh


@pytest.mark.parametrize(
    "name", ["../logo.png", "look/../../logo.png", "/etc/logo.png", "C:\\logo.png", "look/out.png"]
)
def test_no_path_leads_out_of_the_workspace(tmp_path: Path, name: str) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    folder = tmp_path / "院"
    workspace(folder, "letterhead: [一]")
    (folder / "look" / "out.png").symlink_to(tmp_path / "logo.png")
    assert one(folder, f"logo: '{name}'") == (3, "look-file", f"文件不在工作区里：{name}")


def test_files_of_the_wrong_kind_or_size(tmp_path: Path) -> None:
    assert one(tmp_path, "logo: look/a.gif", a__gif=b"GIF") == (3, "look-file", "文件类型不对：look/a.gif")
    assert one(tmp_path, "logo: look/a.png", a__png=b"")[2] == "文件是空的：look/a.png"
    assert one(tmp_path, "logo: look/b.png", b__png=bytes(1_200_001))[2] == "文件 look/b.png 有 1.2 MB，上限 1 MB"
    assert one(tmp_path, "logo: look")[2] == "文件类型不对：look"
    (tmp_path / "look" / "folder.png").mkdir()
    assert one(tmp_path, "logo: look/folder.png")[2] == "找不到文件：look/folder.png"
    assert one(tmp_path, "logo: look/c.png", c__png=b"<html>")[2] == "标志用不了：不是 PNG、JPEG 或 SVG 图片"


def test_a_letterhead_has_room_for_four_lines(tmp_path: Path) -> None:
    assert one(tmp_path, "letterhead: [一, 二, 三, 四, 五]") == (3, "look-letterhead", "抬头有 5 行，最多 4 行")
    assert one(tmp_path, 'letterhead: ["\\u200b"]')[2] == "抬头一行要有 1 到 40 个字，这一行有 0 个"


def test_font_files_are_of_one_family(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    settings = "fonts: {pdf: [look/a.ttf, look/b.ttf]}"
    line, code, message = one(tmp_path, settings, a__ttf=font(), b__ttf=font("Nota Sans TC"))
    assert (line, code) == (3, "look-font") and "Nota Sans SC, Nota Sans TC" in message
    look = read_look(workspace(tmp_path, settings, b__ttf=font()))
    assert [made.family for made in look.pdf_fonts] == ["Nota Sans SC"] * 2


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("colour: 0F6E84", "bad-format"),
        ("colour: '#0F6'", "bad-format"),
        ("letterhead: 医院", "wrong-type"),
        ("logos: a.png", "unknown-key"),
    ],
)
def test_the_schema_speaks_first(tmp_path: Path, settings: str, code: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        workspace(tmp_path, settings)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [(code, 3)]
