"""Decide a condition, and say which part of it failed with which values.

A value that is not filled in is left out of the data: CEL then makes every comparison with it an error, while
`unset || true` stays true. So an empty field can never make a condition true by accident, and never hides a part
that decides by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.expressions.emit import emit
from engine.expressions.memory import memory_of
from engine.expressions.names import free_names
from engine.expressions.program import CelRefused, Program, compile_text
from engine.expressions.rows import RowTables, missing_columns, row_tables
from engine.expressions.scope import Kind, Scope
from engine.expressions.show import DEMANDS, TURNED, explain_error, show_value, title_of
from engine.expressions.tokens import tokenize
from engine.expressions.tree import Node, NotAnExpression, conjuncts, parse
from engine.frozen import changeable, frozen
from engine.model import Expr, Playbook, Record
from engine.pilot.facts import MISSING
from engine.text import Message, join, plain, say


@frozen
class Verdict:
    """`ok` is True only when the condition is. `missing` are dotted names that are empty and would be needed;
    `failed` are sentences about the parts that are false, with the values of the names in them."""

    ok: bool
    missing: tuple[str, ...] = ()
    failed: tuple[Message, ...] = ()


_HOLDS = Verdict(True)


@changeable
class _Part:
    """One compiled condition, or one of the parts that `&&` joins. `tables`: what of the records is needed."""

    source: str
    program: Program
    names: tuple[tuple[str, Kind], ...]
    tables: RowTables
    node: Node
    parts: tuple[_Part, ...] | None = None  # made when it first fails


def evaluate(
    book: Playbook,
    expr: Expr,
    facts: Callable[[str], object],
    row: Mapping[str, object] | None = None,
    record: Record | None = None,
) -> Verdict:
    """Decide `expr`. `facts` gives the value (or MISSING) of a dotted name; `row` holds those of one row (`row.x`),
    which is one of `record`. A condition that does not compile is not true, and says so: `check` finds those earlier.
    """
    compiled: dict[tuple[str, str | None], _Part] = memory_of(book).conditions
    key = (expr.source, record.id if record else None)
    part = compiled.get(key)
    if part is None:
        try:
            part = compiled[key] = _compile_source(Scope(book, record), expr.source)
        except (CelRefused, NotAnExpression):
            text = say("这个条件写得不对：{source}", "the condition is not valid: {source}", source=expr.source)
            return Verdict(False, (), (text,))
    values: dict[str, object] = {}
    missing: list[str] = []
    for name, _ in part.names:
        value = row.get(name, MISSING) if row is not None and name.startswith("row.") else facts(name)
        if value is MISSING:
            missing.append(name)
        else:
            values[name] = part.tables.ready(name, value)
    if part.program.run(values).value is True:
        return _HOLDS
    if part.parts is None:
        part.parts = _split(Scope(book, record), part)
    return _explain(Scope(book, record), part.parts, values, missing)


def value_of(
    book: Playbook,
    expr: Expr,
    facts: Callable[[str], object],
    row: Mapping[str, object] | None = None,
    record: Record | None = None,
) -> object:
    """What an expression gives (float, str, bool), or MISSING while a name in it is empty or it cannot be computed."""
    compiled: dict[tuple[str, str | None], _Part] = memory_of(book).conditions
    key = (expr.source, record.id if record else None)
    try:
        part = compiled.get(key) or compiled.setdefault(key, _compile_source(Scope(book, record), expr.source))
    except (CelRefused, NotAnExpression):
        return MISSING
    values: dict[str, object] = {}
    for name, _ in part.names:
        value = row.get(name, MISSING) if row is not None and name.startswith("row.") else facts(name)
        if value is not MISSING:
            values[name] = part.tables.ready(name, value)
    outcome = part.program.run(values)
    return MISSING if outcome.error else outcome.value


def _compile_source(scope: Scope, source: str) -> _Part:
    return _compile_node(scope, source, parse(tokenize(source)))


def _compile_node(scope: Scope, source: str, node: Node) -> _Part:
    tables = row_tables(node, scope.book.records, scope.record)
    # Emitted names can differ from written ones (`has(fields.x)` asks for `filled.x`): read them from the result.
    text = emit(node, scope.kind, scope.book.records).text
    used = dict.fromkeys(found.text for found in free_names(parse(tokenize(text))))
    kinds = tuple((name, kind) for name in used if (kind := scope.kind(name)) is not None)
    program = compile_text(text, memory_of(scope.book).environment(scope))
    return _Part(source, program, kinds, tables, node)


def _split(scope: Scope, part: _Part) -> tuple[_Part, ...]:
    nodes = conjuncts(part.node)
    if len(nodes) == 1:
        return (part,)
    return tuple(_compile_node(scope, part.source[n.start : n.end], n) for n in nodes)


def _explain(scope: Scope, parts: tuple[_Part, ...], values: Mapping[str, object], missing: list[str]) -> Verdict:
    empty: dict[str, None] = {}
    failed: list[Message] = []
    for part in parts:
        outcome = part.program.run({name: values[name] for name, _ in part.names if name in values})
        if outcome.value is True:
            continue
        unset = [name for name, _ in part.names if name in missing]
        if outcome.error:
            unset += missing_columns(part.tables, values)
        if outcome.error and unset:
            empty.update(dict.fromkeys(unset))
        elif outcome.error:
            failed.append(_sentence(scope, part, values, explain_error(outcome.error)))
        else:
            failed.append(_sentence(scope, part, values, None))
    return Verdict(False, tuple(empty), tuple(dict.fromkeys(failed)))


def _sentence(scope: Scope, part: _Part, values: Mapping[str, Any], trouble: Message | None) -> Message:
    """`“月租”现在是 25,000，要求 ≤ 20,000`: what people see instead of the condition as it is written."""
    known = {name: show_value(scope.field(name), kind, values[name]) for name, kind in part.names if name in values}
    if trouble is None and (told := _comparison(scope, part, known)) is not None:
        return told
    said = dict.fromkeys(_now(scope, name, value) for name, value in known.items())
    now = join(said)
    if trouble is not None:
        return say("{trouble}；{now}", "{trouble}; {now}", trouble=trouble, now=now) if known else trouble
    return now if known else plain(" ".join(part.source.split()))


def _now(scope: Scope, name: str, value: Message) -> Message:
    if name.startswith("filled.") and value.zh == "否":
        return say("“{t}”还没有填写", "'{t}' is not filled in", t=title_of(scope, name))
    return say("“{t}”现在是 {v}", "'{t}' is {v}", t=title_of(scope, name), v=value)


def _comparison(scope: Scope, part: _Part, known: Mapping[str, Message]) -> Message | None:
    """One name compared with a value or with another name; None for anything that is not that simple."""
    node = part.node
    if node.kind != "binary" or node.text not in DEMANDS:
        return None
    one, other = node.kids
    demand = DEMANDS[node.text]
    if one.kind != "name":
        one, other, demand = other, one, TURNED.get(demand, demand)
    if one.kind != "name" or one.text not in known:
        return None
    field = scope.field(one.text)
    if other.kind == "name" and other.text in known:
        wanted = say("{t}（{v}）", "{t} ({v})", t=title_of(scope, other.text), v=known[other.text])
    elif other.kind in ("int", "float", "string"):
        literal = part.source[other.start : other.end].strip("\"'")
        wanted = plain(field.options.get(literal, literal) if field is not None else literal)
    else:
        return None
    return say(
        "{now}，要求 {demand} {wanted}",
        "{now}; it has to be {demand} {wanted}",
        now=_now(scope, one.text, known[one.text]),
        demand=demand,
        wanted=wanted,
    )
