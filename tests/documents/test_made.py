"""The note beside a file of a batch: what it was made from, and what was found when it was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.documents.files import note_of
from engine.documents.made import found_before, state_of, write_made
from engine.errors import Place, Problem
from engine.text import say

FOUND = (
    Problem(Place(""), "too-long", say("三页", "three pages"), say("删去", "cut it")),
    Problem(Place(""), "no-glyph", say("缺字", "no glyph"), None, "warning"),
)


def test_what_was_found_is_read_back_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "信.docx"
    write_made(path, b"content", "inputs", FOUND)
    assert found_before(path) == FOUND
    assert (path.read_bytes(), state_of(path, "inputs"), state_of(path, "other")) == (
        b"content",
        "unchanged",
        "outdated",
    )


@pytest.mark.parametrize(
    "note", [None, "{", "[]", '{"inputs": "a", "output": "b"}', '{"found": [{"code": 1}]}', '{"found": 3}']
)
def test_a_note_that_tells_nothing_of_it(tmp_path: Path, note: str | None) -> None:
    path = tmp_path / "信.docx"
    path.write_bytes(b"content")
    if note is not None:
        note_of(path).write_text(note, encoding="utf-8")
    assert found_before(path) == ()
