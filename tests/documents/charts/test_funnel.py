import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.charts import FunnelStep, alt_text, funnel
from tests.documents.charts.picture import NASTY, assert_sound, rects, texts, tips, tree

TEAL = "#0F6E84"


def steps(*counts: int) -> list[FunnelStep]:
    return [
        FunnelStep(f"环节{n}", count, f"{count:,}", "占上一环 15.0%" if n else "") for n, count in enumerate(counts)
    ]


def test_bars_are_as_long_as_the_counts_on_one_scale_and_of_one_height() -> None:
    svg = funnel(steps(1240, 186, 93), title="漏斗")
    assert_sound(svg)
    bars = rects(svg, TEAL)
    assert len({bar[0] for bar in bars}) == 1 and len({bar[3] for bar in bars}) == 1
    assert bars[0][2] / bars[1][2] == pytest.approx(1240 / 186, rel=0.01)
    assert bars[1][2] / bars[2][2] == pytest.approx(2, rel=0.01)
    assert bars[1][1] - bars[0][1] == pytest.approx(bars[2][1] - bars[1][1])
    assert not [text for text in texts(svg) if "断开" in text]


def test_a_link_thirty_times_the_smallest_is_still_to_scale() -> None:
    bars = rects(funnel(steps(3000, 100), title="漏斗"), TEAL)
    assert bars[0][2] / bars[1][2] == pytest.approx(30, rel=0.01)


def test_a_link_beyond_that_is_cut_with_a_mark_and_words() -> None:
    svg = funnel(steps(100_000, 900, 135, 60), title="漏斗")
    assert_sound(svg)
    bars = rects(svg, TEAL)
    assert bars[0][2] > bars[1][2] and bars[0][2] / bars[1][2] < 100_000 / 900
    assert bars[1][2] / bars[3][2] == pytest.approx(900 / 60, rel=0.01)  # the others stay on one scale
    gap = [p for p in tree(svg).iter() if p.tag.endswith("polygon") and p.get("fill") == "#ffffff"]
    assert len(gap) == 1
    assert "比例尺断开" in "".join(texts(svg)) and "环节0" in "".join(texts(svg)).partition("比例尺断开")[2]
    assert "比例尺断开" in alt_text(svg)


def test_an_english_chart_speaks_english() -> None:
    svg = funnel([FunnelStep("seen", 5000, "5,000"), FunnelStep("came", 10, "10")], title="Funnel", language="en")
    assert_sound(svg)
    assert "broken scale" in alt_text(svg) and alt_text(svg).startswith("Funnel: seen 5,000; came 10")
    assert not [ch for ch in "".join(texts(svg)) if "\u4e00" <= ch <= "\u9fff"]


def test_a_note_too_long_for_one_line_keeps_what_it_says_in_two() -> None:
    long = FunnelStep("流量", 8510, "8,510", "占上一环 7.0%（8,510/122,300）；之前 8,490")
    svg = funnel(
        [FunnelStep("曝光", 122_300, "122,300", "之前 121,800"), long, FunnelStep("治疗", 52, "52")], title="漏斗"
    )
    assert_sound(svg)
    assert {"占上一环 7.0%（8,510/122,300）；", "之前 8,490"} <= set(texts(svg))
    assert not [text for text in texts(svg) if text.endswith("…")]


def test_what_it_shows_is_told_in_words() -> None:
    svg = funnel([FunnelStep("咨询", 100, "100"), FunnelStep("预约", 15, "15", "占上一环 15%")], title="就诊漏斗")
    assert alt_text(svg) == "就诊漏斗：咨询 100；预约 15，占上一环 15%"


def test_without_data_it_is_a_sentence() -> None:
    for svg in (funnel([], title="漏斗"), funnel(steps(0, 0), title="漏斗")):
        assert_sound(svg)
        assert not rects(svg, TEAL)
    assert texts(funnel([], title="漏斗")) == ["还没有可画的数据"]
    assert texts(funnel(steps(0, 0), title="漏斗"))[0].startswith("全部为零：环节0 0")


def test_a_count_of_zero_is_written_but_has_no_bar() -> None:
    svg = funnel(steps(50, 0), title="漏斗")
    assert len(rects(svg, TEAL)) == 1 and "0" in texts(svg)


def test_a_label_too_long_ends_in_an_ellipsis_and_a_pointer_shows_it_whole() -> None:
    long = "一二三四五六七八九十" * 4
    svg = funnel([FunnelStep(long, 5, "5"), FunnelStep("短", 3, "3")], title="漏斗")
    assert_sound(svg)
    assert long in tips(svg) and any(text.endswith("…") for text in texts(svg))
    thirty = "一二三四五六七八九十" * 3
    assert "".join(texts(funnel([FunnelStep(thirty, 5, "5")], title="漏斗"))[:2]) == thirty


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    svg = funnel([FunnelStep(text, 9, text, text), FunnelStep("乙", 3, "3", text)], title=text)
    assert_sound(svg)


def test_too_many_links_are_said() -> None:
    svg = funnel(steps(*range(100, 60, -1)), title="漏斗")
    assert_sound(svg)
    assert len(rects(svg, TEAL)) == 24 and "另有 16 项没有画出" in texts(svg)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-5, 10**12), max_size=12))
def test_any_counts_make_a_sound_picture(counts: list[int]) -> None:
    svg = funnel(steps(*counts), title="漏斗")
    assert_sound(svg)
    assert svg == funnel(steps(*counts), title="漏斗")
