"""A paper as a page: one file, nothing from outside, everybody's text as text; seen, printed and checked for real."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from engine.documents.charts import Figures, FunnelStep, Series, funnel
from engine.documents.markdown import escape
from engine.documents.page import to_html
from engine.documents.page.look import style_variables
from engine.documents.render import Paper
from tests.documents.page.browser import Browser
from tests.documents.page.checkers import axe, axe_script, html_validate
from tests.documents.word.test_writer import paper

LONG = "超长" * 5000
EVIL = (
    "{{7*7}}",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://a.example")',
    "甲\u202e乙\u200f丙",
    "😀👨‍👩‍👧",
    'x" onload="y',
)
SVG = funnel([FunnelStep("咨询", 300, "300"), FunnelStep("到诊", 80, "80", "占上一环 26.7%")], title="漏斗")
FIGURES = Figures("漏斗", ("咨询", "到诊"), (Series("人数", (300, 80), ("300", "80")),))
TEXT = """# 科室指南

> ***草稿*** · 2026年3月2日

<!-- toc -->

<!-- cards -->

| 投入 | 新患者 |
| --- | --- |
| 58,600元 | 【***待补充：新患者***】 |
| 到统计截止 | 首次到院 |

<!-- numbered -->

## 做成了什么

第一段，**要紧**，*说明*，`playbook brief`，~~不要~~。

### 数字

![咨询 300，到诊 80](chart:funnel)

![咨询 300，到诊 80](chart:funnel)

## 清单

- [ ] 断点当天登记
- [x] 修复后复走

  怎样算完成：走过一遍
- 不打勾的一条
  1. 里面一层

<!-- form 3 5 4 5 2 -->

| 环节 | 实际看到的 | 与承诺是否一致 | 断点与修复人 | 复走 |
| --- | --- | --- | --- | --- |
| 咨询 |  |  |  | [ ] |
| 预约 |  |  |  | [ ] |

<!-- pagebreak -->

## 话术

| 说法 | 金额 |
| --- | ---: |
| 九十分钟内拿到说明 | 1,200.50元 |

---

> 引用一句

