"""Checks: what a schema cannot say. One small file each; this table lists them all.

To add one: write `engine/checks/<name>.py` with `CODES` and `check(book)`, add it here, give each code a heading in
docs/checks.md and a pair `tests/golden/<name>.yaml` + `.out`.
"""

from __future__ import annotations

from types import ModuleType

from engine.checks import (
    back,
    carries,
    child_starts,
    conditions,
    contents,
    decision_tables,
    duplicates,
    durations,
    endings,
    exits,
    field_types,
    ledger_fields,
    limits,
    numbers,
    option_lists,
    reachable,
    regions,
    reopens,
    reserved,
    rules,
    task_order,
    unknown_columns,
    unknown_documents,
    unknown_fields,
    unknown_records,
    unknown_roles,
    unknown_stages,
    unknown_tasks,
    unsupplied,
    unused_roles,
)
from engine.errors import Problem
from engine.model import Playbook

# A check may name, in `AFTER`, codes that silence it: what it would say then is only the same slip in other words.
CHECKS: tuple[ModuleType, ...] = (
    unknown_roles,
    unknown_fields,
    unknown_records,
    unknown_columns,
    unknown_stages,
    unknown_tasks,
    unknown_documents,
    duplicates,
    reserved,
    conditions,
    field_types,
    option_lists,
    limits,
    numbers,
    ledger_fields,
    carries,
    rules,
    decision_tables,
    contents,
    durations,
    back,
    regions,
    endings,
    child_starts,
    unused_roles,
    unsupplied,
    exits,
    task_order,
    reopens,
    reachable,
)


def run_checks(book: Playbook) -> list[Problem]:
    """All problems of a playbook, sorted by place. Also safe on one that the schema found fault with."""
    found: list[Problem] = []
    codes: set[str] = set()
    for module in sorted(CHECKS, key=lambda module: hasattr(module, "AFTER")):
        if codes.isdisjoint(getattr(module, "AFTER", ())):
            new = list(module.check(book))
            found += new
            codes.update(problem.code for problem in new)
    return sorted(set(found), key=Problem.sort_key)
