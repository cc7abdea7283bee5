"""What a condition talks about: the dotted names in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from engine.expressions.tokens import tokenize
from engine.expressions.tree import Node, NotAnExpression, parse


@lru_cache(maxsize=4096)
def names(source: str) -> tuple[str, ...]:
    """The dotted names a condition refers to (`fields.score`, `row.consent`, `today`), each once, in order.

    Variables of `exists`, `all` … are not among them. A text that is no condition has none.
    """
    try:
        tree = parse(tokenize(source))
    except NotAnExpression:
        return ()
    return tuple(dict.fromkeys(node.text for node in free_names(tree)))


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Name nodes that are not variables of an enclosing `exists`, `all` …"""
    if node.kind == "name":
        if node.text.partition(".")[0] not in bound:
            yield node
        return
    if node.is_macro:
        yield from free_names(node.kids[0], bound)
        inner = bound | {node.kids[1].text}
        for kid in node.kids[2:]:
            yield from free_names(kid, inner)
        return
    for kid in node.kids:
        yield from free_names(kid, bound)
