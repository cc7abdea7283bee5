from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import PlaybookError, UserError
from engine.workspace import MARKER, LookSettings, find_root, init_workspace, open_workspace, read_settings, safe_name


def test_init_is_safe_to_run_twice_and_overwrites_nothing(tmp_path: Path) -> None:
    workspace, created = init_workspace(tmp_path / "院", '示范"医院', "王蕾")
    assert workspace.settings.hospital == '示范"医院' and len(created) == 6
    (workspace.root / MARKER).write_text("hospital: 改过\n", encoding="utf-8")
    again, created = init_workspace(tmp_path / "院", "别的", "别人")
    assert again.settings.hospital == "改过" and created == ()


def test_the_workspace_is_found_from_below_and_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init_workspace(tmp_path)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path.resolve()
    monkeypatch.chdir("/")
    assert find_root() is None
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(tmp_path))
    assert find_root() == tmp_path.resolve()


def test_settings_are_read_again_only_when_the_file_changes(tmp_path: Path) -> None:
    init_workspace(tmp_path, me="王蕾")
    copy = tmp_path / ".playbook" / "settings.json"
    assert copy.exists()
    copy.write_text(copy.read_text(encoding="utf-8").replace("王蕾", "缓存"), encoding="utf-8")
    assert read_settings(tmp_path).me == "缓存"
    (tmp_path / MARKER).write_text("me: 李四\n", encoding="utf-8")
    os.utime(tmp_path / MARKER, ns=(1, 1))
    assert read_settings(tmp_path).me == "李四"


def test_a_broken_copy_of_the_settings_is_ignored(tmp_path: Path) -> None:
    init_workspace(tmp_path, me="王蕾")
    (tmp_path / ".playbook" / "settings.json").write_text("{", encoding="utf-8")
    assert read_settings(tmp_path).me == "王蕾"


def test_bad_settings_point_at_their_line(tmp_path: Path) -> None:
    init_workspace(tmp_path)
    (tmp_path / MARKER).write_text("me: 王蕾\nhospitl: x\n", encoding="utf-8")
    with pytest.raises(PlaybookError) as caught:
        open_workspace(tmp_path)
    assert caught.value.problems[0].place.line == 2


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.pdf", "x.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("...", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_file_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_evidence_that_cannot_be_taken_says_why(tmp_path: Path) -> None:
    workspace, _ = init_workspace(tmp_path)
    (tmp_path / "空.pdf").touch()
    (tmp_path / "13812345678.pdf").write_text("x", encoding="utf-8")
    big = tmp_path / "大.pdf"
    with big.open("wb") as file:
        file.truncate(51_000_000)
    for name, code in (
        ("没有.pdf", "no-file"),
        (".playbook", "not-a-file"),
        ("空.pdf", "file-empty"),
        ("13812345678.pdf", "identity"),
        ("大.pdf", "file-too-large"),
    ):
        with pytest.raises(UserError) as caught:
            workspace.inspect(tmp_path / name)
        assert caught.value.code == code


def test_evidence_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    workspace, _ = init_workspace(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("同样的内容", encoding="utf-8")
    one, two = workspace.inspect(tmp_path / "a.txt"), workspace.inspect(tmp_path / "b.txt")
    assert one.sha256 == two.sha256 and (one.name, two.name) == ("a.txt", "b.txt")
    assert (
        workspace.keep(tmp_path / "a.txt") == workspace.keep(tmp_path / "b.txt") == workspace.evidence_file(one.sha256)
    )
    assert len([p for p in (tmp_path / ".playbook" / "evidence").rglob("*") if p.is_file()]) == 1


def test_the_look_is_only_named_not_read(tmp_path: Path) -> None:
    init_workspace(tmp_path)
    assert open_workspace(tmp_path).settings.look == LookSettings()
    text = 'look: {letterhead: [甲, 乙], logo: a.png, colour: "#112233", word: b.docx, fonts: {chinese: 仿宋, pdf: [c.ttf]}}\n'
    (tmp_path / MARKER).write_text(text, encoding="utf-8")
    wanted = LookSettings(("甲", "乙"), "a.png", "#112233", "仿宋", "", ("c.ttf",), "b.docx")
    assert open_workspace(tmp_path).settings.look == wanted  # from the file
    assert open_workspace(tmp_path).settings.look == wanted  # from the parsed copy


def test_the_look_in_the_comments_of_new_settings_is_a_valid_one(tmp_path: Path) -> None:
    init_workspace(tmp_path)
    path = tmp_path / MARKER
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("# look:")
    path.write_text("\n".join([*lines[:start], *(line[2:] for line in lines[start:])]) + "\n", encoding="utf-8")
    look = open_workspace(tmp_path).settings.look
    assert look.colour == "#0F6E84" and look.logo == "look/logo.png" and look.word == "look/信纸.docx"
