"""A decision table in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from engine.decisions.cells import YES_NO
from engine.decisions.table import Given
from engine.model import DecisionInput, DecisionOutput, DecisionTable
from engine.pilot.values import plain_number
from engine.text import Message, say

_CENT = Decimal("0.01")


def value_words(column: DecisionInput, value: Decimal | str | None) -> str:
    """`0.5倍`, `一线城市`, `是`; a dash for none."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        return f"{plain_number(value.quantize(_CENT, ROUND_HALF_UP))}{column.unit}"
    if column.type == "yes_no":
        return str(YES_NO.get(value, value))
    return column.options.get(value, value)


def example_words(table: DecisionTable, given: Given) -> Message:
    """`投入产出比 = 0.5倍，到诊 = 3人`"""
    parts = [f"{c.title} = {value_words(c, given[name])}" for name, c in table.inputs.items() if name in given]
    joined = say("，", ", ")
    return Message(joined.zh.join(parts), joined.en.join(parts))


def result_words(output: DecisionOutput, value: str) -> str:
    return output.options.get(value, value)


def row_words(table: DecisionTable, index: int) -> str:
    """`花费 >= 3000，到诊 0 → 下一步 止损`"""
    row = table.rows[index]
    conditions = []
    for name, column in table.inputs.items():
        written = row.cells.get(name, "-")
        if written not in ("", "-"):
            conditions.append(f"{column.title} {column.options.get(written, written)}")
    results = [
        f"{o.title} {result_words(o, row.results[name])}" for name, o in table.outputs.items() if name in row.results
    ]
    otherwise = str(say("其余", "otherwise"))
    comma = str(say("，", ", "))
    return f"{comma.join(conditions) or otherwise} → {comma.join(results)}"
