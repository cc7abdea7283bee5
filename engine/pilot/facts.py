"""What a condition can ask about a pilot: dotted names → plain values, or MISSING where nothing is filled in yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from engine.model import Field, Metric, Playbook
from engine.pilot.events import Erased
from engine.pilot.state import Pilot, Ratio, Value


class Missing:
    """The value of something that is not filled in. One instance, `MISSING`."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


def midnight(day: date) -> datetime:
    """A date as the timestamp conditions compare. UTC on both sides: only the order of days matters here."""
    return datetime.combine(day, time(), UTC)


def plain_value(value: Value | None) -> object:
    """A stored value as a condition sees it: numbers as float, dates as timestamps, lists as lists."""
    if value is None or isinstance(value, Erased):
        return MISSING
    if isinstance(value, Ratio):
        return float(value.points)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return midnight(value)
    return list(value) if isinstance(value, tuple) else value


def facts_of(book: Playbook, pilot: Pilot, today: date) -> Callable[[str], object]:
    """A look-up of one dotted name (`fields.x`, `roles.x.ok` …; see docs/dsl.md, Conditions). KeyError on any other."""

    def fact(name: str) -> object:
        head, _, rest = name.partition(".")
        reader = _READERS.get(head)
        if reader is None:
            raise KeyError(name)
        return reader(book, pilot, rest, today)

    return fact


def row_facts(columns: Mapping[str, Field], number: int, row: Mapping[str, Value]) -> dict[str, object]:
    """The names an `each` or `where` condition sees for one row: `row.COLUMN`, `row.filled.COLUMN`, `row.id`."""
    found: dict[str, object] = {"row.id": float(number)}
    for column in columns:
        value = plain_value(row.get(column))
        found[f"row.{column}"] = value
        found[f"row.filled.{column}"] = value is not MISSING
    return found


def instance_keys(book: Playbook, pilot: Pilot, task_id: str) -> tuple[str, ...]:
    """The keys of a task's instances: its id, or one `id@item` per item of the list it repeats over."""
    task = book.tasks[task_id]
    if task.for_each is None:
        return (task_id,)
    items = pilot.fields.get(task.for_each, ())
    return tuple(f"{task_id}@{item}" for item in items) if isinstance(items, tuple) else ()


def settled(book: Playbook, pilot: Pilot, task_id: str) -> bool:
    """Is every instance of the task done, or skipped where the playbook lets it be skipped?"""
    task = book.tasks[task_id]
    keys = instance_keys(book, pilot, task_id)
    if not keys:
        return False
    for key in keys:
        state = pilot.tasks.get(key)
        status = "open" if state is None else state.status
        if status != "done" and not (status == "skipped" and (task.skippable or not task.required)):
            return False
    return True


def metric_value(book: Playbook, pilot: Pilot, metric: Metric) -> Decimal | None:
    """A metric of the pilot as a whole (see `metric_of`)."""
    return metric_of(metric, pilot.fields)


def metric_of(metric: Metric, values: Mapping[str, Value]) -> Decimal | None:
    """numerator ÷ denominator (× 100 for `unit: percent`), or None while a part is missing or the base is 0.

    A percent field as the only part is its own value, in points.
    """

    def part(name: str | None) -> Decimal | None:
        value = values.get(name) if name else None
        if isinstance(value, Ratio) and metric.denominator is None:
            return value.points if value.base else None
        return value if isinstance(value, Decimal) else None

    numerator = part(metric.numerator)
    if metric.denominator is None or numerator is None:
        return numerator
    base = part(metric.denominator)
    if base is None or base == 0:
        return None
    try:
        return numerator / base * (100 if metric.unit == "percent" else 1)
    except InvalidOperation:
        return None


def _field(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return plain_value(pilot.fields.get(name))


def _filled(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return plain_value(pilot.fields.get(name)) is not MISSING


def _role(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    role, _, what = name.partition(".")
    count = len(pilot.people.get(role, ()))
    return float(count) if what == "filled" else book.roles[role].count.holds(count)


def _task(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    keys = instance_keys(book, pilot, name.partition(".")[0])
    return bool(keys) and all((s := pilot.tasks.get(key)) is not None and s.status == "done" for key in keys)


def _record(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    rows = []
    for number, row in pilot.rows.get(name, {}).items():
        plain = {column: plain_value(value) for column, value in row.items()}
        rows.append({"id": float(number)} | {c: v for c, v in plain.items() if v is not MISSING})
    return rows


def _document(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return name.partition(".")[0] in pilot.finals


def _metric(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    value = metric_value(book, pilot, book.metrics[name])
    return MISSING if value is None else float(value)


def count_links(pilot: Pilot, relation: str, state: str, playbook: str | None = None) -> int:
    """How many linked pilots are in `state`: started (any), running, succeeded, stopped, finished."""
    return sum(
        link.relation == relation
        and (playbook is None or link.playbook == playbook)
        and (
            state in ("started", "total")
            or (state == "running" and link.outcome is None)
            or (state == "finished" and link.outcome is not None)
            or link.outcome == state
        )
        for link in pilot.links
    )


def _children(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return float(count_links(pilot, "child", name))


def _successors(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return float(count_links(pilot, "successor", name))


def _visits(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return float(pilot.visits.get(name, 0))


def _ledger(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    live = pilot.live_imports
    if name == "imports":
        return float(len(live))
    if name == "rows":
        return float(sum(one.rows for one in live))
    days = [one.first for one in live] if name == "first_day" else [one.last for one in live]
    if not days:
        return MISSING
    return midnight(min(days) if name == "first_day" else max(days))


def _funnel(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    funnel, _, what = name.partition(".")
    state = pilot.funnels.get(funnel)
    if what == "bottleneck_known":
        return state is not None and bool(state.bottleneck)
    if state is None:
        return MISSING
    return state.reputation if what == "reputation_sign" else state.bottleneck


def _content(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    from engine.pilot.content import is_current, is_signed, open_findings, pieces_of

    content_id, _, what = name.partition(".")
    content = book.content[content_id]
    if what == "checked":
        return is_current(book, pilot, content)
    if what == "signed":
        return is_signed(book, pilot, content)
    if not pieces_of(book, pilot, content):
        return 0.0  # where nothing is written, nothing is wrong yet
    if not is_current(book, pilot, content):
        return MISSING
    return float(len(open_findings(pilot, content_id, "block" if what == "blocks" else "warn")))


def _rule(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    rule = name.partition(".")[0]
    return any(fired == rule for fired, _ in pilot.firings)


def _today(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return midnight(today)


def _started(book: Playbook, pilot: Pilot, name: str, today: date) -> object:
    return midnight(pilot.started)


_READERS: dict[str, Callable[[Playbook, Pilot, str, date], object]] = {
    "fields": _field,
    "filled": _filled,
    "roles": _role,
    "tasks": _task,
    "records": _record,
    "documents": _document,
    "metrics": _metric,
    "children": _children,
    "successors": _successors,
    "visits": _visits,
    "ledger": _ledger,
    "funnels": _funnel,
    "content": _content,
    "rules": _rule,
    "today": _today,
    "started": _started,
}
