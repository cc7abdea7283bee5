"""Texts of workbooks and their cells, looked up again with openpyxl."""

from __future__ import annotations

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from xlsxwriter import Workbook as Workbook2

from engine.compliance.reading.sheets import column_number, letters
from tests.compliance.reading.samples import place_of, reading, xlsx


def test_cells_of_every_kind_with_their_places() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = "价目"
        sheet["A1"], sheet["B1"] = "项目", CellRichText("我院", TextBlock(InlineFont(b=True), "最好"))
        sheet["A3"], sheet["C3"] = 13812345678, 0.956
        sheet["C3"].number_format = "0.0%"
        sheet["D3"] = date(2026, 3, 12)
        sheet["E3"], sheet["F3"] = 12.50, True
        sheet["B5"] = "另"
        sheet["B5"].comment = Comment("备注里的话", "审")
        hidden = book.create_sheet("藏")
        hidden.sheet_state = "hidden"
        hidden["AB2"] = "藏着的"

    found = reading(xlsx(fill), "价.xlsx")
    assert found.text == "项目\t我院最好\n13812345678\t95.6%\t2026-03-12\t12.5\n另\n备注里的话\n藏着的"
    assert place_of(found, "最好") == "价.xlsx 价目!B1" and found.spot_at(found.text.index("最好")).col == 3
    assert place_of(found, "95.6%") == "价.xlsx 价目!C3"
    assert place_of(found, "备注") == "价.xlsx 价目!B5的批注"
    assert place_of(found, "藏着") == "价.xlsx 藏!AB2"


def test_what_a_formula_gave_is_read() -> None:
    made = io.BytesIO()
    book = Workbook2(made, {"in_memory": True})
    book.add_worksheet().write_formula("A1", '="治愈率"&"98%"', None, "治愈率98%")
    book.close()
    assert reading(made.getvalue(), "价.xlsx").text == "治愈率98%"


def test_columns_by_letter_and_number() -> None:
    assert [(letters(n), column_number(letters(n))) for n in (1, 26, 27, 28, 702, 703)] == [
        ("A", 1), ("Z", 26), ("AA", 27), ("AB", 28), ("ZZ", 702), ("AAA", 703)
    ]  # fmt: skip


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n最好"), min_size=1, max_size=10
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 30)), CELL, max_size=8))
def test_every_piece_is_what_its_cell_says(cells: dict[tuple[int, int], str]) -> None:
    def fill(book: Workbook) -> None:
        for (row, column), text in cells.items():
            cell = book.active.cell(row, column)  # type: ignore[union-attr]
            cell.value, cell.data_type = text, "s"

    content = xlsx(fill)
    found = reading(content, "x.xlsx")
    sheet = load_workbook(io.BytesIO(content)).active
    assert len(found.pieces) == len(cells)
    for piece in found.pieces:
        assert sheet[piece.spot.cell].value == found.text[piece.start : piece.end]  # type: ignore[index,union-attr]
