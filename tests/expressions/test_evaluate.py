import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import MISSING, Verdict, evaluate
from engine.model import Expr
from tests.expressions.books import BOOK, CASES, day, facts, row


def verdict(source: str, **values: object) -> Verdict:
    return evaluate(BOOK, Expr(source), facts(**values))


def zh(found: Verdict) -> list[str]:
    return [message.zh for message in found.failed]


def test_a_true_condition_has_nothing_to_say() -> None:
    assert verdict("fields.score >= 90", fields__score=90.0) == Verdict(True)


def test_a_false_condition_says_the_value() -> None:
    found = verdict("fields.score >= 90", fields__score=85.0)
    assert (found.ok, found.missing, zh(found)) == (False, (), ["“得分”现在是 85，要求 ≥ 90"])


def test_an_empty_field_is_missing_and_not_false() -> None:
    assert verdict("fields.score >= 90") == Verdict(False, ("fields.score",))


@pytest.mark.parametrize(
    "source", ["fields.score < 90", "fields.score != 3", "!(fields.score > 1)", "fields.score == 0"]
)
def test_an_empty_field_never_makes_a_condition_true(source: str) -> None:
    assert verdict(source) == Verdict(False, ("fields.score",))


def test_an_empty_field_does_not_matter_where_the_rest_decides() -> None:
    assert verdict("fields.score > 1 || fields.cost > 1", fields__cost=2.0).ok


def test_only_the_failing_parts_are_named() -> None:
    found = verdict(
        "fields.score >= 90 && fields.cost < 5 && filled.name && fields.rate > 1",
        fields__score=85.0,
        fields__cost=1.0,
        filled__name=False,
    )
    assert found.missing == ("fields.rate",)
    assert zh(found) == ["“得分”现在是 85，要求 ≥ 90", "“名称”还没有填写"]


def test_several_values_are_named() -> None:
    found = verdict("fields.ends >= today", fields__ends=day("2026-03-20"), today=day("2026-03-23"))
    assert zh(found) == ["“到期日”现在是 2026-03-20，要求 ≥ 今天（2026-03-23）"]


def test_dates_compare_with_dates_in_quotes() -> None:
    assert verdict("fields.ends >= '2026-03-20'", fields__ends=day("2026-03-20")).ok
    assert not verdict("fields.ends >= '2026-03-21'", fields__ends=day("2026-03-20")).ok


def test_division_by_zero_is_never_true() -> None:
    found = verdict("fields.cost / fields.score > 1", fields__cost=5.0, fields__score=0.0)
    assert not found.ok
    assert "除数是 0" in zh(found)[0]


def test_has_asks_whether_a_field_is_filled() -> None:
    assert verdict("has(fields.score)", filled__score=True).ok
    assert not verdict("has(fields.score)", filled__score=False).ok


def test_shares_of_rows_are_not_rounded_down() -> None:
    rows = [row(1, consent="yes"), row(2, consent="no")]
    source = "size(records.cases.filter(c, c.consent == 'yes')) / size(records.cases) >= 0.5"
    assert verdict(source, records__cases=rows).ok


def test_an_empty_cell_is_missing() -> None:
    rows = [row(1, consent="yes"), row(2)]
    found = verdict("records.cases.all(c, c.consent == 'yes')", records__cases=rows)
    assert found == Verdict(False, ("records.cases.consent",))


def test_an_empty_cell_does_not_matter_where_another_row_decides() -> None:
    rows = [row(1), row(2, consent="yes")]
    assert verdict("records.cases.exists(c, c.consent == 'yes')", records__cases=rows).ok


def test_references_compare_with_row_numbers() -> None:
    source = "records.standards.all(s, records.cases.exists(c, c.standard == s.id))"
    standards = [row(1, name="a"), row(2, name="b")]
    assert not verdict(source, records__standards=standards, records__cases=[row(1, standard="1")]).ok
    cases = [row(1, standard="1"), row(2, standard="2")]
    assert verdict(source, records__standards=standards, records__cases=cases).ok


def test_row_names_come_from_the_row() -> None:
    values = {"row.id": 1.0, "row.cost": 5.0, "row.filled.seen": False, "row.seen": MISSING, "row.standard": "2"}
    look = facts(fields__cost=4.0)
    assert evaluate(BOOK, Expr("row.cost > fields.cost && row.standard == 2"), look, values, CASES).ok
    found = evaluate(BOOK, Expr("row.seen < today"), look, values, CASES)
    assert found.missing == ("row.seen", "today")


def test_what_does_not_compile_is_not_true() -> None:
    found = verdict("fields.score >=")
    assert not found.ok and "fields.score >=" in zh(found)[0]


@given(
    st.one_of(st.none(), st.floats(-10, 10)), st.one_of(st.none(), st.floats(-10, 10)), st.sampled_from(["&&", "||"])
)
def test_three_valued_logic(a: float | None, b: float | None, op: str) -> None:
    """Like Python's own logic where both are known; unknown only where the unknown one decides."""
    known = {k: v for k, v in (("fields__score", a), ("fields__cost", b)) if v is not None}
    found = verdict(f"fields.score > 0 {op} fields.cost > 0", **known)
    truths = [None if v is None else v > 0 for v in (a, b)]
    assert found.ok == (all(truths) if op == "&&" else any(truths))
    assert bool(found.missing) == (None in truths and not found.ok)


def test_a_macro_reads_rows_that_hold_dates() -> None:
    """The library refuses a timestamp inside a row, also where the condition does not look at it."""
    cases = [row(1, consent="yes", seen=day("2026-03-20")), row(2, consent="no")]
    assert verdict('records.cases.exists(c, c.consent == "no")', records__cases=cases).ok
    assert verdict('records.cases.exists(c, has(c.seen) && c.seen >= "2026-03-20")', records__cases=cases).ok
    assert not verdict(
        "records.cases.exists(c, has(c.seen) && c.seen > today)", records__cases=cases, today=day("2026-03-20")
    ).ok
    found = verdict("records.cases.all(c, c.seen <= today)", records__cases=cases, today=day("2026-03-21"))
    assert found.missing == ("records.cases.seen",)
