import pytest

from engine.expressions import compile_check
from engine.model import Expr
from tests.expressions.books import BOOK, CASES, complaints


@pytest.mark.parametrize(
    ("source", "code", "offset", "hint"),
    [
        ("fields.scroe >= 1", "unknown-name", 0, "fields.score"),
        ("field.score >= 1", "unknown-name", 0, "fields.score"),
        ("score >= 1", "unknown-name", 0, "fields.score"),
        ("roles.director >= 1", "unknown-name", 0, "roles.director.filled"),
        ("roles.directer.filled >= 1", "unknown-name", 0, "roles.director.filled"),
        ("tasks.authorise", "unknown-name", 0, "tasks.authorise.done"),
        ("documents.brief", "unknown-name", 0, "documents.brief.final"),
        ("children.count > 1", "unknown-name", 0, "children.total"),
        ("visits.taem > 1", "unknown-name", 0, "visits.team"),
        ("has(fields.scroe)", "unknown-name", 4, "fields.score"),
        ("records.case.all(c, true)", "unknown-name", 0, "records.cases"),
        ("records.cases.exists(c, c.consnt == 'yes')", "unknown-name", 24, "c.consent"),
        ("records.cases.filter(c, c.cost > 1).all(d, d.csot > 1)", "unknown-name", 43, "d.cost"),
        ("row.cost > 1", "unknown-name", 0, None),
        ("fields.name.startWith('a')", "unknown-function", 12, "startsWith"),
        ("len(fields.platforms) > 1", "unknown-function", 0, None),
        ("fields.tier == 'frist'", "unknown-option", 15, "first"),
        ("'首批' == fields.tier", "unknown-option", 0, '"first"'),
        ("fields.tier in ['first', 'thrid']", "unknown-option", 25, None),
        ("records.cases.exists(c, c.consent == 'y')", "unknown-option", 37, None),
        ("fields.ends > '2026-13-40'", "expression-type", 14, "2026-03-02"),
        ("1 < fields.score < 5", "expression-syntax", 17, "&&"),
        ("records.cases.exists(c.cost > 1)", "expression-syntax", 14, None),
        ("records.cases.all(fields, true)", "expression-syntax", 18, None),
    ],
)
def test_what_does_not_exist(source: str, code: str, offset: int, hint: str | None) -> None:
    assert complaints(source) == [(code, offset)]
    problem = compile_check(Expr(source), BOOK)[0]
    assert hint is None or (problem.hint is not None and hint in problem.hint.zh)


def test_columns_of_a_row_are_checked() -> None:
    assert complaints("row.csot > 1 && row.filled.sene", CASES) == [("unknown-name", 0), ("unknown-name", 16)]


def test_everything_wrong_is_said_at_once() -> None:
    assert [c for c, _ in complaints("fields.a > 1 && fields.tier == 'x' && f(1)")] == [
        "unknown-name",
        "unknown-option",
        "unknown-function",
    ]
