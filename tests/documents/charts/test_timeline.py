from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.charts import Item, alt_text, timeline
from tests.documents.charts.picture import NASTY, SVG, assert_sound, rects, texts, tree

TEAL = "#0F6E84"
START, END = date(2026, 3, 1), date(2026, 3, 30)
ITEMS = [
    Item("准备", date(2026, 3, 1), date(2026, 3, 10), "done"),
    Item("试点", date(2026, 3, 11), date(2026, 3, 30), "running", "进行中，晚了 3 天"),
    Item("评审", date(2026, 3, 20)),
]


def points(svg: str) -> list[int]:
    """The number of corners of each shape: 4 a moment, 3 a point at the side."""
    return [len(shape.get("points", "").split()) for shape in tree(svg).iter(f"{SVG}polygon")]


def test_stretches_are_as_long_as_their_days_first_and_last_included() -> None:
    svg = timeline(ITEMS, START, END, title="时间线")
    assert_sound(svg)
    done, running = rects(svg, TEAL)[1], rects(svg, "hatch")[1]
    assert running[2] / done[2] == pytest.approx(2, rel=0.01)
    assert done[0] + done[2] == pytest.approx(running[0], abs=0.2)
    assert points(svg) == [4]


def test_states_are_said_in_words() -> None:
    svg = timeline(ITEMS, START, END, title="时间线")
    assert {"已完成", "进行中，晚了 3 天", "计划中"} <= set(texts(svg))
    assert alt_text(svg) == (
        "时间线：准备 2026-03-01–2026-03-10，已完成；试点 2026-03-11–2026-03-30，进行中，晚了 3 天；评审 2026-03-20，计划中"
    )


def test_today_is_a_dashed_line_only_within_the_days() -> None:
    def dashed(day: date) -> int:
        svg = timeline(ITEMS, START, END, title="x", today=day)
        assert_sound(svg)
        return len([line for line in tree(svg).iter(f"{SVG}line") if line.get("stroke-dasharray")])

    assert dashed(date(2026, 3, 15)) == dashed(START) == dashed(END) == 1
    assert dashed(date(2026, 4, 1)) == 0


def test_what_reaches_beyond_the_days_has_a_point_at_that_side() -> None:
    both = timeline([Item("长", date(2026, 1, 1), date(2026, 9, 1))], START, END, title="x")
    assert points(both) == [3, 3]
    before = timeline([Item("早", date(2025, 1, 1), date(2025, 2, 1))], START, END, title="x")
    assert points(before) == [3] and len(rects(before, "#ffffff")) == 1  # only the legend's
    assert points(timeline([Item("晚", date(2027, 1, 1))], START, END, title="x")) == [3]


def test_without_items_it_is_a_sentence() -> None:
    assert texts(timeline([], START, END, title="x")) == ["还没有可画的数据"]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    assert_sound(timeline([Item(text, START, END, "done", text), *ITEMS], START, END, title=text, today=START))


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.integers(-400, 400_000), st.lists(st.tuples(st.dates(), st.none() | st.dates()), max_size=5))
def test_any_days_make_a_sound_picture(first: date, days: int, items: list[tuple[date, date | None]]) -> None:
    try:
        last = first + timedelta(days)
    except OverflowError:
        last = date.max
    made = [Item("事", start, end) for start, end in items]
    assert_sound(timeline(made, first, last, title="x", today=first))
