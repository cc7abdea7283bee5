"""`playbook new`: what it writes checks and passes its own scenario, wherever it is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.runner import Shell


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder that is in no workspace, as somebody who only writes playbooks has it."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("base", [None, "four-step-pilot", "phased-plan"])
def test_it_checks_and_passes_outside_a_workspace(nowhere: Shell, language: str, base: str | None) -> None:
    more = ["--from", base] if base else []
    nowhere.type("new", "mine", *more, "--lang", language)
    nowhere.type("check", "mine.yaml", "--strict")
    assert nowhere.json("test", "mine.yaml")["cases"][0]["ok"]


def test_the_reference_it_names_exists(nowhere: Shell, shell: Shell) -> None:
    nowhere.type("new", "mine", "--lang", "en")
    page = re.search(r"written is in (.+)\.$", (nowhere.root / "mine.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert page and Path(page[1]).is_file()
    shell.type("new", "mine", "--lang", "en")
    page = re.search(
        r"written is in (.+)\.$", (shell.root / "playbooks" / "mine.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert page and (shell.root / "playbooks" / page[1]).is_file()


def test_a_title_of_any_characters(nowhere: Shell) -> None:
    title = '眼科: "第一" # \\ {方案}'
    nowhere.type("new", "mine", "--title", title)
    assert nowhere.json("show", "mine.yaml")["playbook"]["title"] == title


@pytest.mark.parametrize("name", ["眼科", "Eye", "../x", "a b", "", "9x", "x" * 70])
def test_what_cannot_be_an_id_writes_nothing(nowhere: Shell, name: str) -> None:
    assert "不能作 id" in nowhere.type("new", name, code=1)
    assert not list(nowhere.root.glob("*.y*ml"))


def test_nothing_is_written_over(nowhere: Shell) -> None:
    nowhere.file("mine.scenarios.yaml", "自己写的")
    nowhere.type("new", "mine")
    assert (nowhere.root / "mine.scenarios.yaml").read_text(encoding="utf-8") == "自己写的"
    before = (nowhere.root / "mine.yaml").read_bytes()
    assert "已经有" in nowhere.type("new", "mine", code=1)
    assert (nowhere.root / "mine.yaml").read_bytes() == before


def test_a_base_that_would_not_be_found_is_refused(nowhere: Shell) -> None:
    nowhere.type("new", "mine")
    (nowhere.root / "sub").mkdir()
    other = Shell(nowhere.root / "sub", nowhere.capsys)
    assert "复制" in other.type("new", "yours", "--from", "mine.yaml", code=1)
    assert not list((nowhere.root / "sub").iterdir())
