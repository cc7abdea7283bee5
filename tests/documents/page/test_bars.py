"""The rows and bars that stand for a chart on a phone."""

from decimal import Decimal

from engine.documents.charts import Figures, Series
from engine.documents.page.bars import Bar, Row, bars_of


def test_the_longest_amount_is_the_whole_and_the_last_series_is_marked() -> None:
    series = (Series("之前", (50, None), ("50", "不详")), Series("现在", (200, 1), ("200", "1")))
    assert bars_of(Figures("题", ("甲", "乙"), series)) == [
        Row("甲", (Bar("之前", "50", 25, False), Bar("现在", "200", 100, True))),
        Row("乙", (Bar("之前", "不详", 0, False), Bar("现在", "1", 1, True))),
    ]


def test_shares_are_drawn_of_a_hundred_percent() -> None:
    series = (Series("现在", (Decimal("0.446"), Decimal("0.8")), ("44.6%", "80%")),)
    made = bars_of(Figures("题", ("甲", "乙"), series, "share"))
    assert [row.bars[0].share for row in made] == [45, 80]


def test_a_series_that_says_nothing_has_no_bar_but_its_value_is_the_measure() -> None:
    series = (Series("已用", (60,), ("60元 / 120元",)), Series("上限", (120,), ("",)))
    assert bars_of(Figures("预算", ("宣传",), series)) == [Row("宣传", (Bar("已用", "60元 / 120元", 50, True),))]


def test_nothing_and_less_than_nothing_are_not_drawn() -> None:
    made = bars_of(Figures("题", ("甲", "乙", "丙"), (Series("现在", (0, -5, 10), ("0", "-5", "10")),)))
    assert [row.bars[0].share for row in made] == [0, 0, 100]


def test_a_picture_without_figures_has_no_rows() -> None:
    assert bars_of(None) == []
