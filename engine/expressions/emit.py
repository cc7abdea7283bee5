"""The tree → the CEL that is really compiled, with a map back to the author's offsets.

Authors write what they mean; CEL is stricter. So: every number becomes a double (`>= 90` → `>= 90.0`, sizes too);
a date in quotes next to a date becomes a timestamp; `has(fields.x)` becomes `filled.x`; dividing by zero is an error,
never infinity (an infinite result would pass `>=` by accident).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import field

from engine.expressions.scope import Kind, column_kind
from engine.expressions.tree import COMPARISONS, Node
from engine.frozen import changeable
from engine.model import Record

DATE = r"""^(["'])(\d{4}-\d{2}-\d{2})\1$"""
INT_FUNCTIONS = frozenset({"size", "int", "uint"})
INT_METHODS = frozenset(
    {
        "size",
        "getDate",
        "getDayOfMonth",
        "getDayOfWeek",
        "getDayOfYear",
        "getFullYear",
        "getHours",
        "getMilliseconds",
        "getMinutes",
        "getMonth",
        "getSeconds",
    }
)


@changeable
class Emitted:
    """CEL text; `origin(i)` is the author's offset behind the character at `i`."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, offset: int) -> None:
        self.starts.append(self.length)
        self.offsets.append(offset)
        self.parts.append(text)
        self.length += len(text)

    def origin(self, index: int) -> int:
        return self.offsets[max(bisect_right(self.starts, index) - 1, 0)]


Bound = Mapping[str, Record | None]
KindOf = Callable[[str], Kind | None]


def emit(
    node: Node, kind_of: KindOf, records: Mapping[str, Record], bound: Bound | None = None, typed: bool = False
) -> Emitted:
    """CEL for `node`. `bound` are the variables of enclosing macros with the record their rows are of.

    With `typed` the columns of bound variables are meant as names of their own (`c.consent` declared as text), which
    lets the compiler check the inside of a macro; `has(c.consent)` is then simply true.
    """
    writer = _Writer(kind_of, records, typed)
    writer.node(node, dict(bound or {}))
    return writer.out


def macro_record(node: Node, records: Mapping[str, Record], bound: Bound) -> Record | None:
    """The record whose rows a list expression holds: `records.X`, or a filter over it."""
    if node.kind == "name":
        head, _, rest = node.text.partition(".")
        return records.get(rest) if head == "records" and head not in bound else None
    if node.is_macro and node.text == "filter":
        return macro_record(node.kids[0], records, bound)
    return None


class _Writer:
    def __init__(self, kind_of: KindOf, records: Mapping[str, Record], typed: bool) -> None:
        self.kind_of, self.records, self.typed = kind_of, records, typed
        self.out = Emitted()

    def node(self, node: Node, bound: dict[str, Record | None]) -> None:  # noqa: C901, PLR0912 - one case per kind
        add = self.out.add
        if node.wrapped:
            add("(", node.start)
        if node.kind == "int":
            digits = node.text.rstrip("uU")
            add(f"{int(digits, 16 if digits[:2] in ('0x', '0X') else 10)}.0", node.at)
        elif node.kind == "name":
            add(_filled_column(node.text, bound, self.typed) or self.column(node.text, bound), node.at)
        elif node.kind in ("call", "method"):
            self.call(node, bound)
        elif node.kind == "binary":
            self.binary(node, bound)
        elif node.kind == "unary":
            add(node.text, node.at)
            self.node(node.kids[0], bound)
        elif node.kind == "choice":
            self.node(node.kids[0], bound)
            add(" ? ", node.at)
            self.node(node.kids[1], bound)
            add(" : ", node.at)
            self.node(node.kids[2], bound)
        elif node.kind == "list":
            add("[", node.start)
            self.listed(node.kids, bound, node.start)
            add("]", node.end - 1)
        elif node.kind == "index":
            self.node(node.kids[0], bound)
            add("[", node.at)
            # A position in a list stays a whole number.
            if node.kids[1].kind == "int":
                add(node.kids[1].text, node.kids[1].at)
            else:
                self.node(node.kids[1], bound)
            add("]", node.end - 1)
        elif node.kind == "select":
            self.node(node.kids[0], bound)
            add(f".{node.text}", node.at)
        else:
            add(node.text, node.at)
        if node.wrapped:
            add(")", node.end - 1)

    def listed(self, kids: list[Node], bound: dict[str, Record | None], offset: int) -> None:
        for index, kid in enumerate(kids):
            if index:
                self.out.add(", ", offset)
            self.node(kid, bound)

    def call(self, node: Node, bound: dict[str, Record | None]) -> None:
        add = self.out.add
        if node.kind == "call" and node.text == "has" and len(node.kids) == 1 and node.kids[0].kind == "name":
            add(_has(node.kids[0].text, bound, self.typed) or f"has({node.kids[0].text})", node.at)
            return
        whole = node.text in (INT_FUNCTIONS if node.kind == "call" else INT_METHODS)
        if whole:
            add("double(", node.at)
        kids = node.kids
        if node.kind == "method":
            self.node(kids[0], bound)
            add(".", node.at)
            if node.is_macro:
                bound = bound | {kids[1].text: macro_record(kids[0], self.records, bound)}
            kids = kids[1:]
        add(f"{node.text}", node.at)
        add("(", node.at)
        self.listed(kids, bound, node.at)
        add("))" if whole else ")", node.end - 1)

    def binary(self, node: Node, bound: dict[str, Record | None]) -> None:
        left, right = node.kids
        stamps = {}
        if node.text in COMPARISONS:
            for date, literal in ((left, right), (right, left)):
                match = re.match(DATE, literal.text) if literal.kind == "string" else None
                if match and self.is_date(date, bound):
                    stamps[id(literal)] = f'timestamp("{match[2]}T00:00:00Z")'
        self.operand(left, bound, stamps)
        self.out.add(f" {node.text} ", node.at)
        if node.text == "/" and self.may_be_zero(right, bound):
            self.out.add("(double(", right.start)
            self.node(right, bound)
            self.out.add(") == 0.0 ? double(1 / 0) : ", right.start)
            self.node(right, bound)
            self.out.add(")", right.end - 1)
        else:
            self.operand(right, bound, stamps)

    def operand(self, node: Node, bound: dict[str, Record | None], stamps: Mapping[int, str]) -> None:
        stamp = stamps.get(id(node))
        if stamp:
            self.out.add(stamp, node.at)
        else:
            self.node(node, bound)

    def may_be_zero(self, node: Node, bound: dict[str, Record | None]) -> bool:
        if node.kind == "name":
            return self.kind(node.text, bound) == "number"
        if node.kind in ("int", "float"):
            return not any(digit in node.text for digit in "123456789")
        return node.kind != "string"

    def column(self, name: str, bound: Bound) -> str:
        """A name as it stands, except a date column inside a macro: the library takes no timestamp within a row, so
        `RowTables.ready` hands it over as text."""
        dated = not self.typed and name.partition(".")[0] in bound and self.kind(name, bound) == "date"
        return f"timestamp({name})" if dated else name

    def kind(self, name: str, bound: Bound) -> Kind | None:
        head, _, rest = name.partition(".")
        if head not in bound:
            return self.kind_of(name)
        record = bound[head]
        return column_kind(record, rest) if record else None

    def is_date(self, node: Node, bound: dict[str, Record | None]) -> bool:
        if node.kind == "name":
            return self.kind(node.text, bound) == "date"
        if node.kind == "binary" and node.text in ("+", "-"):
            return self.is_date(node.kids[0], bound) != self.is_date(node.kids[1], bound)
        return node.kind == "call" and node.text == "timestamp"


def _has(name: str, bound: Bound, typed: bool) -> str | None:
    """`has(…)` of a dotted name of ours; None where CEL's own `has` is right."""
    head, _, rest = name.partition(".")
    if head in bound:
        return "true" if typed else None
    if head == "fields":
        return f"filled.{rest}"
    return f"row.filled.{rest}" if head == "row" else None


def _filled_column(name: str, bound: Bound, typed: bool) -> str | None:
    """`c.filled.consent` inside a macro, as `row.filled.consent` is written in `each`."""
    head, _, rest = name.partition(".")
    if head not in bound or not rest.startswith("filled."):
        return None
    return "true" if typed else f"has({head}.{rest.removeprefix('filled.')})"
