import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.charts import Card, Tier, alt_text, matrix
from engine.documents.charts.canvas import Canvas
from tests.documents.charts.picture import NASTY, SVG, assert_sound, boxes, rects, texts, tips, tree

TEAL = "#0F6E84"
TIERS = [
    Tier("引流产品", "80–199元", (Card(1, "初筛", "80元", "1次/年", 3), Card(2, "护理课", "199元", "6次/年", 5))),
    Tier("主力产品", "1,980元", (Card(3, "长期管理", "1,980元", "4次/年", 5),)),
    Tier("高端产品", "9,800元", (Card(5, "年度管理", "9,800元", "1次/年"),)),
]


def lines(svg: str, dashed: bool = False) -> list[tuple[float, float, float, float]]:
    """The strokes of arrows, without the one of the legend."""
    found = [
        (float(e.get("x1", "")), float(e.get("y1", "")), float(e.get("x2", "")), float(e.get("y2", "")))
        for e in tree(svg).iter(f"{SVG}line")
        if e.get("stroke-width") == "1.6" and bool(e.get("stroke-dasharray")) is dashed
    ]
    return found if dashed else [one for one in found if one[:1] != (1.0,)]


def heads(svg: str) -> list[tuple[float, float]]:
    """The points of the arrows, without the one of the legend."""
    found = [e.get("points", "").split()[1].split(",") for e in tree(svg).iter(f"{SVG}polygon")]
    return [(float(x), float(y)) for x, y in found if float(x) != 28]


def cards(svg: str) -> list[tuple[float, float, float, float]]:
    return rects(svg, "#ffffff")


def two(first: tuple[Card, ...], last: tuple[Card, ...] = ()) -> str:
    return matrix([Tier("甲", "", first), Tier("乙", "", last)], title="矩阵", arrow="升级")


def test_tiers_stand_side_by_side_and_cards_of_one_size_below_each_other() -> None:
    svg = matrix(TIERS, title="产品矩阵", arrow="升级")
    assert_sound(svg)
    one, two, three, four = cards(svg)
    assert one[0] == two[0] == 0 and one[0] < three[0] < four[0]
    assert one[1] == three[1] == four[1] < two[1]
    assert len({card[2:] for card in cards(svg)}) == 1
    assert four[0] + four[2] == pytest.approx(640, abs=0.2)


def test_an_arrow_goes_from_a_product_to_the_one_it_leads_to() -> None:
    svg = two((Card(1, "入门", "80元", onward=2),), (Card(2, "主要", "900元"),))
    source, target = cards(svg)
    ((x1, y1, x2, y2),) = lines(svg)
    assert (x1, y1) == (source[2], source[1] + source[3] / 2) and y2 == y1 and x2 < target[0]
    assert heads(svg) == [(target[0], target[1] + target[3] / 2)]


def test_without_a_path_there_is_no_arrow_and_no_legend() -> None:
    svg = two((Card(1, "入门", "80元"),), (Card(2, "主要", "900元"),))
    assert not lines(svg) and not heads(svg) and "升级" not in texts(svg)


def test_an_arrow_over_a_tier_runs_around_its_cards() -> None:
    svg = matrix(TIERS, title="产品矩阵", arrow="升级")
    assert len(heads(svg)) == 3
    assert_clear(svg)


def assert_clear(svg: str) -> None:
    """No stroke runs through a card."""
    for x1, y1, x2, y2 in [*lines(svg), *lines(svg, dashed=True)]:
        for x, y, wide, high in cards(svg):
            inside = max(x1, x2) > x + 0.5 and min(x1, x2) < x + wide - 0.5
            assert not (inside and max(y1, y2) > y + 0.5 and min(y1, y2) < y + high - 0.5)


def test_arrows_to_one_product_meet_and_those_to_others_keep_apart() -> None:
    first = tuple(Card(n, str(n), "1元", onward=20 + (n > 2)) for n in range(1, 5))
    svg = two(first, (Card(20, "甲", "9元"), Card(21, "乙", "9元")))
    upright: dict[float, list[tuple[float, float]]] = {}
    for x1, y1, x2, y2 in lines(svg):
        if x1 == x2:
            upright.setdefault(x1, []).append((y1, y2))
    assert len(upright) == 2
    assert sorted(set(heads(svg))) == sorted({(c[0], c[1] + c[3] / 2) for c in cards(svg)[4:]})


