"""Plain scalars: the YAML 1.2 core schema, less what would surprise an author.

Stay text: `no`, `on`, `yes`, `12:30`, `1_000`, `2026-03-02`, and also (unlike the core schema) numbers with leading
zeros such as `010`, `.inf`, `.nan` and numbers too large for a float: they are telephone or record numbers, not sums.
"""

from __future__ import annotations

import re
from math import isfinite

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_BEGINS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,29})")
_OTHER_BASE = re.compile(r"0(?:o[0-7]{1,30}|x[0-9a-fA-F]{1,30})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,5})?")


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_BEGINS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if len(text) <= 40 and not text.isdecimal() and _FLOAT.fullmatch(text):
        number = float(text)
        return number if isfinite(number) else text
    return text


def plain_scalar(text: str, flow: bool) -> bool:
    """Can this text be written without quotes and be read as the same text? `flow`: between brackets. Errs on no."""
    return (
        bool(text)
        and (text[0].isalnum() or text[0] == "_")
        and text.isprintable()
        and text[-1] != " "
        and not any(sign in text for sign in (": ", " #", *(",[]{}" if flow else ())))
        and text[-1] != ":"
        and resolve(text) == text
        and isinstance(resolve(text), str)
    )
