from __future__ import annotations

from decimal import Decimal

import pytest

from engine.decisions.cells import CellProblem, parse_cell
from engine.model import DecisionInput

NUMBER = DecisionInput("n", "数")
CHOICE = DecisionInput("c", "城市", "choice", options={"first": "一线", "second": "二线", "third": "三线"})
YES_NO = DecisionInput("y", "是否", "yes_no")


@pytest.mark.parametrize(
    ("cell", "fits", "not_"),
    [
        ("5", "5 5.0", "4.9 5.1"),
        ("=5", "5", "6"),
        ("<5", "4.99 -3", "5"),
        ("<=5", "5", "5.01"),
        ("＞5", "5.01", "5"),
        ("≥ 1,000", "1000 1e6", "999.99"),
        ("1..3", "1 2 3", "0.99 3.01"),
        ("[1..3)", "1 2.99", "3"),
        ("(1..3]", "3 1.01", "1"),
        ("1至3", "2", "4"),
        ("<5, >10", "4 11", "5 10 7"),
        ("not 5", "4 6", "5"),
        ("非 1..3", "0 4", "2"),
        ("-", "0 99", ""),
        ("", "0", ""),
    ],
)
def test_conditions_on_numbers(cell: str, fits: str, not_: str) -> None:
    found = parse_cell(NUMBER, cell)
    assert all(found.holds(Decimal(text)) for text in fits.split())
    assert not any(found.holds(Decimal(text)) for text in not_.split())


@pytest.mark.parametrize(
    ("cell", "ids"),
    [("first", {"first"}), ("一线, 三线", {"first", "third"}), ("not second", {"first", "third"}), ("-", {"first", "second", "third"})],
)  # fmt: skip
def test_conditions_on_choices(cell: str, ids: set[str]) -> None:
    found = parse_cell(CHOICE, cell)
    assert {name for name in CHOICE.options if found.holds(name)} == ids


@pytest.mark.parametrize(
    ("cell", "value"), [("yes", "yes"), ("是", "yes"), ("no", "no"), ("否", "no"), ("true", "yes")]
)
def test_yes_and_no(cell: str, value: str) -> None:
    found = parse_cell(YES_NO, cell)
    assert [v for v in ("yes", "no") if found.holds(v)] == [value]


@pytest.mark.parametrize("cell", ["五", "3..1", "(2..2)", "<", "5 6", "1...", "first"])
def test_what_is_no_condition_says_what_may_be_written(cell: str) -> None:
    with pytest.raises(CellProblem) as caught:
        parse_cell(NUMBER, cell)
    assert caught.value.message.zh and caught.value.message.en