def test_an_arrow_that_leaves_and_one_that_comes_in_do_not_lie_on_one_another() -> None:
    low = (Card(1, "一", "1元", onward=4), Card(2, "二", "2元", onward=3))
    svg = two(low, (Card(3, "三", "3元"), Card(4, "四", "4元")))
    level = sorted(line for line in lines(svg) if line[1] == line[3])
    for index, (a1, y, a2, _) in enumerate(level):
        for b1, other, b2, _ in level[index + 1 :]:
            assert y != other or max(a1, a2) <= min(b1, b2) or max(b1, b2) <= min(a1, a2)


def test_a_product_without_a_note_has_no_empty_text() -> None:
    assert "" not in texts(two((Card(1, "一", "1元"),)))


@pytest.mark.parametrize("tier", ["same", "lower"])
def test_an_arrow_that_does_not_lead_up_is_dashed_and_said(tier: str) -> None:
    low = (Card(1, "一", "1元"), Card(2, "二", "2元", onward=1 if tier == "same" else None))
    svg = two(low, (Card(3, "三", "3元", onward=1 if tier == "lower" else None),))
    assert_sound(svg)
    assert not lines(svg) and lines(svg, dashed=True)
    assert "虚线箭头没有走向更高一层，请核对" in texts(svg)
    assert alt_text(svg).endswith("。虚线箭头没有走向更高一层，请核对")
    assert_clear(svg)


def test_the_way_up_alone_has_no_dashes_and_no_warning() -> None:
    svg = matrix(TIERS, title="产品矩阵", arrow="升级")
    assert not lines(svg, dashed=True) and "虚线" not in "".join(texts(svg))


def test_the_last_tier_leaves_room_where_an_arrow_stays_in_it() -> None:
    svg = two((Card(1, "一", "1元"),), (Card(2, "二", "2元", onward=3), Card(3, "三", "3元")))
    assert_sound(svg)
    assert max(max(x1, x2) for x1, _, x2, _ in lines(svg, dashed=True)) <= 640


def test_a_reference_to_nothing_or_to_itself_is_no_arrow() -> None:
    svg = two((Card(1, "一", "1元", onward=1), Card(2, "二", "2元", onward=99)))
    assert_sound(svg)
    assert not heads(svg) and "升级" not in alt_text(svg)


def test_what_it_shows_is_told_in_words() -> None:
    assert alt_text(matrix(TIERS, title="产品矩阵", arrow="升级")) == (
        "产品矩阵：引流产品 80–199元；初筛 80元，1次/年，升级：长期管理；护理课 199元，6次/年，升级：年度管理；"
        "主力产品 1,980元；长期管理 1,980元，4次/年，升级：年度管理；高端产品 9,800元；年度管理 9,800元，1次/年"
    )


def test_an_empty_tier_says_so() -> None:
    svg = two((Card(1, "一", "1元"),))
    assert texts(svg).count("还没有") == 1 and "乙 还没有" in alt_text(svg)


def test_an_english_matrix_speaks_english() -> None:
    svg = matrix(
        [Tier("Traffic", "", (Card(1, "Screening", "80 CNY", onward=1),)), Tier("Core", "")], title="m", language="en"
    )
    assert_sound(svg)
    assert not [ch for ch in "".join(texts(svg)) + alt_text(svg) if "\u4e00" <= ch <= "\u9fff"]
    assert "none yet" in texts(svg)


def test_products_in_a_tier_beyond_those_shown_are_no_reason_to_fail() -> None:
    empty = tuple(Tier(f"层{n}", "", ()) for n in range(4))
    assert_sound(matrix([*empty, Tier("第五层", "1元", (Card(0, "甲", "1元", "", None),))], title="x", arrow="升级"))


def test_without_products_it_is_a_sentence() -> None:
    assert texts(matrix([], title="x")) == ["还没有可画的数据"]
    assert texts(matrix([Tier("甲", ""), Tier("乙", "")], title="x")) == ["还没有可画的数据"]


def test_a_name_too_long_takes_three_lines_and_then_an_ellipsis_that_a_pointer_opens() -> None:
    long = "成人特应性皮炎长期管理与生活方式指导年度随访服务包（含两次影像对照和营养评估）"
    svg = matrix([Tier("甲", "", (Card(1, long, "9元"),)), *TIERS[1:]], title="x")
    assert_sound(svg)
    assert long in tips(svg) and any(text.endswith("…") for text in texts(svg))
    card = cards(svg)[0]
    inside = [box for box in boxes(svg) if len(box[4]) > 4 and box[4].rstrip("…") in long]
    assert len(inside) == 3 and all(box[2] <= card[0] + card[2] for box in inside)


