"""Remarks on a text as footnotes of Markdown."""

from __future__ import annotations

from datetime import UTC, datetime

from markdown_it import MarkdownIt

from engine.compliance.marking import Note, annotated
from engine.compliance.reading import read
from tests.compliance.reading.samples import source

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def notes(text: str, *phrases: str) -> list[Note]:
    return [
        Note(text.index(p), text.index(p) + len(p), True, f"规则{i}", ("依据：甲",)) for i, p in enumerate(phrases, 1)
    ]


def annotate(content: str, name: str, *phrases: str) -> str:
    found = source(content.encode(), name)
    return annotated(found, notes(read(found).text, *phrases), "playbook", NOW).decode()


def test_a_phrase_is_marked_in_place_and_explained_below() -> None:
    made = annotate("# 标题\n\n我院**最好**的院。\n", "稿.md", "最好", "院。")
    assert made == (
        "# 标题\n\n我院**【最好】[^c1]**的【院。】[^c2]\n\n---\n\n"
        "[^c1]: **规则1**（3:5）\n    依据：甲  \n\n[^c2]: **规则2**（3:10）\n    依据：甲  \n"
    )


def test_a_mark_reaches_over_marks_of_markdown() -> None:
    assert annotate("请**扫码**预约", "稿.md", "扫码预约").startswith("请**【扫码**预约】[^c1]\n")


def test_lines_of_a_plain_text_stay_lines_and_overlapping_marks_are_one() -> None:
    made = annotate("甲最好的\r\n乙", "稿.txt", "最好", "好的")
    assert made.startswith("甲【最好[^c1]的】[^c2]  \n乙\n\n---\n")
    assert "<br" in MarkdownIt().render(made)


def test_a_mark_stays_within_its_line() -> None:
    assert annotate("甲最\n好乙", "稿.txt", "最\n好").startswith("甲【最】  \n【好】[^c1]乙")


def test_a_remark_on_the_whole_piece_is_a_paragraph() -> None:
    found = source("我院。".encode(), "稿.txt")
    made = annotated(found, [Note(0, 0, True, "MED-REV-02", ("依据：甲",))], "playbook", NOW).decode()
    assert made == "我院。\n\n---\n\n**MED-REV-02**  \n依据：甲  \n"
