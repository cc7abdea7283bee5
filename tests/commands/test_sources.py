"""`--sources`: every number of a paper has something behind it, and what is said to be behind it is there."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.demo_workspace import PARENT, SUCCESSOR, told
from tests.commands.runner import Shell

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return told(tmp_path, capsys)


def body_of(path: Path) -> str:
    """A paper without its stamp, its steering remarks, and the numbers of its lists and of rows that are counted."""
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [line for line in text.splitlines() if not line.startswith("> ")]
    for head, line in enumerate(lines):
        if re.match(r"\| (次序|序号) ", line):
            for number, at in enumerate(range(head + 2, len(lines)), 1):
                if not lines[at].startswith(f"| {number} |"):
                    break
                lines[at] = lines[at].partition(" | ")[2]
    return "\n".join(re.sub(r"^\d+\. ", "", line) for line in lines)


def events(shell: Shell) -> dict[int, tuple[str, dict[str, Any]]]:
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        pilot = db.execute("SELECT pilot FROM pilots WHERE name = ?", (PARENT,)).fetchone()[0]
        rows = db.execute("SELECT seq, type, data FROM events WHERE pilot = ?", (pilot,)).fetchall()
    return {seq: (kind, json.loads(data)) for seq, kind, data in rows}


# Each paper of the sample, and the least numbers it must be about: fewer would prove nothing.
@pytest.mark.parametrize(
    ("document", "pilot", "least"),
    [
        ("brief", PARENT, 60),
        ("guide", PARENT, 60),
        ("showcase", PARENT, 20),
        ("role_handbook", PARENT, 20),
        ("journey", PARENT, 10),
        ("letter", PARENT, 15),
        ("meeting", SUCCESSOR, 5),  # a pilot that has ended has no gate ahead, and no figure in this paper
    ],
)
def test_every_number_of_the_sample_has_a_source(shell: Shell, document: str, pilot: str, least: int) -> None:
    answer = shell.json("paper", pilot, document, "--format", "md", "--sources")
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
    assert len(found & known) >= least, len(found & known)


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
    (shell.root / "templates" / "brief.md.j2").write_text(
        "# x\n\n1. 共{{ 6 * 7 }}人，第3条\n\n{{ 9 - 1 }}. 天\n\n| a | b |\n| --- | --- |\n| {{ 2 - 1 }} | |\n| {{ 8 - 1 }} | |\n",
        encoding="utf-8",
    )
    answer = shell.json("brief", PARENT, "--format", "md", "--sources")
    assert answer["unsourced"] == ["42", "7"]  # and not the 8 and the 1, which number a line
    assert "没有来源的数字：42、7" in shell.type("brief", PARENT, "--format", "md", "--sources")


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


def test_what_is_open_at_a_gate_is_so_on_a_day_and_since_the_stage_was_entered(shell: Shell) -> None:
    answer = shell.json("paper", SUCCESSOR, "meeting", "--format", "md", "--sources")
    open_ones = [one for one in answer["sources"] if re.fullmatch(r"gates\.0\.conditions\.\d+\.text", one["path"])]
    assert len(open_ones) == 11 and open_ones[0]["title"] == "下一道关口"
    for one in open_ones:
        assert [source["kind"] for source in one["sources"]] == ["playbook", "event", "clock"]
        assert one["sources"][1]["events"] == [1]
