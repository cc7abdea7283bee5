"""The grammar of durations, due dates and bounds: `10 workdays`, `3 days after authorise`, `1..2`.

The patterns are those of `schemas/playbook.schema.json` (a test holds them equal), so text that passed the schema is
read here without surprises; anything else raises ValueError with a plain English reason.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Literal

from engine.errors import NOWHERE, Place
from engine.model import Bounds, Due, Duration, Unit

DURATION_PATTERN = r"^(0|[1-9][0-9]{0,3}) +(workdays?|days?|weeks?|months?|hours?)$"
DUE_PATTERN = DURATION_PATTERN[:-1] + r"( +(after|before) +[a-z][a-z0-9_]*)?$"
BOUNDS_PATTERN = r"^(0|[1-9][0-9]{0,5})(\.\.(0|[1-9][0-9]{0,5})?)?$"

_UNITS: dict[str, Unit] = {
    "workday": "workdays",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "hour": "hours",
}


def parse_duration(text: str) -> Duration:
    """`10 workdays`, `1 day`, `2 weeks`, `2 months`, `4 hours` (0 to 9999). Raises ValueError."""
    found = re.fullmatch(DURATION_PATTERN, text)
    if found is None:
        raise ValueError(f"{text!r} is not a duration such as '10 workdays' or '2 weeks'")
    return Duration(int(found[1]), _UNITS[found[2].removesuffix("s")])


def parse_due(text: str, place: Place = NOWHERE, fields: Container[str] = (), tasks: Container[str] = ()) -> Due:
    """`DURATION`, or `DURATION after|before X` where X is `pilot`, `stage`, a task id or the id of a date field.

    `fields` and `tasks` are the ids that exist. An X that is neither stays with the anchor `task`, so that a check can
    report it. Raises ValueError where the text is not of that form.
    """
    if re.fullmatch(DUE_PATTERN, text) is None:
        raise ValueError(f"{text!r} is not a due date such as '3 days' or '2 weeks after authorise'")
    words = text.split()
    offset = parse_duration(f"{words[0]} {words[1]}")
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
    found = re.fullmatch(BOUNDS_PATTERN, str(text)) if not isinstance(text, bool) else None
    if found is None:
        raise ValueError(f"{text!r} is not a count such as 2, '1..2' or '1..'")
    minimum = int(found[1])
    if found[2] is None:
        return Bounds(minimum, minimum)
    return Bounds(minimum, int(found[3]) if found[3] else None)
