from dataclasses import replace

from engine.documents.markdown import parser
from engine.documents.tasklist.markdown import to_markdown
from engine.text import say
from tests.documents.tasklist.lists import listed, with_row


def cells(markdown: str) -> list[str]:
    tokens = parser().parse(markdown)
    return [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "td_open"]


def test_markdown_is_a_table_per_stage() -> None:
    made = to_markdown(listed())
    tokens = parser().parse(made)
    headings = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == ["东院磁共振 · 任务清单", "场地准备", "投入使用"]
    assert cells(made)[:7] == [
        "1",
        "清空机房",
        "设备工程师 王蕾、李想",
        "2026年3月7日",
        "已完成",
        "已附1件",
        "机房空置并拍照",
    ]


def test_markdown_of_a_cell_stays_in_its_cell() -> None:
    made = to_markdown(with_row(listed(), title="甲 | 乙 **丙** <b>", done_when="第一\n第二"))
    assert len(cells(made)) == 7
    assert "\\*\\*丙\\*\\*" in made
    assert "第一 第二" in made


def test_markdown_says_overdue_in_words() -> None:
    assert "**未开始（逾期）**" in to_markdown(with_row(listed(), overdue=True))
    assert "**open (overdue)**" in to_markdown(with_row(listed(language="en"), overdue=True))


def test_markdown_carries_notes_and_says_when_there_is_nothing() -> None:
    made = to_markdown(replace(listed(), rows=(), notes=(say("可能变动", "may move"),)))
    assert "> 可能变动" in made
    assert made.endswith("没有符合条件的任务\n")
