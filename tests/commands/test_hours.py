"""What is due at an hour is told with its hour, wherever its day is told."""

from __future__ import annotations

import re

import openpyxl

from tests.commands.runner import Shell

HOUR = r"\d{4}-\d\d-\d\d \d\d:\d\d"


def test_status_and_task_list_tell_the_hour(shell: Shell) -> None:
    shell.type("start", "opinion-incident", "差评一件")
    shell.type("use", "差评一件")
    assert re.search(rf"期限：{HOUR}$", shell.type("status"), re.MULTILINE)
    first = shell.json("status")["blockers"][0]
    assert re.fullmatch(r"\d\d:\d\d", first["due_time"]) and len(first["due"]) == 10
    assert re.search(rf"登记 .*{HOUR}", shell.type("tasks"))


def test_written_lists_tell_the_hour(shell: Shell) -> None:
    shell.type("start", "opinion-incident", "差评一件")
    for name in ("list.csv", "list.md", "list.xlsx"):
        shell.type("tasks", "差评一件", "-o", str(shell.root / name))
    assert re.search(rf",{HOUR},", (shell.root / "list.csv").read_text(encoding="utf-8-sig"))
    assert re.search(r"年\d+月\d+日 \d\d:\d\d", (shell.root / "list.md").read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(shell.root / "list.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    due = sheet.cell(2, heads.index("截止日期") + 1)
    assert due.number_format == "yyyy-mm-dd hh:mm" and due.value.minute == int(shell_minute(shell))


def shell_minute(shell: Shell) -> str:
    return str(shell.json("tasks", "差评一件")["tasks"][0]["due"])[14:16]


def test_what_is_due_in_the_course_of_a_day_has_no_hour(shell: Shell) -> None:
    assert shell.json("status")["blockers"][0]["due_time"] is None
    assert not re.search(HOUR, shell.type("tasks"))
