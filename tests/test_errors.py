"""Problems on the screen: sorted, once each, with the line and a caret under the right column, wide characters included."""

from __future__ import annotations

import pytest

from engine.errors import Place, PlaybookError, Problem, UserError, render, render_github, width
from engine.text import say

TEXT = "title: 标题\nroles:\n\tlead: {title: 组长, duty: x}\n"


def problem(line: int, col: int, code: str = "x", **more: object) -> Problem:
    return Problem(Place("a.yaml", line, col), code, say("不对", "wrong"), **more)  # type: ignore[arg-type]


def test_problems_are_sorted_and_told_once() -> None:
    error = PlaybookError([problem(2, 1), problem(1, 5), problem(2, 1), Problem(Place("A.yaml"), "y", say("甲", "a"))])
    assert [str(p.place) for p in error.problems] == ["A.yaml", "a.yaml:1:5", "a.yaml:2:1"]


def test_places_sort_by_file_line_and_column() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 1)]
    assert sorted(places) == [Place("a", 2, 1), Place("a", 2, 9), Place("a", 10, 1), Place("b", 1, 1)]


def test_render_puts_the_caret_under_the_column_for_wide_characters() -> None:
    lines = render([problem(1, 9)], {"a.yaml": TEXT})
    assert lines[0] == "a.yaml:1:9: 不对 [x]"
    line, caret = lines[1], lines[2]
    # 标 takes two columns, so the caret stands two further than its character counts.
    assert width(line[: line.index("题")]) == caret.index("^")


def test_render_without_the_text_or_outside_of_it_shows_no_snippet() -> None:
    assert len(render([problem(1, 1)])) == 1
    assert len(render([problem(99, 1)], {"a.yaml": TEXT})) == 1
    assert len(render([problem(0, 0)], {"a.yaml": TEXT})) == 1


def test_render_shows_hint_and_related_places() -> None:
    related = ((Place("a.yaml", 1, 1), say("先写在这里", "first written here")),)
    lines = render([problem(2, 1, hint=say("改名", "rename"), related=related)])
    assert lines[1:] == ["    → 改名", "    a.yaml:1:1: 先写在这里"]


def test_as_dict_is_plain_data() -> None:
    found = problem(2, 3, severity="warning").as_dict()
    assert found == {
        "file": "a.yaml",
        "line": 2,
        "col": 3,
        "code": "x",
        "severity": "warning",
        "message": "不对",
        "hint": None,
        "related": [],
    }


def test_github_format_escapes_what_would_end_the_command() -> None:
    found = Problem(Place("a,b:c.yaml", 1, 2), "x", say("百分之%\n换行", "x"))
    assert render_github([found]) == ["::error file=a%2Cb%3Ac.yaml,line=1,col=2::百分之%25%0A换行 [x]"]


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("ab", 2), ("标题", 4), ("ａ", 2), ("e\u0301", 1)])
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_user_error_says_what_to_do() -> None:
    assert str(UserError("x", say("不行", "no"), say("这样做", "do this"))) == "不行\n这样做"
