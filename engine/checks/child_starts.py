"""A playbook that starts itself would never stop starting pilots."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import stages_of, value_place
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("starts-itself",)


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        for index, start in enumerate(stage.starts):
            if start.playbook == book.id and start.auto:
                message = say(
                    "方案自动启动它自己，会没完没了",
                    "the playbook starts itself, and would do so without end",
                )
                hint = say("写 auto: false，由人决定何时启动", "write auto: false, so that a person decides")
                place = value_place(book, (*path, "starts", index, "playbook"), start.place)
                yield Problem(place, CODES[0], message, hint)
