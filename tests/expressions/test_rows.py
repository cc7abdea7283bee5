from engine.expressions.rows import missing_columns, row_tables
from engine.expressions.tokens import tokenize
from engine.expressions.tree import parse
from tests.expressions.books import BOOK, CASES, day, row


def tables(source: str):  # type: ignore[no-untyped-def]
    return row_tables(parse(tokenize(source)), BOOK.records, CASES)


def test_columns_read_inside_a_macro_are_known() -> None:
    found = tables("records.cases.all(c, c.cost > 1 && has(c.seen))")
    assert list(found.columns) == [("cases", "cost")]


def test_an_empty_cell_is_missing() -> None:
    found = tables("records.cases.all(c, c.cost > 1)")
    assert missing_columns(found, {"records.cases": [row(1, cost=2.0), row(2)]}) == ["records.cases.cost"]


def test_references_become_row_numbers() -> None:
    found = tables("true")
    assert found.ready("records.cases", [row(1, standard="3", consent="yes")]) == [row(1, standard=3.0, consent="yes")]
    assert found.ready("row.standard", "3") == 3.0
    assert found.ready("row.consent", "3") == "3"


def test_dates_inside_rows_become_text() -> None:
    found = tables("true")
    made = found.ready("records.cases", [row(1, seen=day("2026-03-20"))])
    assert made == [row(1, seen="2026-03-20T00:00:00+00:00")]
    assert found.ready("fields.ends", day("2026-03-20")) == day("2026-03-20")
