"""A stage no pilot can ever come to, and a stage from which no pilot can ever come to an end."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.graph import can_reach, likely_ways, own_ways, reachable
from engine.checks.places import key_place, stages_of
from engine.errors import Problem
from engine.model import BACK, Playbook, Stage
from engine.text import say

CODES = ("unreachable-stage", "no-way-to-end")
AFTER = ("unknown-stage", "unknown-task", "duplicate-id")


def check(book: Playbook) -> Iterator[Problem]:
    found = reachable(book)
    yield from _unreachable(book, found)
    yield from _endless(book, found)


def _unreachable(book: Playbook, found: set[str]) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        # Inside a stage that cannot be reached everything is out of reach: one report is enough.
        if stage.id in found or (stage.parent is not None and stage.parent not in found):
            continue
        message = say("没有路通到阶段“{title}”（{id}）", "no way leads to stage '{id}'", title=stage.title, id=stage.id)
        hint = say(
            "在前面的阶段写 next: {id}，或删掉它", "write next: {id} in a stage before it, or remove it", id=stage.id
        )
        yield Problem(key_place(book, path, stage.place), CODES[0], message, hint)


def _endless(book: Playbook, found: set[str]) -> Iterator[Problem]:
    stages = {name: book.all_stages[name] for name in found}
    ends = {name for name, stage in stages.items() if stage.final is not None}
    declared = can_reach(stages, ends, lambda name: _ways(book, stages[name], stages))
    everywhere = [t.to for t in book.transitions.values()]
    rescued = can_reach(
        stages, ends, lambda name: (*_ways(book, stages[name], stages), *_general(stages[name], everywhere))
    )
    for path, stage in stages_of(book):
        if stage.id not in found or stage.id in declared:
            continue
        # A region or a stage around others is only as stuck as what is inside it, which is reported itself.
        if stage.nested and any(s.id not in declared for s in (*stage.stages.values(), *stage.regions.values())):
            continue
        only_general = stage.id in rescued
        message = (
            say(
                "从“{title}”出发，除了中途退出，走不到终点",
                "from '{id}' no end is reached except by leaving early",
                title=stage.title,
                id=stage.id,
            )
            if only_general
            else say(
                "从“{title}”出发，怎么都走不到终点",
                "from '{id}' no way leads to an end",
                title=stage.title,
                id=stage.id,
            )
        )
        hint = say(
            "让它或它后面的某个阶段通到带 final 的阶段", "let it, or a stage after it, lead to a stage that is final"
        )
        yield Problem(
            key_place(book, path, stage.place), CODES[1], message, hint, "warning" if only_general else "error"
        )


def _general(stage: Stage, everywhere: list[str]) -> list[str]:
    return everywhere if stage.final is None and not stage.holds else []


def _ways(book: Playbook, stage: Stage, stages: dict[str, Stage]) -> Iterator[str]:
    """Where one can get from `stage`: its own ways, those of stages around it, back to where a pause began, and out of
    a region through what ends inside it."""
    for to in likely_ways(book, stage):
        if to != BACK:
            yield to
        else:
            yield from (s.id for s in stages.values() if stage.id in own_ways(s))
            if any(t.to == stage.id for t in book.transitions.values()):
                yield from (s.id for s in stages.values() if s.parent is None and s.id != stage.id and not s.holds)
    for name in book.ancestors(stage.id):
        around = book.all_stages[name]
        # `next` of a stage around opens only when the inside has ended; the other ways are open at any time.
        yield from (t.to for t in around.transitions.values() if t.to != BACK)
        yield from (t.to for t in around.timers if t.to != BACK)
    if stage.parent is not None and stage.id in book.all_stages[stage.parent].regions:
        yield from stage.stages
