"""Tasks that wait for each other in a circle, or for a task that only comes in a later stage."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, key_place, tasks_of, value_place
from engine.errors import Problem
from engine.model import Playbook, Task
from engine.text import say

CODES = ("task-cycle", "needs-later-task")
AFTER = ("unknown-stage", "unknown-task", "duplicate-id")


def check(book: Playbook) -> Iterator[Problem]:
    paths = {task.id: path for path, task in tasks_of(book)}
    yield from _cycles(book, paths)
    for path, task in tasks_of(book):
        for index, need in enumerate(task.needs):
            other = book.tasks[need]
            if not _comes_later(book, task, other):
                continue
            message = say(
                "它要先完成“{title}”（{id}），那却是后面阶段“{stage}”的任务",
                "it needs '{id}', which belongs to the later stage '{stage_id}'",
                title=other.title,
                id=other.id,
                stage=book.all_stages[other.stage].title,
                stage_id=other.stage,
            )
            place = value_place(book, (*path, "needs", index), task.place)
            related = (key_place(book, paths[need], other.place), say("那个任务在这里", "that task is here"))
            yield Problem(place, CODES[1], message, related=(related,) if related[0].line else ())


def _cycles(book: Playbook, paths: dict[str, Path]) -> Iterator[Problem]:
    reported: set[str] = set()
    for task in book.tasks.values():
        ring = _ring(book, task.id)
        if ring is None or reported.intersection(ring):
            continue
        reported.update(ring)
        shown = " → ".join((*ring, ring[0]))
        message = say("任务互相等待：{ring}", "tasks wait for each other: {ring}", ring=shown)
        hint = say("去掉其中一个 needs", "take one of the needs away")
        index = task.needs.index(ring[1] if len(ring) > 1 else ring[0])
        place = value_place(book, (*paths[task.id], "needs", index), task.place)
        others = [book.tasks[name] for name in ring[1:]]
        related = tuple(
            (key_place(book, paths[t.id], t.place), say("“{title}”在这里", "'{id}' is here", title=t.title, id=t.id))
            for t in others
        )
        yield Problem(place, CODES[0], message, hint, related=tuple(r for r in related if r[0].line))


def _ring(book: Playbook, start: str) -> tuple[str, ...] | None:
    """The tasks from `start` along `needs` back to `start`, or None. Breadth first: the shortest ring."""
    pending: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while pending:
        chain = pending.pop(0)
        for need in book.tasks[chain[-1]].needs:
            if need == start:
                return chain
            if need not in seen:
                seen.add(need)
                pending.append((*chain, need))
    return None


def _comes_later(book: Playbook, task: Task, other: Task) -> bool:
    """Is `other` in a stage after the one of `task`? Stages of different regions run at the same time."""
    mine = (*reversed(book.ancestors(task.stage)), task.stage)
    theirs = (*reversed(book.ancestors(other.stage)), other.stage)
    for a, b in zip(mine, theirs, strict=False):
        if a == b:
            continue
        parent = book.all_stages[a].parent
        siblings = list(book.stages if parent is None else book.all_stages[parent].stages)
        return a in siblings and b in siblings and siblings.index(b) > siblings.index(a)
    return False
