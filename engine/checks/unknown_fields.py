"""A field that is not declared: `sets`, `for_each`, a gate's `fields`, the parts of a metric."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, listed, stages_of, tasks_of, unknown
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unknown-field",)
METRIC_PARTS = ("numerator", "denominator", "baseline")


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, _references(book), book.fields, CODES[0], say("字段", "field"))


def _references(book: Playbook) -> Iterator[Reference]:
    for path, task in tasks_of(book):
        yield from listed(task.sets, (*path, "sets"), task.place)
        if task.for_each is not None:
            yield task.for_each, (*path, "for_each"), task.place
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            if item.kind == "fields":
                yield from listed(item.names, (*path, "gate", index, "fields"), item.place)
        for index, start in enumerate(stage.starts):
            if start.for_each is not None:
                yield start.for_each, (*path, "starts", index, "for_each"), start.place
    for metric in book.metrics.values():
        for part in METRIC_PARTS:
            name = getattr(metric, part)
            if name is not None:
                yield name, ("metrics", metric.id, part), metric.place
