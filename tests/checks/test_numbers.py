import pytest

from engine.checks import numbers
from engine.model import Bounds, Expr, Record
from tests.checks.books import book, field, found, gate, stage

WHERE = Expr("row.c == 'x'")


@pytest.mark.parametrize(
    ("bounds", "where", "place"),
    [
        (Bounds(1, 3), None, None),
        (Bounds(3, 1), WHERE, "min"),
        (Bounds(9, None), None, "min"),
        (Bounds(0, 1), None, "max"),
        (Bounds(0, 1), WHERE, None),
    ],
)
def test_a_count_that_can_be_met(bounds: Bounds, where: Expr | None, place: str | None) -> None:
    record = Record("r", "R", {"c": field("c")}, "c", minimum=2, maximum=5)
    item = gate(kind="count", record="r", bounds=bounds, where=where)
    sample = book(stage("a", gate=(item,), next="end"), records=(record,))
    assert found(numbers, sample) == ([("impossible-count", f"stages/a/gate/0/{place}")] if place else [])


def test_bounds_of_children_too() -> None:
    sample = book(stage("a", gate=(gate(kind="children", playbook="x", bounds=Bounds(2, 1)),), next="end"))
    assert found(numbers, sample) == [("impossible-count", "stages/a/gate/0/min")]
