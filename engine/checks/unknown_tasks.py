"""A task that does not exist: `needs`, `reopens`, and what a due date counts from."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, Reference, listed, stages_of, tasks_of, unknown, value_place
from engine.errors import Problem
from engine.model import Playbook, Transition
from engine.nearest import suggestion
from engine.text import say

CODES = ("unknown-task", "unknown-due-anchor")


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, _references(book), book.tasks, CODES[0], say("任务", "task"))
    dates = [f.id for f in book.fields.values() if f.type == "date"]
    for path, task in tasks_of(book):
        if task.due is None or task.due.ref is None or task.due.ref in book.tasks or task.due.ref in book.fields:
            continue
        message = say(
            "期限里的“{name}”既不是任务，也不是日期字段",
            "'{name}' in the due date is neither a task nor a date field",
            name=task.due.ref,
        )
        around = task.due.place if task.due.place.line else task.place
        known = ("pilot", "stage", *dates, *book.tasks)
        yield Problem(value_place(book, (*path, "due"), around), CODES[1], message, suggestion(task.due.ref, known))


def _references(book: Playbook) -> Iterator[Reference]:
    for path, task in tasks_of(book):
        yield from listed(task.needs, (*path, "needs"), task.place)
    for path, stage in stages_of(book):
        for transition in stage.transitions.values():
            yield from _reopened((*path, "transitions", transition.id), transition)
    for rule in book.rules.values():
        if rule.task is not None:
            yield rule.task, ("rules", rule.id, "task"), rule.place
    for transition in book.transitions.values():
        yield from _reopened(("transitions", transition.id), transition)


def _reopened(path: Path, transition: Transition) -> Iterator[Reference]:
    if not isinstance(transition.reopens, str):
        yield from listed(transition.reopens, (*path, "reopens"), transition.place)
