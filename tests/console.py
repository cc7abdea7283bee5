"""The terminal sessions of the docs, read from Markdown and typed for real, in-process, with the clock set.

A fenced block ```console holds `$ command` lines and what the screen says. A line `…` stands for any lines, `…` within
a line for any text. Comments steer what a reader does by hand or by waiting, until the next comment of the kind:

    <!-- clock: 2026-03-02 -->      the day it is (09:00 and a minute more for each command)
    <!-- lang: en -->               the language of the screen (may stand in the same comment)
    <!-- files: a.csv b.pdf -->     files that lie in the folder
    <!-- fill: papers/x.xlsx -->    the table that follows is filled into this workbook
    <!-- sample: ID/ledger/x.csv --> copies a file of playbooks/samples into the folder
    <!-- write: playbooks/x.yaml --> the block that follows is saved as this file
    <!-- replace: x.yaml a b -->    the word a in a file becomes b
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cli import run
from engine.commands._session import Session

_ZONE = ZoneInfo("Asia/Shanghai")
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->")
_CODE = re.compile(r" \[[a-z-]+\]$")  # at the end of a problem that `check` reports
_KEYS = re.compile(r"\b(clock|lang|files|fill|write|sample|replace):\s*")


@dataclass(slots=True)
class Typed:
    """A command of a page: the line it stands on, what was typed, what the page says the screen shows."""

    line: int
    words: list[str]
    expected: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Steer:
    """A comment: `kind` is its key; `rows` is the table after a fill, `text` the block after a write."""

    line: int
    kind: str
    value: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def read_page(text: str) -> list[Typed | Steer]:
    """What a page asks for, in order. Blocks of other languages are left alone."""
    steps: list[Typed | Steer] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fence = "" if fence else (line[3:].strip() or "plain")
        elif fence == "console":
            _console_line(steps, number, line)
        elif fence and steps and isinstance(steps[-1], Steer) and steps[-1].kind == "write":
            steps[-1].text += f"{line}\n"
        elif not fence and (found := _COMMENT.fullmatch(line.strip())):
            steps += [Steer(number, kind, value) for kind, value in _pairs(found[1])]
        elif not fence and line.startswith("|") and steps and isinstance(steps[-1], Steer):
            steps[-1].rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return steps


def _console_line(steps: list[Typed | Steer], number: int, line: str) -> None:
    if line.startswith("$ "):
        steps.append(Typed(number, shlex.split(line[2:])))
    elif steps and isinstance(steps[-1], Typed):
        steps[-1].expected.append(line.rstrip())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    parts = _KEYS.split(text)
    for kind, value in zip(parts[1::2], parts[2::2], strict=True):
        yield kind, value.strip()


def play(page: Path) -> list[str]:
    """Do what a page does, in the current directory. The differences found, each with its line."""
    moment = datetime.combine(date(2026, 3, 2), time(9), _ZONE)
    differences = []
    for step in read_page(page.read_text(encoding="utf-8")):
        if isinstance(step, Steer):
            if step.kind == "clock":
                moment = datetime.combine(date.fromisoformat(step.value), time(9), _ZONE)
            else:
                _steer(step)
            continue
        moment += timedelta(minutes=1)
        if step.words[0] == "export":
            name, _, value = step.words[1].partition("=")
            os.environ[name] = value
            continue
        if step.words[0] == "cd":
            os.chdir(step.words[1])
            continue
        assert step.words[0] == "playbook", f"{page.name}:{step.line}: sessions type playbook, not {step.words[0]}"
        code, said = type_line(step.words[1:], moment)
        refused = any(line.startswith("✗") or _CODE.search(line) for line in step.expected)
        if not matches(step.expected, said) or code != refused:
            shown = "\n".join(f"    {line}" for line in said)
            differences.append(f"{page.name}:{step.line}: {shlex.join(step.words)}\n  the screen said:\n{shown}")
    return differences


def _steer(step: Steer) -> None:
    """Prepare what the page's reader has, or is told to write."""
    if step.kind == "lang":
        os.environ["PLAYBOOK_LANG"] = step.value
    elif step.kind == "files":
        for name in step.value.split():
            Path(name).write_text(f"{name}\n", encoding="utf-8")
    elif step.kind == "sample":
        source = Path(__file__).resolve().parents[1] / "playbooks" / "samples" / step.value
        Path(source.name).write_bytes(source.read_bytes())
    elif step.kind == "replace":
        file, old, new = step.value.split()
        Path(file).write_text(Path(file).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    elif step.kind == "write":
        Path(step.value).write_text(step.text, encoding="utf-8")
    else:
        fill(Path(step.value), step.rows)


def type_line(words: list[str], moment: datetime) -> tuple[int, list[str]]:
    """One command line: its exit code and the lines of the screen."""
    screen = io.StringIO()
    with redirect_stdout(screen), redirect_stderr(screen):
        code = run(words, Session(now=lambda: moment))
    return code, [line.rstrip() for line in screen.getvalue().splitlines()]


def matches(expected: list[str], said: list[str]) -> bool:
    """Does the screen fit the page? Blank lines at the ends do not count."""
    pattern = ""
    for line in "\n".join(expected).strip("\n").split("\n"):
        if line == "…":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("…")) + "\n"
    return re.fullmatch(pattern, "\n".join(said).strip("\n") + "\n") is not None


def fill(path: Path, rows: list[list[str]]) -> None:
    """Type a table's rows into a workbook, as a person does: sheet, row's name (empty: the next free row), `heading＝text；…`.

    Raises AssertionError for a sheet, row or heading that the workbook does not have.
    """
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet_name, row_name, entries in rows[2:]:  # the head and the rule under it
        sheet = book[sheet_name]
        headings = {str(cell.value): cell.column for cell in sheet[1]}
        for name in re.split("、|, ", row_name):
            line = _named_row(sheet, name) if name else _free_row(sheet)
            for entry in entries.split("<br>"):
                heading, _, value = entry.replace("=", "＝", 1).partition("＝")
                sheet.cell(line, headings[heading.strip()]).value = value.strip()
    book.save(path)


def _named_row(sheet: object, name: str) -> int:
    for row in sheet.iter_rows(min_row=2, max_col=4):  # type: ignore[attr-defined]
        if name in {str(cell.value) for cell in row}:
            return int(row[0].row)
    raise AssertionError(f"no row {name}")


def _free_row(sheet: object) -> int:
    for row in sheet.iter_rows(min_row=2):  # type: ignore[attr-defined]
        if all(cell.value in (None, "") for cell in row):
            return int(row[0].row)
    raise AssertionError("no free row")
