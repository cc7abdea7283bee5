"""Is a condition well written? Everything that is wrong with it, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.errors import Place, Problem
from engine.expressions.emit import emit, macro_record
from engine.expressions.finding import Finding
from engine.expressions.memory import memory_of
from engine.expressions.mistakes import mistakes, unfit
from engine.expressions.names import free_names
from engine.expressions.program import CelRefused, compile_text, environment
from engine.expressions.scope import Kind, Scope, column_kind
from engine.expressions.tokens import tokenize
from engine.expressions.tree import Node, NotAnExpression, parse
from engine.expressions.types import explain_result, explain_type, explain_value
from engine.expressions.walk import walk
from engine.model import Expr, Playbook, Record
from engine.text import say

MAX_LENGTH = 2000


_CONDITION = ("BOOL", "DYN")


def compile_check(
    expr: Expr, book: Playbook, record: Record | None = None, wants: tuple[str, ...] = _CONDITION
) -> list[Problem]:
    """Problems of one condition: syntax first, then names, then types. `record` is the table whose rows `row.` means;
    `wants` are the CEL types its result may have.

    Codes: expression-syntax, expression-type, unknown-name, unknown-function, unknown-option, expression-constant.
    """
    findings = _dedupe(_findings(expr.source, Scope(book, record), wants))
    return [Problem(place_of(expr, f.offset), f.code, f.message, f.hint, f.severity) for f in findings]


def place_of(expr: Expr, offset: int) -> Place:
    """The place in the file of the character at `offset` of the condition."""
    start, place = 0, expr.place
    for line_start, line_place in expr.lines:
        if line_start <= offset:
            start, place = line_start, line_place
    if not expr.lines and "\n" in expr.source[:offset]:
        # A block of text: its lines keep the indentation of the first.
        before = expr.source[:offset]
        return Place(place.file, place.line + before.count("\n"), place.col + offset - before.rindex("\n") - 1)
    return Place(place.file, place.line, place.col + offset - start) if place.line else place


def _dedupe(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda f: (f.offset, f.code))


def _findings(source: str, scope: Scope, wants: tuple[str, ...]) -> Iterator[Finding]:
    if not source.strip():
        yield Finding(0, "expression-syntax", say("条件是空的", "the condition is empty"))
        return
    if len(source) > MAX_LENGTH:
        message = say("条件太长（最多 {n} 个字符）", "the condition is too long (at most {n} characters)", n=MAX_LENGTH)
        yield Finding(0, "expression-syntax", message)
        return
    tokens = tokenize(source)
    slips = mistakes(tokens, scope.book)
    if slips:
        yield from slips
        return
    try:
        tree = parse(tokens)
    except NotAnExpression as problem:
        yield unfit(problem)
        return
    found = list(walk(tree, scope))
    yield from found
    if any(f.severity == "error" for f in found):
        return
    types = list(_types(tree, scope, wants))
    yield from types
    if not types and not any(True for _ in free_names(tree)):
        message = say("这个条件永远不会变", "this condition never changes")
        hint = say("写上要看的字段，例如 fields.…", "name what it should look at, such as fields.…")
        yield Finding(tree.start, "expression-constant", message, hint, "warning")


def _types(tree: Node, scope: Scope, wants: tuple[str, ...]) -> Iterator[Finding]:
    result, findings = _compile(tree, scope, {}, typed=False)
    yield from findings
    if result is not None and result not in wants:
        yield explain_result(tree, result) if wants == _CONDITION else explain_value(tree, result, wants)
    yield from _inside_macros(tree, scope, {})


def _inside_macros(node: Node, scope: Scope, bound: dict[str, Record | None]) -> Iterator[Finding]:
    """Inside `records.X.exists(c, …)` CEL knows no column types; compiling the inside by itself brings them back."""
    if node.is_macro:
        bound = bound | {node.kids[1].text: macro_record(node.kids[0], scope.book.records, bound)}
        if all(record is not None for record in bound.values()):
            for kid in node.kids[2:]:
                if not any(n.text in bound for n in kid.walk() if n.kind == "name"):
                    result, findings = _compile(kid, scope, bound, typed=True)
                    yield from findings
                    if result not in (None, "BOOL", "DYN") and node.text != "map":
                        yield explain_result(kid, str(result))
    for kid in node.kids:
        yield from _inside_macros(kid, scope, bound)


def _compile(
    node: Node, scope: Scope, bound: dict[str, Record | None], typed: bool
) -> tuple[str | None, tuple[Finding, ...]]:
    """The type of the result (None where there is none) and what the compiler says, in the author's words."""
    out = emit(node, scope.kind, scope.book.records, bound, typed)
    known = _inside(out.text, scope, bound) if typed else memory_of(scope.book).environment(scope)
    try:
        return compile_text(out.text, known).result, ()
    except CelRefused as refused:
        findings = (explain_type(out.origin(error.index), error.text) for error in refused.errors)
        return None, tuple(f for f in findings if f is not None)


def _inside(text: str, scope: Scope, bound: dict[str, Record | None]) -> Any:
    """An environment for the inside of a macro, where `c.consent` is a name of its own."""
    declared: dict[str, Kind] = {}
    for found in free_names(parse(tokenize(text))):
        head, _, rest = found.text.partition(".")
        record = bound.get(head)
        kind = column_kind(record, rest) if record is not None else scope.kind(found.text)
        if kind is not None:
            declared[found.text] = kind
    return environment(declared)
