"""Commands in refusals: placeholders in the language of the screen, words that survive being pasted into a shell."""

from __future__ import annotations

import pytest

from engine.pilot.blockers import EMPTY, PLACEHOLDERS, Blocker, command_words, quoted, told_once
from engine.text import Message, plain, say, use_language


@pytest.fixture
def english() -> object:
    use_language("en")
    yield
    use_language("zh")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("done 1 --set rent=金额 --attach 文件路径", "done 1 --set rent=AMOUNT --attach FILE"),
        ("set ends=年-月-日", "set ends=YYYY-MM-DD"),
        ('add breads "name=内容"', 'add breads "name=TEXT"'),
        ("assign lead 姓名 --remove", "assign lead NAME --remove"),
        ("start x --from 内容试点", "start x --from 内容试点"),
        ("done 3 --signed-by 赵立", "done 3 --signed-by 赵立"),
    ],
)
def test_command_words_are_english_where_a_placeholder_stands(command: str, words: str) -> None:
    assert command_words(command) == words


def test_command_words_in_chinese_stay_as_they_are() -> None:
    assert command_words("set a=金额") == "set a=金额"


def test_every_placeholder_has_an_english_word() -> None:
    assert all(
        word.isascii() and word.isupper()
        for word in (w.replace("/", "").replace("-", "").replace(",", "") for w in PLACEHOLDERS.values())
    )


@pytest.mark.parametrize(
    ("word", "typed"),
    [("done", "done"), ("皮肤科试点", "皮肤科试点"), ("眼 科", '"眼 科"'), ("a=x|y", '"a=x|y"'), ("50%", '"50%"')],
)
def test_quoted_only_where_a_shell_needs_it(word: str, typed: str) -> None:
    assert quoted(word) == typed


def blocker(text: str, *commands: str, detail: tuple[Message, ...] = ()) -> Blocker:
    return Blocker("x", "x", plain(text), commands=commands, detail=detail)


def test_told_once_leaves_out_what_an_open_task_asks_for() -> None:
    task = blocker("任务", 'done 1 --set rent=金额 --set "kind=a|b" --attach 文件路径')
    empty = say("“类别”{e}", "'kind' {e}", e=EMPTY)
    both = blocker("租金", "set rent=金额", 'set "kind=a|b"', detail=(empty,))
    assert told_once([task, blocker("租金", "set rent=金额"), blocker("类别", 'set "kind=a|b"'), both]) == (task,)


def test_told_once_keeps_what_is_said_nowhere_else() -> None:
    task = blocker("任务", "done 1 --set rent=金额")
    others = [
        blocker("另一项", "set price=金额"),
        blocker("太贵", "set rent=金额", detail=(plain("租金是3万"),)),
        blocker("没有命令"),
        blocker("案例", "add cases name=内容"),
    ]
    assert told_once([task, *others]) == (task, *others)


def test_told_once_says_the_same_thing_once() -> None:
    first, again = blocker("到期日", "set ends=年-月-日"), blocker("到期日", "set ends=年-月-日")
    assert told_once([first, again, blocker("到期日", "set other=年-月-日")]) == (
        first,
        blocker("到期日", "set other=年-月-日"),
    )
