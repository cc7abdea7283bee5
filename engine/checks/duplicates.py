"""An id used twice where it must be the only one: stages and tasks in the whole playbook, gate items and ways out in a
stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.checks.places import Path, key_place, stages_of, tasks_of, value_place
from engine.errors import Place, Problem
from engine.model import NEXT, Playbook, Stage
from engine.text import Message, say

CODES = ("duplicate-id",)


def check(book: Playbook) -> Iterator[Problem]:
    stages = ((s.id, key_place(book, path, s.place)) for path, s in stages_of(book))
    yield from _twice(stages, say("阶段", "stage"))
    tasks = ((t.id, key_place(book, path, t.place)) for path, t in tasks_of(book))
    yield from _twice(tasks, say("任务", "task"))
    for path, stage in stages_of(book):
        gate = ((item.id, value_place(book, (*path, "gate", i, "id"), item.place)) for i, item in enumerate(stage.gate))
        yield from _twice(gate, say("条件", "gate item"))
        yield from _twice(_ways(book, path, stage), say("出口", "way out"))


def _ways(book: Playbook, path: Path, stage: Stage) -> Iterator[tuple[str, Place]]:
    """Ids by which this stage can be left; `next` is one of them."""
    if stage.next is not None:
        yield NEXT, key_place(book, (*path, "next"), stage.place)
    for transition in stage.transitions.values():
        yield transition.id, key_place(book, (*path, "transitions", transition.id), transition.place)
    for index, timer in enumerate(stage.timers):
        yield timer.id, value_place(book, (*path, "after_time", index, "id"), timer.place)


def _twice(items: Iterable[tuple[str, Place]], kind: Message) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for name, place in items:
        if name not in seen:
            seen[name] = place
            continue
        message = say("{kind}的 id “{name}”用了两次", "{kind} id '{name}' is used twice", kind=kind, name=name)
        hint = say("换一个 id，例如 {name}_2", "choose another id, such as {name}_2", name=name)
        first = (seen[name], say("第一次在这里", "first used here"))
        yield Problem(place, CODES[0], message, hint, related=(first,))
