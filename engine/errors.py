"""Problems as values: where, what, how bad, what to do. One format on the screen, one in JSON, one for GitHub.

A `Problem` is about a text somebody wrote (a playbook, a scenario, a settings file) and has a place in it.
A refusal of a command is a `Blocker` (see `engine.pilot.blockers`): it has no file, but an owner and a command.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from engine.frozen import frozen
from engine.text import Message

Severity = Literal["error", "warning"]


@frozen
class Place:
    """A position in a file: 1-based line and column (in Unicode characters); 0 means "the file as a whole"."""

    file: str
    line: int = 0
    col: int = 0

    def __lt__(self, other: Place) -> bool:
        return (self.file, self.line, self.col) < (other.file, other.line, other.col)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}" if self.line else self.file


NOWHERE = Place("")


@frozen
class Problem:
    """One thing that is wrong. `related` points at other places that matter (`previously defined here`)."""

    place: Place
    code: str
    message: Message
    hint: Message | None = None
    severity: Severity = "error"
    related: tuple[tuple[Place, Message], ...] = ()

    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.place.file, self.place.line, self.place.col, self.code, self.message.zh)

    def as_dict(self) -> dict[str, object]:
        """The shape of `--format json`: file, line, col, code, severity, message, hint, related."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "col": self.place.col,
            "code": self.code,
            "severity": self.severity,
            "message": str(self.message),
            "hint": str(self.hint) if self.hint else None,
            "related": [{"file": p.file, "line": p.line, "col": p.col, "message": str(m)} for p, m in self.related],
        }


class PlaybookError(Exception):
    """Something a user can mend. Carries every problem found, sorted; `texts` maps file name → text for snippets."""

    def __init__(self, problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems), key=Problem.sort_key))
        self.texts: Mapping[str, str] = dict(texts or {})
        super().__init__("\n".join(render(self.problems, self.texts)))


class UserError(Exception):
    """A refusal outside any file: a wrong name, a missing workspace. `code` is stable; `hint` says what to do next."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.hint = code, message, hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else str(self.message)


def width(text: str) -> int:
    """Columns a terminal needs for `text`: wide and full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 0 if unicodedata.combining(ch) else 1 for ch in text)


def render(problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> list[str]:
    """Lines for the screen: `file:line:col: message [code]`, the line with a caret under it, the hint."""
    lines: list[str] = []
    for problem in problems:
        mark = "" if problem.severity == "error" else f"{_warning()} "
        lines.append(f"{problem.place}: {mark}{problem.message} [{problem.code}]")
        lines.extend(_snippet(problem.place, texts or {}))
        if problem.hint:
            lines.append(f"    → {problem.hint}")
        for place, message in problem.related:
            lines.append(f"    {place}: {message}")
    return lines


def render_github(problems: Iterable[Problem]) -> list[str]:
    """Workflow commands that GitHub shows as annotations in the file."""

    def escape(text: str, more: str = "") -> str:
        out = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return out.replace(":", "%3A").replace(",", "%2C") if more else out

    lines = []
    for p in problems:
        where = f"file={escape(p.place.file, ':')},line={max(p.place.line, 1)},col={max(p.place.col, 1)}"
        text = f"{p.message} [{p.code}]" + (f"\n{p.hint}" if p.hint else "")
        lines.append(f"::{p.severity} {where}::{escape(text)}")
    return lines


def _warning() -> str:
    from engine.text import say

    return str(say("提醒：", "warning:"))


def _snippet(place: Place, texts: Mapping[str, str]) -> list[str]:
    text = texts.get(place.file)
    if text is None or not place.line:
        return []
    source = text.splitlines()
    if place.line > len(source):
        return []
    row = source[place.line - 1].replace("\t", " ")
    # A very long line is cut around the column, so that the caret stays on the screen.
    start = max(0, place.col - 60) if len(row) > 160 else 0
    shown = row[start : start + 160]
    shown = "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in shown)
    head = f"{place.line} | "
    pad = " " * (len(head) + width(shown[: max(place.col - 1 - start, 0)]))
    return [f"{head}{shown}", f"{pad}^"]
