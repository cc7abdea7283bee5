"""A role that is not declared: `role`, `owner`, `by`, and the names in a gate's `roles`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, fields_of, listed, stages_of, tasks_of, unknown
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unknown-role",)


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, references(book), book.roles, CODES[0], say("角色", "role"))


def references(book: Playbook) -> Iterator[Reference]:
    """Every use of a role outside conditions."""
    yield from _owners_and_doers(book)
    yield from _gates_and_ways(book)
    yield from _results(book)


def _owners_and_doers(book: Playbook) -> Iterator[Reference]:
    for path, field in fields_of(book):
        if field.owner is not None:
            yield field.owner, (*path, "owner"), field.place
    for record in book.records.values():
        if record.owner is not None:
            yield record.owner, ("records", record.id, "owner"), record.place
    for path, task in tasks_of(book):
        yield task.role, (*path, "role"), task.place


def _gates_and_ways(book: Playbook) -> Iterator[Reference]:
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            here = (*path, "gate", index)
            if item.by is not None:
                yield item.by, (*here, "by"), item.place
            if item.kind == "roles":
                yield from listed(item.names, (*here, "roles"), item.place)
        for transition in stage.transitions.values():
            if transition.by is not None:
                yield transition.by, (*path, "transitions", transition.id, "by"), transition.place
    for transition in book.transitions.values():
        if transition.by is not None:
            yield transition.by, ("transitions", transition.id, "by"), transition.place


def _results(book: Playbook) -> Iterator[Reference]:
    for rule in book.rules.values():
        if rule.by is not None:
            yield rule.by, ("rules", rule.id, "by"), rule.place
    for funnel in book.funnels.values():
        for index, link in enumerate(funnel.links):
            if link.owner is not None:
                yield link.owner, ("funnels", funnel.id, "links", index, "owner"), link.place
