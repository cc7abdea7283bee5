"""Each slip is reported where it is, not where the parser noticed it."""

import pytest

from engine.errors import PlaybookError
from engine.source import parse

CASES = [
    ("a: *u", "yaml-alias", 1, 4),
    ("a: b: c", "yaml-syntax", 1, 5),
    ("a:\n\tb: 1", "yaml-tab", 2, 1),
    ("a:\n  b:\t1\n  \tc: 2", "yaml-tab", 3, 3),
    ("a: [1, 2", "yaml-bracket", 1, 4),
    ("a: [", "yaml-bracket", 1, 4),
    ("a: {b: [c,\n\n", "yaml-bracket", 1, 8),
    ("a: [1, 2\nb: 3", "yaml-bracket", 1, 4),
    ("a: {b: 1]", "yaml-bracket", 1, 9),
    ('a: "x', "yaml-quote", 1, 4),
    ("a:\n  b: 'x\nc: 1", "yaml-quote", 2, 6),
    ("a: @b", "yaml-syntax", 1, 4),
    ("a: `b`", "yaml-syntax", 1, 4),
    ("a: %b", "yaml-syntax", 1, 4),
    ("- a\nb: 1", "yaml-syntax", 2, 1),
    ("a: 1\n b: 2", "yaml-syntax", 2, 3),
    ("title:准备\nx: 1", "yaml-colon", 1, 6),
    ("a:\n  - key:值\n    b: 1", "yaml-colon", 2, 8),
    ("title：准备\nx: 1", "yaml-colon", 1, 6),
    ("s:\n  a: 1\n\n  x：1\n  b: 2", "yaml-colon", 4, 4),
    ("a: 1\n---\nb: 2", "several-documents", 2, 1),
    ("a: - b", "yaml-syntax", 1, 4),
    ("a: 'it's'", "yaml-syntax", 1, 8),
    ('a: "\\q"', "yaml-syntax", 1, 5),
    ("a: &", "yaml-syntax", 1, 5),
    ("a: |x\n y", "yaml-syntax", 1, 5),
    ("a: !<x", "yaml-syntax", 1, 7),
    ("  a: 1\nb: 2", "yaml-syntax", 2, 1),
    ("a: }", "yaml-syntax", 1, 4),
    ("%YAML 3.0\n---\na: 1", "yaml-syntax", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "col"), CASES)
def test_place_and_code(text: str, code: str, line: int, col: int) -> None:
    with pytest.raises(PlaybookError) as caught:
        parse(text, "f")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line, problem.place.col) == (code, line, col)


@pytest.mark.parametrize("text", [text for text, *_ in CASES])
def test_in_words_not_in_libyaml_s(text: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        parse(text, "f")
    (problem,) = caught.value.problems
    assert problem.message.zh != problem.message.en
    for jargon in ("block", "token", "expected <", "scalar", "context"):
        assert jargon not in problem.message.en
        assert jargon not in problem.message.zh


def test_a_time_is_not_a_missing_space() -> None:
    assert parse("a: {b: 12:30}\nurl: http://x\n", "f").data == {"a": {"b": "12:30"}, "url": "http://x"}
