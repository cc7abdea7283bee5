"""A plan of days for a pilot that has not begun: what a receiving department can expect, stage by stage.

Nobody can know when a gate opens; a stage is taken to end when its planned time is over, or its last task is due. Stages
side by side begin together. A due date that hangs on what is not known (a field) has no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from engine.calendar import Calendar, due_moment
from engine.frozen import frozen
from engine.model import Due, Playbook, Stage, Task


@frozen
class Planned:
    """A task with the day it would be due; None where that cannot be known."""

    task: Task
    stage: Stage
    due: date | None


@frozen
class Plan:
    tasks: tuple[Planned, ...]
    end: date


class _Planner:
    def __init__(self, book: Playbook, dues: Mapping[str, Due], start: date, calendar: Calendar) -> None:
        self.book, self.dues, self.calendar = book, dues, calendar
        self.pilot = self._at(start)
        self.done: dict[str, datetime] = {}
        self.found: list[Planned] = []

    def stages(self, stages: Mapping[str, Stage], start: datetime, side_by_side: bool) -> datetime:
        """Plan these stages from `start`; the moment the last of them ends."""
        here = last = start
        for stage in self._way(stages) if not side_by_side else stages.values():
            end = self.stage(stage, start if side_by_side else here)
            here, last = end, max(last, end)
        return last

    def stage(self, stage: Stage, start: datetime) -> datetime:
        end = start
        for task in stage.tasks.values():
            due = self._due(task, start)
            self.found.append(Planned(task, stage, None if due is None else self.calendar.today(due)))
            if due is not None:
                self.done[task.id] = due
                end = max(end, due) if task.required else end
        end = max(end, self.stages(stage.regions, start, True), self.stages(stage.stages, start, False))
        return end if stage.takes is None or stage.nested else max(end, self.calendar.add(start, stage.takes))

    def _way(self, stages: Mapping[str, Stage]) -> Iterator[Stage]:
        """The usual way: from the first along `next`, each once."""
        stage = next(iter(stages.values()), None)
        seen: set[str] = set()
        while stage is not None and stage.id not in seen:
            seen.add(stage.id)
            yield stage
            stage = stages.get(stage.next or "")

    def _due(self, task: Task, start: datetime) -> datetime | None:
        due = self.dues.get(task.id)
        if due is None:
            return None
        anchor = {"stage": start, "pilot": self.pilot}.get(due.anchor) or self.done.get(due.ref or "")
        return None if anchor is None else due_moment(due, anchor, self.calendar)

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.calendar.zone)


def plan(book: Playbook, dues: Mapping[str, Due], start: date, calendar: Calendar) -> Plan:
    """Days for every task on the usual way, in the order of the playbook; `dues` are the due dates to go by."""
    planner = _Planner(book, dues, start, calendar)
    # Dates hang on one another across stages and regions: again, until another round would change nothing.
    for _ in range(len(book.tasks) + 1):
        known = dict(planner.done)
        planner.found.clear()
        end = planner.stages(book.stages, planner.pilot, False)
        if planner.done == known:
            break
    order = list(book.tasks)
    tasks = sorted(planner.found, key=lambda one: order.index(one.task.id))
    return Plan(tuple(tasks), calendar.today(end))
