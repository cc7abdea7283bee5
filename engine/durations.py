"""The grammar of durations, due dates and bounds: `10 workdays`, `3 days after authorise`, `1..2`.

The patterns are those of `schemas/playbook.schema.json` (a test holds them equal), so text that passed the schema is read
here without surprises; anything else raises ValueError with a plain English reason. They are followed by hand: compiling
them takes longer than reading all the durations of a playbook, and every command would pay for it.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from engine.errors import NOWHERE, Place
from engine.model import Bounds, Due, Duration, Unit

DURATION_PATTERN = r"^(0|[1-9][0-9]{0,3}) +(workdays?|days?|weeks?|months?|hours?)$"
DUE_PATTERN = DURATION_PATTERN[:-1] + r"( +(after|before) +[a-z][a-z0-9_]*)?$"
BOUNDS_PATTERN = r"^(0|[1-9][0-9]{0,5})(\.\.(0|[1-9][0-9]{0,5})?)?$"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_UNITS: dict[str, Unit] = {
    "workday": "workdays",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "hour": "hours",
}


def parse_duration(text: str) -> Duration:
    """`10 workdays`, `1 day`, `2 weeks`, `2 months`, `4 hours` (0 to 9999). Raises ValueError."""
    amount, _, unit = text.partition(" ")
    name = _UNITS.get(unit.lstrip(" ").removesuffix("s"))
    if name is None or not _is_count(amount, 4):
        raise ValueError(f"{text!r} is not a duration such as '10 workdays' or '2 weeks'")
    return Duration(int(amount), name)


def parse_due(text: str, place: Place = NOWHERE, fields: Container[str] = (), tasks: Container[str] = ()) -> Due:
    """`DURATION`, or `DURATION after|before X` where X is `pilot`, `stage`, a task id or the id of a date field.

    `fields` and `tasks` are the ids that exist. An X that is neither stays with the anchor `task`, so that a check can
    report it. Raises ValueError where the text is not of that form.
    """
    words = [word for word in text.split(" ") if word]
    well = len(words) == 2 or (len(words) == 4 and words[2] in ("after", "before") and _is_id(words[3]))
    try:
        if not well or text[0] == " " or text[-1] == " ":
            raise ValueError
        offset = parse_duration(f"{words[0]} {words[1]}")
    except ValueError:
        raise ValueError(f"{text!r} is not a due date such as '3 days' or '2 weeks after authorise'") from None
    if len(words) == 2:
        return Due(offset, place=place)
    ref = words[3]
    before = words[2] == "before"
    if ref == "pilot":
        return Due(offset, "pilot", None, before, place)
    if ref == "stage":
        return Due(offset, "stage", None, before, place)
    anchor: Literal["task", "field"] = "field" if ref in fields and ref not in tasks else "task"
    return Due(offset, anchor, ref, before, place)


def parse_bounds(text: str | int) -> Bounds:
    """`2` (exactly), `1..2`, or `1..` (no upper bound). Raises ValueError."""
    least, dots, most = str(text).partition("..")
    if isinstance(text, bool) or not _is_count(least, 6) or (most and not _is_count(most, 6)):
        raise ValueError(f"{text!r} is not a count such as 2, '1..2' or '1..'")
    return Bounds(int(least), (int(most) if most else None) if dots else int(least))


def _is_id(text: str) -> bool:
    return text[0] in _LETTERS and all(ch in _LETTERS or ch in "0123456789_" for ch in text)


def _is_count(text: str, digits: int) -> bool:
    """A whole number of at most so many digits, without leading zeros."""
    return text.isascii() and text.isdecimal() and len(text) <= digits and (text[0] != "0" or text == "0")
