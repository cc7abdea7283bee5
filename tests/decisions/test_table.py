"""Hit policies, missing inputs, and gaps and overlaps against brute force."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions.gaps import examine
from engine.decisions.table import decide_table, rows_of
from engine.model import DecisionInput, DecisionOutput, DecisionRow, DecisionTable, HitPolicy


def table(hit: HitPolicy, *rows: dict[str, str], inputs: int = 1) -> DecisionTable:
    columns = {
        f"n{i}": DecisionInput(f"n{i}", f"数{i}", integer=True, minimum=Decimal(0), maximum=Decimal(9))
        for i in range(inputs)
    }
    outputs = {"out": DecisionOutput("out", "结果", {"a": "甲", "b": "乙", "c": "丙"})}
    made = tuple(DecisionRow({k: v for k, v in r.items() if k != "out"}, {"out": r["out"]}) for r in rows)
    return DecisionTable("t", "表", hit, columns, outputs, made)


ROWS = ({"n0": "<5", "out": "b"}, {"n0": "3..7", "out": "a"}, {"n0": ">8", "out": "c"})


@pytest.mark.parametrize(
    ("hit", "value", "rows", "results"),
    [
        ("first", 4, (0,), ("b",)),
        ("first", 6, (1,), ("a",)),
        ("first", 8, (), ()),
        ("collect", 4, (0, 1), ("b", "a")),
        ("priority", 4, (1,), ("a",)),
        ("unique", 1, (0,), ("b",)),
        ("unique", 4, (0, 1), None),
    ],
)
def test_hit_policies(hit: HitPolicy, value: int, rows: tuple[int, ...], results: tuple[str, ...] | None) -> None:
    outcome = decide_table(table(hit, *ROWS), {"n0": Decimal(value)})
    assert outcome.rows == rows and outcome.clash is (results is None)
    if results is not None:
        assert outcome.results.get("out", ()) == results


def test_an_input_that_is_missing_and_matters_is_named() -> None:
    found = table("first", {"n0": "<5", "n1": "1", "out": "a"}, {"n0": ">=5", "out": "b"}, inputs=2)
    assert decide_table(found, {"n0": Decimal(3)}).missing == ("n1",)
    assert decide_table(found, {"n0": Decimal(7)}).rows == (1,)
    assert decide_table(found, {}).missing == ("n0", "n1")


CELL = st.sampled_from(["-", "<3", "<=3", ">3", ">=6", "3", "2..5", "[2..5)", "(2..5]", "not 4", "<2, >7", "0", "9"])
TABLES = st.lists(st.tuples(CELL, CELL, st.sampled_from("abc")), min_size=1, max_size=5)


@settings(max_examples=120, deadline=None)
@given(rows=TABLES, hit=st.sampled_from(["first", "unique", "collect"]))
def test_gaps_overlaps_and_hidden_rows_are_exactly_those_there_are(
    rows: list[tuple[str, str, str]], hit: HitPolicy
) -> None:
    made = table(hit, *({"n0": a, "n1": b, "out": o} for a, b, o in rows), inputs=2)
    cells = rows_of(made)
    fitting = {
        point: [i for i, c in enumerate(cells) if c["n0"].holds(Decimal(point[0])) and c["n1"].holds(Decimal(point[1]))]
        for point in product(range(10), repeat=2)
    }
    found = examine(made)
    assert found.whole
    assert bool(found.gaps) == any(not rows for rows in fitting.values())
    assert all(not fitting[int(g.given["n0"]), int(g.given["n1"])] for g in found.gaps)
    if hit == "unique":
        assert bool(found.overlaps) == any(len(rows) > 1 for rows in fitting.values())
        assert all(len(fitting[int(o.given["n0"]), int(o.given["n1"])]) > 1 for o in found.overlaps)
    firing = {r for rows in fitting.values() for r in (rows[:1] if hit == "first" else rows)}
    assert set(found.hidden) == set(range(len(rows))) - firing


def test_a_table_too_large_to_look_through_says_so() -> None:
    cells = {f"n{i}": f"<{i + 1}, 5..6" for i in range(9)}
    assert not examine(table("first", {**cells, "out": "a"}, inputs=9)).whole
