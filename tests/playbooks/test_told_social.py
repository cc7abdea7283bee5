"""Social media through the real command line: two months, one of its pieces and one incident, each to its end."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.resources import playbooks_folder
from engine.source import parse, read_text
from tests.playbooks.telling import Teller, at

SAMPLES = playbooks_folder() / "samples"


def story(name: str) -> Mapping[str, Any]:
    path = SAMPLES / name / "story.yaml"
    data: Any = parse(read_text(path), str(path)).data
    case: Mapping[str, Any] = data["cases"][0]
    return case


def test_social_media_runs_with_its_pieces_and_its_incident(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = story("social-media")
    shutil.copytree(SAMPLES / "social-media" / "ledger", tmp_path / "files" / "ledger")
    teller = Teller(tmp_path / "院", capsys, str(case["start"]["on"]), case["start"]["as"], tmp_path / "files")
    teller.type("init", str(teller.root), "--hospital", "示范医院", "--me", case["start"]["as"])
    parent = teller.pilot = str(case["start"]["name"])
    teller.type("start", "social-media", parent)
    waiting = {"2026-04-15": incident, "2026-05-15": piece}
    for step in case["steps"]:
        told = waiting.pop(str(step.get("on")), None)
        if told is not None:
            told(teller, parent)
            teller.actor, teller.pilot = case["start"]["as"], parent
            teller.type("use", parent)
        teller.tell([step])
    assert not waiting
    pilot = teller.view().pilot
    assert (pilot.status, pilot.outcome) == ("finished", "succeeded")
    assert [(link.name.removeprefix(f"{parent}·"), link.outcome) for link in pilot.links] == [
        ("洗澡水多热合适", None),
        ("孩子起疹子先做什么", None),
        ("取药等候的批评", "succeeded"),
        ("药膏涂多少才够", "succeeded"),
    ]
    asked = teller.type("decide", "topic_next", "reads=5100", "shares=120", "comments=18")
    assert "下一步：再做一篇" in asked
    (report,) = (teller.root / "papers").glob("*月报*.md")
    printed = report.read_text(encoding="utf-8")
    assert "15,800次" in printed
    assert "药膏涂多少才够" in printed
    assert "待补充" not in printed
    teller.type("verify-log")


def incident(teller: Teller, parent: str) -> None:
    """Started from the command the watch task names; the hours run out once and the leadership takes over."""
    case = story("opinion-incident")
    teller.actor, teller.pilot = case["start"]["as"], case["start"]["name"]
    teller.type("use", parent)
    teller.moment = at(str(case["start"]["on"]))
    teller.type("start", "opinion-incident", teller.pilot, "--parent", parent)
    teller.type("use", teller.pilot)
    teller.tell(case["steps"])
    assert teller.view().pilot.outcome == "succeeded"


def piece(teller: Teller, parent: str) -> None:
    """The piece that the second month started by itself, and a year later its taking down."""
    case = story("content-piece")
    teller.actor, teller.pilot = case["start"]["as"], f"{parent}·{case['start']['name']}"
    teller.type("use", teller.pilot)
    teller.tell(case["steps"])
    teller.tell([{"done": "take_down", "set": {"taken_down_on": f"{teller.moment:%Y-%m-%d}"}}, {"advance": "next"}])
    assert teller.view().pilot.outcome == "succeeded"
