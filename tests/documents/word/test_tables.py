import pytest
from docx.oxml.ns import qn

from engine.documents.markdown import parser
from engine.documents.word.look import TEXT_WIDTH
from engine.documents.word.tables import Grid, column_widths, read, split_figure, table
from engine.documents.word.xml import twips


def grid(*rows: str) -> Grid:
    head, *rest = rows
    marks = "|".join(" --- " for _ in head.split("|"))
    return read(parser().parse("\n".join(f"| {row} |" for row in (head, marks, *rest))))


def test_read_keeps_rows_and_alignment() -> None:
    made = read(parser().parse("| 甲 | 乙 |\n| --- | ---: |\n| 一 | 二 |\n"))
    assert [[cell.content for cell in row] for row in made.rows] == [["甲", "乙"], ["一", "二"]]
    assert made.aligns == ["", "right"]


@pytest.mark.parametrize(
    "made",
    [
        grid("甲"),
        grid("甲|乙"),
        grid("序|长" + "长" * 60 + "|短"),
        grid("|".join("甲" * 20)),
        grid("|".join(["甲"] * 20 + ["长" * 9])),
    ],
)
def test_widths_are_positive_and_fill_the_text(made: Grid) -> None:
    widths = column_widths(made)
    assert sum(widths) == twips(TEXT_WIDTH)
    assert all(size > 300 for size in widths)


def test_a_serial_number_is_narrow_and_prose_is_wide() -> None:
    number, prose, state = column_widths(grid("序号|修复办法|处理的结果", "1|" + "很长的说明" * 8 + "|已经全部解决"))
    assert number < state < prose


def test_shares_are_taken_where_they_fit() -> None:
    one, two = column_widths(grid("甲|乙"), [1, 3])
    assert two == pytest.approx(3 * one, abs=3)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("8.6万元", ("8.6", "万元")), ("¥1,200.50", ("¥1,200.50", "")), ("-3%", ("-3", "%")), ("待补充", ("", "待补充"))],
)
def test_split_figure(text: str, parts: tuple[str, str]) -> None:
    assert split_figure(text) == parts


def test_a_date_does_not_break_at_its_hyphens() -> None:
    _, day, _, _ = column_widths(
        grid("断点|发现日期|办法|依据", "|".join(["说明" * 12, "2026-04-15", "说明" * 12, "说明" * 12]), "甲|—|乙|丙")
    )
    assert day >= 10 * 110


def test_columns_to_write_in_are_not_taken_for_dates() -> None:
    _, blank, _ = column_widths(grid("事项|本科室填写|完成", "核心价值||[ ]", "启动日期||[ ]"))
    assert blank > twips(TEXT_WIDTH) // 5


@pytest.mark.parametrize(("rows", "together"), [(4, True), (30, False)])
def test_only_a_short_table_is_kept_on_one_page(rows: int, together: bool) -> None:
    made = table(grid("甲|乙|丙", *["一|二|三"] * rows), lambda paragraph, token, style: None)
    kept = [line.find(f".//{qn('w:keepNext')}") is not None for line in made.findall(qn("w:tr"))]
    assert kept == [True] + [together] * (rows - 1) + [False]
