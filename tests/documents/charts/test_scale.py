from decimal import Decimal

import pytest

from engine.documents.charts.scale import drawable, scale_of


def test_zero_is_at_the_left_where_nothing_is_below_it() -> None:
    scale = scale_of([Decimal(30), 60, None], 100, 200)
    assert scale is not None
    assert (scale.at(Decimal(0)), scale.at(Decimal(30)), scale.at(Decimal(60))) == (100, 200, 300)


def test_values_below_zero_move_zero_to_the_right() -> None:
    scale = scale_of([Decimal(-1), Decimal(3)], 0, 400)
    assert scale is not None and scale.at(Decimal(0)) == 100


@pytest.mark.parametrize("values", [[], [None], [0, Decimal("0.00")], [Decimal("NaN"), Decimal("Infinity")]])
def test_without_a_value_there_is_no_scale(values: list[Decimal]) -> None:
    assert scale_of(values, 0, 100) is None


def test_only_finite_numbers_are_drawn() -> None:
    assert drawable(Decimal("NaN")) is None and drawable(Decimal("-Infinity")) is None and drawable(None) is None
    assert drawable(3) == 3 and drawable(Decimal("1e30")) == Decimal("1e30")
