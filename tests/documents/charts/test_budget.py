from decimal import Decimal

import pytest

from engine.documents.charts import Part, alt_text, budget
from tests.documents.charts.picture import NASTY, assert_sound, rects, texts

TEAL, PALE = "#0F6E84", "#EEF5F7"
PARTS = [Part("投放", 300, "24.1 / 30 万元", 241), Part("流程", 200, "23 / 20 万元", 230), Part("预备金", 60, "6 万元")]


def test_frames_are_as_long_as_the_parts_and_filled_as_far_as_used() -> None:
    svg = budget(PARTS, title="预算")
    assert_sound(svg)
    frames, used = rects(svg, PALE)[1:], rects(svg, TEAL)[1:]
    assert frames[0][2] / frames[2][2] == pytest.approx(5, rel=0.01)
    assert used[0][2] / frames[0][2] == pytest.approx(0.803, rel=0.01)
    assert len(used) == 2  # of the third nothing is known


def test_what_is_over_is_crossed_and_said() -> None:
    svg = budget(PARTS, title="预算")
    (over,) = rects(svg, "over")[1:]
    frame = rects(svg, PALE)[1:][1]
    assert over[0] == pytest.approx(frame[0] + frame[2], abs=0.2)
    assert over[2] / frame[2] == pytest.approx(0.15, rel=0.02)
    assert texts(svg).count("超出") == 2  # legend and row
    assert alt_text(svg) == "预算：投放 24.1 / 30 万元；流程 23 / 20 万元，超出；预备金 6 万元"


def test_a_budget_within_its_limits_speaks_of_no_excess() -> None:
    svg = budget([Part("投放", 300, "30 万元", 300)], title="预算")
    assert "超出" not in "".join(texts(svg)) and not rects(svg, "over")


def test_spending_without_a_limit_is_over() -> None:
    svg = budget([Part("投放", 0, "没有预算", 5)], title="预算")
    assert_sound(svg)
    assert len(rects(svg, "over")) == 2


def test_without_data_it_is_a_sentence() -> None:
    assert texts(budget([], title="x")) == ["还没有可画的数据"]
    assert texts(budget([Part("甲", Decimal(0), "0 元", 0)], title="x")) == ["全部为零：甲 0 元"]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    assert_sound(budget([Part(text, 1, text, 5, text), *PARTS], title=text))
