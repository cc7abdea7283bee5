"""A pilot as people see it: its tasks with numbers, dates and owners, and the names by which they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

from engine.calendar import Calendar, due_moment, hour_of
from engine.errors import UserError
from engine.frozen import frozen
from engine.model import Playbook, Task
from engine.pilot.facts import instance_keys, settled
from engine.pilot.state import Evidence, Pilot, TaskState, TaskStatus
from engine.text import listed, say

UNTOUCHED = TaskState()


@frozen
class TaskView:
    """One task, or one instance of a `for_each` task, as of a moment.

    `key` is its name in events; `number` the short number people type (`3`, `7.2`); `due` an aware moment or None while
    it cannot be known; `available`: what it needs is settled; `active`: its stage is active now.
    """

    key: str
    number: str
    task: Task
    title: str
    item: str | None
    stage: str
    stage_title: str
    state: TaskState
    role_title: str
    people: tuple[str, ...]
    due: datetime | None
    overdue: bool
    available: bool
    active: bool
    reached: bool
    evidence: tuple[Evidence, ...]

    @property
    def status(self) -> TaskStatus:
        return self.state.status

    @property
    def hour(self) -> str:
        """The hour at which it is due, `14:30`; empty where the day is enough."""
        return hour_of(self.due)

    @property
    def is_open(self) -> bool:
        return self.state.status in ("open", "in_progress")


def active_stages(book: Playbook, pilot: Pilot) -> tuple[str, ...]:
    """Every active stage, outer before inner. While on hold: the stages that wait."""
    leaves = pilot.back or pilot.at
    found = {stage for leaf in leaves for stage in (leaf, *book.ancestors(leaf))}
    return tuple(stage for stage in book.all_stages if stage in found)


def holds_of(pilot: Pilot, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The intervals during which the clock stood still; a hold that lasts ends `now` for the purpose of counting."""
    return tuple((hold.since, hold.until or max(now, hold.since)) for hold in pilot.holds)


def task_due(book: Playbook, pilot: Pilot, task: Task, key: str, calendar: Calendar, now: datetime) -> datetime | None:
    """When the task is due; None without a rule, or while its anchor has not happened."""
    if task.due is None:
        return None
    anchor = _anchor(book, pilot, task, key, calendar)
    return None if anchor is None else due_moment(task.due, anchor, calendar, holds_of(pilot, now))


def _anchor(book: Playbook, pilot: Pilot, task: Task, key: str, calendar: Calendar) -> datetime | None:
    due = task.due
    assert due is not None
    if due.anchor == "stage":
        return pilot.entered.get(task.stage)
    if due.anchor == "pilot":
        return datetime.combine(pilot.started, time(), calendar.zone)
    if due.anchor == "field":
        value = pilot.fields.get(due.ref or "")
        return datetime.combine(value, time(), calendar.zone) if isinstance(value, date) else None
    return _completed(book, pilot, due.ref or "", key)


def _completed(book: Playbook, pilot: Pilot, task_id: str, key: str) -> datetime | None:
    """When the other task was settled. Two tasks over the same list wait item for item."""
    if task_id not in book.tasks:
        return None
    keys: Sequence[str] = instance_keys(book, pilot, task_id)
    _, at, item = key.partition("@")
    if at and f"{task_id}@{item}" in keys:
        keys = (f"{task_id}@{item}",)
    moments = []
    for other in keys:
        state = pilot.tasks.get(other, UNTOUCHED)
        if state.status not in ("done", "skipped") or state.at is None:
            return None
        moments.append(state.at)
    return max(moments, default=None)


def task_views(book: Playbook, pilot: Pilot, calendar: Calendar, now: datetime) -> tuple[TaskView, ...]:
    """Every task of the playbook in the order of the file, whether its stage has been reached or not."""
    active = frozenset(active_stages(book, pilot))
    return tuple(
        view for task in book.tasks.values() for view in views_of_task(book, pilot, task, active, calendar, now)
    )


def views_of_task(
    book: Playbook, pilot: Pilot, task: Task, active: frozenset[str], calendar: Calendar, now: datetime
) -> tuple[TaskView, ...]:
    """The instances of one task; `active` are the active stages."""
    available = all(need in book.tasks and settled(book, pilot, need) for need in task.needs)
    role = book.roles.get(task.role)
    views = []
    for index, key in enumerate(instance_keys(book, pilot, task.id), 1):
        state = pilot.tasks.get(key, UNTOUCHED)
        item = key.partition("@")[2] or None
        due = task_due(book, pilot, task, key, calendar, now)
        is_open = state.status in ("open", "in_progress")
        views.append(
            TaskView(
                key=key,
                number=f"{task.number}.{index}" if item else str(task.number),
                task=task,
                title=f"{task.title}（{item}）" if item else task.title,
                item=item,
                stage=task.stage,
                stage_title=book.all_stages[task.stage].title,
                state=state,
                role_title=role.title if role else task.role,
                people=(state.person,) if state.person else pilot.people.get(task.role, ()),
                due=due,
                overdue=bool(is_open and due is not None and due < now and task.stage in active),
                available=available,
                active=task.stage in active,
                reached=task.stage in pilot.entered,
                evidence=tuple(pilot.evidence[n] for n in state.evidence if n in pilot.evidence),
            )
        )
    return tuple(views)


def normal(text: str) -> str:
    """The form in which names are compared: NFKC, case folded, without surrounding space."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def find_task(views: Sequence[TaskView], ref: str) -> TaskView:
    """The task a person means by a number, an id, a key, or the beginning of a title that only one task has.

    Raises UserError `unknown-task` (with the nearest titles) or `several-tasks`.
    """
    wanted = normal(ref)
    exact = [v for v in views if wanted in (v.number, normal(v.key), normal(v.title))]
    if len(exact) == 1:
        return exact[0]
    found = exact or [
        v for v in views if (wanted and normal(v.title).startswith(wanted)) or normal(v.task.id) == wanted
    ]
    if not found:
        found = [v for v in views if wanted and wanted in normal(v.title)]
    if len(found) == 1:
        return found[0]
    if found:
        known = listed(f"{v.number} {v.title}" for v in found[:8])
        raise UserError(
            "several-tasks",
            say(
                "“{ref}”对应不止一项任务：{listed}",
                "'{ref}' means more than one task: {listed}",
                ref=ref,
                listed=known,
            ),
            say("请用任务编号", "use the task's number"),
        )
    names = {v.title: v for v in views} | {v.task.id: v for v in views}
    from difflib import get_close_matches

    near = get_close_matches(ref, names, n=3, cutoff=0.4)
    hint = (
        say("是不是：{near}？", "did you mean: {near}?", near=listed(f"{names[n].number} {n}" for n in near))
        if near
        else say("用 playbook tasks 查看任务编号", "`playbook tasks` lists the numbers")
    )
    raise UserError("unknown-task", say("没有任务“{ref}”", "no task '{ref}'", ref=ref), hint)
