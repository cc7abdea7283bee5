"""Playbooks run for real, from `init` to their end, through the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.resources import playbooks_folder
from engine.source import parse, read_text
from tests.playbooks.telling import Teller, later

MRI = Path(__file__).parent.parent / "data" / "mri"
SAMPLE = playbooks_folder() / "samples" / "four-step-pilot"


def first_case(path: Path) -> Mapping[str, Any]:
    data: Any = parse(read_text(path), str(path)).data
    case: Mapping[str, Any] = data["cases"][0]
    return case


def test_a_playbook_of_another_field_runs_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = first_case(MRI / "mri-commissioning.scenarios.yaml")
    start = case["start"]
    teller = Teller(tmp_path / "site", capsys, str(start["on"]), start["as"], tmp_path / "files")
    playbook = str(MRI / "mri-commissioning.yaml")
    teller.type("init", str(teller.root), "--me", start["as"])
    assert "✓" in teller.type("check", playbook)
    teller.pilot = "Scanner 1"
    facts = [word for name, value in start["set"].items() for word in ("--set", f"{name}={value}")]
    teller.type("start", playbook, teller.pilot, *facts)
    open_tasks = teller.type("--lang", "en", "tasks")
    assert "Check the floor" in open_tasks
    assert "Project lead" in open_tasks
    teller.tell(case["steps"])
    pilot = teller.view().pilot
    assert (pilot.status, pilot.outcome) == ("finished", "succeeded")
    teller.type("tasks", "--format", "md")
    (written,) = (teller.root / "papers").glob("*任务清单.md")
    printed = written.read_text(encoding="utf-8")
    for title in ("Check the floor", "Test the coil", "Sign off"):
        assert title in printed
    teller.type("verify-log")


def test_a_plan_starts_its_pilots_and_waits_for_one_to_succeed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = first_case(playbooks_folder() / "phased-plan.scenarios.yaml")
    start = case["start"]
    teller = Teller(tmp_path / "院", capsys, str(start["on"]), start["as"], tmp_path / "files")
    teller.type("init", str(teller.root), "--hospital", "示范医院", "--me", start["as"])
    plan = teller.pilot = str(start["name"])
    teller.type("start", "phased-plan", plan)
    boards: list[str] = []

    def child(given: Mapping[str, Any]) -> None:
        """The department's own pilot goes all the way, half a year after the sample's."""
        boards.append(teller.type("board"))
        teller.pilot = f"{plan}·{given['name']}"
        teller.type("use", teller.pilot)
        teller.files, teller.shift = SAMPLE, 215
        moment = teller.moment
        teller.tell(later(first_case(SAMPLE / "demo.yaml")["steps"], teller.shift))
        assert teller.view().pilot.outcome == given["outcome"]
        teller.moment = max(moment, teller.moment)
        teller.files, teller.shift = tmp_path / "files", 0
        teller.pilot = plan
        teller.type("use", plan)

    teller.tell(case["steps"], child=child)
    pilot = teller.view().pilot
    assert (pilot.status, pilot.outcome) == ("finished", "succeeded")
    assert [(link.name, link.outcome) for link in pilot.links] == [
        (f"{plan}·皮肤科四步走试点", "succeeded"),
        (f"{plan}·内分泌科四步走试点", None),
    ]
    assert boards
    assert all(name in boards[0] for name in (plan, "皮肤科四步走试点", "内分泌科四步走试点"))
    teller.type("verify-log", plan)
