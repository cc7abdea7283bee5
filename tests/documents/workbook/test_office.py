"""A real spreadsheet program opens the workbook, saves it its own way, and what comes back is the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from engine.process import commands as c
from tests.documents.workbook.filling import Book, changes
from tests.process.world import Bench


def saved_by_office(path: Path) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("not installed: soffice")
    out = path.parent / "office"
    profile = (path.parent / "profile").as_uri()
    words = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*words, str(path)], check=True, capture_output=True, timeout=180)
    return out / path.name


def test_saved_by_libreoffice_it_is_still_the_same_workbook(tmp_path: Path) -> None:
    bench = (
        Bench()
        .to_bake()
        .do(
            c.AddRow("breads", {"name": "法棍 & <酸>", "price": "12.5"}),
            c.SetFields({"score": "46/50", "opening": "2026-06-01", "story": "第一行\n第二行", "size": "small"}),
        )
    )
    book = Book(bench, tmp_path)
    again = saved_by_office(book.path)
    assert changes(bench, again).commands == () and changes(bench, again).ok
    file = openpyxl.load_workbook(again)
    assert file["_playbook"].sheet_state != "visible"


def test_filled_in_and_saved_by_libreoffice(tmp_path: Path) -> None:
    bench = Bench()
    book = Book(bench, tmp_path).put("字段", "月租", 填写内容=12000.5).put("任务", "装饰", 状态="进行中")
    row = book.free_row("面包")
    book.put("面包", row, 名称="法棍", 价格="12.50")
    found = changes(bench, saved_by_office(book.save()))
    assert found.ok and [m.zh for m in found.problems] == []
    bench.do(found.batch)
    assert str(bench.pilot.fields["rent"]) == "12000.50" and bench.pilot.rows["breads"][1]["name"] == "法棍"
