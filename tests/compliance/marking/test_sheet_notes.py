"""Remarks on a workbook: coloured cells and a sheet that lists them, read back with openpyxl."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from engine.compliance.marking import Note, annotated
from engine.compliance.reading import read
from tests.compliance.reading.samples import source, xlsx


def test_cells_are_coloured_and_listed_with_links() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = "O'院"
        sheet["A1"], sheet["B2"], sheet["C3"] = "我院最好", "最好的价格", "无事"
        sheet["A1"].font = Font(bold=True)
        book.create_sheet("检查结果")["A1"] = "自己的表"

    found = source(xlsx(fill), "价.xlsx")
    text = read(found).text
    notes = [
        Note(text.index("最好"), text.index("最好") + 2, True, "AD-ABS-01", ("依据：甲", "改写：乙"), phrase="最好"),
        Note(text.index("价格"), text.index("价格") + 2, False, "PRICE-PROMO-01", ()),
    ]
    book = load_workbook(io.BytesIO(annotated(found, notes, "playbook", datetime(2026, 3, 2, tzinfo=UTC))))
    assert book.sheetnames == ["O'院", "检查结果", "检查结果 2"]
    sheet, listed = book.worksheets[0], book.worksheets[2]
    colours = [sheet[c].fill.fgColor.rgb if sheet[c].fill.patternType else None for c in ("A1", "B2", "C3")]
    assert colours == ["FFFFC7CE", "FFFFEB9C", None] and sheet["A1"].font.bold
    assert [[c.value for c in row] for row in listed.iter_rows()] == [
        ["位置", "提示", "原文", "说明"],
        ["O'院!A1", "AD-ABS-01", "最好", "依据：甲\n改写：乙"],
        ["O'院!B2", "PRICE-PROMO-01", "", ""],
    ]
    assert listed["A2"].hyperlink.location == "'O''院'!A1" and listed["D2"].alignment.wrap_text
