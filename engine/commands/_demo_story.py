"""The demo's story: the sample (a scenario) told as the commands a person would have typed, and really done.

Each step of the sample becomes one or more command lines; each line goes through the same verbs as at a prompt, with the
clock set to the sample's day.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.commands._demo_lines import lines_of
from engine.commands._session import Session
from engine.errors import PlaybookError, Problem
from engine.pilot.blockers import quoted
from engine.resources import playbooks_folder
from engine.text import say

SAMPLE = playbooks_folder() / "samples" / "four-step-pilot" / "demo.yaml"
_ZONE = ZoneInfo("Asia/Shanghai")
_SHOWN = 5  # blockers of a refusal that are shown in full


class Story:
    """One telling. `typed` are the command lines in order; `root` the workspace; `pilot` the name of the demo's pilot."""

    def __init__(self, session: Session, root: Path) -> None:
        from engine.source import parse, read_text

        self.session, self.root = session, root
        self.typed: list[str] = []
        self.source = parse(read_text(SAMPLE), str(SAMPLE))
        self.case: Mapping[str, Any] = self.source.data["cases"][0]
        self.pilot = str(self.case["start"]["name"])
        self.moment = self._moment(str(self.case["start"]["on"]))
        self.inner = Session(actor=str(self.case["start"]["as"]), color=session.color, chosen=True)
        self.inner.now = lambda: self.moment

    def play(self) -> int:
        """Do everything; 0, or 1 at the first step that does not go as the sample says."""
        try:
            return self._play()
        finally:
            self.inner.close()

    def _play(self) -> int:
        start = self.case["start"]
        hospital = str(self.case.get("name", ""))
        self._tell(say("先建工作区，再启动试点", "A workspace first, then a pilot"))
        steps: list[tuple[list[str], bool]] = [
            (["init", str(self.root), "--hospital", hospital, "--me", str(start["as"])], False),
            (["check", str(self.source.data["scenarios"])], False),
            (["start", str(self.source.data["scenarios"]), self.pilot], False),
        ]
        for words, refused in steps:
            if not self._type(words, refused):
                return 1
            self.inner.folder = str(self.root)  # as if one had gone there
        for number, step in enumerate(self.case["steps"]):
            if "on" in step:
                self._turn_to(str(step["on"]))
            for words in lines_of(step, self):
                if not self._type(words, bool(step.get("refused"))):
                    return 1
            if "expect" in step:
                self._expect(step["expect"], number)
        return 0

    def view(self) -> Any:
        """The pilot as it stands now."""
        return self.inner.desk().view(self.pilot)

    def file(self, name: str) -> str:
        """A file of the sample, as a path that can be typed from here."""
        path = SAMPLE.parent / name
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)

    def _moment(self, text: str) -> datetime:
        day, _, hour = text.partition(" ")
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else time(9), _ZONE)

    def _turn_to(self, text: str) -> None:
        moment = self._moment(text)
        if moment.date() != self.moment.date():
            self._tell(str(moment.date()))
        self.moment = max(moment, self.moment)

    def _tell(self, text: object) -> None:
        self.session.say("", self.session.style(f"── {text} ──", "36"))

    def _type(self, words: list[str], refused: bool) -> bool:
        """Print and do one command line; true when it ended as the sample says."""
        line = " ".join(["playbook", *map(quoted, words)])
        self.typed.append(line)
        self.session.say(f"{self.session.style('$', '2')} {line}")
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self._run(words)
        said = out.getvalue().splitlines()
        complained = err.getvalue().splitlines()
        self.session.say(*(f"  {text}" for text in _brief(complained if code else said, refused=bool(code))))
        if (code == 1) != refused or code not in (0, 1):
            self.session.complain(say("演示没有按预期进行，到此停下", "the demo did not go as planned and stops here"))
            return False
        return True

    def _run(self, words: list[str]) -> int:
        import click

        from engine.commands._failure import report

        # The program that the demo itself was started from: `playbook`, with all its verbs.
        program: Any = click.get_current_context().find_root().command
        try:
            return int(program.main(words, prog_name="playbook", standalone_mode=False, obj=self.inner) or 0)
        except Exception as error:
            return report(error, self.inner)

    def _expect(self, wanted: Mapping[str, Any], number: int) -> None:
        pilot = self.view().pilot
        found = {
            "stage": pilot.at[0] if len(pilot.at) == 1 else list(pilot.at),
            "status": pilot.status,
            "outcome": pilot.outcome,
        }
        for key in found.keys() & wanted.keys():
            if wanted[key] != found[key]:
                place = self.source.place(("cases", 0, "steps", number, "expect", key))
                message = say("期望 {a}，实际是 {b}", "expected {a}, found {b}", a=wanted[key], b=found[key])
                raise PlaybookError([Problem(place, "scenario", message)], {self.source.file: self.source.text})


def _brief(lines: list[str], *, refused: bool) -> Iterator[str]:
    """What a command said, without what the next line of the story says anyway."""
    if not refused:
        useful = [line for line in lines if line.startswith(("✓", "  E"))]
        yield from useful[:2]
        if len(useful) > 2:
            yield str(say("…（共{n}条）", "… ({n} in all)", n=len(useful)))
        return
    shown = 0
    for line in lines:
        shown += line.startswith("✗")
        if shown > _SHOWN:
            break
        if not line.startswith("    ") or "→" not in line or "playbook" in line:
            yield line
    total = sum(line.startswith("✗") for line in lines)
    if total > _SHOWN:
        yield str(say("…（共{n}项）", "… ({n} in all)", n=total))
