"""`playbook demo`: what it suggests at its end really works from where it says to go."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.demo import _free, _program
from tests.commands.runner import Shell


def test_it_never_writes_over_anything(tmp_path: Path) -> None:
    assert _free(tmp_path / "a") == tmp_path / "a"
    (tmp_path / "a").mkdir()
    assert _free(tmp_path / "a") == tmp_path / "a"
    (tmp_path / "a" / "x").touch()
    assert _free(tmp_path / "a") == tmp_path / "a-2"


def test_the_program_it_names_runs_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    program = shlex.split(_program(), posix=sys.platform != "win32")
    ran = subprocess.run(
        [*(word.strip('"') for word in program), "--version"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.startswith("playbook ")


def test_from_start_to_end_in_a_folder_with_spaces(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path / "我的 演示", capsys)
    assert shell.run("demo", "我的 演示") == 0, shell.err
    lines = shell.out.splitlines()
    assert lines[-4] == '  cd "我的 演示"' and lines[-3].endswith(" status")
    monkeypatch.chdir(shell.root)
    assert "没有被改动" in shell.type("verify-log")
    assert len(list((shell.root / "papers").iterdir())) == 14
    told = "\n".join(lines)
    for paper in (
        "成果展示会-草稿.pptx",
        "加入试点的信-草稿.docx",
        "走查表-草稿.docx",
        "角色手册-草稿.docx",
        "纪要-草稿.docx",
    ):
        assert paper in told
    assert "\n      文件\n" not in told  # every paper is told what it is for
    # What the demo did can be looked at, and both pilots are there.
    assert len(shell.json("board", "--all")["pilots"]) == 2
