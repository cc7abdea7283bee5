"""`board --tree`, on the screen and for programs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter

import pytest

from engine.store.rows import from_json, to_json
from tests.commands.demo_workspace import PARENT, told
from tests.commands.runner import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = told(tmp_path, capsys)
    shell.type("replicate", PARENT, "--department", "骨科")
    shell.on("2026-07-20").type("replicate", "骨科试点", "--department", "康复科")
    return shell


def test_the_family_is_indented_with_what_is_below(shell: Shell) -> None:
    lines = shell.type("board", "--tree").splitlines()
    assert [
        line.split("  ")[0] if not line.startswith(" ") else line.strip().split("  ")[0] for line in lines[2:6]
    ] == [
        PARENT,
        "├ 眼科干眼长期管理试点",
        "└ 骨科试点",
        "└ 康复科试点",
    ]
    assert "复制3（进行中3）" in lines[2] and "成功" in lines[2]
    assert lines[-1] == "共 4 个试点：独立 1，下级 0，复制 3；有后代的家族 1 个，复制最多到第 3 代"


def test_for_programs_it_is_flat_and_in_order(shell: Shell) -> None:
    found = shell.json("board", "--tree")
    assert [(p["name"], p["depth"], p["relation"]) for p in found["pilots"]] == [
        (PARENT, 0, "root"),
        ("眼科干眼长期管理试点", 1, "successor"),
        ("骨科试点", 1, "successor"),
        ("康复科试点", 2, "successor"),
    ]
    assert found["totals"]["generations"] == 3


def test_who_is_left_out_by_a_filter_still_counts_and_those_above_are_shown(shell: Shell) -> None:
    found = shell.json("board", "--tree", "--playbook", "four-step-pilot-3")
    assert [p["name"] for p in found["pilots"]] == [PARENT, "骨科试点", "康复科试点"]
    assert found["pilots"][0]["below"]["successor"] == 3
    assert "没有" in shell.type("board", "--tree", "--person", "谁也不是")


def test_ten_thousand_pilots_are_shown_quickly(shell: Shell) -> None:
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        sample = from_json(db.execute("SELECT row FROM pilots WHERE name = '康复科试点'").fetchone()[0])
        for n in range(10_000):
            above = sample.pilot if n % 100 == 0 else f"x{n - 1:05}"
            one = sample._replace(pilot=f"x{n:05}", name=f"x{n:05}", origin=above)
            values = (one.pilot, 1, one.name, one.name, one.status, None, to_json(one))
            db.execute("INSERT INTO pilots VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    began = perf_counter()
    assert "共 10004 个试点" in shell.type("board", "--tree")
    assert perf_counter() - began < 10  # about one second on two shared cores
