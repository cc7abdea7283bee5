"""`reopens` names a task that is not in the stage the transition leads to."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, stages_of, value_place
from engine.errors import Problem
from engine.model import BACK, Playbook, Transition
from engine.text import say

CODES = ("reopens-elsewhere",)
AFTER = ("unknown-stage", "unknown-task", "duplicate-id")


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        for transition in stage.transitions.values():
            yield from _transition(book, (*path, "transitions", transition.id), transition)
    for transition in book.transitions.values():
        yield from _transition(book, ("transitions", transition.id), transition)


def _transition(book: Playbook, path: Path, transition: Transition) -> Iterator[Problem]:
    if isinstance(transition.reopens, str) or transition.to == BACK:
        return
    for index, name in enumerate(transition.reopens):
        stage = book.tasks[name].stage
        if transition.to not in (stage, *book.ancestors(stage)):
            target = book.all_stages[transition.to]
            message = say(
                "任务“{name}”不在“{title}”阶段里，重新打开它没有作用",
                "task '{name}' is not in stage '{id}', so reopening it does nothing",
                name=name,
                title=target.title,
                id=target.id,
            )
            place = value_place(book, (*path, "reopens", index), transition.place)
            yield Problem(place, CODES[0], message)
