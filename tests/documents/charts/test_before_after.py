from decimal import Decimal

import pytest

from engine.documents.charts import Pair, alt_text, before_after
from tests.documents.charts.picture import NASTY, assert_sound, rects, texts

TEAL = "#0F6E84"
RATE = Pair("预约率", Decimal("0.09"), "9.0%", Decimal("0.15"), "15.0%", "+6.0 个百分点")
COST = Pair("花费", 320, "320 元", 160, "160 元")


def rows(svg: str, fill: str) -> list[float]:
    """Lengths of the bars below the legend."""
    return [bar[2] for bar in rects(svg, fill)][1:]


def test_before_is_striped_after_is_solid_and_a_legend_says_so() -> None:
    svg = before_after([RATE], title="前后")
    assert_sound(svg)
    assert rows(svg, "hatch")[0] / rows(svg, TEAL)[0] == pytest.approx(0.09 / 0.15, rel=0.01)
    assert texts(svg)[:2] == ["之前", "之后"]
    assert alt_text(svg) == "前后：预约率 之前 9.0%，之后 15.0%，+6.0 个百分点"


def test_pairs_have_scales_of_their_own_and_the_picture_says_so() -> None:
    svg = before_after([RATE, COST], title="前后")
    assert_sound(svg)
    assert max(rows(svg, TEAL)[0], rows(svg, "hatch")[0]) == pytest.approx(rows(svg, "hatch")[1], abs=0.2)
    assert any("各用自己的比例尺" in text for text in texts(svg))


def test_one_scale_compares_all_pairs() -> None:
    svg = before_after([COST, Pair("收入", 640, "640 元", 1280, "1,280 元")], title="前后", one_scale=True)
    assert rows(svg, TEAL)[1] / rows(svg, TEAL)[0] == pytest.approx(8, rel=0.02)
    assert not any("比例尺" in text for text in texts(svg))


def test_own_names_for_before_and_after() -> None:
    svg = before_after([COST], title="前后", before="第一季度", after="第二季度")
    assert texts(svg)[:2] == ["第一季度", "第二季度"] and "第一季度 320 元" in alt_text(svg)


def test_a_figure_that_is_not_known_has_its_words_and_no_bar() -> None:
    svg = before_after([Pair("满意度", None, "没有记录", 92, "92%")], title="前后")
    assert_sound(svg)
    assert rows(svg, "hatch") == [] and "没有记录" in texts(svg)


def test_below_zero_goes_to_the_left_of_zero() -> None:
    svg = before_after([Pair("结余", -40, "-40", 60, "60")], title="前后")
    before, after = rects(svg, "hatch")[1], rects(svg, TEAL)[1]
    assert before[0] + before[2] == pytest.approx(after[0], abs=0.2)


def test_without_data_it_is_a_sentence() -> None:
    assert texts(before_after([], title="x")) == ["还没有可画的数据"]
    nothing = before_after([Pair("甲", None, "没有记录", Decimal("NaN"), "算不出")], title="x")
    assert "全部为零" not in texts(nothing)[0] or "没有记录" in texts(nothing)[0]
    assert_sound(nothing)


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    assert_sound(before_after([Pair(text, 1, text, 2, text, text), COST], title=text, before=text, after=text))
