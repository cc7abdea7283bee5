"""What a refusal suggests can be typed as it stands: understood by the program, and never stored with its placeholders."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest

from engine.pilot.blockers import PLACEHOLDERS
from tests.commands.runner import Shell

WORDS = {*PLACEHOLDERS, *PLACEHOLDERS.values()}


def to_bake(shell: Shell) -> None:
    page = shell.file("租约.pdf")
    shell.type("assign owner=王蕾 baker=李师傅")
    shell.type("done", "1", "--set", "rent=1万", "--attach", page)
    shell.type("attach", "plan", page)
    shell.type("done 2")
    shell.type("done 3 --signed-by 赵经理")
    shell.type("set shifts=早班")
    shell.type("advance")


def rows(shell: Shell) -> None:
    to_bake(shell)
    shell.type("add breads name=法棍")
    shell.type("add", "breads", "name=黑 麦", "state=ready")
    shell.type("add complaints text=硬 bread=2")


def later(shell: Shell) -> None:
    shell.type("add breads name=法棍")
    shell.type("add complaints text=太硬 bread=1")


def full(shell: Shell) -> None:
    for name in "一二三":
        shell.type(f"add breads name={name}")


def away(shell: Shell) -> None:
    shell.type("advance --to pause")


CASES: list[tuple[Callable[[Shell], None] | None, str]] = [
    (None, "advance"),
    (None, "done 1"),
    (None, "done 2"),
    (None, "done 3"),
    (None, "done 3 --signed-by 王蕾"),
    (None, "skip 1"),
    (None, "advance --to nowhere"),
    (None, "advance --to stop"),
    (None, "undo"),
    (None, "erase story"),
    (None, "add breads price=12"),
    (None, "edit breads 1 name=x"),
    (None, "add complaints text=硬 bread=1"),
    (None, "set size=巨大"),
    (None, "set opening=很快"),
    (to_bake, "advance"),
    (rows, "advance"),
    (rows, "remove breads 2"),
    (later, "undo --command 2 --reason 不要了"),
    (full, "add breads name=四"),
    (away, "done 1"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("before", "line"), CASES, ids=[f"{b.__name__}: {line}" if b else line for b, line in CASES])
def test_suggestions_are_understood(
    shell: Shell, before: Callable[[Shell], None] | None, line: str, language: str
) -> None:
    if before:
        before(shell)
    shell.type(*line.split(), "--lang", language, code=1)
    suggested = [text.split("→ playbook ")[1] for text in shell.err.splitlines() if "→ playbook " in text]
    assert suggested
    for command in suggested:
        words = shlex.split(command)
        seq = shell.json("status")["seq"]
        unsaid = any(word.rpartition("=")[2] in WORDS or "|" in word for word in words)
        code = shell.run(*words, "--lang", language)
        said = shell.out + shell.err
        assert code in ((1, 2) if unsaid else (0, 1)), f"{command} ended with {code}: {said}"
        if unsaid:
            assert shell.json("status")["seq"] == seq, f"{command} was stored"
        # The next suggestion is tried on the same pilot, unless this one ended it.
        if shell.json("status")["status"] == "finished":
            break


def test_another_pilots_suggestions_name_it(shell: Shell) -> None:
    shell.type("start", "bakery", "西 街 店")
    shell.type("use 东街店")
    said = shell.type("status", "-p", "西 街")
    lines = [line for line in said.splitlines() if "playbook " in line]
    assert len(lines) > 4 and all(line.endswith('-p "西 街 店"') for line in lines), said


def test_verbs_that_take_no_pilot_get_none(shell: Shell) -> None:
    shell.type("start", "four-step-pilot", "甲")
    shell.type("use 东街店")
    assert "→ playbook show four-step-pilot\n" in shell.type("set -p 甲 rentt=1", code=1)
