import csv
import io
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from engine.documents.look import Fonts, Look
from engine.documents.look.colours import palette_of
from engine.documents.tasklist.rows import TaskList
from engine.documents.tasklist.xlsx import to_xlsx
from tests.documents.tasklist.lists import listed, with_row
from tests.documents.word.test_office import need


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
    assert sheet.auto_filter.ref == "A1:M4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert rules == ['$M2="逾期"'] * 3


def test_a_page_holds_all_columns_in_legible_letters() -> None:
    sheet = sheet_of(listed())
    room = 11.69 - sheet.page_margins.left - sheet.page_margins.right  # inches
    taken = sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLM") * 7 / 96
    assert 10 * room / taken > 8  # points


def test_a_day_with_its_hour_has_room_in_its_column() -> None:
    late = with_row(listed(), moment=datetime(2026, 3, 3, 14, 30, tzinfo=UTC))
    widths = [sheet_of(made).column_dimensions["F"].width for made in (listed(), late)]
    assert widths[0] < 13 and widths[1] > len("2026-03-03 14:30")


def test_a_role_s_sheet_does_not_repeat_the_role_in_each_row() -> None:
    book = book_of(listed())
    assert [s.column_dimensions["D"].hidden for s in book.worksheets] == [False, True, True]
    assert not sheet_of(replace(listed(), rows=listed().rows[:2])).column_dimensions["D"].hidden


def book_of(made: TaskList, **how: Any) -> Any:
    return load_workbook(io.BytesIO(to_xlsx(made)), **how)


def test_a_sheet_for_each_role_holds_its_tasks_only() -> None:
    book = book_of(listed())
    assert book.sheetnames == ["任务清单", "设备工程师", "医学物理师"]
    titles = {s.title: [s.cell(y, 3).value for y in range(2, s.max_row + 1)] for s in book.worksheets}
    assert titles["设备工程师"] == ["清空机房", "测量承重"] and titles["医学物理师"] == ["培训技师"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "D2" and sheet.page_setup.orientation == "landscape"
        assert sheet.auto_filter.ref == f"A1:M{sheet.max_row}"
    assert book_of(replace(listed(), rows=listed().rows[:2])).sheetnames == ["任务清单"]


def test_states_are_chosen_on_the_roles_sheets_and_the_whole_follows_by_number() -> None:
    book = book_of(listed())
    choice = book["设备工程师"].data_validations.dataValidation[0]
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"未开始,进行中,已完成,已跳过"', "G2:G3")
    assert book["任务清单"].data_validations.dataValidation[0].type == "custom"
    assert (
        book["任务清单"]["G3"].value == "=IFERROR(INDEX('设备工程师'!$G:$G,MATCH($A3,'设备工程师'!$A:$A,0)),\"未开始\")"
    )
    shown = book_of(listed(), data_only=True)
    assert [shown["任务清单"].cell(y, 7).value for y in (2, 3, 4)] == ["已完成", "未开始", "未开始"]
    only = book_of(replace(listed(), rows=listed().rows[:2]))["任务清单"]
    assert (only.data_validations.dataValidation[0].type, only["G2"].value) == ("list", "已完成")


def test_what_is_overdue_says_so_in_words_too() -> None:
    late = with_row(listed(), due=date(2026, 3, 3), overdue=True)
    assert sheet_of(late)["M2"].value == '=IF(AND($F2<>"",$F2<TODAY(),OR($G2="未开始",$G2="进行中")),"逾期","")'
    assert load_workbook(io.BytesIO(to_xlsx(late)), data_only=True).worksheets[0]["M2"].value == "逾期"


def test_what_was_not_done_in_a_stage_that_is_left_is_late_no_more() -> None:
    left = with_row(listed(), due=date(2026, 3, 3), reached=True, active=False)
    assert sheet_of(left)["M2"].value is None


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["甲/乙", "甲:乙"], ["甲_乙", "甲_乙 2"]),
        (["长" * 40, "长" * 41], ["长" * 31, "长" * 29 + " 2"]),
        (["'", "任务清单"], ["_", "任务清单 2"]),
        (["History", "O'Neil"], ["History 2", "O'Neil"]),
    ],
)
def test_any_role_gives_a_sheet_a_name(titles: list[str], names: list[str]) -> None:
    one, two = listed().rows[:2]
    rows = (replace(one, role="a", role_title=titles[0]), replace(two, role="b", role_title=titles[1]))
    book = book_of(replace(listed(), rows=rows))
    assert book.sheetnames[1:] == names
    assert book_of(replace(listed(), rows=rows), data_only=True).worksheets[0]["G2"].value == "已完成"


def test_a_real_spreadsheet_follows_a_changed_state(tmp_path: Path) -> None:
    need("soffice")
    if not any(Path("/usr/lib/libreoffice/program").glob("libsclo*")):
        pytest.skip("not installed: libreoffice-calc")
    book = book_of(listed())
    book["设备工程师"]["G3"] = "已跳过"
    book.save(tmp_path / "a.xlsx")
    profile = (tmp_path / "profile").as_uri()
    words = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "a.xlsx",
    ]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[6] for row in rows[1:]] == ["已完成", "已跳过", "未开始"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "007", "{=1}"])
def test_xlsx_writes_texts_as_texts(text: str) -> None:
    cell = sheet_of(with_row(listed(), title=text)).cell(2, 3)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_xlsx_takes_the_longest_and_the_emptiest() -> None:
    assert len(sheet_of(with_row(listed(), help="长" * 40_000)).cell(2, 11).value) == 32_767
    assert sheet_of(replace(listed(), rows=())).max_row == 1


def test_the_hospital_s_look_is_in_its_cells_and_around_its_pages() -> None:
    look = Look(("示范&湖畔医院", "湖畔路1号", "电话 8"), colours=palette_of("#7A1F2B"), fonts=Fonts("仿宋"))
    sheet = sheet_of(listed(look=look, hospital="示范&湖畔医院"))
    head, body = sheet.cell(1, 1), sheet.cell(2, 3)
    assert (head.fill.fgColor.rgb, head.font.color.rgb) == (f"FF{look.colours.pale}", f"FF{look.colours.dark}")
    assert {head.font.name, body.font.name} == {"仿宋"}
    assert sheet.oddHeader.left.text == "&B示范&&湖畔医院&B\n东院磁共振"
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("湖畔路1号  电话 8", "&P / &N")


def test_without_a_letterhead_the_hospital_stands_before_the_pilot() -> None:
    plain = sheet_of(listed(hospital="湖畔医院"))
    assert (plain.oddHeader.left.text, plain.oddFooter.center.text) == ("湖畔医院 东院磁共振", "&P / &N")
    other = sheet_of(listed(hospital="湖畔医院", look=Look(("甲集团",))))
    assert other.oddHeader.left.text == "&B甲集团&B\n湖畔医院 东院磁共振"
    assert other.cell(1, 1).font.name == "Microsoft YaHei" and other.cell(1, 1).fill.fgColor.rgb == "FFDCE6F1"


def test_the_longest_header_is_still_one_for_excel() -> None:
    lines = tuple("&" * 40 for _ in range(4))
    made = replace(listed(look=Look(lines)), hospital="", pilot="&" * 200)
    header = sheet_of(made).oddHeader
    assert header.left.text is not None and len(header.left.text) <= 255 - len("&L&C&A&R2026-04-01")
    assert sheet_of(made).oddFooter.left.text == "  ".join(["&" * 80] * 3)


def test_the_arrows_of_the_filter_do_not_cover_the_heads() -> None:
    assert sheet_of(listed()).row_dimensions[1].height > 30
