"""Figures in a paper: the fields of a pilot, its tables, and its metrics with the parts they were computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.documents.views import Named, View
from engine.documents.words import figure, value_text
from engine.model import Field, Metric, Playbook, Record
from engine.pilot.facts import metric_value
from engine.pilot.state import Pilot, Ratio, Value
from engine.text import Language


def field_views(book: Playbook, pilot: Pilot, language: Language) -> Named:
    """id, title, help, unit, value (as shown, "" while empty), option (id, of a choice), items (of a list), empty."""

    def view(found: Field) -> View:
        value = pilot.fields.get(found.id)
        return {
            "id": found.id,
            "title": found.title,
            "help": found.help,
            "unit": found.unit,
            "value": value_text(found, value, language),
            "option": value if isinstance(value, str) and found.type == "choice" else "",
            "items": list(value) if isinstance(value, tuple) else [],
            "empty": value is None,
            "required": found.required,
            "declared": True,
        }

    return Named({found.id: view(found) for found in book.fields.values()})


def record_views(book: Playbook, pilot: Pilot, language: Language) -> Named:
    """id, title, help, columns (id, title, type, help, options of a choice), rows, empty, label (the column that names a
    row), asked (does a task fill it), totals (of number and money columns, shown); a row: number, label, cells (shown),
    options (ids), numbers, refs."""
    return Named({record.id: _record_view(book, pilot, record, language) for record in book.records.values()})


def _record_view(book: Playbook, pilot: Pilot, record: Record, language: Language) -> View:
    rows = [
        _row_view(book, pilot, record, number, row, language) for number, row in pilot.rows.get(record.id, {}).items()
    ]
    return {
        "id": record.id,
        "title": record.title,
        "help": record.help,
        "columns": [_column(c) for c in record.columns.values()],
        "rows": rows,
        "totals": {
            column.id: value_text(column, total, language)
            for column in record.columns.values()
            if column.type in ("number", "money") and (total := _total(pilot, record, column)) is not None
        },
        "empty": not rows,
        "label": record.label or "",
        "asked": any(record.id in task.fills for task in book.tasks.values()),
        "declared": True,
    }


def _column(column: Field) -> View:
    options = [{"id": option, "title": title} for option, title in column.options.items()]
    return {"id": column.id, "title": column.title, "type": column.type, "help": column.help, "options": options}


def _total(pilot: Pilot, record: Record, column: Field) -> Decimal | None:
    values = [row.get(column.id) for row in pilot.rows.get(record.id, {}).values()]
    numbers = [value for value in values if isinstance(value, Decimal)]
    return sum(numbers, Decimal()) if numbers else None


def _row_view(
    book: Playbook, pilot: Pilot, record: Record, number: int, row: Mapping[str, Value], language: Language
) -> View:
    cells = {c.id: _cell(book, pilot, c, row.get(c.id), language) for c in record.columns.values()}
    return {
        "number": number,
        "label": cells.get(record.label) or str(number),
        "cells": cells,
        "options": {
            c.id: value if isinstance(value := row.get(c.id), str) and c.type == "choice" else ""
            for c in record.columns.values()
        },
        "numbers": {name: float(value) for name, value in row.items() if isinstance(value, Decimal)},
        "refs": {
            c.id: int(value) if isinstance(value := row.get(c.id), str) and value.isdigit() else 0
            for c in record.columns.values()
            if c.type == "ref"
        },
    }


def _cell(book: Playbook, pilot: Pilot, column: Field, value: Value | None, language: Language) -> str:
    if isinstance(value, date):
        return value.isoformat()  # a table has little room
    if column.type != "ref" or not isinstance(value, str):
        return value_text(column, value, language)
    target = book.records.get(column.to or "")
    row = pilot.rows.get(target.id, {}).get(int(value)) if target and value.isdigit() else None
    if target is None or row is None:
        return f"#{value}"
    label = target.columns[target.label]
    # The row that is referred to may itself be named by a reference; one step is enough for a reader.
    return value_text(label, row.get(label.id), language) if label.type != "ref" else f"#{value}"


def metric_views(book: Playbook, pilot: Pilot, language: Language) -> Named:
    """id, title, unit, value (with its base), formula, parts (the fields it is made of), target, met, baseline, change;
    empty, lacks, reason."""
    return Named({metric.id: _metric_view(book, pilot, metric, language) for metric in book.metrics.values()})


def _metric_view(book: Playbook, pilot: Pilot, metric: Metric, language: Language) -> View:
    value = metric_value(book, pilot, metric)
    parts = [book.fields[name] for name in (metric.numerator, metric.denominator) if name and name in book.fields]
    lacks = [part.id for part in parts if not isinstance(pilot.fields.get(part.id), Decimal | Ratio)]
    shown = [f"{part.title} {value_text(part, pilot.fields.get(part.id), language)}".rstrip() for part in parts]
    base = book.fields.get(metric.baseline) if metric.baseline else None
    baseline = pilot.fields.get(base.id) if base else None
    return {
        "id": metric.id,
        "title": metric.title,
        "help": metric.help,
        "unit": metric.unit,
        "value": "—" if value is None else _metric_text(metric, pilot, value, language),
        "empty": value is None,
        "lacks": lacks,
        "parts": [part.id for part in parts],
        # Nobody is asked for what only a ledger would give, or what no task asks for: such a metric is shown when it is there.
        "optional": any(name not in _asked(book) and not book.fields[name].required for name in lacks),
        "reason": _reason(book, lacks, value, language),
        # Of a single field the figure itself says it all.
        "formula": " ÷ ".join(shown) if len(parts) > 1 else _taken_from(parts, language),
        "target": _target(metric, language),
        "met": None if value is None or metric.target is None else _met(metric, value),
        "met_text": _met_text(metric, value, language),
        "baseline": value_text(base, baseline, language) if base else "",
        "change": _change(value, baseline),
        "declared": True,
    }


def _taken_from(parts: Sequence[Field], language: Language) -> str:
    return "".join(f"取“{part.title}”" if language == "zh" else f"as in '{part.title}'" for part in parts)


def _asked(book: Playbook) -> frozenset[str]:
    """Fields that a task asks for, or that somebody owns."""
    return frozenset(n for task in book.tasks.values() for n in task.sets) | {
        f.id for f in book.fields.values() if f.owner
    }


def _metric_text(metric: Metric, pilot: Pilot, value: Decimal, language: Language) -> str:
    """The value with its unit; a percentage never without the numbers it was made from."""
    if metric.unit != "percent":
        return figure(value) + metric.unit
    parts = [pilot.fields.get(name) for name in (metric.numerator, metric.denominator) if name]
    if len(parts) == 1 and isinstance(parts[0], Ratio):
        parts = [parts[0].numerator, parts[0].base]
    base = "/".join(figure(part) for part in parts if isinstance(part, Decimal))
    points = f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}%"
    if len(parts) != 2:
        return points
    return f"{points}（{base}）" if language == "zh" else f"{points} ({base})"


def _reason(book: Playbook, lacks: list[str], value: Decimal | None, language: Language) -> str:
    if value is not None:
        return ""
    if lacks:
        titles = "、".join(book.fields[name].title for name in lacks)
        return f"缺“{titles}”" if language == "zh" else f"missing: {titles}"
    return "分母为零，无法计算" if language == "zh" else "the base is zero"


def _target(metric: Metric, language: Language) -> str:
    if metric.target is None:
        return ""
    amount = figure(metric.target) + ("%" if metric.unit == "percent" else metric.unit)
    if language == "zh":
        return ("不低于" if metric.direction == "up" else "不高于") + amount
    return ("at least " if metric.direction == "up" else "at most ") + amount


def _met(metric: Metric, value: Decimal) -> bool:
    assert metric.target is not None
    return value >= metric.target if metric.direction == "up" else value <= metric.target


def _met_text(metric: Metric, value: Decimal | None, language: Language) -> str:
    if value is None or metric.target is None:
        return "—"
    if language == "zh":
        return "达到" if _met(metric, value) else "未达到"
    return "met" if _met(metric, value) else "not met"


def _change(value: Decimal | None, baseline: Value | None) -> str:
    if value is None or not isinstance(baseline, Decimal):
        return ""
    difference = value - baseline
    return ("+" if difference > 0 else "") + figure(difference)
