from decimal import Decimal

import pytest

from engine.checks import limits
from engine.model import Bounds, Record, Role
from tests.checks.books import book, field, found


@pytest.mark.parametrize(
    ("type_", "low", "high", "codes"),
    [
        ("number", Decimal(1), Decimal(2), []),
        ("number", Decimal(3), Decimal(2), ["limits-reversed"]),
        ("date", "2026-03-02", "2026-03-01", ["limits-reversed"]),
        ("date", "2026-03-02", "today", []),
        ("date", "2026-02-30", None, ["bad-limit"]),
        ("date", "soon", None, ["bad-limit"]),
    ],
)
def test_limits_of_a_field(type_: str, low: object, high: object, codes: list[str]) -> None:
    sample = book(fields=(field("f", type_, minimum=low, maximum=high),))
    assert found(limits, sample) == [(code, "fields/f/min") for code in codes]


def test_limits_of_records_and_roles() -> None:
    sample = book(
        records=(Record("r", "R", {"c": field("c")}, "c", minimum=5, maximum=2),),
        roles=(Role("lead", "L", Bounds(3, 1)), Role("many", "M", Bounds(3, None))),
    )
    assert found(limits, sample) == [("limits-reversed", "records/r/min"), ("limits-reversed", "roles/lead/count")]


@pytest.mark.parametrize(
    ("type_", "default", "fits"),
    [("number", "3", True), ("number", "three", False), ("date", "2026-02-30", False), ("text", "any", True)],
)
def test_a_default_is_a_value_one_could_type(type_: str, default: str, fits: bool) -> None:
    column = field("c", type_, default=default)
    sample = book(records=(Record("r", "R", {"c": column}, "c"),))
    assert found(limits, sample) == ([] if fits else [("bad-default", "records/r/columns/c/default")])
