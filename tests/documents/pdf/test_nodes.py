from typing import Any

import pytest

from engine.documents.markdown import escape
from engine.documents.pdf.nodes import inline, nodes_of, stretches


def kinds(markdown: str) -> list[str]:
    return [node["kind"] for node in nodes_of(markdown)]


def said(nodes: list[dict[str, Any]]) -> str:
    return "".join(node["t"] for node in nodes)


def test_blocks_come_in_order_with_their_kinds() -> None:
    text = "# 题\n\n> ***草稿*** · 今天\n\n## 一\n\n段\n\n> 引\n\n- 甲\n\n```\ncode\n```\n\n---\n\n<!-- pagebreak -->\n\n[ ] 事\n"
    assert kinds(text) == ["title", "draft", "heading", "para", "quote", "list", "code", "rule", "pagebreak", "check"]


def test_looks_of_stretches() -> None:
    (node,) = nodes_of("平**粗**与*轻*，***两者***、~~划~~、`代码`\\\n第二行")
    assert [(part["t"], part["s"]) for part in node["text"]] == [
        ("平", ""), ("粗", "strong"), ("与", ""), ("轻", "em"), ("，", ""), ("两者", "both"), ("、", ""),
        ("划", "strike"), ("、", ""), ("代码", "code"), ("", "br"), ("第二行", ""),
    ]  # fmt: skip


def test_a_line_end_is_no_space_next_to_chinese() -> None:
    assert said(nodes_of("中文\n接着\nplain\nwords")[0]["text"]) == "中文接着plain words"


def test_boxes_are_drawn_wherever_they_stand() -> None:
    (listed,) = nodes_of("- [ ] 未做\n- [x] 已做\n- 普通\n")
    assert [item[0]["kind"] for item in listed["items"]] == ["check", "check", "para"]
    assert [item[0].get("box") for item in listed["items"]] == [False, True, None]
    assert said(listed["items"][0][0]["text"]) == "未做"
    (table,) = nodes_of("| 甲 | 完成 |\n| --- | --- |\n| 一 | [x] |\n")
    assert [cell["box"] for cell in table["rows"][1]] == [None, True]
    assert [part["s"] for part in nodes_of("勾选 ☐ 或 ☑")[0]["text"]] == ["", "box", "", "ticked"]


def test_a_users_brackets_are_no_box() -> None:
    (listed,) = nodes_of(f"- {escape('[ ] 待办')}\n")
    assert listed["items"][0][0]["kind"] == "para" and said(listed["items"][0][0]["text"]) == "[ ] 待办"


def test_headings_are_numbered_from_the_comment_on() -> None:
    found = nodes_of(
        "## 前\n\n<!-- toc 1 -->\n\n<!-- numbered -->\n\n## 甲\n\n### 子\n\n### 丑\n\n## 乙\n\n### 寅\n\n#### 深\n"
    )
    assert [(n["mark"], said(n["text"])) for n in found if n["kind"] == "heading"] == [
        ("", "前"), ("一、", "甲"), ("（一）", "子"), ("（二）", "丑"), ("二、", "乙"), ("（一）", "寅"), ("", "深"),
    ]  # fmt: skip
    assert [n["depth"] for n in found if n["kind"] == "toc"] == [1]
    assert [n["depth"] for n in nodes_of("<!-- toc -->\n")] == [2]


def test_tables_have_alignments_and_widths_that_fill_the_page() -> None:
    (table,) = nodes_of("| 序 | 说明 | 日期 |\n| ---: | --- | :-: |\n| 1 | " + "很长" * 40 + " | 2026-03-02 |\n")
    assert table["kind"] == "table" and table["aligns"] == ["right", "left", "center"]
    assert table["widths"][1] > table["widths"][2] > table["widths"][0]
    assert [said(cell["text"]) for cell in table["rows"][0]] == ["序", "说明", "日期"]


def test_comments_before_a_table_steer_only_that_table() -> None:
    text = "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n"
    found = nodes_of(f"<!-- cards -->\n\n{text}<!-- form 1 3 -->\n\n{text}<!-- widths 1 1 -->\n\n{text}{text}")
    assert [node["kind"] for node in found] == ["cards", "form", "table", "table"]
    form, asked, plain = (node["widths"] for node in found[1:])
    assert form[1] / form[0] == pytest.approx(3, rel=0.01) and asked[1] == pytest.approx(asked[0], abs=1)
    assert plain[1] > plain[0]


def test_a_picture_of_its_own_is_a_block_and_one_in_a_line_is_its_words() -> None:
    assert nodes_of("![漏斗：咨询 5](chart:funnel)") == [{"kind": "image", "name": "funnel", "alt": "漏斗：咨询 5"}]
    (node,) = nodes_of("见 ![漏斗](chart:funnel) 图")
    assert [(part["t"], part["s"]) for part in node["text"]] == [("见 ", ""), ("漏斗", "em"), (" 图", "")]


