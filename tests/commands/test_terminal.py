"""At a real terminal: questions, colours, an interruption."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.commands.runner import Shell

pexpect: Any = pytest.importorskip("pexpect") if sys.platform != "win32" else None
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a Unix terminal")


def terminal(shell: Shell, *words: str) -> Any:
    program = [str(Path(cli.__file__)), "--workspace", str(shell.root), *words]
    how = {"encoding": "utf-8", "timeout": 20, "dimensions": (40, 100)}
    return pexpect.spawn(sys.executable, program, preexec_fn=_interruptible, **how)


def _interruptible() -> None:
    """Tests that were started in the background ignore interruptions, and hand that down."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_erasing_is_asked_about_first(shell: Shell) -> None:
    shell.type("set story=某人的故事")
    for answer, seq in (("", 2), ("不", 2), ("是", 3)):
        screen = terminal(shell, "erase", "story", "--reason", "撤回同意", "--lang", "zh")
        screen.expect_exact("无法恢复。继续吗？ [y/N]")
        screen.sendline(answer)
        screen.expect(pexpect.EOF)
        screen.close()
        assert (screen.exitstatus == 0) is (seq == 3) and shell.json("status")["seq"] == seq, screen.before


def test_an_interruption_is_one_line_and_writes_nothing(shell: Shell) -> None:
    shell.type("set story=某人的故事")
    screen = terminal(shell, "erase", "story", "--reason", "撤回同意", "--lang", "zh")
    screen.expect_exact("[y/N]")
    screen.sendintr()
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 130 and "已中断" in screen.before and "Traceback" not in screen.before
    assert shell.json("status")["seq"] == 2


def test_a_terminal_has_colours_unless_they_are_not_wanted(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[31m✗" in terminal(shell, "status").read()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in terminal(shell, "status").read()
