"""Nested stages and parallel regions put together in ways that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place, stages_of
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("stages-and-parallel", "region-with-next")


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        if stage.stages and stage.regions:
            message = say("stages 和 parallel 只能写一个", "a stage has stages or parallel, not both")
            hint = say("把 stages 放进 parallel 的一支里", "move the stages into a region of parallel")
            yield Problem(key_place(book, (*path, "stages"), stage.place), CODES[0], message, hint)
        for region in stage.regions.values():
            here = (*path, "parallel", region.id)
            if region.next is not None:
                message = say("并行的一支不写 next", "a region has no next")
                hint = say(
                    "里面的阶段走到 final 就算走完，next 写在外层的“{title}”上",
                    "it ends when a stage inside is final; next belongs to the stage around it, '{id}'",
                    title=stage.title,
                    id=stage.id,
                )
                yield Problem(key_place(book, (*here, "next"), region.place), CODES[1], message, hint)