```
一行 命令
```
"""


def page(text: str = TEXT, **changes: Any) -> str:
    return to_html(paper(text, charts={"funnel": SVG}, figures={"funnel": FIGURES}, **changes)).decode()


class Reading(HTMLParser):
    """The visible text, the tags with their attributes, and whether all of them are closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], []  # type: ignore[var-annotated]
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "wbr", "hr", "col", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def test_headings_landmarks_and_contents_are_real() -> None:
    found = Reading(page())
    assert [t for t, _ in found.tags if re.fullmatch("h[1-6]", t)] == ["h1", "h2", "h3", "h2", "h2"]
    assert [t for t, _ in found.tags if t in ("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]
    ids = [a["id"] for t, a in found.tags if re.fullmatch("h[2-6]", t)]
    links = [a["href"] for t, a in found.tags if t == "a"]
    assert links == ["#text", "#h1", "#h3", "#h4", "#contents"] and ids == ["h1", "h2", "h3", "h4"]
    assert "一、做成了什么" in found.text and "（一）数字" in found.text
    assert found.tags[0] == ("html", {"lang": "zh-CN"})


def test_what_leads_to_a_table_stays_with_it_in_print() -> None:
    made = page("# 题\n\n一段。\n\n回执：\n\n| 甲 |\n| --- |\n| 乙 |\n")
    assert '<p class="lead">回执：</p>' in made and "<p>一段。</p>" in made


def test_english_papers_say_so() -> None:
    found = Reading(page("# A\n\n## One\n\n## Two\n\n## Three\n", language="en"))
    assert found.tags[0] == ("html", {"lang": "en"})
    assert "Contents" in found.text and "Skip to the text" in found.text and "目录" not in found.text


def test_boxes_can_be_ticked_and_have_names() -> None:
    found = Reading(page())
    boxes = [a for t, a in found.tags if t == "input"]
    assert [("checked" in box, box.get("aria-label")) for box in boxes] == [
        (False, None), (True, None), (False, "咨询：复走"), (False, "预约：复走"),
    ]  # fmt: skip
    assert "断点当天登记" in found.text and "[ ]" not in found.text


def test_a_chart_shown_twice_has_ids_of_its_own_and_its_numbers_as_a_table() -> None:
    made = page()
    ids = re.findall(r'\bid="([^"]+)"', made)
    assert len(ids) == len(set(ids)) and made.count("<svg") == 2
    assert made.count('<th scope="row">到诊</th><td><div>80<span class="bar b27"></span></div></td>') == 2
    assert ".b27 { width: 27%; }" in made
    for name in re.findall(r'aria-labelledby="([^"]+)"', made):
        assert set(name.split()) <= set(ids)


def test_a_figure_on_a_card_has_its_base_on_a_line_of_its_own() -> None:
    made = page("# 题\n\n<!-- cards -->\n\n| 改后 | 花费 |\n| --- | --- |\n| 15.3%（128/835） | 5,600元 |\n")
    assert '15.3<small>%</small> <small class="base">（128/835）</small></dd>' in made
    assert "5,600<small>元</small></dd>" in made


def test_the_number_of_a_row_is_no_heading_of_its_card(browser: Browser, tmp_path: Path) -> None:
    long = "先讲怎样减药，患者反而更愿意按时用药"
    text = f"# 题\n\n| 序号 | 断点 | 办法 | 谁 |\n| ---: | --- | --- | --- |\n| 1 | {long} | {long} | {long} |\n"
    (tmp_path / "a.html").write_bytes(to_html(paper(text)))
    browser.open(tmp_path / "a.html", 375)
    number, name = browser.evaluate(
        "[...document.querySelectorAll('tbody td')].slice(0, 2).map(e => e.getBoundingClientRect().toJSON())"
    )
    assert number["top"] == name["top"] and number["right"] <= name["right"] and number["left"] > 300


def test_a_chart_that_is_not_there_is_told_in_words() -> None:
    made = to_html(paper("# 题\n\n![咨询 300](chart:funnel)\n")).decode()
    assert "<em>咨询 300</em>" in made and "<svg" not in made


@pytest.mark.parametrize("text", [*EVIL, LONG])
def test_texts_of_people_stay_text(text: str) -> None:
    shown = escape(text)
    made = page(
        f"# {shown}\n\n## {shown}\n\n{shown}\n\n- [ ] {shown}\n\n| {shown} | 乙 |\n| --- | --- |\n| {shown} | [ ] |\n",
        hospital=text, pilot=text, title=text,
    )  # fmt: skip
    found = Reading(made)
    clean = text.replace("\u202e", "").replace("\u200f", "")
    assert found.text.count(clean) >= 6
    assert not [t for t, _ in found.tags if t in ("script", "img", "a") and t != "a"]
    assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    assert not re.search(
        "[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "".join(re.findall(r"<main.*</main>", made, re.DOTALL))
    )


def test_nothing_comes_from_outside_and_the_bytes_are_the_same() -> None:
    made = page()
    assert made == page()
    assert (
        re.findall(r'(?:src|@import|href)\s*[=(]?\s*["\']?(?!#)(?=[a-z/])[^"\')\s>]+', made.replace("-src", "")) == []
    )
    assert "http" not in made.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_colours_and_fonts_are_named_in_one_place() -> None:
    style = re.sub(r":root \{.*?\}", "", page().partition("<style>")[2].partition("</style>")[0])
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb\(|Noto|YaHei", style)
    assert set(re.findall(r"var\(--(\w+)\)", style)) == set(style_variables())


def papers() -> dict[str, Paper]:
    evil = "\n\n".join(escape(text) for text in EVIL)
    cells = " | ".join(escape(text) for text in EVIL[:5])
    wild = f"# {escape(EVIL[1])}\n\n## 甲\n\n{evil}\n\n| 一 | 二 | 三 | 四 | 五 |\n|{'---|' * 5}\n| {cells} |\n\n{'W' * 10_000}\n\n{LONG}\n"
    drawn = {"charts": {"funnel": SVG}, "figures": {"funnel": FIGURES}}
    return {"plain": paper(TEXT, draft=True, **drawn), "wild": paper(wild, title=EVIL[1], pilot=LONG, hospital=EVIL[4])}


@pytest.mark.parametrize("width", [375, 800, 1280])
@pytest.mark.parametrize("name", ["plain", "wild"])
def test_no_page_scrolls_sideways(browser: Browser, tmp_path: Path, name: str, width: int) -> None:
    (tmp_path / "a.html").write_bytes(to_html(papers()[name]))
    browser.open(tmp_path / "a.html", width)
    assert browser.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # What is wider than the page scrolls by itself, and on a phone only pictures are.
    assert browser.evaluate(
        "[...document.querySelectorAll('main *')].every(e => e.closest('.scroll, .chart') || "
        "e.getBoundingClientRect().right <= innerWidth + 0.5)"
    )
    if width == 375:
        assert browser.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")


def test_on_a_phone_a_wide_table_is_cards_and_a_small_one_stays_a_table(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(to_html(papers()["plain"]))
    browser.open(tmp_path / "a.html", 375)
    shown = "[...document.querySelectorAll('section tbody tr:first-child td')].map(e => getComputedStyle(e).display)"
    assert browser.evaluate(shown) == ["grid"] * 5 + ["table-cell"] * 2
    named = "getComputedStyle(document.querySelector('.stack td:nth-child(2)'), '::before').content"
    assert browser.evaluate(named) == '"实际看到的"'
    browser.open(tmp_path / "a.html", 1280)
    assert browser.evaluate(shown) == ["table-cell"] * 7 and browser.evaluate(named) == "none"


def test_of_rows_to_be_written_in_a_phone_shows_one(browser: Browser, tmp_path: Path) -> None:
    rows = "|  |  | [ ] |  |\n" * 3
    text = f"# 题\n\n| 断点发现于哪一个环节 | 怎样修好的，写明白 | 复走 | 谁来修、何时修好它 |\n{'| --- ' * 4}|\n{rows}"
    (tmp_path / "a.html").write_bytes(to_html(paper(text)))
    browser.open(tmp_path / "a.html", 375)
    shown = "[...document.querySelectorAll('tbody tr')].filter(e => e.offsetHeight).length"
    assert browser.evaluate(shown) == 1
    browser.open(tmp_path / "a.html", 1280)
    assert browser.evaluate(shown) == 3


def test_from_anywhere_on_a_phone_the_contents_are_one_tap_away(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(to_html(papers()["plain"]))
    browser.open(tmp_path / "a.html", 375)
    size = browser.evaluate("(r => [r.width, r.height])(document.querySelector('.back').getBoundingClientRect())")
    assert min(size) >= 44
    browser.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 9999)")
    assert (
        browser.evaluate("scrollY > 900 && document.elementFromPoint(375 - 40, innerHeight - 36).className") == "back"
    )
    assert browser.evaluate("document.querySelector('.back').click(); location.hash") == "#contents"
    browser.open(tmp_path / "a.html", 1280)
    assert browser.evaluate("getComputedStyle(document.querySelector('.back')).display") == "none"


def test_letters_are_large_enough_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(to_html(papers()["plain"]))
    browser.open(tmp_path / "a.html", 375)
    assert browser.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") == 17
    assert browser.evaluate("getComputedStyle(document.querySelector('.numbers')).display") == "block"


def test_it_prints_on_a4(browser: Browser, tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None or shutil.which("pdftotext") is None:
        pytest.skip("not installed: poppler-utils")
    (tmp_path / "a.html").write_bytes(to_html(papers()["plain"]))
    browser.open(tmp_path / "a.html", 1280)
    browser.pdf(tmp_path / "a.pdf")
    told = subprocess.run(
        ["pdfinfo", "a.pdf"], cwd=tmp_path, capture_output=True, check=True, timeout=60
    ).stdout.decode()
    assert re.search(r"Page size:\s+59[45]\.\S+ x 84[12]", told) and re.search(r"Pages:\s+[23]\b", told)
    words = subprocess.run(
        ["pdftotext", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True, timeout=60
    ).stdout.decode()
    assert "九十分钟内拿到说明" in words and "跳到正文" not in words


def test_a_paper_for_a_page_or_two_is_printed_closer(browser: Browser, tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("not installed: poppler-utils")
    pages = []
    for number, most in enumerate((None, 2)):
        (tmp_path / f"{number}.html").write_bytes(to_html(paper("# 题\n\n" + "一段。\n\n" * 85, most_pages=most)))
        browser.open(tmp_path / f"{number}.html", 1280)
        browser.pdf(tmp_path / f"{number}.pdf")
        told = subprocess.run(
            ["pdfinfo", f"{number}.pdf"], cwd=tmp_path, capture_output=True, check=True, timeout=60
        ).stdout.decode()
        pages += re.findall(r"Pages:\s+(\d+)", told)
    assert pages == ["3", "2"]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", ["plain", "wild"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, name: str, width: int) -> None:
    script = axe_script()
    (tmp_path / "a.html").write_bytes(to_html(papers()[name]))
    browser.open(tmp_path / "a.html", width)
    found = axe(browser, script)
    assert found["wrong"] == [] and found["passes"] > 20


def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    for name, one in papers().items():
        (tmp_path / f"{name}.html").write_bytes(to_html(one))
    found = html_validate(tmp_path)
    assert set(found) == {"bad.html"} and found["bad.html"]
