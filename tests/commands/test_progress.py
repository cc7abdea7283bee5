"""Progress is for somebody who watches: one line, gone at the end; nothing where nobody does."""

from __future__ import annotations

import io

import pytest

import engine.commands._progress as module
from engine.commands._progress import progress
from engine.commands._session import Session
from engine.text import say


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert progress(Session(), say("核对", "checking")) is None
    monkeypatch.setattr("sys.stderr", Terminal())
    assert progress(Session(json=True), say("核对", "checking")) is None


def test_a_line_is_written_over_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    clock = iter([0.0, 0.1, 0.5, 0.6, 1.0])
    monkeypatch.setattr(module, "monotonic", lambda: next(clock))
    tell = progress(Session(), say("核对", "checking"))
    assert tell is not None
    for done in (1, 2, 3, 4):
        tell(done, 4)
    lines = screen.getvalue().split("\r")
    # The first look came too early, the second showed, the third too early again, the last wiped the line.
    assert lines[1] == "核对 2/4（0s）" and set(lines[2]) == {" "} and lines[-1] == ""


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    tell = progress(Session(), say("核对", "checking"))
    assert tell is not None
    tell(1, 1)
    assert screen.getvalue() == ""
