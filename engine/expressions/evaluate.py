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
from engine.expressions.show import explain_error, show_value
from engine.expressions.tokens import tokenize
from engine.expressions.tree import Node, NotAnExpression, conjuncts, parse
from engine.frozen import changeable, frozen
from engine.model import Expr, Playbook, Record
from engine.pilot.facts import MISSING
from engine.text import Message, plain, say


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
    return Verdict(False, tuple(empty), tuple(failed))


def _sentence(scope: Scope, part: _Part, values: Mapping[str, Any], trouble: Message | None) -> Message:
    """`fields.score >= 90（现在是 85）`"""
    known = [(name, show_value(scope.field(name), kind, values[name])) for name, kind in part.names if name in values]
    source = " ".join(part.source.split())
    if len(known) == 1:
        now = say("现在是 {value}", "now {value}", value=known[0][1])
    else:
        zh = "，".join(f"{name} 是 {value.zh}" for name, value in known)
        now = Message(f"现在 {zh}", "now " + ", ".join(f"{name} is {value.en}" for name, value in known))
    if trouble is not None:
        now = say("{trouble}；{now}", "{trouble}; {now}", trouble=trouble, now=now) if known else trouble
    elif not known:
        return plain(source)
    return say("{source}（{now}）", "{source} ({now})", source=source, now=now)
