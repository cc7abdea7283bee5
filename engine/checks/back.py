"""`to: back` where there is no pause to come back from."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, stages_of, value_place
from engine.errors import Place, Problem
from engine.model import BACK, Playbook
from engine.text import say

CODES = ("back-without-hold",)


def check(book: Playbook) -> Iterator[Problem]:
    for path, place in _misplaced(book):
        message = say("to: back 只能写在 holds: true 的阶段里", "to: back belongs in a stage with holds: true")
        hint = say("写上要去的阶段 id", "name the stage to go to")
        yield Problem(value_place(book, path, place), CODES[0], message, hint)


def _misplaced(book: Playbook) -> Iterator[tuple[Path, Place]]:
    for path, stage in stages_of(book):
        if stage.next == BACK:
            yield (*path, "next"), stage.place
        if stage.holds:
            continue
        for transition in stage.transitions.values():
            if transition.to == BACK:
                yield (*path, "transitions", transition.id, "to"), transition.place
        for index, timer in enumerate(stage.timers):
            if timer.to == BACK:
                yield (*path, "after_time", index, "to"), timer.place
    for transition in book.transitions.values():
        if transition.to == BACK:
            yield ("transitions", transition.id, "to"), transition.place
