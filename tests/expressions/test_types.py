import pytest

from engine.expressions import compile_check
from engine.model import Expr
from tests.expressions.books import BOOK, complaints


@pytest.mark.parametrize(
    ("source", "offset", "words"),
    [
        ("today > fields.name", 6, "日期和文字之间不能用 >"),
        ("fields.score == 'x'", 13, "数字和文字之间不能用 =="),
        ("fields.name == null", 12, "文字和空之间不能用 =="),
        ("fields.score && true", 13, "&& 两边都要是条件，这里有一边是数字"),
        ("fields.ends > today + 3", 20, "日期和数字之间不能用 +"),
        ("fields.platforms.contains('a')", 17, "contains 不能用在一组文字、文字上"),
        ("fields.score % 2 == 0", 13, "数字和数字之间不能用 %"),
        ("records.cases.all(c, c.cost > 'x')", 28, "数字和文字之间不能用 >"),
        ("records.cases.all(c, records.standards.exists(s, s.name == c.cost))", 56, "文字和数字之间不能用 =="),
    ],
)
def test_types_that_do_not_fit(source: str, offset: int, words: str) -> None:
    assert complaints(source) == [("expression-type", offset)]
    assert compile_check(Expr(source), BOOK)[0].message.zh == words


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("fields.score", "filled.score"),
        ("roles.director.filled", "roles.director.filled >= 1"),
        ("records.cases", "size"),
        ("fields.score > 1 ? 1 : 2", None),
    ],
)
def test_a_condition_is_true_or_false(source: str, hint: str | None) -> None:
    (problem,) = compile_check(Expr(source), BOOK)
    assert problem.code == "expression-type"
    assert hint is None or (problem.hint is not None and hint in problem.hint.zh)