def test_a_note_without_room_beside_the_price_stands_below_it_inside_the_card() -> None:
    svg = matrix([Tier("甲", "", (Card(1, "一", "398,000.50元", "每季度一次由护士随访"),)), *TIERS[1:]], title="x")
    assert_sound(svg)
    card = cards(svg)[0]
    (note,) = [box for box in boxes(svg) if box[4] == "每季度一次由护士随访"]
    (price,) = [box for box in boxes(svg) if box[4] == "398,000.50元"]
    assert note[1] > price[3] and note[3] <= card[1] + card[3]


def test_strips_stay_apart_in_grey() -> None:
    svg = matrix(TIERS, title="x")
    assert [len(rects(svg, fill)) for fill in ("#EEF5F7", "hatch", TEAL)] == [1, 1, 1]


def test_too_many_products_are_said() -> None:
    many = tuple(Card(n, str(n), "1元", onward=99) for n in range(12))
    svg = matrix([Tier("甲", "", many), Tier("乙", "", (Card(99, "乙", "2元"),))], title="x", arrow="升级")
    assert_sound(svg)
    assert len(cards(svg)) == 8 and "另有 5 项没有画出" in texts(svg)
    assert_clear(svg)


@pytest.mark.parametrize("text", NASTY)
def test_any_text_stays_text(text: str) -> None:
    svg = matrix([Tier(text, text, (Card(1, text, text, text, 3),)), *TIERS[1:]], title=text, arrow=text)
    assert_sound(svg)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.text(max_size=30), st.integers(0, 20) | st.none()), max_size=6), min_size=1, max_size=5
    )
)
def test_any_products_make_a_sound_picture(lanes: list[list[tuple[str, int | None]]]) -> None:
    number, tiers = 0, []
    for lane in lanes:
        made = []
        for label, onward in lane:
            made.append(Card(number, label, "1元", "1次/年", onward))
            number += 1
        tiers.append(Tier("层", "1元", tuple(made)))
    svg = matrix(tiers, title="x", arrow="升级")
    assert_sound(svg)
    if "<rect" in svg:
        assert_clear(svg)
    assert svg == matrix(tiers, title="x", arrow="升级")


# Asks the browser for the box of every text: each lies in the picture, on no other text, and wholly in a card or in none.
SCRIPT = """
const wrong = [];
for (const svg of document.querySelectorAll('svg')) {
  const all = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  const cards = [...svg.querySelectorAll(':scope > rect')].map(r => r.getBBox());
  const hit = (a, b) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1
    && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height;
  const inside = (a, b) => a.x >= b.x && a.x + a.width <= b.x + b.width && a.y + 4 >= b.y && a.y + a.height <= b.y + b.height + 3;
  all.forEach(([text, a], i) => {
    if (a.x < -1.5 || a.x + a.width > 643 || a.y + a.height > svg.viewBox.baseVal.height + 2) wrong.push(['outside', text]);
    for (const [other, b] of all.slice(i + 1)) if (hit(a, b)) wrong.push([text, other]);
    for (const b of cards) if (hit(a, b) && !inside(a, b)) wrong.push(['card', text]);
  });
}
document.title = JSON.stringify({wrong, texts: document.querySelectorAll('svg > text').length});
"""
LONG = "成人特应性皮炎长期管理与生活方式指导年度随访综合服务包（含两次影像对照）"
WIDE = [
    Tier(
        LONG, LONG, (Card(1, LONG, "1,398,000.50元", LONG, 3), Card(2, "MWMWMW@@@%%% WWWW", "199元", "每季度一次", 5))
    ),
    Tier("主力产品", "1,980元", (Card(3, "😀 长期管理", "1,980元", "4次/年", 5), Card(4, LONG, LONG, "", 3))),
    Tier("高端产品", "9,800元", (Card(5, LONG, "9,800元", "1次/年"),)),
]


def test_a_browser_finds_every_text_in_its_card_and_none_on_another(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("not installed: chromium")
    collision = Canvas()  # shows that the script sees what it looks for
    collision.bar(0, 0, 30, 40, "paper")
    collision.text(10, 20, "出了框")
    drawn = [
        matrix(WIDE, title="矩阵", arrow=LONG * 2),
        matrix(TIERS, title="矩阵", arrow="升级"),
        collision.svg("x", "x"),
    ]
    page = tmp_path / "matrix.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>-</title>{''.join(drawn)}<script>{SCRIPT}</script>",
        encoding="utf-8",
    )
    profile = f"--user-data-dir={tmp_path / 'p'}"
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", profile, "--dump-dom", page.as_uri()]
    shown = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()
    title = re.search(r"<title>(\{.*?)</title>", shown)
    assert title
    found = json.loads(unescape(title[1]))
    assert found["wrong"] == [["card", "出了框"]]
    assert found["texts"] == sum(len(texts(svg)) for svg in drawn)
