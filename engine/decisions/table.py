"""Asking a decision table: which rows fire, what comes out (hit policies after DMN 1.3, section 8.2.10)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from engine.decisions.cells import ANYTHING, CellProblem, CellSet, parse_cell
from engine.frozen import frozen
from engine.model import DecisionTable

Given = Mapping[str, Decimal | str]


@frozen
class Outcome:
    """`rows` fired (counted from 0). `results`: output → what it says, several for `collect`. `missing`: inputs without
    which it cannot be told. `clash`: more than one row fits a table in which only one may."""

    rows: tuple[int, ...] = ()
    results: Mapping[str, tuple[str, ...]] = {}
    missing: tuple[str, ...] = ()
    clash: bool = False

    def result(self, output: str) -> str | None:
        """The one thing an output says; None when the table says nothing."""
        found = self.results.get(output, ())
        return found[0] if found else None


@frozen
class _Row:
    cells: Mapping[str, CellSet]
    results: Mapping[str, str]


def rows_of(table: DecisionTable) -> tuple[Mapping[str, CellSet], ...]:
    """The cells of every row; a cell that cannot be read fits nothing here (the check reports it)."""
    found = []
    for row in table.rows:
        cells: dict[str, CellSet] = {}
        for name, column in table.inputs.items():
            try:
                cells[name] = parse_cell(column, row.cells.get(name, ""))
            except CellProblem:
                from engine.decisions.cells import Choices

                cells[name] = Choices(frozenset())
        found.append(cells)
    return tuple(found)


def decide_table(table: DecisionTable, given: Given, rows: tuple[Mapping[str, CellSet], ...] | None = None) -> Outcome:
    """What the table says of `given` (numbers as Decimal, choices as ids, yes/no as "yes"/"no"). Never raises."""
    rows = rows_of(table) if rows is None else rows
    fired: list[int] = []
    missing: dict[str, None] = {}
    for index, cells in enumerate(rows):
        open_inputs = [name for name, cell in cells.items() if name not in given and cell is not ANYTHING]
        if not all(cell.holds(given[name]) for name, cell in cells.items() if name in given):
            continue
        if open_inputs:
            missing |= dict.fromkeys(open_inputs)
            if table.hit == "first":
                break  # whether this row comes first cannot be told
            continue
        fired.append(index)
        if table.hit == "first":
            break
    if missing and (table.hit != "collect" or not fired):
        return Outcome(missing=tuple(missing))
    if table.hit == "unique" and len(fired) > 1:
        return Outcome(tuple(fired), clash=True)
    if table.hit == "priority" and len(fired) > 1:
        fired = [min(fired, key=lambda i: _rank(table, i))]
    return Outcome(tuple(fired), _results(table, fired), tuple(missing))


def _rank(table: DecisionTable, row: int) -> tuple[int, ...]:
    """Results that stand earlier among the options of the outputs come first."""
    ranks = []
    for output in table.outputs.values():
        order = list(output.options)
        value = table.rows[row].results.get(output.id, "")
        ranks.append(order.index(value) if value in order else len(order))
    return tuple(ranks)


def _results(table: DecisionTable, fired: list[int]) -> Mapping[str, tuple[str, ...]]:
    found = {}
    for output in table.outputs:
        values = [table.rows[i].results[output] for i in fired if output in table.rows[i].results]
        found[output] = tuple(dict.fromkeys(values))
    return cast("Mapping[str, tuple[str, ...]]", found)
