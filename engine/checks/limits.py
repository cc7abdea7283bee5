"""Limits that contradict each other, and defaults outside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from engine.checks.places import Path, fields_of, key_place, value_place
from engine.errors import Place, Problem
from engine.model import Field, Playbook
from engine.text import Message, say

CODES = ("limits-reversed", "bad-limit", "bad-default")


def check(book: Playbook) -> Iterator[Problem]:
    for path, field in fields_of(book):
        yield from _field(book, path, field)
    for record in book.records.values():
        if record.minimum > record.maximum:
            yield _reversed(book, ("records", record.id), record.place, record.minimum, record.maximum)
    for role in book.roles.values():
        if role.count.maximum is not None and role.count.minimum > role.count.maximum:
            place = value_place(book, ("roles", role.id, "count"), role.place)
            text = say("人数下限大于上限：{n}", "the lower bound is above the upper: {n}", n=role.count)
            yield Problem(place, CODES[0], text)


def _reversed(book: Playbook, path: Path, around: Place, low: object, high: object) -> Problem:
    message = say("min {low} 大于 max {high}", "min {low} is above max {high}", low=low, high=high)
    hint = say("对调 min 和 max", "swap min and max")
    return Problem(value_place(book, (*path, "min"), around), CODES[0], message, hint)


def _field(book: Playbook, path: Path, field: Field) -> Iterator[Problem]:
    low, high = field.minimum, field.maximum
    for key, limit in (("min", low), ("max", high)):
        if field.type == "date" and limit is not None and not _is_day(limit):
            message = say(
                "日期的 {key} 写 2026-03-02 这样的日期或 today", "{key} of a date is a date or today", key=key
            )
            yield Problem(value_place(book, (*path, key), field.place), CODES[1], message)
    comparable = isinstance(low, Decimal) and isinstance(high, Decimal)
    if field.type == "date" and _is_day(low) and _is_day(high) and "today" not in (low, high):
        comparable = True
    if comparable and low > high:  # type: ignore[operator]
        yield _reversed(book, path, field.place, low, high)
    if field.default is not None:
        why = _why_bad(field)
        if why is not None:
            place = value_place(book, (*path, "default"), key_place(book, path, field.place))
            yield Problem(place, CODES[2], say("默认值不合要求：{why}", "the default does not fit: {why}", why=why))


def _is_day(limit: object) -> bool:
    if limit == "today":
        return True
    try:
        return isinstance(limit, str) and bool(date.fromisoformat(limit))
    except ValueError:
        return False


def _why_bad(field: Field) -> Message | None:
    """Why the default could not be typed in by a person; None when it could."""
    from engine.pilot.values import ValueProblem, parse_value

    try:
        parse_value(field, str(field.default), today=date(2026, 1, 1))
    except ValueProblem as problem:
        return problem.message
    return None
