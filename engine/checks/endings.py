"""A final stage that goes on, or that asks for work nobody can do any more."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place, stages_of
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("final-goes-on", "final-with-work")


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        if stage.final is None:
            continue
        onward = {
            "next": stage.next is not None,
            "transitions": bool(stage.transitions),
            "after_time": bool(stage.timers),
            "stages": bool(stage.stages),
            "parallel": bool(stage.regions),
            "holds": stage.holds,
        }
        for key in (key for key, present in onward.items() if present):
            message = say(
                "终点阶段“{title}”不能再写 {key}",
                "stage '{id}' is final and cannot have {key}",
                title=stage.title,
                id=stage.id,
                key=key,
            )
            hint = say("去掉 {key}，或去掉 final", "remove {key}, or remove final", key=key)
            yield Problem(key_place(book, (*path, key), stage.place), CODES[0], message, hint)
        # A pilot is over once it gets here; in a nested stage the work around it may go on.
        for key, present in {"tasks": stage.tasks, "gate": stage.gate}.items():
            if present and stage.parent is None:
                message = say(
                    "走到“{title}”试点就结束了，这里的 {key} 没有机会完成",
                    "the pilot is over once it reaches '{id}'; its {key} can never be done",
                    title=stage.title,
                    id=stage.id,
                    key=key,
                )
                hint = say("把它们移到前一个阶段", "move them to the stage before")
                yield Problem(key_place(book, (*path, key), stage.place), CODES[1], message, hint, "warning")
