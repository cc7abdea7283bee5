"""Rows of records as conditions see them: which columns a condition reads, and which of those are empty somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from engine.expressions.emit import macro_record
from engine.expressions.tree import Node
from engine.frozen import changeable
from engine.model import Record


@changeable
class RowTables:
    """`columns` are (record, column) pairs read inside macros without `has`; `refs` the reference columns to convert,
    by dotted name (`records.X` → its columns; `row.x` → the empty set)."""

    columns: dict[tuple[str, str], None] = field(default_factory=dict)
    refs: dict[str, frozenset[str]] = field(default_factory=dict)

    def ready(self, name: str, value: object) -> object:
        """`value` of the name with references as row numbers, so that they compare with `row.id`, and the dates of
        rows as text (see `emit`)."""
        columns = self.refs.get(name, frozenset())
        if isinstance(value, list) and name.startswith("records."):
            return [{c: _number(v) if c in columns else _stamp(v) for c, v in row.items()} for row in value]
        return _number(value) if name in self.refs else value


def row_tables(node: Node, records: Mapping[str, Record], record: Record | None) -> RowTables:
    """What `node` needs to know about rows."""
    tables = RowTables()
    for found in records.values():
        refs = frozenset(c.id for c in found.columns.values() if c.type == "ref")
        if refs:
            tables.refs[f"records.{found.id}"] = refs
    for column in record.columns.values() if record else ():
        if column.type == "ref":
            tables.refs[f"row.{column.id}"] = frozenset()
    _collect(node, records, {}, tables)
    return tables


def missing_columns(tables: RowTables, values: Mapping[str, Any]) -> list[str]:
    """`records.X.column` for each column the condition reads that some row has not filled."""
    return [
        f"records.{record}.{column}"
        for record, column in tables.columns
        if any(column not in row for row in values.get(f"records.{record}", ()))
    ]


def _stamp(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _number(value: object) -> object:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return value


def _collect(node: Node, records: Mapping[str, Record], bound: dict[str, Record | None], tables: RowTables) -> None:
    if node.kind == "name":
        head, _, column = node.text.partition(".")
        record = bound.get(head)
        if record is not None and column in record.columns:
            tables.columns[(record.id, column)] = None
        return
    if node.kind == "call" and node.text == "has":
        return
    if node.is_macro:
        _collect(node.kids[0], records, bound, tables)
        bound = bound | {node.kids[1].text: macro_record(node.kids[0], records, bound)}
        for kid in node.kids[2:]:
            _collect(kid, records, bound, tables)
        return
    for kid in node.kids:
        _collect(kid, records, bound, tables)
