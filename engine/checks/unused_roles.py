"""A role that nothing asks for: a forgotten task, or a role to take out."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.conditions import conditions
from engine.checks.places import key_place, stages_of
from engine.checks.unknown_roles import references
from engine.errors import Problem
from engine.expressions import names
from engine.model import Playbook
from engine.text import say

CODES = ("unused-role",)
AFTER = ("unknown-role",)


def check(book: Playbook) -> Iterator[Problem]:
    used = {name for name, _, _ in references(book)}
    used |= {n.split(".")[1] for expr, _ in conditions(book) for n in names(expr.source) if n.startswith("roles.")}
    if any(item.kind == "roles" and not item.names for _, stage in stages_of(book) for item in stage.gate):
        return  # `roles: all` asks for every one of them
    for role in book.roles.values():
        if role.id not in used:
            message = say(
                "没有任务或条件用到角色“{title}”（{id}）",
                "no task or gate uses role '{id}'",
                title=role.title,
                id=role.id,
            )
            hint = say("给它安排任务，或删掉这个角色", "give it a task, or remove it")
            yield Problem(key_place(book, ("roles", role.id), role.place), CODES[0], message, hint, "warning")
