import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from engine.documents.tasklist.rows import TaskList
from engine.documents.tasklist.xlsx import to_xlsx
from tests.documents.tasklist.lists import listed, with_row


def sheet_of(made: TaskList) -> Any:
    return load_workbook(io.BytesIO(to_xlsx(made))).worksheets[0]


def test_xlsx_reads_back_with_two_readers() -> None:
    content = to_xlsx(listed())
    first = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [first.cell(y, 3).value for y in (1, 2, 3, 4)] == ["任务", "清空机房", "测量承重", "培训技师"]
    assert first.cell(2, 6).value == datetime(2026, 3, 7)
    second = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("任务清单").to_python()
    assert second[1][:7] == ["1", "场地准备", "清空机房", "设备工程师", "王蕾、李想", date(2026, 3, 7), "已完成"]


def test_xlsx_is_the_same_each_time() -> None:
    assert to_xlsx(listed()) == to_xlsx(listed())


def test_xlsx_is_made_for_looking_and_printing() -> None:
    sheet = sheet_of(listed())
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:L4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert rules == ['AND($F2<>"",$F2<TODAY(),OR(LEFT($G2,3)="未开始",LEFT($G2,3)="进行中"))'] * 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "007", "{=1}"])
def test_xlsx_writes_texts_as_texts(text: str) -> None:
    cell = sheet_of(with_row(listed(), title=text)).cell(2, 3)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_xlsx_takes_the_longest_and_the_emptiest() -> None:
    assert len(sheet_of(with_row(listed(), help="长" * 40_000)).cell(2, 11).value) == 32_767
    assert sheet_of(replace(listed(), rows=())).max_row == 1
