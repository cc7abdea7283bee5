from dataclasses import replace

import pytest

from engine.documents.tasklist.terminal import to_terminal
from engine.errors import width
from engine.text import say
from tests.documents.tasklist.lists import listed, with_row


@pytest.mark.parametrize("columns", [60, 96, 200])
def test_the_screen_is_never_left_on_the_right(columns: int) -> None:
    made = to_terminal(with_row(listed(), title="很长的任务名称" * 12, people=("王蕾", "李想", "张三丰")), columns)
    assert max(width(line) for line in made.splitlines()) <= columns
    assert made.count("长") == 12


def test_what_is_piped_has_no_colour() -> None:
    overdue = with_row(listed(), overdue=True)
    assert "\x1b" not in to_terminal(overdue)
    assert "\x1b" in to_terminal(overdue, color=True)
    assert "未开始（逾期）" in to_terminal(overdue)


def test_a_stage_says_how_far_it_is() -> None:
    made = to_terminal(listed())
    assert "场地准备（进行中） 1/2" in made
    assert "投入使用（走过） 0/1" in made
    assert "Open" not in to_terminal(listed(language="en"))


def test_a_task_says_what_it_asks_for() -> None:
    made = to_terminal(with_row(listed(), required=False, evidence="required", waits_for=("1", "4.2")), 140)
    assert "选做、证据必须附、先做 1、4.2" in made


def test_markup_of_the_terminal_is_only_text() -> None:
    assert "[red]甲[/] :smile:" in to_terminal(with_row(listed(), title="[red]甲[/] :smile:"))


def test_notes_and_nothing() -> None:
    made = to_terminal(replace(listed(), rows=(), notes=(say("可能变动", "may move"),)))
    assert made == "没有符合条件的任务\n可能变动\n"
