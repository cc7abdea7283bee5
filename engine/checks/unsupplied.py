"""A required field that no task sets and nobody owns: the gate would ask for it, but of whom?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unsupplied-field",)
AFTER = ("unknown-field",)


def check(book: Playbook) -> Iterator[Problem]:
    set_somewhere = {name for task in book.tasks.values() for name in task.sets}
    for field in book.fields.values():
        if field.required and field.owner is None and field.id not in set_somewhere:
            message = say(
                "必填字段“{title}”（{id}）没有任务填写它，也没有负责人",
                "required field '{id}' is set by no task and has no owner",
                title=field.title,
                id=field.id,
            )
            hint = say(
                "在某个任务里写 sets: {id}，或写 owner", "write sets: {id} in a task, or give it an owner", id=field.id
            )
            yield Problem(key_place(book, ("fields", field.id), field.place), CODES[0], message, hint, "warning")
