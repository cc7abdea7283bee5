"""Where the inputs of a decision table come from, and what a table says inside a condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from engine.decisions.cells import CellSet
from engine.decisions.table import Outcome, decide_table, rows_of
from engine.expressions import value_of
from engine.model import DecisionTable, Playbook
from engine.pilot.facts import MISSING
from engine.pilot.groups import row_record

Facts = Callable[[str], object]


def inputs_of(
    book: Playbook, table: DecisionTable, facts: Facts, row: Mapping[str, object] | None = None
) -> Mapping[str, Decimal | str]:
    """The inputs that have a value now. `row`: the names of one channel, or of one row of a record."""
    found: dict[str, Decimal | str] = {}
    for column in table.inputs.values():
        if column.value is None:
            continue
        value = value_of(book, column.value, facts, row, row_record(book, table.each))
        if value is MISSING:
            continue
        if isinstance(value, bool):
            found[column.id] = "yes" if value else "no"
        elif isinstance(value, float | int):
            # A condition computes with doubles; ten decimals are more than any figure here has.
            found[column.id] = round(Decimal(repr(float(value))), 10).normalize()
        elif isinstance(value, str):
            found[column.id] = value
    return found


def ask(book: Playbook, table: DecisionTable, facts: Facts, row: Mapping[str, object] | None = None) -> Outcome:
    """What the table says now: of the pilot, of one channel, or of one row of a record."""
    key = ("decision rows", table.id)
    rows = book.memory.get(key)
    if rows is None:
        rows = book.memory[key] = rows_of(table)
    return decide_table(table, inputs_of(book, table, facts, row), cast("tuple[Mapping[str, CellSet], ...]", rows))


def decision_fact(book: Playbook, facts: Facts, name: str, row: Mapping[str, object] | None = None) -> object:
    """`TABLE.OUTPUT` in a condition: the id of the result, a list of them for `collect`; MISSING when nothing fits."""
    table_id, _, output = name.partition(".")
    table = book.decisions[table_id]
    if table.each and row is None:
        return MISSING
    outcome = ask(book, table, facts, row)
    if table.hit == "collect":
        return list(outcome.results.get(output, ())) if not outcome.missing else MISSING
    found = outcome.result(output)
    return MISSING if found is None else found
