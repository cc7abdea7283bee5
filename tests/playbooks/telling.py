"""Scenario data told through the real command line: workspace, store, files and screen, with the clock set to its days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cli import run
from engine.commands._demo_lines import lines_of
from engine.commands._session import Session
from engine.service import Desk

ZONE = ZoneInfo("Asia/Shanghai")


class Teller:
    """Types command lines in `root`, at `moment`, and keeps what the screen said last."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], start: str, actor: str, files: Path) -> None:
        self.root, self.capsys, self.actor, self.files = root, capsys, actor, files
        self.moment = at(start)
        self.pilot = ""
        self.said = ""
        self.shift = 0  # days by which the story is later than the sample
        self.desk: Desk | None = None

    def type(self, *words: str, code: int = 0) -> str:
        """One command line; it must end with `code`. Returns what it printed."""
        session = Session(folder=self.root if self.root.exists() else None, actor=self.actor, now=lambda: self.moment)
        self.capsys.readouterr()
        found = run(list(words), session)
        captured = self.capsys.readouterr()
        self.said = captured.out + captured.err
        assert found == code, f"playbook {' '.join(words)} ended with {found}:\n{self.said}"
        return self.said

    def view(self) -> Any:
        """The pilot as it stands, for `lines_of`."""
        desk = Desk.open(self.root, self.actor, lambda: self.moment)
        try:
            return desk.view(self.pilot)
        finally:
            desk.close()

    def file(self, name: str) -> str:
        """A file to attach: the sample's own, or a page with a line on it. A ledger's days are moved on like the story's."""
        path = self.files / name
        if name.startswith("ledger/") and self.shift:
            return str(self._moved_on(path))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name}\n", encoding="utf-8")
        return str(path)

    def _moved_on(self, path: Path) -> Path:
        text = path.read_bytes().decode("gb18030")
        target = self.root / path.name
        target.write_bytes(re.sub(r"\d{4}/\d{2}/\d{2}", self._day, text).encode("gb18030"))
        return target

    def _day(self, found: re.Match[str]) -> str:
        day = date.fromisoformat(found[0].replace("/", "-")) + timedelta(self.shift)
        return f"{day:%Y/%m/%d}"

    def tell(self, steps: list[Mapping[str, Any]], **children: Any) -> None:
        """The steps of one case. `child` steps are left to `children` (step name → callable)."""
        for step in steps:
            if "on" in step:
                self.moment = max(self.moment, at(str(step["on"])))
                self.type("tick")
            if "child" in step:
                children["child"](step["child"])
                continue
            self._supply(step)
            for words in lines_of(step, self):  # type: ignore[arg-type]
                # In a step with a refusal it is the last command that meets it.
                self.type(*words, code=1 if step.get("refused") and words[0] in ("advance", "done") else 0)
            if step.get("expect"):
                self._expect(step["expect"])

    def _supply(self, step: Mapping[str, Any]) -> None:
        """What `engine.scenarios` supplies by itself: the evidence a task demands, the files its fields take."""
        if step.get("refused") or "done" not in step or step.get("evidence") == "none":
            return
        view = self.view()
        names = step["done"] if isinstance(step["done"], list) else [step["done"]]
        for task in view.tasks:
            key = task.task.id + (f"@{task.item}" if task.item else "")
            if key not in names:
                continue
            if task.task.evidence == "required" and not task.evidence:
                self.type("attach", task.number, self.file(f"{task.task.id}.txt"))
            for name in task.task.sets:
                if view.book.fields[name].type == "file" and name not in view.pilot.fields:
                    self.type("attach", name, self.file(f"{name}.txt"))

    def _expect(self, wanted: Mapping[str, Any]) -> None:
        pilot = self.view().pilot
        stages = wanted.get("stage")
        assert stages is None or sorted(pilot.at) == sorted(stages if isinstance(stages, list) else [stages])
        for name, value in (("status", pilot.status), ("outcome", pilot.outcome)):
            assert name not in wanted or wanted[name] == value


def at(text: str) -> datetime:
    day, _, hour = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else time(9), ZONE)


def later(data: Any, days: int) -> Any:
    """The same data with every date in it moved on."""
    if isinstance(data, Mapping):
        return {key: later(value, days) for key, value in data.items()}
    if isinstance(data, list):
        return [later(value, days) for value in data]
    if isinstance(data, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}( .*)?", data):
        return (date.fromisoformat(data[:10]) + timedelta(days)).isoformat() + data[10:]
    return data
