"""Every condition: is it CEL, does it name what exists, do the types fit?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import stages_of
from engine.errors import Problem
from engine.expressions import compile_check
from engine.model import ChildStart, Expr, Playbook, Record, Timer, Transition
from engine.pilot.groups import group_record

CODES = (
    "expression-syntax",
    "expression-type",
    "expression-constant",
    "unknown-name",
    "unknown-function",
    "unknown-option",
)


def check(book: Playbook) -> Iterator[Problem]:
    for expr, record in conditions(book):
        yield from compile_check(expr, book, record)


def conditions(book: Playbook) -> Iterator[tuple[Expr, Record | None]]:
    """Every condition of a playbook, with the record whose rows it is about."""
    for _, stage in stages_of(book):
        for item in stage.gate:
            # An unknown record is reported elsewhere; its conditions cannot be judged.
            record = book.records.get(item.record) if item.record else None
            if item.record is None or record is not None:
                yield from ((expr, record) for expr in (item.where, item.when) if expr is not None)
        ways: list[Transition | Timer | ChildStart] = [*stage.transitions.values(), *stage.timers, *stage.starts]
        yield from ((way.when, None) for way in ways if way.when is not None)
    yield from ((t.when, None) for t in book.transitions.values() if t.when is not None)
    yield from ((rule.when, group_record(book) if rule.each else None) for rule in book.rules.values())
