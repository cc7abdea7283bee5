"""Rules on numbers: what they ask for must exist, and be there to be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place, value_place
from engine.errors import Problem
from engine.model import NEXT, Playbook, Rule
from engine.nearest import suggestion
from engine.text import say

CODES = ("rule-target", "rule-way")


def check(book: Playbook) -> Iterator[Problem]:
    for rule in book.rules.values():
        yield from _target(book, rule)


def _target(book: Playbook, rule: Rule) -> Iterator[Problem]:
    path = ("rules", rule.id)
    place = key_place(book, path, rule.place)
    if rule.then == "task" and rule.task is None:
        message = say("then: task 要写明哪项任务", "then: task needs a task")
        yield Problem(place, CODES[0], message, say("加一行 task: 任务id", "add task: TASK_ID"))
    if rule.then in ("block", "recommend") and rule.transition is None:
        message = say("then: {t} 要写明哪个出口", "then: {t} needs a transition", t=rule.then)
        yield Problem(place, CODES[0], message, say("加 stage: 阶段id 和 transition: next", "add stage and transition"))
    if rule.transition is None:
        return
    stage = book.all_stages.get(rule.stage or "")
    if rule.stage is not None and stage is None:
        return  # unknown-stage says so
    ways = dict(stage.transitions) if stage else dict(book.transitions)
    known = [*([NEXT] if stage and stage.next else []), *ways]
    if rule.transition not in known:
        message = say(
            "{where}没有“{t}”这个出口",
            "there is no way out '{t}' of {where}",
            t=rule.transition,
            where=say("阶段“{s}”", "stage '{s}'", s=stage.id) if stage else say("整个方案", "the playbook as a whole"),
        )
        near = suggestion(rule.transition, dict.fromkeys(known), say("出口", "ways out"))
        yield Problem(value_place(book, (*path, "transition"), rule.place), CODES[1], message, near)
