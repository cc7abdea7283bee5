"""The workbook as people and their programs see it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from engine.documents.workbook import export_workbook
from engine.process import commands as c
from tests.documents.workbook.filling import Book
from tests.process.world import Bench


@pytest.fixture
def book(tmp_path: Path) -> Book:
    bench = Bench().to_bake().do(c.AddRow("breads", {"name": "=1+1", "price": "12.5"}))
    return Book(bench, tmp_path)


def test_sheets_are_the_tasks_the_roles_the_fields_and_the_records(book: Book) -> None:
    visible = [s.title for s in book.file if s.sheet_state == "visible"]
    assert visible == ["任务", "角色", "字段", "面包", "意见"]
    assert all(s.sheet_state == "veryHidden" for s in book.file if s.title not in visible)


def test_headings_stay_in_sight_and_sheets_print_on_landscape_a4(book: Book) -> None:
    for page in (s for s in book.file if s.sheet_state == "visible"):
        assert page.freeze_panes is not None and page.freeze_panes.endswith("2")
        assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
        assert page.print_title_rows == "$1:$1" and page.auto_filter.ref
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_a_choice_has_a_drop_down_with_its_titles(book: Book) -> None:
    page = book.file["字段"]
    cell = book.cell("字段", "规模", "填写内容")
    rules = [r for r in page.data_validations.dataValidation if cell.coordinate in r.sqref and r.type == "list"]
    assert len(rules) == 1
    sheet, area = rules[0].formula1.split("!")
    shown = [row[0].value for row in book.file[sheet.strip("=")][area.replace("$", "")]]
    assert shown == ["小店", "大店"]


def test_the_status_of_a_task_has_a_drop_down(book: Book) -> None:
    cell = book.cell("任务", "装饰", "状态")
    rules = book.file["任务"].data_validations.dataValidation
    assert cell.value == "未开始" and any(cell.coordinate in r.sqref and r.type == "list" for r in rules)


def test_values_stand_as_people_write_them(book: Book) -> None:
    assert book.cell("字段", "月租", "填写内容").value == 12000
    assert book.cell("字段", "班次", "填写内容").value == "早班、晚班"
    assert book.cell("角色", "面包师", "人员（用、隔开）").value == "李师傅"
    assert book.cell("任务", "批贷款", "状态").value == "已完成"
    assert book.cell("任务", "批贷款", "签字人").value == "赵经理"


def test_a_text_that_looks_like_a_formula_is_text(book: Book) -> None:
    cell = book.cell("面包", "=1+1", "名称")
    assert cell.data_type in ("s", "inlineStr") or cell.value == "=1+1"
    assert "<f>" not in _parts(book.path)


def test_what_may_be_filled_in_is_yellow_and_the_rest_is_not(book: Book) -> None:
    def colour(heading: str) -> str:
        return str(book.cell("字段", "月租", heading).fill.start_color.rgb)

    assert colour("填写内容") != colour("字段") == colour("说明")


def test_records_have_empty_rows_up_to_their_limit(book: Book) -> None:
    page = book.file["面包"]
    rules = page.data_validations.dataValidation
    column = next(x.column_letter for x in page[1] if x.value == "状态")
    # Three rows at most: one is there, two are ready.
    assert any(f"{column}4" in r.sqref for r in rules) and not any(f"{column}5" in r.sqref for r in rules)


def test_the_same_pilot_gives_the_same_bytes() -> None:
    bench = Bench().to_bake()
    once = export_workbook(bench.book, bench.pilot, bench.calendar, bench.now)
    assert once == export_workbook(bench.book, bench.pilot, bench.calendar, bench.now)


def test_english_headings(tmp_path: Path) -> None:
    bench = Bench()
    path = tmp_path / "x.xlsx"
    path.write_bytes(export_workbook(bench.book, bench.pilot, bench.calendar, bench.now, language="en"))
    file = openpyxl.load_workbook(path)
    assert file.sheetnames[:3] == ["Tasks", "Roles", "Fields"]
    assert [x.value for x in file["Fields"][1]][1:4] == ["Field", "Value", "How to write it"]


def _parts(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
