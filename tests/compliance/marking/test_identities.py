"""Who can be recognised in a file, by form, by what stands around, by the head of a column."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook

from engine.compliance.marking.identities import Identities, _windows
from engine.compliance.marking.masks import masked
from tests.compliance.reading.samples import docx, reading, xlsx

RESIDENT = "11010519491231002X"


def hidden(found: Identities, text: str) -> list[str]:
    return [text[a:b] for a, b in found.hide(text)]


def test_numbers_and_names_are_found_and_a_name_is_one_everywhere() -> None:
    text = f"患者张建国，男，45岁，电话13812345678，住院号2026001234，身份证{RESIDENT}。\n王医生值班。张建国出院，订单号88990011。"
    found = Identities(reading(text.encode(), "稿.txt"))
    assert hidden(found, text) == ["张建国", "13812345678", "2026001234", RESIDENT, "张建国"]
    assert hidden(found, "附：张建国.jpg") == ["张建国"]
    assert [(k.zh, n) for k, n in found.counts()] == [
        ("身份证号", 1), ("手机号", 1), ("病历、住院类号码", 1), ("患者姓名", 2)
    ]  # fmt: skip
    assert found.shown == (
        "患者张**，男，45岁，电话138****5678，住院号202***1234，身份证110***********002X。\n王医生值班。张**出院，订单号88990011。"
    )


def test_cells_below_a_head_that_promises_identities() -> None:
    def fill(book: Workbook) -> None:
        for row in (
            ["项目", "姓名", "门诊号"],
            ["挂号", "李小芳", "A12"],
            ["合计", "合计", 3],
            ["说明", "这一列很长的一段说明文字", None],
        ):
            book.active.append(row)  # type: ignore[union-attr]

    found = reading(xlsx(fill), "表.xlsx")
    assert hidden(Identities(found), found.text) == ["李小芳", "A12", "合计", "3"]
    assert hidden(Identities(found), "李小芳的合计3") == ["李小芳"]

    def table(document: Any) -> None:
        cells = document.add_table(2, 2)
        for at, text in enumerate(("姓名", "诊断", "赵敏", "感冒")):
            cells.cell(at // 2, at % 2).text = text

    found = reading(docx(table), "表.docx")
    assert hidden(Identities(found), found.text) == ["赵敏"]


def test_a_long_text_is_searched_in_parts_that_cut_no_number() -> None:
    text = "患者张建国，男，45岁，电话13812345678。\n" * 1_000 + "1" * 9_000
    parts = list(_windows(text))
    assert "".join(part for _, part in parts) == text and max(len(part) for _, part in parts) <= 4_000
    assert all(text[at : at + len(part)] == part for at, part in parts)
    assert all("13812345678" in part[-40:] for _, part in parts[:4])
    found = Identities(reading(text.encode(), "稿.txt"))
    assert len(found.found) == 2_000
    assert masked(text, found.hide(text)).startswith("患者＊＊＊，男，45岁，电话***********。\n" * 1_000)
