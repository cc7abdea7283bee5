"""What a pilot teaches about its own plan: due dates that were far off, breakpoints worth a look, tasks nobody used.

Pure reading of what happened. Only a plan that was clearly wrong is changed; everything else stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from engine.calendar import Calendar
from engine.frozen import frozen, replace
from engine.model import Due, Duration, Playbook, Record, Task
from engine.pilot.events import Event
from engine.pilot.fold import undone_seqs
from engine.pilot.state import Pilot

# A plan is clearly wrong when it took half as long again, or half the time, and the difference is felt.
_SLOWER, _QUICKER = 1.5, 0.5
_LEAST = {"workdays": 2, "days": 3, "weeks": 1, "months": 1}
_DAYS = {"days": 1, "weeks": 7, "months": 30}


@frozen
class Retimed:
    """A task (or stage, then `task` is None) that took `actual` where `planned` was written."""

    stage: str
    task: str | None
    planned: Duration
    actual: Duration
    due: Due | None = None


@frozen
class Check:
    """A task for the replica: go through the rows of `record` that were carried over. `after` is the task whose stage,
    role and date it takes; `scenes` are option titles with counts (never the rows' own words)."""

    record: str
    into: str
    after: str
    rows: int
    scenes: tuple[tuple[str, int], ...] = ()


@frozen
class Tuning:
    """What to change in a replica's variant. `unused` are optional tasks the parent left aside."""

    retimed: tuple[Retimed, ...]
    checks: tuple[Check, ...]
    unused: tuple[str, ...]


def tuning(book: Playbook, pilot: Pilot, events: Sequence[Event], calendar: Calendar) -> Tuning:
    """What `pilot` (whose playbook is `book`) says about a next one."""
    gone = undone_seqs(events)
    standing = [e for e in events if e.seq not in gone]
    return Tuning(
        tuple(_retimed(book, pilot, standing, calendar)),
        tuple(_checks(book, pilot)),
        tuple(_unused(book, pilot)),
    )


def dues(book: Playbook, found: Tuning) -> Mapping[str, Due]:
    """Task id → its due date as a replica would have it."""
    planned = {task.id: task.due for task in book.tasks.values() if task.due is not None}
    return planned | {one.task: one.due for one in found.retimed if one.task is not None and one.due is not None}


def _retimed(book: Playbook, pilot: Pilot, events: Sequence[Event], calendar: Calendar) -> Iterator[Retimed]:
    entered, left, done = _moments(events)
    held = [(calendar.today(h.since), calendar.today(h.until)) for h in pilot.holds if h.until is not None]
    for task in book.tasks.values():
        due, end = task.due, done.get(task.id)
        start = _anchor(task, pilot, entered, done, calendar)
        if due is None or due.before or start is None or end is None or end < start:
            continue
        actual = _took(due.offset, calendar.today(start), calendar.today(end), calendar, held)
        if actual is not None and _far(due.offset, actual):
            yield Retimed(task.stage, task.id, due.offset, actual, replace(due, offset=actual))
    for stage in book.all_stages.values():
        if stage.takes is None or stage.id not in entered or stage.id not in left:
            continue
        start_day, end_day = calendar.today(entered[stage.id]), calendar.today(left[stage.id])
        actual = _took(stage.takes, start_day, end_day, calendar, held)
        if actual is not None and _far(stage.takes, actual):
            yield Retimed(stage.id, None, stage.takes, actual)


def _moments(events: Sequence[Event]) -> tuple[dict[str, datetime], dict[str, datetime], dict[str, datetime]]:
    """When each stage was first entered and first left, each task first done: what came after a return is rework."""
    entered: dict[str, datetime] = {}
    left: dict[str, datetime] = {}
    done: dict[str, datetime] = {}
    for event in events:
        if event.type in ("started", "advanced"):
            key = "moment" if event.type == "started" else "effective"
            moment = datetime.fromisoformat(event.data[key])
            if not event.data.get("hold"):
                for name in event.data["entered"]:
                    entered.setdefault(name, moment)
                for name in event.data.get("left", ()):
                    left.setdefault(name, moment)
        elif event.type == "task_done":
            done.setdefault(event.data["task"].partition("@")[0], event.at)
    return entered, left, done


def _anchor(
    task: Task, pilot: Pilot, entered: Mapping[str, datetime], done: Mapping[str, datetime], calendar: Calendar
) -> datetime | None:
    due = task.due
    if due is None or task.for_each is not None:
        return None  # one item may take a day and another a month
    if due.anchor == "stage":
        return entered.get(task.stage)
    if due.anchor == "task":
        return done.get(due.ref or "")
    day = pilot.started if due.anchor == "pilot" else pilot.fields.get(due.ref or "")
    return datetime.combine(day, datetime.min.time(), calendar.zone) if isinstance(day, date) else None


def _took(
    planned: Duration, start: date, end: date, calendar: Calendar, held: Sequence[tuple[date, date]]
) -> Duration | None:
    """From start to end in the unit of the plan, pauses left out; None where nothing can be learned: the unit is finer than
    what was recorded, or both were recorded on one day, which says when somebody typed and not how long it took."""
    if planned.unit == "hours" or start == end:
        return None
    stood = {a + timedelta(days=n) for a, b in held for n in range((b - a).days)}
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    counted = [day for day in days if day not in stood]
    if planned.unit == "workdays":
        return Duration(max(1, sum(map(calendar.is_workday, counted))), "workdays")
    size = _DAYS[planned.unit]
    return Duration(max(1, -(-len(counted) // size)), planned.unit)


def _far(planned: Duration, actual: Duration) -> bool:
    difference = abs(actual.amount - planned.amount)
    if difference < _LEAST[planned.unit]:
        return False
    return actual.amount >= planned.amount * _SLOWER or actual.amount <= planned.amount * _QUICKER


def _checks(book: Playbook, pilot: Pilot) -> Iterator[Check]:
    for record in book.records.values():
        rows = pilot.rows.get(record.id, {})
        if record.carry is None or not record.carry.checklist or not rows:
            continue
        filling = next((t for t in book.tasks.values() if record.id in t.fills), None)
        if filling is not None:
            yield Check(record.id, record.carry.to or record.id, filling.id, len(rows), tuple(_scenes(record, pilot)))


def _scenes(record: Record, pilot: Pilot) -> Iterator[tuple[str, int]]:
    """How the rows spread over the options of the record's first required choice."""
    column = next((c for c in record.columns.values() if c.type == "choice" and c.required), None)
    if column is None:
        return
    values = [row.get(column.id) for row in pilot.rows[record.id].values()]
    for option, title in column.options.items():
        if count := values.count(option):
            yield title, count


def _unused(book: Playbook, pilot: Pilot) -> Iterator[str]:
    """Optional tasks of stages that were entered and left, which nobody took up."""
    for task in book.tasks.values():
        states = [s for key, s in pilot.tasks.items() if key.partition("@")[0] == task.id]
        over = task.stage in pilot.entered and task.stage not in pilot.at
        if not task.required and over and all(s.status in ("open", "skipped") for s in states):
            yield task.id
