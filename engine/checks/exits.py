"""A stage with no way out of its own, and a stage around others whose `next` can never open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.checks.graph import own_ways
from engine.checks.places import Path, key_place, stages_of
from engine.errors import Problem
from engine.model import Playbook, Stage
from engine.text import say

CODES = ("no-way-out", "inside-never-ends")
AFTER = ("unknown-stage", "unknown-task", "duplicate-id")


def check(book: Playbook) -> Iterator[Problem]:
    regions = {name for _, stage in stages_of(book) for name in stage.regions}
    for path, stage in stages_of(book):
        if stage.final is None and stage.id not in regions and not own_ways(stage):
            message = say(
                "阶段“{title}”没有写下一步", "stage '{id}' does not say what comes next", title=stage.title, id=stage.id
            )
            hint = (
                say("暂停的阶段要有一个 to: back 的出口", "a stage on hold needs a transition with to: back")
                if stage.holds
                else say(
                    "写 next: 阶段 id；如果这是终点，写 final: succeeded",
                    "write next: STAGE, or final: succeeded if it is the end",
                )
            )
            yield Problem(key_place(book, path, stage.place), CODES[0], message, hint)
        yield from _never_ends(book, path, stage)


def _never_ends(book: Playbook, path: Path, stage: Stage) -> Iterator[Problem]:
    """`next` waits until every region has reached a final stage: each must have one."""
    if stage.next is None:
        return
    inside = [((*path, "parallel", region.id), region) for region in stage.regions.values()]
    for here, region in inside or [(path, stage)]:
        if region.stages and not _has_final(region.stages):
            message = say(
                "“{title}”里没有 final 阶段，外层的 next 永远走不了",
                "no stage inside '{id}' is final, so next can never be taken",
                title=region.title,
                id=region.id,
            )
            hint = say("给里面最后一个阶段写 final: done", "write final: done in the last stage inside")
            yield Problem(key_place(book, here, region.place), CODES[1], message, hint)
        elif not region.stages and region is not stage and region.final is None:
            message = say(
                "并行的一支“{title}”里没有阶段", "region '{id}' has no stages", title=region.title, id=region.id
            )
            hint = say("至少写一个带 final 的阶段", "write at least one stage with final")
            yield Problem(key_place(book, here, region.place), CODES[1], message, hint)


def _has_final(stages: Mapping[str, Stage]) -> bool:
    return any(stage.final is not None for stage in stages.values())
