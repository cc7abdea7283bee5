"""What is kept for a playbook while it lives: environments and compiled conditions. Goes when the playbook goes."""

from __future__ import annotations

import weakref
from dataclasses import field
from typing import Any

from engine.expressions.program import environment
from engine.expressions.scope import Scope
from engine.frozen import changeable
from engine.model import Playbook


@changeable
class Memory:
    """`conditions` by (text, record); `environments` by record (None: no row)."""

    conditions: dict[tuple[str, str | None], Any] = field(default_factory=dict)
    environments: dict[str | None, Any] = field(default_factory=dict)

    def environment(self, scope: Scope) -> Any:
        """The environment of every name open in `scope`. Making one costs more than compiling a condition in it."""
        key = scope.record.id if scope.record else None
        found = self.environments.get(key)
        if found is None:
            declared = {name: kind for name in scope.names() if (kind := scope.kind(name)) is not None}
            found = self.environments[key] = environment(declared)
        return found


_memories: dict[int, tuple[weakref.ref[Playbook], Memory]] = {}


def memory_of(book: Playbook) -> Memory:
    """A playbook is not hashable (it holds maps), so it is known by its identity and watched until it is collected."""
    key = id(book)
    entry = _memories.get(key)
    if entry is not None and entry[0]() is book:
        return entry[1]
    memory = Memory()
    _memories[key] = (weakref.ref(book, lambda _: _memories.pop(key, None)), memory)
    return memory
