from decimal import Decimal

import pytest

from engine.documents.charts import Bar, Target, alt_text, bars
from tests.documents.charts.picture import NASTY, SVG, assert_sound, rects, texts, tree

TEAL = "#0F6E84"
ROWS = [Bar("短视频", Decimal(62), "62%", met=True), Bar("义诊", Decimal(31), "31%", "样本少", met=False)]


def goals(svg: str) -> list[float]:
    return [float(line.get("x1", "0")) for line in tree(svg).iter(f"{SVG}line") if line.get("stroke-dasharray")]


def test_the_target_is_a_dashed_line_on_the_scale_of_the_bars() -> None:
    svg = bars(ROWS, Target(Decimal(62), "目标 62%"), title="复诊率")
    assert_sound(svg)
    (bar,) = rects(svg, TEAL)
    assert goals(svg) == [pytest.approx(bar[0] + bar[2], abs=0.2)]
    assert "目标 62%" in texts(svg)


def test_whether_the_target_is_met_is_said_in_words_and_by_pattern() -> None:
    svg = bars(ROWS, Target(60, "目标 60%"), title="复诊率")
    assert "达到目标" in texts(svg) and any(text.startswith("未达目标") for text in texts(svg))
    (met,), (missed,) = rects(svg, TEAL), rects(svg, "hatch")
    assert met[2] / missed[2] == pytest.approx(2, rel=0.01)
    assert alt_text(svg) == "复诊率：短视频 62%，达到目标；义诊 31%，未达目标，样本少。目标 60%"


def test_without_a_target_there_is_no_line_and_no_verdict() -> None:
    svg = bars([Bar("甲", 3, "3")], title="x")
    assert_sound(svg)
    assert goals(svg) == [] and texts(svg) == ["甲", "3"]


def test_no_text_stands_across_the_line() -> None:
    svg = bars([Bar("甲", 1, "一段不短的文字"), Bar("乙", 58, "58")], Target(60, "目标"), title="x")
    assert_sound(svg)
    (goal,) = goals(svg)
    from tests.documents.charts.picture import boxes

    assert not [box for box in boxes(svg) if box[4] != "目标" and box[0] < goal < box[2]]


def test_below_zero_goes_to_the_left() -> None:
    svg = bars([Bar("甲", Decimal("-0.35"), "-35%"), Bar("乙", Decimal("1.8"), "180%")], title="投入产出")
    assert_sound(svg)
    low, high = rects(svg, TEAL)
    assert low[0] + low[2] == pytest.approx(high[0], abs=0.2)


def test_without_data_it_is_a_sentence() -> None:
    assert texts(bars([], Target(3, "目标"), title="x")) == ["还没有可画的数据"]
    assert texts(bars([Bar("甲", 0, "0 元")], title="x")) == ["全部为零：甲 0 元"]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    assert_sound(bars([Bar(text, 1, text, text, met=True), *ROWS], Target(1, text), title=text))
