import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Place
from engine.expressions import compile_check
from engine.expressions.check import place_of
from engine.model import Expr
from tests.expressions.books import BOOK, CASES, complaints


@pytest.mark.parametrize(
    "source",
    [
        "fields.score >= 90",
        "90 <= fields.score && fields.rate > 0.5",
        "fields.cost / fields.score <= 300",
        "fields.ends >= today && fields.ends > '2026-03-02'",
        "fields.ends - today > duration('72h')",
        "fields.tier == 'first' || fields.tier in ['first', 'second']",
        "'抖音' in fields.platforms && size(fields.platforms) >= 2",
        "roles.director.filled >= 1 && roles.director.ok",
        "tasks.authorise.done && !filled.score",
        'records.cases.exists(c, c.consent == "yes" && c.cost > 100)',
        "records.standards.all(s, records.cases.exists(c, c.standard == s.id))",
        "size(records.cases.filter(c, c.consent == 'yes')) / size(records.cases) >= 0.8",
        "documents.brief.final && metrics.yield_ > 3 && visits.team < 3",
        "children.total >= 1 && successors.total == 0 && started < today",
        "has(fields.score) ? fields.score > 1 : true",
        "fields.name.startsWith('a') || fields.name.matches('^[0-9]+$')",
    ],
)
def test_good_conditions_are_silent(source: str) -> None:
    assert complaints(source) == []


@pytest.mark.parametrize("source", ["row.cost > 1 && row.filled.seen", "row.standard == row.id", "row.seen < today"])
def test_good_conditions_about_a_row_are_silent(source: str) -> None:
    assert complaints(source, CASES) == []


@pytest.mark.parametrize("source", ["", "   ", "\n"])
def test_an_empty_condition_is_reported(source: str) -> None:
    assert [code for code, _ in complaints(source)] == ["expression-syntax"]


def test_a_condition_that_never_changes_is_a_warning() -> None:
    (problem,) = compile_check(Expr("1 < 2"), BOOK)
    assert (problem.code, problem.severity) == ("expression-constant", "warning")


def test_a_very_long_condition_is_refused() -> None:
    assert complaints("filled.score" + " && filled.score" * 200) == [("expression-syntax", 0)]


def test_place_on_one_line() -> None:
    assert place_of(Expr("a && b", Place("f", 7, 20)), 5) == Place("f", 7, 25)


def test_place_in_a_block() -> None:
    assert place_of(Expr("a &&\nbc", Place("f", 7, 5)), 6) == Place("f", 8, 6)


def test_place_in_stretches() -> None:
    expr = Expr("a && b", Place("f", 7, 20), ((0, Place("f", 7, 20)), (5, Place("f", 9, 3))))
    assert [place_of(expr, i) for i in (2, 5)] == [Place("f", 7, 22), Place("f", 9, 3)]


def test_without_a_file_there_is_no_place() -> None:
    assert place_of(Expr("a && b"), 5).line == 0


words = [
    "fields.score",
    "fields.name",
    "1",
    "'x'",
    "(",
    ")",
    "&&",
    "==",
    "!",
    "/",
    "records.cases",
    ".all(c,",
    "=",
    "和",
    "?",
]


@given(st.lists(st.sampled_from(words), max_size=12))
def test_any_text_gives_problems_inside_it_and_no_crash(parts: list[str]) -> None:
    source = " ".join(parts)
    for problem in compile_check(Expr(source, Place("f", 1, 1)), BOOK):
        assert 0 <= problem.place.col - 1 <= len(source)
