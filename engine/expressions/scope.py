"""Which names a condition may use, and what each of them is. The list is docs/dsl.md, "Conditions"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from engine.frozen import frozen
from engine.model import Field, FieldType, Playbook, Record
from engine.pilot.groups import CHANNELS, GROUP_RECORD
from engine.text import Message, say

Kind = Literal["number", "text", "yes_no", "date", "list", "rows"]

KIND_WORDS: Mapping[Kind, Message] = {
    "number": say("数字", "a number"),
    "text": say("文字", "text"),
    "yes_no": say("是/否", "yes or no"),
    "date": say("日期", "a date"),
    "list": say("一组文字", "a list of texts"),
    "rows": say("表格的各行", "the rows of a table"),
}

# A reference to a row is that row's number, so that it compares with `row.id`.
_FIELD_KINDS: Mapping[FieldType, Kind] = {
    "text": "text",
    "choice": "text",
    "person": "text",
    "file": "text",
    "number": "number",
    "money": "number",
    "percent": "number",
    "ref": "number",
    "date": "date",
    "list": "list",
}
CHILD_COUNTS = ("total", "running", "succeeded", "stopped")
LEDGER_NAMES: Mapping[str, Kind] = {"imports": "number", "rows": "number", "first_day": "date", "last_day": "date"}
FUNNEL_NAMES: Mapping[str, Kind] = {"bottleneck": "text", "bottleneck_known": "yes_no", "reputation_sign": "yes_no"}
CONTENT_NAMES: Mapping[str, Kind] = {"blocks": "number", "warnings": "number", "checked": "yes_no", "signed": "yes_no"}
ROW_ID = "id"


def column_kind(record: Record, column: str) -> Kind | None:
    """What `row.COLUMN` is; `id` is the row's number."""
    if column in record.columns:
        return _FIELD_KINDS[record.columns[column].type]
    return "number" if column == ROW_ID else None


@frozen
class Scope:
    """The names open to one condition: those of the playbook, and those of a row where there is one."""

    book: Playbook
    record: Record | None = None

    def kind(self, name: str) -> Kind | None:
        """What `name` is, or None when there is no such name."""
        if name in ("today", "started"):
            return "date"
        head, _, rest = name.partition(".")
        reader = _HEADS.get(head)
        return reader(self, rest) if reader else None

    def field(self, name: str) -> Field | None:
        """The field or column behind `fields.X` or `row.X`."""
        head, _, rest = name.partition(".")
        if head == "fields":
            return self.book.fields.get(rest)
        if head == "decisions":
            name, _, output = rest.partition(".")
            table = self.book.decisions.get(name)
            found = table.outputs.get(output) if table else None
            return Field(found.id, found.title, "choice", options=found.options) if found and found.options else None
        return self.record.columns.get(rest) if head == "row" and self.record else None

    def names(self) -> Iterator[str]:
        """Every name that may be used here, the likeliest first."""
        if self.record is not None:
            yield from (f"row.{column}" for column in self.record.columns)
            yield "row.id"
            yield from (f"row.filled.{column}" for column in self.record.columns)
        book = self.book
        yield from (f"fields.{x}" for x in book.fields)
        yield from (f"filled.{x}" for x in book.fields)
        yield from (f"roles.{x}.{what}" for x in book.roles for what in ("filled", "ok"))
        yield from (f"records.{x}" for x in book.records)
        yield from (f"tasks.{x}.done" for x in book.tasks)
        yield from (f"documents.{x}.final" for x in book.documents)
        yield from (f"metrics.{x}" for x in book.metrics)
        yield from (f"decisions.{x}.{o}" for x, table in book.decisions.items() for o in table.outputs)
        yield from (f"rules.{x}.firing" for x in book.rules)
        yield from (f"funnels.{x}.{what}" for x in book.funnels for what in FUNNEL_NAMES)
        yield from (f"content.{x}.{what}" for x in book.content for what in CONTENT_NAMES)
        yield from (f"ledger.{x}" for x in LEDGER_NAMES)
        yield from (f"children.{x}" for x in CHILD_COUNTS)
        yield "successors.total"
        yield from (f"visits.{x}" for x in book.all_stages)
        yield from ("today", "started")


