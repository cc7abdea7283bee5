"""Plain scalars, held against a table and against the YAML 1.2 core schema's own patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.source import parse, plain_scalar
from engine.source.scalars import resolve


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "12:30",
        "1_000",
        "2026-03-02",
        "010",
        "-007",
        ".inf",
        "-.INF",
        ".nan",
        "0b1",
        "1.0.0",
        "1..2",
        "1e999",
        "tRue",
        "nil",
        "+",
        "-",
        ".",
        "1,200",
        "86000元",
        "0x",
        "9" * 40,
        "２",
    ],
)
def test_stays_text(text: str) -> None:
    assert resolve(text) == text
    assert text == "-" or parse(f"a: {text}", "f").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("-2e3", -2000.0),
        ("0x1F", 31),
        ("0o17", 15),
    ],
)
def test_has_a_value(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize("text", ['"true"', "'12'", '"null"', '""'])
def test_quoted_is_text(text: str) -> None:
    assert parse(f"a: {text}", "f").data == {"a": text[1:-1]}


def test_keys_are_text() -> None:
    assert parse("{1: a, true: b, no: c, 2026-03-02: d, ~: e}", "f").data == {
        "1": "a",
        "true": "b",
        "no": "c",
        "2026-03-02": "d",
        "~": "e",
    }


# YAML 1.2.2, section 10.3.2.
_CORE = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN",
}


@given(st.text("0123456789+-.eExob_:truefalsnN~ ", max_size=8).map(str.strip))
def test_never_a_value_that_yaml_1_2_does_not_give(text: str) -> None:
    value = resolve(text)
    kind = next((k for k, pattern in _CORE.items() if re.fullmatch(pattern, text)), "str")
    if isinstance(value, str):
        assert kind == "str" or re.match(r"[-+]?0\d|[-+]?\.[iInN]", text) or re.search(r"[eE][-+]?\d{3,}", text)
    else:
        assert {"null": type(None), "bool": bool, "int": int, "float": float}[kind] is type(value)
        if kind == "int":
            assert value == (int(text, 0) if text[:2] in ("0o", "0x") else int(text))
        if kind == "float":
            assert value == float(text)


@given(st.text(max_size=20), st.booleans())
def test_plain_scalar_is_read_back(text: str, flow: bool) -> None:
    if plain_scalar(text, flow):
        assert parse(f"[{text}]" if flow else f"a: {text}", "f").data == ([text] if flow else {"a": text})
