"""Figures stay whole in their cells, by widths that are measured and by breaks of our own."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn

from engine.documents.markdown import parser
from engine.documents.word.tables import cards, column_widths, read, table
from engine.documents.word.whole import is_whole, keep_whole, room
from engine.documents.word.xml import element, run


def paragraph(*texts: str, sizes: tuple[float | None, ...] = ()) -> Any:
    made = element("w:p")
    made.extend([run(text, size=size) for text, size in zip(texts, sizes or (None,) * len(texts), strict=True)])
    return made


def lines(made: Any) -> str:
    return "".join("/" if node.tag == qn("w:br") else node.text for node in made.iter(qn("w:t"), qn("w:br")))


@pytest.mark.parametrize(
    "text",
    ["111.0%（285,800/257,400）", "39.1% (9/23)", "563.46元/人", "不低于 130%", "不低于 90分", "at least 90分", "at most 3%", "-3%", "12 patients", "¥1,200.50",
     "2026-04-15", "2026年4月15日", "9 个百分点"],
)  # fmt: skip
def test_a_figure_with_what_belongs_to_it(text: str) -> None:
    assert is_whole(text)


@pytest.mark.parametrize(
    "text", ["", "—", "收入187,200元 ÷ 基线257,400元", "第1步到第4步", "A-01 已签", "访谈二十人，十四人说到"]
)
def test_prose_is_none(text: str) -> None:
    assert not is_whole(text)


def test_room_is_for_the_widest_font_and_the_gap_between_scripts() -> None:
    assert room("10", 10) == round(2 * 0.64 * 200)
    assert room("人人", 10) == 400
    assert room("10人", 10) == round((2 * 0.64 + 1 + 0.25) * 200)
    assert room("（10）", 10) == round((2 * 0.64 + 2) * 200)  # no gap beside a full-width mark


@pytest.mark.parametrize(
    ("text", "room_there", "shown"),
    [
        ("111.0%（285,800/257,400）", 5000, "111.0%（285,800/257,400）"),
        ("111.0%（285,800/257,400）", 2000, "111.0%/（285,800/257,400）"),
        ("39.1% (9/23)", 1000, "39.1%/(9/23)"),
        ("收入187,200元 ÷ 基线257,400元", 2000, "收入187,200元/÷ 基线257,400元"),
        ("收入187,200元 ÷ 基线257,400元", 1300, "收入/187,200元/÷ 基线/257,400元"),  # neither half would fit
        ("收入187,200元 ÷ 基线257,400元", 700, "收入187,200元/÷ 基线257,400元"),  # nor a figure with its unit
        ("全院收入（近三个月）70,000,000元", 2900, "全院收入（近三个月）70,000,000元"),  # no division
        (
            "营销费用（近三个月）600,000元 ÷ 全院收入（近三个月）70,000,000元",
            2300,
            "营销费用（近三个月）/600,000元/÷ 全院收入（近三个月）/70,000,000元",
        ),
        (
            "营销费用（近三个月）600,000元 ÷ 全院收入（近三个月）70,000,000元",
            3000,
            "营销费用（近三个月）600,000元/÷ 全院收入（近三个月）/70,000,000元",
        ),
        ("孙岩（2026年5月14日）", 2400, "孙岩/（2026年5月14日）"),
        ("孙岩（2026年5月14日）", 4000, "孙岩（2026年5月14日）"),
        ("孙岩（2026年5月14日）", 1500, "孙岩（2026年5月14日）"),  # no line would take the date
        (
            "咨询台：午间由导诊台代接，两点前回复（2026年4月24日修好）",
            2600,
            "咨询台：午间由导诊台代接，两点前回复/（2026年4月24日修好）",
        ),
        ("257,400元", 500, "257,400元"),
        ("一段很长的话，没有哪里要断开", 500, "一段很长的话，没有哪里要断开"),
    ],
)
def test_a_line_ends_where_it_is_read_in_two(text: str, room_there: int, shown: str) -> None:
    made = paragraph(text)
    keep_whole(made, room_there)
    assert lines(made) == shown


def test_the_letters_of_each_run_count() -> None:
    small = paragraph("131.0", "%（65/50）", sizes=(None, 8))
    keep_whole(small, 2600, 18)
    assert lines(small) == "131.0%（65/50）"
    large = paragraph("131.0", "%（65/50）")
    keep_whole(large, 2600, 18)
    assert lines(large) == "131.0%/（65/50）"


def fill(made: Any, token: Any, style: str) -> None:
    made.append(run(token.content))


def test_columns_give_a_share_its_room_whatever_the_template_asked_for() -> None:
    head = "| 指标 | 结果 | 算法 | 目标 |\n| --- | ---: | --- | --- |\n"
    row = f"| 业务收入相当于基线 | 111.0%（285,800/257,400） | {'统计期收入285,800元 ÷ ' * 3} | 不低于 130% |\n"
    grid = read(parser().parse(head + row))
    widths = column_widths(grid, [4, 4, 7, 2])
    assert widths[1] - 200 >= room("111.0%（285,800/257,400）") and widths[3] - 200 >= room("不低于 130%")
    made = table(grid, fill, shares=[4, 4, 7, 2])
    assert "/（" not in lines(made)


def test_without_room_for_all_the_base_stands_below() -> None:
    heads, figures = " | ".join("甲" * 9), " | ".join(["131.0%（6,550,000/5,000,000）"] * 9)
    made = table(read(parser().parse(f"| {heads} |\n|{' --- |' * 9}\n| {figures} |\n")), fill)
    assert lines(made).count("131.0%/（6,550,000/5,000,000）") == 9


def test_the_base_stands_below_in_a_card_that_is_too_narrow() -> None:
    text = "| 甲 | 乙 | 丙 | 丁 |\n| --- | --- | --- | --- |\n| 8 | 9 | 7 | 131.0%（6,550,000/5,000,000） |\n"
    made = cards(read(parser().parse(text)), fill)
    assert lines(made).endswith("丁131.0%/（6,550,000/5,000,000）")


def test_a_short_head_and_a_date_in_a_text_have_their_room() -> None:
    head = "| 产品 | 设计 | 操作规程与它的版本 | 由第二人交付 | 是否达到 |\n" + "| --- " * 5 + "|\n"
    row = f"| {'成人特应性皮炎年度管理' * 3} | 方宁 | {'湿疹长期管理规程' * 3} | 孙岩（2026年5月14日） | 达到 |\n"
    grid = read(parser().parse(head + row))
    widths = column_widths(grid, [6, 2, 5, 2, 1])
    assert widths[3] - 200 >= room("（2026年5月14日）") and widths[4] - 200 >= room("是否达到")
    assert lines(table(grid, fill, shares=[6, 2, 5, 2, 1])).endswith("孙岩/（2026年5月14日）达到")
