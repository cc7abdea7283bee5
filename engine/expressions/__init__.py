"""Conditions: CEL, typed against what a playbook declares. The only importer of the CEL library.

`compile_check` finds what is wrong with a condition as written; `evaluate` decides it and says which part failed;
`names` lists what it talks about. The names a condition may use are listed in docs/dsl.md, "Conditions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expressions.evaluate import Verdict, evaluate, value_of
from engine.expressions.names import names
from engine.pilot.facts import MISSING

if TYPE_CHECKING:
    from engine.errors import Problem
    from engine.model import Expr, Playbook, Record

__all__ = ["MISSING", "Verdict", "compile_check", "evaluate", "names", "value_of"]


def compile_check(
    expr: Expr, book: Playbook, record: Record | None = None, wants: tuple[str, ...] = ("BOOL", "DYN")
) -> list[Problem]:
    """What is wrong with a condition as written: syntax, names, types; nothing when it is well. `wants`: the CEL types its
    result may have, for an expression that is no condition."""
    # A running pilot only evaluates; what explains an author's mistakes is loaded for authors.
    from engine.expressions.check import compile_check as check

    return check(expr, book, record, wants)
