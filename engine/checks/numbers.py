"""Counts in gates that can never be met."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, stages_of, value_place
from engine.errors import Problem
from engine.model import GateItem, Playbook
from engine.text import say

CODES = ("impossible-count",)


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            yield from _item(book, (*path, "gate", index), item)


def _item(book: Playbook, path: Path, item: GateItem) -> Iterator[Problem]:
    low, high = item.bounds.minimum, item.bounds.maximum
    place = value_place(book, (*path, "min"), item.place)
    if high is not None and low > high:
        message = say("min {low} 大于 max {high}", "min {low} is above max {high}", low=low, high=high)
        yield Problem(place, CODES[0], message, say("对调 min 和 max", "swap min and max"))
    record = book.records.get(item.record) if item.kind == "count" and item.record else None
    if record is None:
        return
    declared = ((record.place, say("表格在这里声明", "the record is declared here")),) if record.place.line else ()
    if low > record.maximum:
        message = say(
            "要求至少 {low} 行，但“{title}”最多 {max} 行",
            "{low} rows are asked for, but '{id}' holds at most {max}",
            low=low,
            title=record.title,
            id=record.id,
            max=record.maximum,
        )
        yield Problem(place, CODES[0], message, related=declared)
    if high is not None and item.where is None and high < record.minimum:
        message = say(
            "要求最多 {high} 行，但“{title}”至少 {min} 行",
            "at most {high} rows are asked for, but '{id}' holds at least {min}",
            high=high,
            title=record.title,
            id=record.id,
            min=record.minimum,
        )
        yield Problem(value_place(book, (*path, "max"), item.place), CODES[0], message, related=declared)
