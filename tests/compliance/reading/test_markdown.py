"""Markdown without its marks; every character keeps the line and column it has in the source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compliance.reading.samples import place_of, reading


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("我院**最好**的_技术_", "我院最好的技术"),
        ("# 标题 ##\n", "# 标题\n"),
        ("> 引用 `码` 与 2 * 3", "引用 码 与 2 * 3"),
        ("- [x] 办好\n* 条目", "- 办好\n* 条目"),
        ("[预约](https://x.cn/a_(b) '立即') [普通] [看][r]", "预约 https://x.cn/a_(b) 立即  [普通] 看"),
        ("![图说](a.png) 后", "图说 后"),
        ("[回到](#top)上", "回到上"),
        ("<https://x.cn> &amp; &#26368;好 &nosuch;", "https://x.cn & 最好 &nosuch;"),
        ("<b>粗</b><br>下 <img alt='全国第一' src='a'>", "粗\n下  全国第一 "),
        ("<!-- 电话13812345678 -->", " 电话13812345678 "),
        (r"\*星\* 与 a_b_c 与 ____", "*星* 与 a_b_c 与 ____"),
        ("```py\n**不动**\n```\n**动**", "\n**不动**\n\n动"),
        ("| 甲 | 乙 |\n|---|:-:|\n| 丙 | 丁 |", "| 甲 | 乙 |\n\n| 丙 | 丁 |"),
        ("题\n===\r\n文", "题\n\r\n文"),
    ],
)
def test_what_a_reader_sees(source: str, text: str) -> None:
    assert reading(source.encode(), "稿.md").text == text


def test_places_are_those_of_the_source() -> None:
    found = reading("第一行\n> **治愈率** 与 &#26368;好".encode(), "稿.md")
    assert place_of(found, "治愈率") == "稿.md:2:5" and place_of(found, "最好") == "稿.md:2:13"
    assert place_of(found, "好") == "稿.md:2:21"
    start = found.text.index("最好")
    assert found.source_spans(start, start + 1) == ((16, 24),)  # an entity has its place as a whole


@given(st.text(st.sampled_from("最好的*_`#>-[]()!|&;<>\\ \n\r\t~1aé😀"), max_size=80))
def test_every_piece_stands_in_the_source_where_it_says(source: str) -> None:
    found = reading(source.encode(), "稿.md")
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = 0
    for piece in found.pieces:
        assert last <= piece.source <= piece.source_end <= len(source)
        last = piece.source_end
        if not piece.whole:
            text = found.text[piece.start : piece.end]
            assert text == source[piece.source : piece.source_end]
            line = lines[piece.spot.line - 1] + "\n"
            assert line.startswith(text.rstrip("\r\n"), piece.spot.col - 1)


@pytest.mark.parametrize(
    "part", ["[](", "](a", "**_", "<a ", "&#1", "[a](b ", '](x "', "`", "\\", "(", '<a href="', "> ", "|-", "#"]
)
def test_nothing_runs_away(part: str) -> None:
    content = (part * (300_000 // len(part))).encode()
    started = time.perf_counter()
    reading(content, "稿.md")
    assert time.perf_counter() - started < 5  # about 0.5 s; a search that runs away would take minutes
