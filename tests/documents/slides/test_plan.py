"""Nothing leaves its place; what finds no room is an error that says how much and where."""

from dataclasses import replace

import pytest

from engine.documents.slides import check_slides, look, to_pptx
from engine.documents.slides.blocks import CARD_PAD, card_sizes, height_of
from engine.documents.slides.plan import Plan, plan_slides
from tests.documents.slides.decks import TEXT, deck

LONG = "很长的一段话，" * 400
FULL = {
    "text": f"# 题\n\n## 满\n\n{LONG}\n\n末尾一段\n",
    "list": "# 题\n\n## 满\n\n" + "\n".join(f"- 第{n}条，{'话' * 60}" for n in range(30)),
    "rows": "# 题\n\n## 满\n\n| 甲 | 乙 |\n| --- | --- |\n" + "\n".join(f"| {n} | 说明 |" for n in range(60)),
    "cell": f"# 题\n\n## 满\n\n| 甲 | 乙 |\n| --- | --- |\n| {LONG} | 乙 |\n",
    "cards": f"# 题\n\n## 满\n\n<!-- cards -->\n\n| 甲 | 乙 |\n| --- | --- |\n| {LONG} | 乙 |\n",
    "title": f"# 题\n\n## {LONG}\n\n文\n",
    "cover": f"# {LONG}\n\n{LONG}\n",
    "charts": "# 题\n\n## 满\n\n" + "![图](chart:change)\n\n" * 4,
}


def inside(plan: Plan) -> bool:
    """Every box is on the slide, holds what is in it, and lies below no other."""
    low = look.HEIGHT if plan.slide.cover else look.BOTTOM
    edges = all(
        b.x >= 0 and b.x + b.width <= look.WIDTH and b.y >= 0 and b.y + b.height <= low + 0.01 for b in plan.boxes
    )
    held = all(height_of(b.block, b.size, b.width) <= b.height + 0.01 for b in plan.boxes)
    apart = all(
        a.y + a.height <= b.y + 0.01 or b.y + b.height <= a.y + 0.01 or a.x + a.width <= b.x or b.x + b.width <= a.x
        for n, a in enumerate(plan.boxes)
        for b in plan.boxes[n + 1 :]
    )
    return edges and held and apart


def test_everything_of_a_fitting_deck_stands_in_its_place() -> None:
    plans = plan_slides(deck())
    assert [p.left_over for p in plans] == [""] * 5 and all(map(inside, plans))
    assert check_slides(deck()) == (5, ())


def test_little_text_is_set_large_and_much_text_smaller() -> None:
    short = plan_slides(deck("# 题\n\n## 甲\n\n- 一句话\n"))[1].boxes[0].size
    many = (
        "# 题\n\n## 甲\n\n" + "- 一句不短的话，说明一件事情的来龙去脉，要占上整整一行多才写得完，所以字要小一些。\n" * 9
    )
    more = plan_slides(deck(many))[1].boxes[0].size
    assert (short, more) == (32.0, 20.0)


@pytest.mark.parametrize("name", FULL)
def test_what_finds_no_room_is_an_error_and_still_nothing_overflows(name: str) -> None:
    plans = plan_slides(deck(FULL[name]))
    assert all(map(inside, plans))
    _, problems = check_slides(deck(FULL[name]))
    assert [p.code for p in problems] == ["slide-full"] and problems[0].severity == "error"
    number = 1 if name == "cover" else 2
    assert f"第 {number} 页" in problems[0].message.zh and "个字" in problems[0].message.zh
    assert problems[0].hint is not None and "---" in problems[0].hint.zh


def test_the_error_names_the_first_words_to_cut() -> None:
    _, problems = check_slides(deck(FULL["text"]))
    assert problems[0].hint is not None and problems[0].hint.zh.partition("从“")[2][:4] in LONG
    assert plan_slides(deck(FULL["text"]))[1].left_over.endswith("末尾一段")


def test_a_chart_stands_beside_its_text_and_cards_above_both() -> None:
    boxes = {b.block.kind: b for b in plan_slides(deck(TEXT))[2].boxes}
    assert set(boxes) == {"cards", "chart", "text"}
    assert boxes["cards"].y < boxes["chart"].y == boxes["text"].y
    assert boxes["chart"].x + boxes["chart"].width < boxes["text"].x


def test_a_text_alone_on_its_slide_fills_it_but_stays_inside() -> None:
    few = plan_slides(deck("# 题\n\n## 甲\n\n- 一句话\n- 又一句\n"))[1].boxes[0]
    more = plan_slides(deck("# 题\n\n## 甲\n\n" + "- 一句话\n" * 8))[1].boxes[0]
    assert few.air == pytest.approx(0.9 * few.size) and few.y > look.TOP
    assert more.size == 26.0 and 0 < more.air < 0.9 * more.size
    for box in (few, more):
        assert box.y + box.height <= look.BOTTOM + 0.01


def test_the_figures_of_a_row_of_cards_have_one_size_and_each_one_line() -> None:
    head = "# 题\n\n## 甲\n\n<!-- cards -->\n\n| 甲 | 乙 | 丙 | 丁 |\n| --- | --- | --- | --- |\n"
    box = plan_slides(deck(f"{head}| 58,600元 | 104人 | 61人 | 563.46元/人 |\n"))[1].boxes[0]
    assert {card_sizes(box.block, n, box.width)[1] for n in range(4)} == {32.0}
    assert box.height == pytest.approx(2 * CARD_PAD + (14 + 32) * look.LEADING)
    box = plan_slides(deck(f"{head}| 1 | 2 | 3 | 1,290,563.46元/人 |\n"))[1].boxes[0]
    assert {card_sizes(box.block, n, box.width)[1] for n in range(4)} == {20.0}


def test_what_is_checked_and_then_drawn_is_planned_once() -> None:
    plans = plan_slides(deck())
    before = repr(plans)
    to_pptx(deck())
    assert plan_slides(deck()) is plans and repr(plans) == before
    other = plan_slides(deck(FULL["text"]))
    assert other is not plans and plan_slides(deck()) == plans
    assert plan_slides(replace(deck(), figures={})) != plans  # a chart without its figures is none
