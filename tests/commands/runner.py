"""Command lines typed in a workspace, in this process, with the clock standing still until it is set."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cli import run
from engine.commands._session import Session
from tests.process.world import BAKERY

ZONE = ZoneInfo("Asia/Shanghai")


class Shell:
    """`type("done 1")` is one command line; `out` and `err` hold what it printed."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], actor: str | None = None) -> None:
        self.root, self.capsys, self.actor = root, capsys, actor
        self.now = datetime(2026, 3, 2, 9, tzinfo=ZONE)
        self.out = self.err = ""

    def run(self, *line: str) -> int:
        """Run the words, whatever comes of it; the exit code."""
        self.capsys.readouterr()
        code = run(line, Session(folder=str(self.root), actor=self.actor, now=lambda: self.now))
        self.out, self.err = self.capsys.readouterr()
        return code

    def type(self, *words: str, code: int = 0) -> str:
        """Run the words, or the words of one line; it must end with `code`. Returns what was printed."""
        line = words[0].split() if len(words) == 1 and words[0] else list(words)
        found = self.run(*line)
        assert found == code, f"playbook {' '.join(line)} ended with {found}:\n{self.out}{self.err}"
        return self.out + self.err

    def json(self, *words: str, code: int = 0) -> Any:
        """The same with --json; the answer, which must be the only thing on the standard output."""
        line = words[0].split() if len(words) == 1 and words[0] else list(words)
        self.type(*line, "--json", code=code)
        answer = json.loads(self.out)
        assert answer["ok"] is (code == 0)
        return answer

    def on(self, day: str) -> Shell:
        self.now = datetime.fromisoformat(day if " " in day else f"{day} 09:00").replace(tzinfo=ZONE)
        return self

    def file(self, name: str, text: str = "内容") -> str:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return str(path)


def bakery(root: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A workspace with the bakery's playbook and one pilot of it, 东街店."""
    shell = Shell(root / "院", capsys)
    shell.type("init", str(shell.root), "--hospital", "示范院", "--me", "王蕾")
    (shell.root / "playbooks" / "bakery.yaml").write_text(BAKERY, encoding="utf-8")
    shell.type("start", "bakery", "东街店")
    return shell
