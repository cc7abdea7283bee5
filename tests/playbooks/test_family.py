"""All five systems under one plan: one board shows the family, one calendar has the dates of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.runner import Shell

UNDER = {
    "皮肤科试点": "four-step-pilot",
    "皮肤科服务产品": "service-products",
    "社交媒体": "social-media",
    "患者漏斗": "patient-funnel",
}


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, capsys)
    shell.type("init", str(tmp_path), "--me", "王蕾")
    shell.type("start", "phased-plan", "全年计划")
    for name, playbook in UNDER.items():
        shell.type("start", playbook, name, "--parent", "全年计划")
    shell.type("start", "content-piece", "护手科普", "--parent", "社交媒体")
    shell.type("start", "opinion-incident", "排队投诉", "--parent", "社交媒体")
    shell.type("start", "funnel-cycle", "第1轮·预约", "--parent", "患者漏斗")
    return shell


EVERY = {"全年计划", *UNDER, "护手科普", "排队投诉", "第1轮·预约"}


def test_one_board_shows_the_family(plan: Shell) -> None:
    assert {row["name"] for row in plan.json("board")["pilots"]} == EVERY
    shown = plan.type("board", "--tree").splitlines()
    depth = {name: next(len(line) - len(line.lstrip(" │├└─")) for line in shown if name in line) for name in EVERY}
    assert depth["全年计划"] < depth["社交媒体"] < depth["护手科普"]
    assert depth["患者漏斗"] < depth["第1轮·预约"]


def test_one_calendar_has_the_dates_of_all(plan: Shell) -> None:
    dates = plan.json("calendar", "全年计划")["dates"]
    assert {one["pilot"] for one in dates} == EVERY
    assert any(one["time"] for one in dates if one["pilot"] == "排队投诉")  # hours, not days
    only = plan.json("calendar", "社交媒体")["dates"]
    assert {one["pilot"] for one in only} == {"社交媒体", "护手科普", "排队投诉"}
    answer = plan.json("calendar", "-o", str(plan.root / "全家.ics"))
    assert answer["dates"] == len(dates)
