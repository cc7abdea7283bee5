"""Values on a line: what can be drawn of them, and where."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from engine.frozen import frozen

Value = Decimal | int | None


def drawable(value: Value) -> Decimal | None:
    """The value, if it is a finite number."""
    if value is None:
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


@frozen
class Scale:
    """From a value to a place: `least` lies at `left`, `most` at `left + span`. Zero is always between them."""

    left: float
    span: float
    least: Decimal
    most: Decimal

    def at(self, value: Decimal) -> float:
        return self.left + float((value - self.least) / (self.most - self.least)) * self.span


def scale_of(values: Iterable[Value], left: float, span: float) -> Scale | None:
    """A scale from zero that takes all values, and those below zero too; None where all are zero or unknown."""
    known = [number for value in values if (number := drawable(value)) is not None]
    least, most = min([Decimal(0), *known]), max([Decimal(0), *known])
    return Scale(left, span, least, most) if least < most else None
