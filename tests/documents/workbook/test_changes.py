"""A filled-in workbook as commands: what was changed and nothing else; what stands against it, with its cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from engine.documents.workbook import Changes, compare, export_workbook, read_workbook
from engine.errors import UserError
from engine.pilot.state import Ratio
from engine.process import commands as c
from tests.documents.workbook.filling import Book, changes, filled
from tests.process.world import FILE, Bench


def lines(found: Changes) -> list[str]:
    return [m.zh for m in (*found.problems, *found.conflicts)]


def test_an_unchanged_workbook_changes_nothing(tmp_path: Path) -> None:
    bench = Bench().to_bake().do(c.AddRow("breads", {"name": "法棍", "price": "12.5"}))
    found = filled(bench, tmp_path, lambda book: None)
    assert found == Changes((), ())


def test_everything_a_department_fills_in_comes_back_in_one_batch(tmp_path: Path) -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",)))

    def fill(book: Book) -> None:
        book.put("角色", "面包师", **{"人员（用、隔开）": "李师傅，张师傅"}).put(
            "角色", "银行经理", **{"人员（用、隔开）": "赵经理"}
        )
        book.put("字段", "月租", 填写内容="１．２万").put("字段", "开业日", 填写内容=datetime(2026, 6, 1))
        book.put("字段", "试吃满意度", 填写内容="46/50").put("字段", "规模", 填写内容="小店")
        book.put("任务", "装饰", 状态="进行中", 指定负责人="小陈").put("任务", "批贷款", 状态="已完成", 签字人="赵经理")
        row = book.free_row("面包")
        book.put("面包", row, 名称="法棍", 状态="可卖", 价格=12.5).put("面包", row + 1, 名称="贝果")

    found = filled(bench, tmp_path, fill)
    assert lines(found) == [] and found.ok
    bench.do(found.batch)
    pilot = bench.pilot
    assert pilot.people == {"owner": ("王蕾",), "baker": ("李师傅", "张师傅"), "bank": ("赵经理",)}
    assert (str(pilot.fields["rent"]), pilot.fields["opening"]) == ("12000.00", date(2026, 6, 1))
    assert pilot.fields["score"] == Ratio(46, 50) and pilot.fields["size"] == "small"
    assert (pilot.tasks["decorate"].status, pilot.tasks["decorate"].person) == ("in_progress", "小陈")
    assert pilot.tasks["loan"].signer == "赵经理"
    assert [row["name"] for row in pilot.rows["breads"].values()] == ["法棍", "贝果"]
    assert len({e.command for e in bench.events if e.seq > 2}) == 1


def test_the_preview_has_a_line_for_each_change_with_both_values(tmp_path: Path) -> None:
    bench = Bench().do(c.SetFields({"rent": "1万"}))
    found = filled(bench, tmp_path, lambda book: book.put("字段", "月租", 填写内容=15000))
    (line,) = found.preview
    assert "【字段】C2" in line.zh and "月租" in line.zh and "10000" in line.zh and "15000" in line.zh


def test_rows_are_edited_and_removed_by_their_number(tmp_path: Path) -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "法棍"}), c.AddRow("breads", {"name": "贝果"}))
    found = filled(
        bench, tmp_path, lambda book: book.put("面包", "法棍", 名称="全麦法棍").put("面包", "贝果", 删除="是")
    )
    assert lines(found) == []
    bench.do(found.batch)
    assert {n: row["name"] for n, row in bench.pilot.rows["breads"].items()} == {1: "全麦法棍"}


def test_a_row_that_is_only_missing_is_kept_and_said(tmp_path: Path) -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "法棍"}))
    found = filled(bench, tmp_path, lambda book: book.file["面包"].delete_rows(2))
    assert found.commands == () and len(found.notices) == 1 and "面包" in found.notices[0].zh


def test_a_reference_may_be_written_as_its_number_or_chosen_with_its_label(tmp_path: Path) -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "法棍"}), c.AddRow("breads", {"name": "贝果"}))

    def fill(book: Book) -> None:
        row = book.free_row("意见")
        book.put("意见", row, 内容="太硬", 面包="1 · 法棍").put("意见", row + 1, 内容="太甜", 面包=2)

    found = filled(bench, tmp_path, fill)
    assert lines(found) == []
    bench.do(found.batch)
    assert [row["bread"] for row in bench.pilot.rows["complaints"].values()] == ["1", "2"]


def test_a_conflict_shows_both_values_and_nothing_may_be_written(tmp_path: Path) -> None:
    bench = Bench().do(c.SetFields({"rent": "1万"}))
    book = Book(bench, tmp_path).put("字段", "月租", 填写内容=15000).put("字段", "店铺故事", 填写内容="老街")
    bench.do(c.SetFields({"rent": "2万"}))
    found = changes(bench, book.save())
    assert not found.ok and len(found.conflicts) == 1
    assert all(part in found.conflicts[0].zh for part in ("【字段】C2", "10000", "20000", "15000"))
    with pytest.raises(ValueError, match="conflicts"):
        _ = found.batch


def test_somebody_else_wrote_the_same_or_something_else(tmp_path: Path) -> None:
    bench = Bench().do(c.SetFields({"rent": "1万"}))
    book = Book(bench, tmp_path).put("字段", "月租", 填写内容="1.5万").put("字段", "店铺故事", 填写内容="老街")
    bench.do(c.SetFields({"rent": "15000", "shifts": "早班"}))
    found = changes(bench, book.save())
    assert found.ok and len(found.preview) == 1 and "老街" in found.preview[0].zh


def test_two_departments_fill_in_copies_one_after_the_other(tmp_path: Path) -> None:
    bench = Bench()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    one = Book(bench, tmp_path / "a").put("字段", "月租", 填写内容=12000).save()
    two = Book(bench, tmp_path / "b").put("字段", "店铺故事", 填写内容="老街").save()
    for path in (one, two):
        bench.do(changes(bench, path).batch)
    assert bench.pilot.fields["story"] == "老街" and str(bench.pilot.fields["rent"]) == "12000.00"
    assert changes(bench, one).commands == changes(bench, two).commands == ()


@pytest.mark.parametrize(
    ("row", "value", "said"),
    [
        ("月租", "很便宜", "不是"),
        ("月租", -5, "月租"),
        ("开业日", "随便哪天", "开业日"),
        ("试吃满意度", "92%", "试吃满意度"),
        ("试吃满意度", datetime(2026, 3, 5), "日期"),
        ("规模", "巨大", "规模"),
        ("平面图", "图.pdf", "不能在表里改"),
    ],
)
def test_a_value_that_is_none_is_a_problem_with_its_cell(tmp_path: Path, row: str, value: object, said: str) -> None:
    found = filled(Bench(), tmp_path, lambda book: book.put("字段", row, 填写内容=value))
    assert found.commands == () or not found.ok
    (line,) = lines(found)
    assert line.startswith("【字段】C") and said in line


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    def fill(book: Book) -> None:
        book.put("字段", "月租", 填写内容="?").put("字段", "开业日", 填写内容="?").put("任务", "装饰", 状态="也许")

    assert len(lines(filled(Bench(), tmp_path, fill))) == 3


@pytest.mark.parametrize("text", ["联系人13812345678", "身份证 11010519491231002X", "１３８１２３４５６７８"])
def test_identities_typed_into_cells_are_refused(tmp_path: Path, text: str) -> None:
    bench = Bench()
    found = filled(bench, tmp_path, lambda book: book.put("字段", "店铺故事", 填写内容=text))
    if found.ok:
        blockers = bench.refused(found.batch)
        assert any(b.code == "identity" for b in blockers)
    assert "story" not in bench.pilot.fields


def test_a_formula_counts_as_what_it_shows(tmp_path: Path) -> None:
    """A program that only writes formulas leaves no result beside them; nothing must be invented."""
    found = filled(Bench(), tmp_path, lambda book: book.put("字段", "店铺故事", 填写内容="=HYPERLINK(1)"))
    assert all("HYPERLINK" not in m.zh for m in found.preview)


def test_tasks_are_done_in_the_order_in_which_they_need_each_other(tmp_path: Path) -> None:
    bench = Bench().do(c.Attach(FILE, "find_place"), c.SetFields({"rent": "1万"}))
    bench.do(c.Attach(FILE, "draw", "plan"))
    # The list shows `draw` after `find_place`; whoever sorts the sheet turns that round.
    found = filled(
        bench, tmp_path, lambda b: b.put("任务", "画平面图", 状态="已完成").put("任务", "找铺面", 状态="已完成")
    )
    assert [x.task for x in found.commands if isinstance(x, c.CompleteTask)] == ["find_place", "draw"]
    bench.do(found.batch)


def test_a_task_without_its_evidence_is_refused_as_everywhere(tmp_path: Path) -> None:
    bench = Bench()
    found = filled(bench, tmp_path, lambda b: b.put("任务", "找铺面", 状态="已完成").put("字段", "月租", 填写内容=9000))
    blockers = bench.refused(found.batch)
    assert [b.code for b in blockers] == ["evidence-missing"] and "rent" not in bench.pilot.fields


def test_the_workbook_of_another_pilot_is_refused(tmp_path: Path) -> None:
    path = Book(Bench(), tmp_path).save()
    other = Bench()
    other.events.clear()
    other.do(c.Start("p2", "西街店", "pin", other.now.date()))
    with pytest.raises(UserError) as caught:
        compare(other.book, other.pilot, other.calendar, other.now, read_workbook(path))
    assert caught.value.code == "other-pilot" and "东街店" in caught.value.message.zh


def test_a_workbook_exported_in_english_is_read_with_a_chinese_screen(tmp_path: Path) -> None:
    import openpyxl

    bench = Bench()
    path = tmp_path / "x.xlsx"
    path.write_bytes(export_workbook(bench.book, bench.pilot, bench.calendar, bench.now, language="en"))
    file = openpyxl.load_workbook(path)
    page = file["Tasks"]
    column = next(x.column for x in page[1] if x.value == "Status")
    row = next(r[0].row for r in page.iter_rows(min_row=2) if any(x.value == "装饰" for x in r))
    page.cell(row, column).value = "in progress"
    file.save(path)
    found = changes(bench, path)
    assert lines(found) == [] and found.commands == (c.BeginTask("decorate"),)
