import pytest

from engine.expressions.emit import emit
from engine.expressions.scope import Scope
from engine.expressions.tokens import tokenize
from engine.expressions.tree import parse
from tests.expressions.books import BOOK


def emitted(source: str, typed: bool = False) -> str:
    return emit(parse(tokenize(source)), Scope(BOOK).kind, BOOK.records, typed=typed).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("fields.score >= 90", "fields.score >= 90.0"),
        ("fields.score in [1, 2]", "fields.score in [1.0, 2.0]"),
        ("size(fields.platforms) > 2", "double(size(fields.platforms)) > 2.0"),
        ("fields.platforms[0] == 'x'", "fields.platforms[0] == 'x'"),
        ("has(fields.score)", "filled.score"),
        ("records.cases.all(c, has(c.cost))", "records.cases.all(c, has(c.cost))"),
        ("records.cases.all(c, c.filled.cost)", "records.cases.all(c, has(c.cost))"),
        ("fields.ends >= '2026-03-02'", 'fields.ends >= timestamp("2026-03-02T00:00:00Z")'),
        ("fields.name == '2026-03-02'", "fields.name == '2026-03-02'"),
        ("-(1 + 2) < 3", "-(1.0 + 2.0) < 3.0"),
        ("0x10 > 1", "16.0 > 1.0"),
        ("fields.score / 4 > 1", "fields.score / 4.0 > 1.0"),
    ],
)
def test_emit(source: str, text: str) -> None:
    assert emitted(source) == text


def test_division_by_a_name_is_guarded() -> None:
    assert emitted("fields.cost / fields.score > 1").startswith("fields.cost / (double(fields.score) == 0.0 ?")


def test_places_survive_the_rewriting() -> None:
    source = "size(fields.platforms) > 2 && fields.scroe >= 90"
    out = emit(parse(tokenize(source)), Scope(BOOK).kind, BOOK.records)
    assert out.origin(out.text.index("fields.scroe")) == source.index("fields.scroe")
    assert out.origin(out.text.index(">=")) - 1 in (source.index(">=") - 1, source.index(">="))
