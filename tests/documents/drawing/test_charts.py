"""Charts: honest lengths, escaped texts, words for those who cannot see them."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from engine.documents.drawing.charts import Budget, Names, Pair, Step, budgets, funnel, pairs

NAMES = Names("现在", "之前", "有的条已截断", "还没有数字")
SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str) -> list[float]:
    """Widths of the bars, in order (without those of the legend)."""
    tree = ET.fromstring(svg)
    return [float(r.get("width", "0")) for r in tree.findall(f"{SVG}rect") if float(r.get("height", "0")) > 9.5 and r.get("width") != "18.0"]  # fmt: skip


def texts(svg: str) -> list[str]:
    return [t.text or "" for t in ET.fromstring(svg).iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_counts() -> None:
    svg = funnel(
        "漏斗", [Step("咨询", 400), Step("预约", 100, "占上一环 25%（100/400）"), Step("到诊", 50)], NAMES, "说明"
    )
    first, second, third = bars(svg)
    assert second == pytest.approx(first / 4, abs=0.2) and third == pytest.approx(first / 8, abs=0.2)
    assert "已截断" not in svg


def test_a_bar_that_is_cut_says_so() -> None:
    svg = funnel("漏斗", [Step("曝光", 600_000), Step("到诊", 12)], NAMES, "说明")
    assert NAMES.cut in texts(svg) and "600,000" in texts(svg)


def test_nothing_to_draw_is_a_sentence() -> None:
    for svg in (funnel("漏斗", [], NAMES, ""), funnel("漏斗", [Step("咨询", 0)], NAMES, ""), pairs("对比", [], NAMES, ""), budgets("预算", [], NAMES, "")):  # fmt: skip
        assert texts(svg) == [NAMES.empty]


def test_budget_over_its_limit_sticks_out() -> None:
    rows = [
        Budget("品牌", Decimal(120), Decimal(100), "120 / 100"),
        Budget("渠道", Decimal(50), Decimal(100), "50 / 100"),
    ]
    tree = ET.fromstring(budgets("预算", rows, NAMES, "说明"))
    over = [r for r in tree.findall(f"{SVG}rect") if "B45309" in (r.get("fill") or "").upper()]
    assert len(over) == 1


@pytest.mark.parametrize(
    "label",
    [
        "<script>alert(1)</script>",
        "甲&乙",
        "\"引号'",
        "\u202e反向",
        "😀表情",
        "字" * 10_000,
        "a\x00b\x1b[31m",
        "{{7*7}}",
        "]]>",
    ],
)
def test_any_text_stays_text_and_inside_the_picture(label: str) -> None:
    for svg in (
        funnel(label, [Step(label, 5, label, 3), Step("到诊", 2)], NAMES, label),
        pairs(label, [Pair(label, Decimal(3), "3", Decimal(2), "2")], NAMES, label),
    ):
        tree = ET.fromstring(svg)
        assert not list(tree.iter(f"{SVG}script")) and "\u202e" not in svg
        shown = [t for t in texts(svg) if len(t) > 60]
        assert not [t for t in shown if t != label]
        assert tree.get("role") == "img" and tree.get("aria-label") is not None


def test_texts_do_not_begin_outside_and_end_inside() -> None:
    steps = [
        Step(f"第{i}个很长很长的环节名称", 1000 - i * 90, f"占上一环 9{i}.5%（{1000 - i * 90}/{1090 - i * 90}）", 900)
        for i in range(6)
    ]
    tree = ET.fromstring(funnel("漏斗", steps, NAMES, "说明"))
    from engine.documents.drawing.canvas import WIDTH, room

    for text in tree.iter(f"{SVG}text"):
        x, words = float(text.get("x", "0")), text.text or ""
        small = 11.5 if "small" in (text.get("class") or "") else 13
        left = x - room(words, small) if "end" in (text.get("class") or "").split() else x
        assert left >= -1 and left + room(words, small) <= WIDTH + 1, words
    assert re.match(r"0 0 640 \d+", tree.get("viewBox") or "")
