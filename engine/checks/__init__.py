"""Checks: what a schema cannot say. One small file each; this table lists them all.

To add one: write `engine/checks/<name>.py` with `CODES` and `check(book)`, add it here, give each code a heading in
docs/checks.md and a pair `tests/golden/<name>.yaml` + `.out`.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from engine.checks import (
    back,
    child_starts,
    conditions,
    duplicates,
    durations,
    endings,
    exits,
    field_types,
    limits,
    numbers,
    option_lists,
    reachable,
    regions,
    reopens,
    reserved,
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

# Each of these looks at one thing at a time.
LOCAL: tuple[ModuleType, ...] = (
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
    durations,
    back,
    regions,
    endings,
    child_starts,
    unused_roles,
    unsupplied,
)
# These follow the ways between stages and tasks, which must all exist for that.
FOLLOWING: tuple[ModuleType, ...] = (exits, task_order, reopens, reachable)
CHECKS: tuple[ModuleType, ...] = LOCAL + FOLLOWING


def run_checks(book: Playbook) -> list[Problem]:
    """All problems of a playbook that was already valid against the schema, sorted by place."""
    found = list(_run(LOCAL, book))
    if not any(p.code in _BREAKS_THE_GRAPH for p in found):
        found += _run(FOLLOWING, book)
    return sorted(set(found), key=Problem.sort_key)


_BREAKS_THE_GRAPH = frozenset({"unknown-stage", "duplicate-id", "unknown-task"})


def _run(group: tuple[ModuleType, ...], book: Playbook) -> Iterator[Problem]:
    for module in group:
        yield from module.check(book)
