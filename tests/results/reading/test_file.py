"""Ledgers as hospitals produce them: many shapes, one meaning; and what is refused, with nothing of it kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from engine.errors import UserError
from engine.results.reading import guess_kind
from tests.results.ledgers import csv_text, read, refusal

HEAD = ["日期", "渠道", "咨询", "花费"]
ROWS = [["2026-03-02", "公众号", 12, "350.50"], ["2026-03-03", "健康节", 3, ""]]
WANTED = [
    {"day": "2026-03-02", "channel": "公众号", "enquiries": 12, "spend": 35050},
    {"day": "2026-03-03", "channel": "健康节", "enquiries": 3, "spend": None},
]


def save(folder: Path, text: str, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_read_the_same(tmp_path: Path, encoding: str, separator: str) -> None:
    path = save(tmp_path, csv_text([HEAD, *ROWS], separator), encoding)
    assert read(path) == (WANTED, [])


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["统计日期", "来源渠道", "咨询人数", "投放费用"], ["2026/3/2", "公众号", "12", "350.50"]),
        (["Date", "Source", "Enquiries", "Spend"], ["2026.3.2", "公众号", "１２", "３５０．５"]),
        (["日 期", "渠道名称", "咨询量（人）", "花费（元）"], ["2026年3月2日", "公众号", "12人", "￥350.5元"]),
        (["日期", "平台", "有效对话", "花费（万元）"], ["20260302", "公众号", "12", "0.03505"]),
        (["日期", "渠道", "线索", "花费（万元）"], ["2026-03-02 08:30:00", "公众号", "12", "0.03505万"]),
        (["日期", "渠道", "咨询", "花费"], ["46083", "公众号", "12.0", "350.5"]),
        (["日期", "渠道", "咨询", "花费"], ['="2026-03-02"', "公众号", '="12"', "350.50"]),
    ],
)
def test_headers_dates_and_numbers_under_many_names(tmp_path: Path, head: list[str], row: list[str]) -> None:
    good, bad = read(save(tmp_path, csv_text([head, row])))
    assert (good, bad) == ([WANTED[0]], [])


def test_titles_totals_blank_lines_and_notes_are_passed_over(tmp_path: Path) -> None:
    rows = [["某医院渠道日报", "", "", ""], [], HEAD, ROWS[0], ["", "", "", ""], ["合计", "", 12, 350.5], ROWS[1]]
    assert read(save(tmp_path, csv_text(rows))) == (WANTED, [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["2026-03", "公众号", 1, 1], "month"),
        (["3月2日", "公众号", 1, 1], "no-year"),
        (["2026-02-30", "公众号", 1, 1], "no-day"),
        (["2027-01-01", "公众号", 1, 1], "future"),
        (["1999-12-31", "公众号", 1, 1], "too-early"),
        (["", "公众号", 1, 1], "empty"),
        (["2026-03-02", "公众号", "1.5", 1], "fraction"),
        (["2026-03-02", "公众号", "-3", 1], "negative"),
        (["2026-03-02", "公众号", "很多", 1], "no-number"),
        (["2026-03-02", "公众号", "=SUM(A1)", 1], "formula"),
        (["2026-03-02", "公众号", "#REF!", 1], "error"),
        (["2026-03-02", "公众号", "98765432101234", 1], "too-large"),
        (["2026-03-02", "公众号", 1, "1.234"], "fraction"),
        (["2026-03-02", "字" * 200, 1, 1], "too-long"),
        (["2026-03-02", "公众号", 1], "width"),
        (["2026-03-02", "公众号", "1", "234", "00"], "width"),
    ],
)
def test_a_bad_row_says_why_and_the_others_are_read(tmp_path: Path, row: list[object], code: str) -> None:
    good, bad = read(save(tmp_path, csv_text([HEAD, ROWS[0], row, ROWS[1]])))
    assert (good, bad) == (WANTED, [(3, code)])


@pytest.mark.parametrize(
    "header",
    [
        "姓名",
        "患者姓名",
        "联系电话",
        "手机号",
        "身份证号",
        "病历号",
        "住院号",
        "家庭住址",
        "微信号",
        "Patient ID",
        "name",
    ],
)
def test_columns_of_identities_are_refused_by_name(tmp_path: Path, header: str) -> None:
    path = save(tmp_path, csv_text([[*HEAD, header], [*ROWS[0], "某某"]]))
    with pytest.raises(UserError) as caught:
        read(path)
    assert caught.value.code == "forbidden-column"
    assert "E 列" in caught.value.message.zh and "某某" not in caught.value.message.zh


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("备注", "电话13812345678"),
        ("备注", "11010519491231002X"),
        ("备注", "住院号：20231234"),
        ("渠道", "13812345678"),
        ("咨询", "13812345678"),
        ("咨询", "138 1234 5678"),
        ("花费", "11010519491231002X"),
    ],
)
def test_identities_in_a_cell_refuse_the_whole_file(tmp_path: Path, column: str, value: str) -> None:
    head = [*HEAD, "备注"]
    row: list[object] = [*ROWS[1], ""]
    row[head.index(column)] = value
    with pytest.raises(UserError) as caught:
        read(save(tmp_path, csv_text([head, [*ROWS[0], ""], row])))
    assert caught.value.code == "identity"
    assert value not in str(caught.value.message) and value[:6] not in str(caught.value.message)


@pytest.mark.parametrize("key", ["张三", "欧阳修", "13812345678", "20231234", "11010519491231002X"])
def test_a_key_is_a_code_and_nobody_s_name_or_number(tmp_path: Path, key: str) -> None:
    rows = [
        ["代号", "日期", "环节", "渠道"],
        ["P0001", "2026-03-02", "咨询", "公众号"],
        [key, "2026-03-02", "预约", ""],
    ]
    assert refusal(save(tmp_path, csv_text(rows)), "events") == "identity"


def test_a_column_of_names_is_found_by_what_stands_in_it(tmp_path: Path) -> None:
    names = ["张伟", "王芳", "李小龙", "赵敏", "陈静怡", "周杰"]
    rows = [[*HEAD, "谁"], *([*ROWS[0][:1], f"渠道{i}", 1, 1, n] for i, n in enumerate(names))]
    assert refusal(save(tmp_path, csv_text(rows))) == "identity"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        ("只有一行字", "no-header"),
        ("甲,乙\r\n1,2\r\n", "no-header"),
        ("日期,渠道\r\n2026-03-02,公众号\r\n", "columns-missing"),
        ("渠道,咨询\r\n公众号,3\r\n", "columns-missing"),
        ("日期,渠道,咨询,咨询量\r\n2026-03-02,公众号,3,4\r\n", "two-columns"),
    ],
)
def test_a_file_that_is_no_ledger(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(save(tmp_path, text)) == code


def test_a_mapped_header_is_used_and_a_mapped_identity_is_still_refused(tmp_path: Path) -> None:
    path = save(tmp_path, csv_text([["日期", "从哪来", "来了几个"], ["2026-03-02", "公众号", 3]]))
    good, _ = read(path, given={"从哪来": "channel", "来了几个": "arrivals"})
    assert good == [{"day": "2026-03-02", "channel": "公众号", "arrivals": 3}]
    path = save(tmp_path, csv_text([["日期", "姓名", "来了几个"], ["2026-03-02", "公众号", 3]]))
    assert refusal(path, given={"姓名": "channel", "来了几个": "arrivals"}) == "forbidden-column"
    assert refusal(path, given={"没有这列": "channel"}) in ("no-header", "forbidden-column")


def workbook(folder: Path, *rows: object, name: str = "a.xlsx", merged: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(folder / name)
    return folder / name


def test_excel_dates_merged_cells_and_the_right_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明", "随便写写"])
    sheet = book.create_sheet("数据")
    sheet.append(["渠道日报"])
    sheet.append(HEAD)
    sheet.append([date(2026, 3, 2), "公众号", 12, 350.5])
    sheet.append([date(2026, 3, 3), None, 3, None])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    good, bad = read(tmp_path / "a.xlsx")
    assert [row["channel"] for row in good] == ["公众号", "公众号"] and bad == []
    assert [row["day"] for row in good] == ["2026-03-02", "2026-03-03"] and good[0]["spend"] == 35050


def test_formulas_without_values_and_errors_are_reported_not_read_as_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD, ["2026-03-02", "公众号", "=1+1", 5], ["2026-03-03", "公众号", 3, 5])
    assert read(path)[1] == [(2, "formula")]
    book = openpyxl.load_workbook(path)
    book.active["C2"] = "#REF!"
    book.active["C2"].data_type = "e"
    book.save(path)
    assert read(path)[1] == [(2, "error")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "locked"),
    ],
)
def test_what_only_looks_like_a_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_the_kind_is_told_by_the_header(tmp_path: Path) -> None:
    events = save(tmp_path, csv_text([["代号", "日期", "环节"], ["P01", "2026-03-02", "咨询"]]), name="e.csv")
    assert guess_kind(events) == "events"
    assert guess_kind(save(tmp_path, csv_text([HEAD, *ROWS]))) == "aggregate"
    assert guess_kind(tmp_path / "missing.csv") is None