def heads() -> tuple[str, ...]:
    """First words of names; none of them can be a variable of `exists`, `all` …"""
    return (*_HEADS, "today", "started")


def _field(scope: Scope, rest: str) -> Kind | None:
    field = scope.book.fields.get(rest)
    return _FIELD_KINDS[field.type] if field else None


def _filled(scope: Scope, rest: str) -> Kind | None:
    return "yes_no" if rest in scope.book.fields else None


def _role(scope: Scope, rest: str) -> Kind | None:
    role, _, what = rest.partition(".")
    kinds: dict[str, Kind] = {"filled": "number", "ok": "yes_no"}
    return kinds.get(what) if role in scope.book.roles else None


def _task(scope: Scope, rest: str) -> Kind | None:
    task, _, what = rest.partition(".")
    return "yes_no" if what == "done" and task in scope.book.tasks else None


def _record(scope: Scope, rest: str) -> Kind | None:
    return "rows" if rest in scope.book.records else None


def _document(scope: Scope, rest: str) -> Kind | None:
    document, _, what = rest.partition(".")
    return "yes_no" if what == "final" and document in scope.book.documents else None


def _metric(scope: Scope, rest: str) -> Kind | None:
    return "number" if rest in scope.book.metrics else None


def _ledger(scope: Scope, rest: str) -> Kind | None:
    return LEDGER_NAMES.get(rest)


def _funnel(scope: Scope, rest: str) -> Kind | None:
    funnel, _, what = rest.partition(".")
    return FUNNEL_NAMES.get(what) if funnel in scope.book.funnels else None


def _content(scope: Scope, rest: str) -> Kind | None:
    content, _, what = rest.partition(".")
    return CONTENT_NAMES.get(what) if content in scope.book.content else None


def _decision(scope: Scope, rest: str) -> Kind | None:
    name, _, output = rest.partition(".")
    table = scope.book.decisions.get(name)
    # A table that is asked for each channel or row has an answer only where there is one.
    if table is None or output not in table.outputs or (table.each and not _beside(scope, table.each)):
        return None
    return "list" if table.hit == "collect" else "text"


def _rule(scope: Scope, rest: str) -> Kind | None:
    rule, _, what = rest.partition(".")
    return "yes_no" if what == "firing" and rule in scope.book.rules else None


def _beside(scope: Scope, each: str) -> bool:
    """Is the condition asked about one of the rows that a table is asked about?"""
    return scope.record is not None and scope.record.id == (GROUP_RECORD if each == CHANNELS else each)


def _children(scope: Scope, rest: str) -> Kind | None:
    return "number" if rest in CHILD_COUNTS else None


def _successors(scope: Scope, rest: str) -> Kind | None:
    return "number" if rest == "total" else None


def _visits(scope: Scope, rest: str) -> Kind | None:
    return "number" if rest in scope.book.all_stages else None


def _row(scope: Scope, rest: str) -> Kind | None:
    if scope.record is None:
        return None
    head, _, column = rest.partition(".")
    if head == "filled" and column:
        return "yes_no" if column in scope.record.columns else None
    return column_kind(scope.record, rest)


_HEADS: dict[str, Callable[[Scope, str], Kind | None]] = {
    "fields": _field,
    "filled": _filled,
    "roles": _role,
    "tasks": _task,
    "records": _record,
    "documents": _document,
    "metrics": _metric,
    "decisions": _decision,
    "rules": _rule,
    "ledger": _ledger,
    "funnels": _funnel,
    "content": _content,
    "children": _children,
    "successors": _successors,
    "visits": _visits,
    "row": _row,
}
