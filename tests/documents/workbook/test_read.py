"""Reading a workbook that came back: moved columns, other programs, and files that are none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from engine.documents.workbook import read_workbook
from engine.documents.workbook.guard import MOST_BYTES
from engine.documents.workbook.read import cell_text
from engine.errors import UserError
from tests.documents.workbook.filling import Book, changes
from tests.process.world import Bench


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    assert caught.value.message.zh and caught.value.hint
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-workbook"),
        (b"name,value\n", "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not-a-workbook"),
        (b"PK\x03\x04 broken", "not-a-workbook"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.xlsx") == "no-file" and refused(tmp_path) == "no-file"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert refused(path) == "file-too-large"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 150_000_000)
    assert path.stat().st_size < 1_000_000
    assert refused(path) == "file-too-large"


def test_a_truncated_workbook(tmp_path: Path) -> None:
    path = Book(Bench(), tmp_path).save()
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path) == "not-a-workbook"


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    assert refused(path) == "not-ours"


def test_columns_may_be_moved_and_rows_sorted(tmp_path: Path) -> None:
    bench = Bench()
    book = Book(bench, tmp_path).put("字段", "月租", 填写内容=9000)
    page = book.file["字段"]
    rows = [[c.value for c in row] for row in page.iter_rows()]
    head, body = rows[0], sorted(rows[1:], key=lambda r: str(r[1]), reverse=True)
    for y, row in enumerate([head, *body], 1):
        for x, value in enumerate([row[2], *row[:2], *row[3:]], 1):
            page.cell(y, x).value = value
    found = changes(bench, book.save())
    assert [m.zh for m in found.problems] == [] and len(found.commands) == 1
    assert found.preview[0].zh.startswith("【字段】A")


def test_a_column_or_a_sheet_that_was_deleted_is_told(tmp_path: Path) -> None:
    book = Book(Bench(), tmp_path)
    del book.file["意见"]
    book.file["字段"].delete_cols(3)
    found = changes(Bench(), book.save())
    assert len(found.problems) == 2 and not found.ok


@pytest.mark.parametrize(
    ("cell", "text"),
    [(5.0, "5"), (5.25, "5.25"), (1e-7, "0.0000001"), (True, "TRUE"), ("  x\u200b ", "x"), ("", "")],
)
def test_cells_become_texts(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_a_number_too_long_for_a_spreadsheet_is_a_problem(tmp_path: Path) -> None:
    bench = Bench()
    found = changes(bench, Book(bench, tmp_path).put("字段", "店铺故事", 填写内容=110105194912310021).save())
    assert len(found.problems) == 1 and "数字太长" in found.problems[0].zh
