"""Durations that make no sense where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import stages_of, tasks_of, value_place
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("odd-duration",)


def check(book: Playbook) -> Iterator[Problem]:
    for path, stage in stages_of(book):
        if stage.takes is not None and stage.takes.unit == "hours":
            message = say("阶段的时长按天、周、月或工作日写", "a stage takes days, weeks, months or workdays")
            place = value_place(book, (*path, "takes"), stage.place)
            yield Problem(place, CODES[0], message, say("例如 10 workdays", "for example 10 workdays"))
        for index, timer in enumerate(stage.timers):
            if timer.wait.amount == 0:
                message = say("等待时间是 0，一进入就会离开", "a wait of 0 leaves the stage at once")
                yield Problem(value_place(book, (*path, "after_time", index, "wait"), timer.place), CODES[0], message)
    for path, task in tasks_of(book):
        if task.due is not None and task.due.before and task.due.anchor in ("stage", "pilot"):
            message = say(
                "期限在{what}开始之前，任务一出现就过期了",
                "due before the {en} begins: the task would be overdue from the start",
                what="试点" if task.due.anchor == "pilot" else "阶段",
                en=task.due.anchor,
            )
            hint = say("改成 after，或从一个日期字段算起", "use after, or count from a date field")
            yield Problem(value_place(book, (*path, "due"), task.place), CODES[0], message, hint, "warning")
