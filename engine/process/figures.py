"""A name in a condition with its value, as a person reads both: for rules, refusals and the history."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from engine.model import Metric, Playbook
from engine.pilot.facts import metric_of
from engine.pilot.groups import group_metrics, group_values
from engine.pilot.state import Pilot, Ratio, Value
from engine.pilot.values import plain_number, show


def shown_name(book: Playbook, pilot: Pilot, name: str, group: str = "") -> tuple[str, str] | None:
    """(title, value) of `fields.x`, `metrics.x` or, in a channel, `row.x`; None for a name without a value."""
    head, _, rest = name.partition(".")
    values = group_values(book, pilot, pilot.groups[group]) if group else pilot.fields
    if head == "row":
        head = "metrics" if rest in {m.id for m in group_metrics(book)} else "fields"
    else:
        values = pilot.fields
    if head == "fields" and rest in book.fields:
        field, value = book.fields[rest], values.get(rest)
        return None if value is None else (field.title, show(field, value))
    if head == "metrics" and rest in book.metrics:
        metric = book.metrics[rest]
        text = metric_text(metric, values)
        return None if text is None else (metric.title, text)
    return None


def metric_text(metric: Metric, values: Mapping[str, Value]) -> str | None:
    """`12.5%（50/400）`, `1,234.5元/人`; None while it cannot be worked out. A percentage never stands without its base."""
    value = metric_of(metric, values)
    if value is None:
        return None
    if metric.unit != "percent":
        rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{plain_number(rounded)}{metric.unit}"
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}%{base_text(metric, values)}"


def is_met(metric: Metric, value: Decimal) -> bool | None:
    """Does the value reach the metric's target? None without one."""
    if metric.target is None:
        return None
    return value >= metric.target if metric.direction == "up" else value <= metric.target


def base_text(metric: Metric, values: Mapping[str, Value]) -> str:
    """`（50/400）`: what a percentage was made from."""
    parts = [values.get(name) for name in (metric.numerator, metric.denominator) if name]
    if len(parts) == 1 and isinstance(parts[0], Ratio):
        return f"（{parts[0]}）"
    numbers = [plain_number(p) for p in parts if isinstance(p, Decimal)]
    return f"（{'/'.join(numbers)}）" if len(numbers) == 2 else ""
