"""`--sources`: every number of a paper has something behind it, and what is said to be behind it is there."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.demo_workspace import PARENT, told
from tests.commands.runner import Shell

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return told(tmp_path, capsys)


def body_of(path: Path) -> str:
    """A paper without its stamp and its steering remarks."""
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return "\n".join(line for line in text.splitlines() if not line.startswith("> "))


def events(shell: Shell) -> dict[int, tuple[str, dict[str, Any]]]:
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        pilot = db.execute("SELECT pilot FROM pilots WHERE name = ?", (PARENT,)).fetchone()[0]
        rows = db.execute("SELECT seq, type, data FROM events WHERE pilot = ?", (pilot,)).fetchall()
    return {seq: (kind, json.loads(data)) for seq, kind, data in rows}


@pytest.mark.parametrize("document", ["brief", "guide"])
def test_every_number_of_the_sample_has_a_source(shell: Shell, document: str) -> None:
    answer = shell.json(document, PARENT, "--format", "md", "--sources")
    assert answer["unsourced"] == []
    assert all(claim["sources"] for claim in answer["sources"])
    said = " ".join(claim["text"] for claim in answer["sources"])
    known = set(NUMBER.findall(said))
    # Written anew here, without the program's own safety net: what is no traced value is a word of the templates.
    folder = Path(__file__).parents[2]
    templates = [
        *(folder / "playbooks" / "templates").glob("*.j2"),
        *(folder / "engine" / "documents" / "templates").glob("*.j2"),
    ]
    own = set(NUMBER.findall(" ".join(path.read_text(encoding="utf-8") for path in templates)))
    found = set(NUMBER.findall(body_of(Path(answer["files"][0]))))
    assert found - known - own == set()
    assert len(found & known) >= 60 if document == "brief" else 30


def test_what_is_named_as_the_source_is_there(shell: Shell) -> None:
    answer = shell.json("brief", PARENT, "--format", "md", "--sources")
    log = events(shell)
    by_path = {claim["path"]: claim for claim in answer["sources"]}
    reason = by_path["fields.recommendation_reason.value"]["sources"]
    assert [log[n][1]["field"] for n in reason[0]["events"]] == ["recommendation_reason"]
    spend = by_path["fields.spend.value"]["sources"]
    assert spend[0]["kind"] == "ledger" and "563行" in spend[0]["words"]
    assert [log[n][0] for n in spend[0]["events"]] == ["imported", "counted"]
    cost = by_path["metrics.cost_per_patient.value"]["sources"]
    assert "宣传投入 ÷ 新患者" in cost[0]["words"] and [s["kind"] for s in cost] == ["metric", "ledger", "ledger"]
    team = next(claim for path, claim in by_path.items() if path.startswith("counted."))
    assert team["text"] == "5" and {log[n][0] for s in team["sources"] for n in s["events"]} == {"assigned"}
    for claim in answer["sources"]:
        assert all(n in log for source in claim["sources"] for n in source["events"])


def test_a_number_nothing_is_behind_is_told(shell: Shell) -> None:
    (shell.root / "templates" / "brief.md.j2").write_text("# x\n\n共{{ 6 * 7 }}人，第3条\n", encoding="utf-8")
    answer = shell.json("brief", PARENT, "--format", "md", "--sources")
    assert answer["unsourced"] == ["42"]
    assert "没有来源的数字：42" in shell.type("brief", PARENT, "--format", "md", "--sources")


def test_a_file_beside_the_paper(shell: Shell) -> None:
    answer = shell.json("brief", PARENT, "--format", "md", "--sources=file")
    beside = Path(answer["files"][1])
    assert beside.name == f"{PARENT}-试点成果简报-草稿-来源.md"
    rows = [line for line in beside.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) == len(answer["sources"]) + 2


def test_the_paper_is_the_same_with_and_without(shell: Shell) -> None:
    first = Path(shell.json("brief", PARENT, "--format", "md")["files"][0]).read_bytes()
    answer = shell.json("brief", PARENT, "--format", "md", "--sources")
    assert Path(answer["files"][0]).read_bytes() == first
    assert "sources" not in shell.json("brief", PARENT, "--format", "md")


def test_the_pilot_may_come_after_the_option(shell: Shell) -> None:
    shell.type("use", "眼科干眼长期管理试点")
    assert PARENT in shell.json("brief", "--sources", PARENT, "--format", "md")["files"][0]


def test_what_was_taken_back_is_no_source(shell: Shell) -> None:
    shell.type("use", "眼科干眼长期管理试点")
    shell.type("set", "service=第一种说法")
    shell.type("set", "service=第二种说法")
    shell.type("undo", "--reason", "写错了")
    answer = shell.json("brief", "--format", "md", "--sources")
    service = next(c for c in answer["sources"] if c["path"] == "fields.service.value")
    assert service["text"] == "第一种说法" and service["sources"][0]["events"] == [2]
