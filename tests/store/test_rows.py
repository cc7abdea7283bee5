"""A row of the board there and back, alone and by the thousand."""

from __future__ import annotations

from engine.store.rows import folded, from_json, many_from_json, to_json
from tests.store.rows import row


def test_a_row_comes_back_as_it_was() -> None:
    one = row(outcome="stopped", timer_at="2026-03-09T23:59:59+08:00", parent="p0")
    assert from_json(to_json(one)) == one


def test_many_rows_are_read_like_one() -> None:
    rows = [row(f"p{n}", f"科室“{n}”") for n in range(5)]
    assert many_from_json(map(to_json, rows)) == rows and many_from_json([]) == []


def test_names_are_compared_without_width_case_and_space() -> None:
    assert folded(" ＥＹＥ科 ") == folded("eye科") != folded("eye 科")
