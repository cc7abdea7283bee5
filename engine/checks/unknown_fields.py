"""A field that is not declared: `sets`, `for_each`, a gate's `fields`, the parts of a metric, a window, a funnel."""

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
    yield from _results(book)
    for metric in book.metrics.values():
        for part in METRIC_PARTS:
            name = getattr(metric, part)
            if name is not None:
                yield name, ("metrics", metric.id, part), metric.place


def _results(book: Playbook) -> Iterator[Reference]:
    for field in book.counted.values():
        if field.ledger is not None and field.ledger.within is not None:
            yield field.ledger.within, ("fields", field.id, "ledger", "within"), field.place
    for window in book.windows.values():
        for key, name in (("from", window.start), ("to", window.end)):
            if name is not None and name not in ("started", "today"):
                yield name, ("windows", window.id, key), window.place
    for funnel in book.funnels.values():
        for index, link in enumerate(funnel.links):
            # A link is written as a field's id, or with owner and target.
            path = ("funnels", funnel.id, "links", index)
            whole = book.where((*path, "field"), "value").line == 0
            yield link.field, path if whole else (*path, "field"), link.place
    if book.ledger.department is not None:
        yield book.ledger.department, ("ledger", "department"), book.ledger.place
