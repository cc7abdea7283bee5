"""Tokens → a small tree with offsets: CEL's grammar, written out so that every part of a condition has its place.

CEL's own compiler stays the judge of types; the tree is what lets us name the part that failed, check column names,
make all numbers decimal and say in plain words where a condition stops making sense.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from engine.expressions.tokens import Token
from engine.frozen import changeable

NodeKind = Literal[
    "int",
    "float",
    "string",
    "bool",
    "null",
    "name",
    "select",
    "index",
    "call",
    "method",
    "unary",
    "binary",
    "choice",
    "list",
    "map",
]
MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})
_DEPTH = 40
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("<", "<=", ">", ">=", "==", "!=", "in"),
    ("+", "-"),
    ("*", "/", "%"),
)
COMPARISONS = frozenset(_LEVELS[2])


@changeable
class Node:
    """`text` is the literal, the dotted name, the operator or the function's name; `at` is the offset of that text.

    kids: operands; for `method` the target first, then the arguments; `choice` is `a ? b : c`.
    """

    kind: NodeKind
    text: str
    start: int
    end: int
    at: int
    kids: list[Node] = field(default_factory=list)
    wrapped: bool = False

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def is_macro(self) -> bool:
        """`records.cases.exists(c, …)`: a method that binds a variable over a list."""
        return (
            self.kind == "method"
            and self.text in MACROS
            and len(self.kids) in (3, 4)
            and self.kids[1].kind == "name"
            and "." not in self.kids[1].text
        )


class NotAnExpression(Exception):
    """The tokens do not form a condition. `token` is the first one that does not fit."""

    def __init__(self, token: Token, wanted: str = "", opened: Token | None = None, deep: bool = False) -> None:
        super().__init__(token.text)
        self.token, self.wanted, self.opened, self.deep = token, wanted, opened, deep


def parse(tokens: list[Token]) -> Node:
    """The tree of a whole condition. Raises NotAnExpression at the first token that does not fit."""
    parser = _Parser(tokens)
    node = parser.expression()
    if parser.here.kind != "end":
        raise NotAnExpression(parser.here)
    return node


def conjuncts(node: Node) -> list[Node]:
    """The parts joined by `&&` at the top, in order."""
    if node.kind == "binary" and node.text == "&&":
        return [part for kid in node.kids for part in conjuncts(kid)]
    return [node]


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.index, self.depth = tokens, 0, 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.tokens[self.index]
        self.index += token.kind != "end"
        return token

    def at_op(self, *ops: str) -> bool:
        return self.here.kind == "op" and self.here.text in ops

    def close(self, op: str, opened: Token) -> Token:
        if not self.at_op(op):
            raise NotAnExpression(self.here, op, opened)
        return self.take()

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > _DEPTH:
            raise NotAnExpression(self.here, deep=True)
        node = self.level(0)
        if self.at_op("?"):
            mark = self.take()
            yes = self.level(0)
            if not self.at_op(":"):
                raise NotAnExpression(self.here, ":", mark)
            self.take()
            no = self.expression()
            node = Node("choice", "?", node.start, no.end, mark.start, [node, yes, no])
        self.depth -= 1
        return node

    def level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.unary()
        node = self.level(level + 1)
        while self.here.kind in ("op", "name") and self.here.text in _LEVELS[level]:
            op = self.take()
            right = self.level(level + 1)
            node = Node("binary", op.text, node.start, right.end, op.start, [node, right])
        return node

    def unary(self) -> Node:
        marks: list[Token] = []
        while self.at_op("!", "-"):
            marks.append(self.take())
        node = self.member()
        if len(marks) > _DEPTH:
            raise NotAnExpression(marks[_DEPTH], deep=True)
        for mark in reversed(marks):
            node = Node("unary", mark.text, mark.start, node.end, mark.start, [node])
        return node

    def member(self) -> Node:
        node = self.primary()
        while self.at_op(".", "["):
            mark = self.take()
            if mark.text == "[":
                inner = self.expression()
                end = self.close("]", mark)
                node = Node("index", "[", node.start, end.end, mark.start, [node, inner])
                continue
            if self.here.kind != "name":
                raise NotAnExpression(self.here, "name")
            word = self.take()
            if self.at_op("("):
                args, end = self.arguments(")")
                node = Node("method", word.text, node.start, end.end, word.start, [node, *args])
            elif node.kind == "name" and not node.wrapped:
                node = Node("name", f"{node.text}.{word.text}", node.start, word.end, node.at)
            else:
                node = Node("select", word.text, node.start, word.end, word.start, [node])
        return node

    def arguments(self, closing: str) -> tuple[list[Node], Token]:
        """The list after an opening bracket, which is the next token."""
        opened = self.take()
        args: list[Node] = []
        while not self.at_op(closing):
            args.append(self.expression())
            if not self.at_op(","):
                break
            self.take()
        return args, self.close(closing, opened)

    def primary(self) -> Node:
        token = self.here
        if token.kind in ("int", "float", "string"):
            self.take()
            return Node(token.kind, token.text, token.start, token.end, token.start)
        if token.kind == "name" and token.text != "in":
            self.take()
            if token.text in ("true", "false"):
                return Node("bool", token.text, token.start, token.end, token.start)
            if token.text == "null":
                return Node("null", token.text, token.start, token.end, token.start)
            if self.at_op("("):
                args, end = self.arguments(")")
                return Node("call", token.text, token.start, end.end, token.start, args)
            return Node("name", token.text, token.start, token.end, token.start)
        if self.at_op("("):
            self.take()
            node = self.expression()
            end = self.close(")", token)
            node.wrapped, node.start, node.end = True, token.start, end.end
            return node
        if self.at_op("["):
            args, end = self.arguments("]")
            return Node("list", "[", token.start, end.end, token.start, args)
        raise NotAnExpression(token, "value")
