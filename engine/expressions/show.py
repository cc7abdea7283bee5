"""Values and errors inside conditions, as people read them."""

from __future__ import annotations

from datetime import datetime

from engine.expressions.scope import Kind, Scope
from engine.model import Field
from engine.text import Message, plain, say

DEMANDS = {"==": "＝", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
TURNED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}  # the same demand read from the other side

LEDGER = {
    "imports": say("台账导入次数", "ledger imports"),
    "rows": say("台账行数", "rows of the ledger"),
    "first_day": say("台账第一天", "first day of the ledger"),
    "last_day": say("台账最后一天", "last day of the ledger"),
}


def title_of(scope: Scope, name: str) -> Message:
    """What people call a name in a condition: the title of what is behind it, else the name itself."""
    if name in ("today", "started"):
        return say("今天", "today") if name == "today" else say("启动日", "the day of the start")
    field = scope.field(name)
    if field is not None:
        return plain(field.title)
    head, _, rest = name.partition(".")
    item = rest.partition(".")[0]
    book = scope.book
    tables = {
        "fields": book.fields,
        "filled": book.fields,
        "records": book.records,
        "metrics": book.metrics,
        "roles": book.roles,
        "tasks": book.tasks,
        "visits": book.all_stages,
        "decisions": book.decisions,
        "rules": book.rules,
    }
    if head == "ledger":
        return LEDGER.get(rest, plain(name))
    return plain(getattr(tables.get(head, {}).get(item), "title", name))


def show_value(field: Field | None, kind: Kind, value: object) -> Message:
    """`85`, `92%`, `2026-03-20`, `是`, `“首批”`, `3 行`."""
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if isinstance(value, float | int):
        text = f"{value:,.4f}".rstrip("0").rstrip(".")
        return plain(f"{text}%" if field is not None and field.type == "percent" else text)
    if isinstance(value, datetime):
        return plain(value.date().isoformat())
    if isinstance(value, list):
        if kind == "rows":
            return say("{n} 行", "{n} rows", n=len(value))
        return plain("、".join(str(item) for item in value)) if value else say("空", "empty")
    text = str(value)
    if field is not None and text in field.options:
        text = field.options[text]
    return say("“{text}”", "'{text}'", text=text if len(text) <= 40 else text[:39] + "…")


def explain_error(error: str) -> Message:
    """A run-time error of CEL in plain words."""
    lowered = error.lower()
    if "divide by zero" in lowered or "modulus by zero" in lowered:
        return say("除数是 0，算不出来", "division by zero")
    if "index" in lowered and "bound" in lowered:
        return say("列表里没有这么多项", "the list has no such position")
    if "overload" in lowered:
        return say("两边的类型不同，无法比较", "the two sides are of different kinds")
    return say("算不出来：{error}", "cannot be computed: {error}", error=error)
