"""`playbook workbook`: out, filled in, back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.runner import Shell


def fill(path: Path, row: str, value: object) -> None:
    file = openpyxl.load_workbook(path)
    page = file["字段"]
    line = next(r[0].row for r in page.iter_rows(min_row=2) if r[1].value == row)
    page.cell(line, 3).value = value
    file.save(path)


@pytest.fixture
def path(shell: Shell) -> Path:
    path = shell.root / "填写.xlsx"
    assert "填写.xlsx" in shell.type("workbook", "-o", str(path))
    return path


def test_export_goes_to_papers_under_the_pilots_name(shell: Shell) -> None:
    shell.type("workbook")
    assert (shell.root / "papers" / "东街店-填写表.xlsx").is_file()


def test_import_without_an_answer_shows_the_changes_and_writes_nothing(shell: Shell, path: Path) -> None:
    fill(path, "月租", 12000)
    said = shell.type("workbook", "--import", str(path))
    assert "【字段】" in said and "12000" in said and "--yes" in said
    assert shell.json("status")["seq"] == 1


def test_import_with_yes_writes_it_all_as_one_command(shell: Shell, path: Path) -> None:
    fill(path, "月租", 12000)
    fill(path, "店铺故事", "老街")
    assert "月租" in shell.type("workbook", "--import", str(path), "--yes")
    events = shell.json("history")["events"]
    assert len({e["command"] for e in events[1:]}) == 1 and len(events) == 3
    shell.type("undo", "--reason", "填错了")
    assert "没有改动" not in shell.type("workbook", "--import", str(path), "--dry-run")


def test_a_conflict_is_refused_with_both_values(shell: Shell, path: Path) -> None:
    fill(path, "月租", 12000)
    shell.type("set", "rent=15000")
    said = shell.type("workbook", "--import", str(path), "--yes", code=1)
    assert "15000" in said and "12000" in said and "没有写入" in said


def test_json_of_both_ways(shell: Shell, path: Path) -> None:
    assert shell.json("workbook", "-o", str(path))["file"] == str(path)
    fill(path, "月租", "?")
    answer = shell.json("workbook", "--import", str(path), code=1)
    assert answer["written"] is False and "月租" in answer["problems"][0]
    fill(path, "月租", 12000)
    assert shell.json("workbook", "--import", str(path), "--dry-run")["preview"]
    assert shell.json("workbook", "--import", str(path), "--yes")["events"][0]["type"]


@pytest.mark.parametrize("name", ["没有.xlsx", "playbook-workspace.yaml"])
def test_a_file_that_is_none_is_refused(shell: Shell, name: str) -> None:
    said = shell.type("workbook", "--import", str(shell.root / name), "--yes", code=1)
    assert said.startswith("✗") and "→" in said


def test_a_gate_refuses_the_whole(shell: Shell, path: Path) -> None:
    fill(path, "月租", 12000)
    file = openpyxl.load_workbook(path)
    page = file["任务"]
    column = next(c.column for c in page[1] if c.value == "状态")
    page.cell(2, column).value = "已完成"
    file.save(path)
    said = shell.type("workbook", "--import", str(path), "--yes", code=1)
    assert "--attach" in said and shell.json("status")["seq"] == 1