def test_html_is_left_out_and_its_text_stays() -> None:
    assert kinds("<script>alert(1)</script>\n") == []
    assert said(nodes_of("a <b>x</b> <!-- y --> b")[0]["text"]) == "a x  b"


def test_what_offers_no_break_is_cut_between_pieces_and_says_the_same() -> None:
    address = "https://example.com/" + "a" * 40
    found = stretches(f"见 {address} 处，很长的中文{'长' * 40}", "")
    assert said(found) == f"见 {address} 处，很长的中文{'长' * 40}"
    pieces = [part for part in found if part["s"] == "cut"]
    assert len(pieces) >= 15 and max(len(part["t"]) for part in found if "长" not in part["t"]) <= 5
    assert [part["s"] for part in stretches("short words only, appointment", "")] == [""]
    assert any(part["s"] == "cut" for part in stretches("appointment", "", 6))


def test_inline_of_nothing_is_nothing() -> None:
    assert inline([]) == [] and nodes_of("") == []


def test_a_paragraph_stays_with_the_table_or_picture_behind_it() -> None:
    text = "甲\n\n| a |\n| --- |\n| 1 |\n\n乙\n\n丙\n\n![图](chart:x)\n"
    found = {said(node["text"]): node.get("lead", False) for node in nodes_of(text) if node["kind"] == "para"}
    assert found == {"甲": True, "乙": False, "丙": True}


def test_a_short_table_is_not_torn_apart_and_a_tall_one_is() -> None:
    head = "| 甲 | 乙 |\n| --- | --- |\n"
    assert [nodes_of(head + "| 1 | 2 |\n" * rows)[0]["short"] for rows in (3, 13, 14)] == [True, True, False]
    assert nodes_of(head + f"| 1 | {'很长' * 400} |\n")[0]["short"] is False
    assert (
        nodes_of("<!-- form -->\n\n" + head + "| | |\n" * 7)[0]["short"] is False
    )  # rows to write in are twice as high


def test_a_paragraph_before_a_list_stays_with_it() -> None:
    first, listed, last = nodes_of("引\n\n- 甲\n\n末\n")
    assert (first.get("lead"), listed["kind"], last.get("lead")) == (True, "list", None)


def test_a_short_item_stays_on_one_page_and_a_long_one_may_be_torn() -> None:
    (node,) = nodes_of(f"- [ ] 甲\n\n  怎样做\n- [ ] {'乙' * 601}\n- 丙\n\n  - 丁\n")
    assert node["whole"] == [True, False, False]


def test_chapters_are_numbered_as_the_language_does() -> None:
    text = "<!-- numbered -->\n\n## A\n\n### B\n\n## C\n"
    assert [node["mark"] for node in nodes_of(text, "en") if node["kind"] == "heading"] == ["1. ", "1.1 ", "2. "]


def test_in_a_cell_a_date_a_share_and_a_number_with_its_unit_are_held() -> None:
    text = "| 一 | 二 | 三 |\n|---|---|---|\n| 孙岩（2026年5月14日） | 花费（近三个月）600元 ÷ 新患者12人 | 96.7%（6,550,000/6,770,000） |\n"
    (node,) = nodes_of(text, hold=True)
    cells = [[part["t"] for part in cell["text"] if part["s"] == "held"] for cell in node["rows"][1]]
    assert cells == [["（2026年5月14日）"], ["600元", "12人"], ["96.7%（6,550,000/6,770,000）"]]
    assert "".join(part["t"] for part in node["rows"][1][0]["text"]) == "孙岩（2026年5月14日）"
    (narrow,) = nodes_of(
        "<!-- widths 1 1 30 -->\n\n| 一 | 二 | 三 |\n|---|---|---|\n| 孙岩（2026年5月14日） | 二 | "
        + "三" * 60
        + " |\n",
        hold=True,
    )
    assert [part["s"] for part in narrow["rows"][1][0]["text"]] == ["", "held"]  # the column was given the room
    assert not [
        p for row in nodes_of(text)[0]["rows"] for c in row for p in c["text"] if p["s"] == "held"
    ]  # pages, slides


def test_a_short_list_is_not_torn_apart_and_a_long_one_may_be() -> None:
    lists = ["- [ ] 一条\n" * 8, "- 一条\n" * 9, f"- {'字' * 160}\n" * 2, f"- {'字' * 161}\n" * 2]
    assert [nodes_of(text)[0]["together"] for text in lists] == [True, False, True, False]
