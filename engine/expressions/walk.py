"""What the tree of a condition says wrongly: unknown names, columns and functions, options that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from engine.expressions.emit import DATE, INT_FUNCTIONS, INT_METHODS, macro_record
from engine.expressions.finding import Finding
from engine.expressions.scope import CHILD_COUNTS, Scope, column_kind, heads
from engine.expressions.tree import COMPARISONS, MACROS, Node
from engine.model import Field, Record
from engine.nearest import suggestion
from engine.text import Message, say

FUNCTIONS = INT_FUNCTIONS | {"has", "timestamp", "duration", "string", "double", "bool", "matches", "type", "dyn"}
METHODS = INT_METHODS | MACROS | {"startsWith", "endsWith", "contains", "matches"}
# What the same thing is called elsewhere.
_ALIASES = {
    "len": "size",
    "length": "size",
    "count": "size",
    "any": "exists",
    "some": "exists",
    "every": "all",
    "includes": "contains",
    "date": "timestamp",
    "isEmpty": "size",
}
Bound = Mapping[str, Record | None]
_EMPTY = {
    "fields": say("字段（fields）", "fields"),
    "filled": say("字段（fields）", "fields"),
    "roles": say("角色（roles）", "roles"),
    "tasks": say("任务（tasks）", "tasks"),
    "records": say("表格（records）", "records"),
    "documents": say("文件（documents）", "documents"),
    "metrics": say("指标（metrics）", "metrics"),
    "visits": say("阶段（stages）", "stages"),
}


def walk(node: Node, scope: Scope, bound: Bound | None = None) -> Iterator[Finding]:
    """All findings in `node`. `bound` are the variables of enclosing `exists`, `all` … with their record."""
    bound = bound or {}
    if node.kind == "name":
        yield from _name(node, scope, bound)
        return
    if node.kind == "binary" and node.text in COMPARISONS:
        yield from _comparison(node, scope, bound)
    elif node.kind == "call" and node.text not in FUNCTIONS:
        yield _unknown_function(node, FUNCTIONS)
    elif node.kind == "method":
        yield from _method(node, scope, bound)
        return
    for kid in node.kids:
        yield from walk(kid, scope, bound)


def _method(node: Node, scope: Scope, bound: Bound) -> Iterator[Finding]:
    target, *arguments = node.kids
    yield from walk(target, scope, bound)
    if node.text not in METHODS:
        yield _unknown_function(node, METHODS)
    elif node.text in MACROS:
        if not node.is_macro:
            message = say("{f} 的括号里先写一个代号，再写条件", "{f} takes a variable and a condition", f=node.text)
            example = f"{node.text}(c, c.…)"
            yield Finding(node.at, "expression-syntax", message, say("例如 {e}", "for example {e}", e=example))
            return
        variable = arguments[0].text
        if variable in heads():
            message = say(
                "“{v}”是已有的名字，不能当代号", "'{v}' is a name already and cannot be the variable", v=variable
            )
            yield Finding(arguments[0].at, "expression-syntax", message)
            return
        bound = {**bound, variable: macro_record(target, scope.book.records, bound)}
        arguments = arguments[1:]
    for kid in arguments:
        yield from walk(kid, scope, bound)


def _unknown_function(node: Node, known: frozenset[str]) -> Finding:
    message = say("没有“{name}”这个函数", "there is no function '{name}'", name=node.text)
    return Finding(node.at, "unknown-function", message, suggestion(_ALIASES.get(node.text, node.text), sorted(known)))


def _name(node: Node, scope: Scope, bound: Bound) -> Iterator[Finding]:
    head, _, rest = node.text.partition(".")
    if head in bound:
        record = bound[head]
        column = rest.removeprefix("filled.")
        if record is None or not rest or column_kind(record, column) is not None:
            return
        yield _unknown_column(node, record, column, head)
    elif scope.kind(node.text) is None:
        yield _unknown_name(node, scope, head, rest)


def _unknown_column(node: Node, record: Record, column: str, head: str) -> Finding:
    message = say(
        "“{title}”（{id}）没有“{column}”这一列",
        "'{id}' has no column '{column}'",
        title=record.title,
        id=record.id,
        column=column,
    )
    columns = [f"{head}.{c}" for c in (*record.columns, "id")]
    return Finding(node.at, "unknown-name", message, suggestion(f"{head}.{column}", columns))


def _unknown_name(node: Node, scope: Scope, head: str, rest: str) -> Finding:
    if head == "row":
        if scope.record is not None:
            return _unknown_column(node, scope.record, rest.removeprefix("filled."), "row")
        message = say("row 只能用在 each 和 count 的条件里", "row is used only inside each and count")
        return Finding(node.at, "unknown-name", message)
    message = say("没有“{name}”这个名字", "there is no '{name}'", name=node.text)
    return Finding(node.at, "unknown-name", message, _name_hint(node.text, scope, head, rest))


def _name_hint(name: str, scope: Scope, head: str, rest: str) -> Message | None:
    book = scope.book
    endings = {
        "roles": (book.roles, ("filled", "ok")),
        "tasks": (book.tasks, ("done",)),
        "documents": (book.documents, ("final",)),
    }
    if head in endings:
        table, what = endings[head]
        item = rest.partition(".")[0]
        if item in table:
            choices = [f"{head}.{item}.{w}" for w in what]
            return say("写成 {zh}", "write {en}", zh=" 或 ".join(choices), en=" or ".join(choices))
    if head in ("children", "successors"):
        known = CHILD_COUNTS if head == "children" else ("total",)
        return suggestion(name, [f"{head}.{x}" for x in known])
    every = list(scope.names())
    same = [n for n in every if n.startswith(f"{head}.")]
    if same:
        return suggestion(name, same)
    # A bare id, or a misspelt first word: the id decides.
    last = name.rpartition(".")[2]
    exact = [n for n in every if last in n.split(".")[1:]]
    if exact and head != "fields":
        return suggestion(exact[0], exact)
    if head in _EMPTY:
        return suggestion(name, [], _EMPTY[head])
    return suggestion(name, every)


def _comparison(node: Node, scope: Scope, bound: Bound) -> Iterator[Finding]:
    left, right = node.kids
    if left.kind == "binary" and left.text in COMPARISONS and not left.wrapped:
        message = say("比较不能连着写", "comparisons cannot be chained")
        hint = say("拆成两条，用 && 连接：a < x && x < b", "make two of it: a < x && x < b")
        yield Finding(node.at, "expression-syntax", message, hint)
        return
    for name, other in ((left, right), (right, left)):
        if name.kind != "name":
            continue
        field = _field(name.text, scope, bound)
        literals = other.kids if other.kind == "list" else [other]
        for literal in literals:
            if field is None or literal.kind != "string":
                continue
            if field.type == "choice" and node.text in ("==", "!=", "in"):
                yield from _option(literal, field)
            elif field.type == "date":
                yield from _date(literal)


def _field(name: str, scope: Scope, bound: Bound) -> Field | None:
    head, _, rest = name.partition(".")
    record = bound.get(head)
    return record.columns.get(rest) if record is not None else scope.field(name)


def _option(literal: Node, field: Field) -> Iterator[Finding]:
    text = literal.text[1:-1]
    if text in field.options or "\\" in text:
        return
    message = say(
        "“{title}”没有“{text}”这个选项", "'{id}' has no option '{text}'", title=field.title, id=field.id, text=text
    )
    by_title = next((id_ for id_, title in field.options.items() if title == text), None)
    hint = (
        say('写选项的 id："{id}"', 'write the id of the option: "{id}"', id=by_title)
        if by_title
        else suggestion(text, field.options)
    )
    yield Finding(literal.at, "unknown-option", message, hint)


def _date(literal: Node) -> Iterator[Finding]:
    match = re.match(DATE, literal.text)
    try:
        valid = match is not None and bool(date.fromisoformat(match[2]))
    except ValueError:
        valid = False
    if not valid:
        message = say("{text} 不是日期", "{text} is not a date", text=literal.text)
        yield Finding(literal.at, "expression-type", message, say('写成 "2026-03-02"', 'write "2026-03-02"'))
