"""What a batch says at its end: each remark with its paper, the same on several papers once, the totals."""

from __future__ import annotations

import pytest

from engine.commands._jobs import Job
from engine.commands._remarks import Remark, tell_remarks
from engine.commands._session import Session
from engine.errors import Place, Problem
from engine.text import say


def remark(name: str, *problems: Problem, missing: int = 0) -> Remark:
    return Remark(Job("p", "letter", name), name, problems, missing)


def problem(zh: str, severity: str = "error") -> Problem:
    return Problem(Place(""), "too-long", say("{z}", "{z}", z=zh), None, "error" if severity == "error" else "warning")


def told(capsys: pytest.CaptureFixture[str], *remarks: Remark) -> list[str]:
    tell_remarks(Session(), remarks)
    return capsys.readouterr().out.splitlines()


def test_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == []


def test_the_same_on_several_papers_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(
        capsys,
        remark("甲", problem("缺字", "warning")),
        remark("乙", problem("缺字", "warning")),
        remark("丙", problem("长")),
    )
    assert found == ["  · 甲 等 2 份：缺字", "  ✗ 丙：长", "3 份有提醒，其中 1 份（✗）要改"]


def test_of_hundreds_the_first_are_shown_and_all_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, *(remark(str(n), problem(f"第{n}")) for n in range(200)))
    assert len(found) == 22 and found[19] == "  ✗ 19：第19"
    assert found[20:] == ["  还有 180 条，--json 列出全部", "200 份有提醒，其中 200 份（✗）要改"]


def test_gaps_alone_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, remark("甲", missing=3), remark("乙", missing=1))
    assert found == ["2 份还有待补充的内容；单独生成其中一份，会列出缺什么、由谁提供"]
