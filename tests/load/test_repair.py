"""What the checks may still look at after mistakes of form."""

from typing import Any

import pytest

from engine.load.repair import repaired
from engine.schema import findings
from engine.source import Source, parse
from tests.load.folder import BASE


def source(old: str, new: str) -> Source:
    assert old in BASE
    return parse(BASE.replace(old, new, 1), "f")


def after(old: str, new: str) -> dict[str, Any] | None:
    read = source(old, new)
    found = findings(read.data, "playbook", read)
    assert found
    return repaired(read.data, found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 原方案", "title: 5"),
        ("due: 3 workdays", "due: soon"),
        ("duties: [写, 做]", "duties: [写, 5]"),
        ("else: 不够", "fix: 不够"),
        ("title: 准备", "goal: 准备"),
    ],
)
def test_harmless(old: str, new: str) -> None:
    made = after(old, new)
    assert made is not None
    assert list(made["stages"]) == ["prepare", "done", "stopped"]


def test_the_given_data_is_not_changed() -> None:
    read = source("due: 3 workdays", "due: soon")
    repaired(read.data, findings(read.data, "playbook", read))
    assert read.data["stages"]["prepare"]["tasks"]["plan"]["due"] == "soon"


def test_misspelt_key_is_put_right() -> None:
    made = after("next: done", "nxt: done")
    assert made is not None
    assert made["stages"]["prepare"]["next"] == "done"
    assert list(made["stages"]["prepare"])[3] == "next"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", role: nurse", ""),
        ("next: done", "next: Done!"),
        ("next: done", "nxt: [done]"),
        ("lead: {title: 负责人", "负责人: {title: 负责人"),
        ("needs: [plan]", "needs: {plan: 1}"),
        ("type: number", "type: numbr"),
    ],
)
def test_too_much_is_wrong(old: str, new: str) -> None:
    assert after(old, new) is None
