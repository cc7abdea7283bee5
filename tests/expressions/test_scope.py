import pytest

from engine.expressions.scope import Scope
from tests.expressions.books import BOOK, CASES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fields.score", "number"),
        ("fields.rate", "number"),
        ("fields.tier", "text"),
        ("fields.ends", "date"),
        ("fields.platforms", "list"),
        ("filled.ends", "yes_no"),
        ("roles.director.filled", "number"),
        ("roles.director.ok", "yes_no"),
        ("tasks.authorise.done", "yes_no"),
        ("records.cases", "rows"),
        ("documents.brief.final", "yes_no"),
        ("metrics.yield_", "number"),
        ("children.running", "number"),
        ("successors.total", "number"),
        ("visits.team", "number"),
        ("today", "date"),
        ("started", "date"),
        ("row.cost", None),
        ("fields", None),
        ("roles.director", None),
        ("nothing.at.all", None),
    ],
)
def test_kind_of_a_name(name: str, kind: str | None) -> None:
    assert Scope(BOOK).kind(name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("row.cost", "number"),
        ("row.standard", "number"),
        ("row.id", "number"),
        ("row.filled.cost", "yes_no"),
        ("row.filled", None),
        ("row.nothing", None),
    ],
)
def test_kind_of_a_row_name(name: str, kind: str | None) -> None:
    assert Scope(BOOK, CASES).kind(name) == kind


def test_every_listed_name_has_a_kind() -> None:
    scope = Scope(BOOK, CASES)
    assert [name for name in scope.names() if scope.kind(name) is None] == []
