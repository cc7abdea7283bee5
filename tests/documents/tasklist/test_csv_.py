import csv
import io

import pytest

from engine.documents.tasklist.csv_ import to_csv
from tests.documents.tasklist.lists import listed, with_row


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_excel_on_windows() -> None:
    content = to_csv(listed())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == 4


def test_csv_reads_back() -> None:
    rows = read(to_csv(listed()))
    assert [row["编号"] for row in rows] == ["1", "2", "3"]
    assert rows[0] | {"任务": "清空机房", "截止日期": "2026-03-07", "状态": "已完成", "证据": "已附1件"} == rows[0]
    assert read(to_csv(listed(language="en")))[2]["Due"] == "2026-03-15"


def test_csv_keeps_lines_and_quotes_inside_a_cell() -> None:
    row = read(to_csv(with_row(listed(), help='第一行\n"第二行", 完')))[0]
    assert row["做什么"] == '第一行\n"第二行", 完'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1"])
def test_csv_has_no_formula(text: str) -> None:
    row = read(to_csv(with_row(listed(), title=text, people=(text, "乙"))))[0]
    assert row["任务"] == f"'{text}"
    assert row["负责人"] == f"'{text}、乙"
