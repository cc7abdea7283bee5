"""Plain text: its own extraction, whatever its encoding and line ends."""

from __future__ import annotations

import pytest

from engine.errors import UserError
from tests.compliance.reading.samples import place_of, reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_of_hospital_computers(encoding: str) -> None:
    text = "Hospital A No.1\r\n我院最好，Tel 0571-0000-0000, line two of a plain text\r\n"
    assert reading(text.encode(encoding), "稿.txt").text == text


def test_places_count_lines_as_editors_do() -> None:
    found = reading("甲\r\n乙\r丙\n\n我院最好\x0c的".encode(), "稿.txt")
    assert place_of(found, "最好") == "稿.txt:5:3" and place_of(found, "的") == "稿.txt:5:6"
    assert found.line_around(found.text.index("最"), found.text.index("最") + 2) == (8, 14)


def test_an_empty_text_has_a_place_too() -> None:
    found = reading(b"", "稿.txt")
    assert found.text == "" and found.place(0) == "稿.txt:1:1"


@pytest.mark.parametrize(("content", "code"), [(b"\xff\xff\x80abc", "encoding"), (bytes(range(32)) * 9, "wrong-type")])
def test_what_is_no_text_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as told:
        reading(content, "稿.txt")
    assert told.value.code == code and "稿.txt" in str(told.value)
