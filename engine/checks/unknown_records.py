"""A record that is not declared: `fills`, `each`, `count`, the `to` of a reference column."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, fields_of, listed, stages_of, tasks_of, unknown
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unknown-record",)


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, _references(book), book.records, CODES[0], say("表格", "record"))


def _references(book: Playbook) -> Iterator[Reference]:
    for path, field in fields_of(book):
        if field.to is not None:
            yield field.to, (*path, "to"), field.place
    for path, task in tasks_of(book):
        yield from listed(task.fills, (*path, "fills"), task.place)
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            if item.record is not None:
                yield item.record, (*path, "gate", index, item.kind), item.place
