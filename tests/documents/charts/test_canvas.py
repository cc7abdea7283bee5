"""Real programs draw the charts: a browser says where its texts lie, typst makes a picture with ink in it."""

import json
import re
import shutil
import subprocess
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from engine.documents.charts import (
    Bar,
    FunnelStep,
    Item,
    Pair,
    Part,
    Target,
    bars,
    before_after,
    budget,
    funnel,
    timeline,
)
from engine.documents.charts.canvas import Canvas, safe, sentence
from tests.documents.charts.picture import assert_sound, texts

LONG = "小红书与短视频平台的全部曝光次数（含重复看到的人）在统计期"
NOTE = "占上一环 15.0%，比之前同样长的一段多了六个百分点"
CHARTS = {
    "funnel": funnel(
        [
            FunnelStep(LONG, 100_000, "100,000", NOTE),
            FunnelStep("appointment confirmed by phone WWWW", 900, "900", NOTE),
            FunnelStep("😀 复诊", 60, "60", NOTE),
        ],
        title="漏斗",
    ),
    "pairs": before_after(
        [Pair(LONG, 9, "9.0%（108/1,200）", 15, "15.0%（186/1,240）", NOTE), Pair("结余", -4, "-4 万元", 6, "6 万元")],
        title="前后",
    ),
    "bars": bars(
        [Bar(LONG, 62, "62%", NOTE, met=True), Bar("MWMWMW@@@%%%", 3, "3%", met=False)],
        Target(60, "目标 60%"),
        title="x",
    ),
    "budget": budget(
        [Part(LONG, 300, "24.1 / 30 万元", 241, NOTE), Part("流程", 20, "23 / 20", 23, NOTE)], title="预算"
    ),
    "timeline": timeline(
        [
            Item(LONG, date(2026, 2, 1), date(2026, 3, 9), "done", "已完成，晚了 13 天，由院办确认"),
            Item("推广", date(2026, 3, 2), date(2026, 12, 9)),
        ],
        date(2026, 3, 1),
        date(2026, 6, 30),
        title="时间线",
        today=date(2026, 3, 28),
    ),
    "sentence": sentence("空", "还没有可画的数据。" * 12),
}
# Asks the browser for the box of every text; reports texts on one another, outside the picture, or under a bar.
SCRIPT = """
const wrong = [];
for (const svg of document.querySelectorAll('svg')) {
  const all = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  const bars = [...svg.querySelectorAll(':scope > rect')].map(r => r.getBBox());
  const hit = (a, b) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1
    && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height;
  all.forEach(([text, a], i) => {
    if (a.x < -1.5 || a.x + a.width > 643 || a.y + a.height > svg.viewBox.baseVal.height + 2) wrong.push(['outside', text]);
    for (const [other, b] of all.slice(i + 1)) if (hit(a, b)) wrong.push([text, other]);
    for (const b of bars) if (hit(a, b)) wrong.push(['bar', text]);
  });
}
document.title = JSON.stringify({wrong, texts: document.querySelectorAll('svg > text').length});
"""


@pytest.mark.parametrize("name", CHARTS)
def test_the_measure_of_texts_says_that_nothing_overlaps(name: str) -> None:
    assert_sound(CHARTS[name])


def test_a_browser_finds_no_texts_on_one_another_or_on_a_bar(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("not installed: chromium")
    collision = Canvas()  # shows that the script sees what it looks for
    collision.text(0, 20, "相撞一")
    collision.text(20, 20, "相撞二")
    page = tmp_path / "charts.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>-</title>{''.join(CHARTS.values())}{collision.svg('x', 'x')}<script>{SCRIPT}</script>",
        encoding="utf-8",
    )
    shown = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'p'}",
            "--dump-dom",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    ).stdout.decode()
    title = re.search(r"<title>(\{.*?)</title>", shown)
    assert title
    found = json.loads(unescape(title[1]))
    assert found["wrong"] == [["相撞一", "相撞二"]]
    assert found["texts"] == sum(len(texts(svg)) for svg in CHARTS.values()) + 2


@pytest.mark.parametrize("name", CHARTS)
def test_typst_draws_it(name: str) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    from engine.documents.pdf import svg_to_png

    made = svg_to_png(CHARTS[name], 642)
    assert made.startswith(b"\x89PNG") and int.from_bytes(made[16:20], "big") == 642
    assert len(made) > 3000  # an empty picture of this size takes less than a third of that


def test_two_charts_in_one_page_do_not_share_patterns() -> None:
    marks = [set(re.findall(r'pattern id="([^"]+)"', CHARTS[name])) for name in ("pairs", "bars", "budget")]
    assert all(marks) and not marks[0] & marks[1] and not marks[1] & marks[2]


def test_the_same_data_gives_the_same_picture_and_other_data_another() -> None:
    assert sentence("空", "甲") == sentence("空", "甲") != sentence("空", "乙")


def test_text_is_escaped_and_a_pointer_shows_what_was_shortened() -> None:
    assert safe("<a b='c'>&\x00") == "&lt;a b='c'&gt;&amp;"
    canvas = Canvas()
    canvas.fitted(0, 10, "一二三四五六", 40)
    canvas.fitted(0, 30, "一", 40)
    assert canvas.parts[0].count("<title>一二三四五六</title>一二…") == 1 and "<title>" not in canvas.parts[1]
    canvas.fitted(0, 50, "没有地方", 5)
    assert len(canvas.parts) == 2
