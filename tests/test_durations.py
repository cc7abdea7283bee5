"""The grammar of durations, due dates and bounds."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.durations import (
    BOUNDS_PATTERN,
    DUE_PATTERN,
    DURATION_PATTERN,
    parse_bounds,
    parse_due,
    parse_duration,
)
from engine.errors import Place
from engine.model import Bounds, Due, Duration
from engine.resources import schema_text
from engine.schema.accept import ecma


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 workdays", Duration(10, "workdays")),
        ("1 workday", Duration(1, "workdays")),
        ("3 days", Duration(3, "days")),
        ("2 weeks", Duration(2, "weeks")),
        ("2  months", Duration(2, "months")),
        ("0 hours", Duration(0, "hours")),
    ],
)
def test_duration(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "3", "workdays", "3 wrkdays", "-3 days", "3days", "03 days", "3 days\n", "１ day"]
)
def test_duration_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 days", Due(Duration(3, "days"))),
        ("3 days after stage", Due(Duration(3, "days"))),
        ("3 days after pilot", Due(Duration(3, "days"), "pilot")),
        ("3 days after plan", Due(Duration(3, "days"), "task", "plan")),
        ("2 weeks before launch", Due(Duration(2, "weeks"), "field", "launch", before=True)),
        ("2 weeks after both", Due(Duration(2, "weeks"), "task", "both")),
        ("1 day after nothing", Due(Duration(1, "days"), "task", "nothing")),
    ],
)
def test_due(text: str, expected: Due) -> None:
    assert parse_due(text, fields={"launch", "both"}, tasks={"plan", "both"}) == expected


def test_due_keeps_its_place() -> None:
    place = Place("a.yaml", 3, 4)
    assert parse_due("1 day", place).place == parse_due("1 day after pilot", place).place == place


@pytest.mark.parametrize("text", ["3 days after", "after plan", "3 days since plan", "3 days after Plan", "x"])
def test_due_refused(text: str) -> None:
    with pytest.raises(ValueError, match="due date"):
        parse_due(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(2, Bounds(2, 2)), ("2", Bounds(2, 2)), ("1..2", Bounds(1, 2)), ("1..", Bounds(1, None)), (0, Bounds(0, 0))],
)
def test_bounds(text: str | int, expected: Bounds) -> None:
    assert parse_bounds(text) == expected


@pytest.mark.parametrize("text", ["..2", "1-2", "a", "", "1...2", -1, True, "01"])
def test_bounds_refused(text: str | int) -> None:
    with pytest.raises(ValueError, match="count"):
        parse_bounds(text)


def test_patterns_are_those_of_the_schema() -> None:
    text = schema_text("playbook")
    for pattern in (DURATION_PATTERN, DUE_PATTERN, BOUNDS_PATTERN):
        assert f'"pattern": {json.dumps(pattern)}' in text


@given(st.from_regex(ecma(DUE_PATTERN)))
def test_whatever_the_schema_accepts_is_read(text: str) -> None:
    due = parse_due(text)
    assert due.before == (" before " in text)


PIECES = st.sampled_from(
    [
        "0",
        "1",
        "12",
        "012",
        "99999",
        "²",
        "workdays",
        "day",
        "dayss",
        "weeks",
        "hour",
        " ",
        "  ",
        "\t",
        "\n",
        "after",
        "before",
        "x",
        "x_1",
        "1x",
        "X",
        "..",
        ".",
        "1..2",
        "",
        "-1",
    ]
)


@pytest.mark.parametrize(
    ("pattern", "parse"), [(DURATION_PATTERN, parse_duration), (DUE_PATTERN, parse_due), (BOUNDS_PATTERN, parse_bounds)]
)
@given(st.lists(PIECES, max_size=7), st.sampled_from(["", " "]))
def test_what_is_read_is_what_the_pattern_says(
    pattern: str, parse: Callable[[str], object], pieces: list[str], between: str
) -> None:
    text = between.join(pieces)
    try:
        parse(text)
        read = True
    except ValueError:
        read = False
    assert read == (re.fullmatch(pattern, text) is not None)


@given(st.builds(Duration, st.integers(0, 9999), st.sampled_from(["workdays", "days", "weeks", "months", "hours"])))
def test_durations_are_read_back(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration
