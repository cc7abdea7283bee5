import pytest

from engine.expressions import compile_check
from engine.model import Expr
from tests.expressions.books import BOOK, complaints


@pytest.mark.parametrize(
    ("source", "offsets", "hint"),
    [
        ("fields.score = 1", [13], "=="),
        ("fields.score => 1", [13], ">="),
        ("fields.score =< 1", [13], "<="),
        ("fields.score === 1", [13], "=="),
        ("fields.score <> 1", [13], "!="),
        ("filled.score and filled.cost", [13], "&&"),
        ("not filled.score OR filled.cost", [0, 17], "!"),
        ("filled.score & filled.cost", [13], "&&"),
        ("fields.tier == “first”", [15], '"…"'),
        ("fields.score ＞＝ 1", [13], ">="),
        ("（fields.score > 1）", [0, 17], "("),
        ("fields.score ≥ 1 且 filled.cost", [13, 17], ">="),
        ("fields.rate >= 90%", [17], "90"),
        ("fields.cost > 3万", [15], "30000"),
        ("fields.cost > 10,000", [16], "逗号"),
        ("fields.ends > 2026-03-02", [14], '"2026-03-02"'),
        ("科室主任 >= 1", [0], "roles.director.filled"),
        ("得分 >= 1", [0], "fields.score"),
        ("fields.name == 首批", [15], '"首批"'),
        ("fields.name == 'x", [15], None),
        ("fields.score\u3000> 1", [12], "普通空格"),
    ],
)
def test_a_slip_is_placed_and_its_remedy_named(source: str, offsets: list[int], hint: str | None) -> None:
    assert complaints(source) == [("expression-syntax", offset) for offset in offsets]
    first = compile_check(Expr(source), BOOK)[0]
    assert hint is None or (first.hint is not None and hint in first.hint.zh)


@pytest.mark.parametrize("source", ["fields.name == '且 = “x”'", "fields.name == 'and'", "filled.score // 说明"])
def test_the_same_signs_inside_quotes_are_no_slip(source: str) -> None:
    assert complaints(source) == []


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("fields.score >", 14),
        ("(fields.score > 1", 0),
        ("fields.score > 1)", 16),
        ("fields.score > 1 fields.cost > 1", 17),
        ("{a: 1}", 0),
        ("(" * 60 + "1", 40),
    ],
)
def test_what_no_slip_explains_is_placed_at_the_first_misfit(source: str, offset: int) -> None:
    assert complaints(source) == [("expression-syntax", offset)]
