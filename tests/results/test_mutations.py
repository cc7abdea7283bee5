"""A hundred and more ledgers spoilt in every way we could think of: rows, bad rows or a refusal, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from engine.errors import UserError
from engine.results.reading import guess_kind
from tests.results.ledgers import csv_text, read

HEAD = ["日期", "科室", "渠道", "曝光", "咨询", "预约", "到诊", "收入", "花费"]
ROWS = [
    [f"2026-03-{d:02}", "皮肤科", c, 100, 5, 2, 1, "520.00", "80"] for d in range(1, 9) for c in ("公众号", "健康节")
]
GOOD = csv_text([HEAD, *ROWS]).encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [HEAD, *ROWS]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_cell(value: object, column: int = 4, row: int = 3) -> bytes:
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return csv_text([HEAD, *rows]).encode("utf-8", "surrogatepass")


def with_header(*head: str) -> bytes:
    return csv_text([list(head), *ROWS]).encode()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * 80_000_000)
    return buffer.getvalue()


def replaced(part: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    source, target = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            package.writestr(name, content if name == part else source.read(name))
    return target.getvalue()


def damaged(seed: int, content: bytes) -> bytes:
    rng = random.Random(seed)
    spoilt = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
    return bytes(spoilt)


def mutations() -> Iterator[tuple[str, bytes]]:
    yield "good.csv", GOOD
    for name in ("utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5", "shift_jis", "utf-7"):
        yield f"{name}.csv", GOOD.decode().encode(name, "replace")
    cells = [
        "", " ", "-", "—", "0", "00012", "1e3", "1e400", "-1", "+5", "１２", "1,234", "1,23,4", "1.5", "NaN", "inf", "TRUE",
        "#DIV/0!", "#N/A", "=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "12人", "十二", "约12", "12~15", "12/50", "99999999999",
        "9" * 400, "1" * 5000, "<script>", "{{7*7}}", "\u202e12", "12\u200b", "\u0000", "\x1b[31m", "😀", "a\nb", '"', "'12", "$12", "¥12",
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        yield f"cell{number}.csv", with_cell(cell)
        yield f"day{number}.csv", with_cell(cell, 0)
    for number, day in enumerate(
        [
            "2026-13-01",
            "2026-02-30",
            "02/03/2026",
            "2.3",
            "3月",
            "昨天",
            "20261301",
            "2026-3-2T10:00",
            "0000-00-00",
            "9999-12-31",
            "46083.5",
            "-5",
        ]
    ):
        yield f"date{number}.csv", with_cell(day, 0)
    yield "no-header.csv", csv_text(ROWS).encode()
    yield "two-headers.csv", csv_text([HEAD, HEAD, *ROWS]).encode()
    yield "same-header.csv", with_header("日期", "日期", *HEAD[2:])
    yield "odd-header.csv", with_header("a" * 5000, *HEAD[1:])
    yield "wide.csv", csv_text([[*HEAD, *(f"x{i}" for i in range(10_000))], [*ROWS[0], *["1"] * 10_000]]).encode()
    yield "narrow.csv", b"\xe6\x97\xa5\xe6\x9c\x9f\r\n2026-03-02\r\n"
    yield "empty.csv", b""
    yield "blank.csv", b"\r\n\r\n ,,,\r\n"
    yield "header-only.csv", csv_text([HEAD]).encode()
    yield "nul.csv", GOOD.replace(b"5", b"\0")
    yield "only-nul.csv", b"\0" * 4000
    yield "mixed-ends.csv", GOOD.replace(b"\r\n", b"\n", 5).replace(b"\r\n", b"\r", 3)
    yield "open-quote.csv", GOOD.replace(b"2026-03-04", b'"2026-03-04')
    yield "quotes.csv", GOOD.replace(b",5,", b',"5"",')
    yield "long-line.csv", GOOD + b"x" * 3_000_000
    yield "cut.csv", GOOD[: len(GOOD) - 7]
    yield "binary.csv", bytes(random.Random(1).randrange(256) for _ in range(5000))
    yield "html.csv", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "semicolons.csv", GOOD.replace(b",", b";")
    yield "both.csv", GOOD.replace(b",", b";", 40)
    yield "titles.csv", csv_text([["标题"]] * 40 + [HEAD, *ROWS]).encode()
    yield "repeated.csv", csv_text([HEAD, *ROWS, *ROWS]).encode()
    book = workbook()
    yield "good.xlsx", book
    yield "called.csv", book
    yield "called.xlsx", GOOD
    for share in (1, 10, 50, 90, 99):
        yield f"cut{share}.xlsx", book[: len(book) * share // 100]
    for seed in range(25):
        yield f"spoilt{seed}.xlsx", damaged(seed, book)
        yield f"spoilt{seed}.csv", damaged(seed, GOOD)
    yield "bomb.xlsx", bomb()
    yield "no-sheet.xlsx", replaced("xl/worksheets/sheet1.xml", b"")
    yield "bad-sheet.xlsx", replaced("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'>")
    yield "entities.xlsx", replaced("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')
    yield "other.xlsx", replaced("[Content_Types].xml", b"no")


CASES = dict(mutations())


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("name", CASES)
def test_a_spoilt_ledger_is_read_or_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(CASES[name])
    guess_kind(path)
    for kind in ("aggregate", "events"):
        try:
            good, bad = read(path, kind)  # type: ignore[arg-type]
        except UserError as refused:
            assert refused.code and refused.message.zh
            continue
        assert all(2 <= row <= 100 and code for row, code in bad)
        for row in good:
            date.fromisoformat(str(row["day"]))
            assert all(value is None or isinstance(value, str | int) for value in row.values())
