"""What falls through a decision table, what is hit twice, and rows that never fire: exact, with an example of each.

The values at which any cell changes its mind cut each input into points and stretches between them; within one piece all
cells agree, so one value of each piece stands for all of it, and the product of the pieces is the whole input space.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import product
from math import prod

from engine.decisions.cells import CellSet, Numbers, options_of
from engine.decisions.table import Given, decide_table, rows_of
from engine.frozen import frozen
from engine.model import DecisionInput, DecisionTable

MOST_PIECES = 50_000
_EXAMPLES = 3


@frozen
class Example:
    """Input values, and the rows that fit them (counted from 0)."""

    given: Given
    rows: tuple[int, ...]


@frozen
class Findings:
    """`gaps` fit no row; `overlaps` fit several of a table in which only one may; `hidden` rows never fire. `whole` is
    False when the table was too large to look through."""

    gaps: tuple[Example, ...] = ()
    overlaps: tuple[Example, ...] = ()
    hidden: tuple[int, ...] = ()
    whole: bool = True


def examine(table: DecisionTable) -> Findings:
    """Look through the whole input space of a table whose cells can all be read."""
    rows = rows_of(table)
    pieces = [values_of(column, [cells[name] for cells in rows]) for name, column in table.inputs.items()]
    if prod(map(len, pieces)) > MOST_PIECES:
        return Findings(whole=False)
    gaps: list[Example] = []
    overlaps: dict[tuple[int, ...], Example] = {}
    fired: set[int] = set()
    for values in product(*pieces):
        given: Given = dict(zip(table.inputs, values, strict=True))
        fitting = tuple(i for i, cells in enumerate(rows) if all(c.holds(given[n]) for n, c in cells.items()))
        fired.update(decide_table(table, given, rows).rows if table.hit in ("first", "priority") else fitting)
        if not fitting:
            gaps.append(Example(given, ()))
        elif len(fitting) > 1 and table.hit == "unique":
            overlaps.setdefault(fitting, Example(given, fitting))
    hidden = tuple(i for i in range(len(rows)) if i not in fired)
    return Findings(_told(table, gaps), tuple(overlaps.values())[:_EXAMPLES], hidden)


def values_of(column: DecisionInput, cells: Sequence[CellSet]) -> tuple[Decimal | str, ...]:
    """One value for every piece into which the cells cut the input."""
    if column.type != "number":
        return tuple(options_of(column))
    ends = {
        e
        for cell in cells
        if isinstance(cell, Numbers)
        for i in cell.intervals
        for e in (i.low, i.high)
        if e is not None
    }
    ends |= {e for e in (column.minimum, column.maximum) if e is not None}
    return tuple(_pieces(column, sorted(ends)))


def _pieces(column: DecisionInput, ends: Sequence[Decimal]) -> Iterator[Decimal]:
    if not ends:
        yield Decimal(0)
        return
    candidates = [_below(ends[0])]
    for index, end in enumerate(ends):
        candidates.append(end)
        candidates.append(_between(end, ends[index + 1], column.integer) if index + 1 < len(ends) else _above(end))
    for value in candidates:
        if value is None or (column.integer and value != value.to_integral_value()):
            continue
        if column.minimum is not None and value < column.minimum:
            continue
        if column.maximum is not None and value > column.maximum:
            continue
        yield value


def _below(end: Decimal) -> Decimal | None:
    return end.to_integral_value(ROUND_FLOOR) - 1


def _above(end: Decimal) -> Decimal | None:
    return end.to_integral_value(ROUND_FLOOR) + 1


def _between(low: Decimal, high: Decimal, integer: bool) -> Decimal | None:
    """A plain number strictly between two; None when there is none."""
    whole = low.to_integral_value(ROUND_FLOOR) + 1
    if low < whole < high:
        return whole
    return None if integer else (low + high) / 2


def _told(table: DecisionTable, gaps: list[Example]) -> tuple[Example, ...]:
    """Few examples, as different as may be: none that differs from an earlier one in a single input."""
    told: list[Example] = []
    for one in gaps:
        if len(told) < _EXAMPLES and all(_differences(one.given, other.given) > 1 for other in told):
            told.append(one)
    return tuple(told)


def _differences(a: Given, b: Mapping[str, Decimal | str]) -> int:
    return sum(a[name] != b[name] for name in a)
