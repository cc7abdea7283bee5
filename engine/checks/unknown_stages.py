"""A stage that does not exist: `next`, and the `to` of transitions and timers."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, stages_of, unknown
from engine.errors import Problem
from engine.model import BACK, Playbook
from engine.text import say

CODES = ("unknown-stage",)


def check(book: Playbook) -> Iterator[Problem]:
    references = (r for r in _references(book) if r[0] != BACK)
    yield from unknown(book, references, book.all_stages, CODES[0], say("阶段", "stage"))


def _references(book: Playbook) -> Iterator[Reference]:
    for path, stage in stages_of(book):
        if stage.next is not None:
            yield stage.next, (*path, "next"), stage.place
        for transition in stage.transitions.values():
            yield transition.to, (*path, "transitions", transition.id, "to"), transition.place
        for index, timer in enumerate(stage.timers):
            yield timer.to, (*path, "after_time", index, "to"), timer.place
    for rule in book.rules.values():
        if rule.stage is not None:
            yield rule.stage, ("rules", rule.id, "stage"), rule.place
    for transition in book.transitions.values():
        yield transition.to, ("transitions", transition.id, "to"), transition.place
