"""`extends`: a base and what differs → one playbook. Maps merge by id, lists and single values are replaced, lists of
items with `id` (gates, timers, starts) merge by that id; an item without one is added.

What `remove` names is taken from the base before the differences are laid over it: removing and writing again replaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.build import GATE_KINDS, item_id
from engine.errors import Problem
from engine.load.bundle import LISTS
from engine.load.resolved import Origin, Resolved
from engine.nearest import suggestion
from engine.source import Path, Source
from engine.text import say

_OWN = ("extends", "remove")  # keys of a variant that are not part of the result
_COMMON = frozenset({"id", "else", "by", "fix"})  # keys that every kind of gate item has


def merge(base: Resolved, variant: Source) -> tuple[Resolved, list[Problem]]:
    """The resolved variant; problems of its `remove` list. Neither `base` nor the variant needs to be valid."""
    removed, problems = _removals(base, variant)
    merger = _Merger(base, variant, removed)
    over = {key: value for key, value in variant.data.items() if key not in _OWN}
    data = merger.maps(base.data, (), over, (), ())
    merger.origin[()] = (variant, ())
    return Resolved(data, variant, merger.origin, (*base.files, variant)), problems


class _Merger:
    def __init__(self, base: Resolved, variant: Source, removed: frozenset[Path]) -> None:
        self.base, self.variant, self.removed = base, variant, removed
        self.origin: dict[Path, Origin] = {}

    def maps(self, base: dict[str, Any], old: Path, over: dict[str, Any], new: Path, path: Path) -> dict[str, Any]:
        """`old`, `new` and `path` are the same place in the base, the variant and the result."""
        self._note_base(old, path)
        merged: dict[str, Any] = {}
        for key, value in base.items():
            here = (*old, key)
            if here in self.removed or (not path and key in _OWN):
                continue
            if key in over:
                merged[key] = self._both(value, here, over[key], (*new, key), (*path, key))
            else:
                merged[key] = self._from_base(value, here, (*path, key))
        for key, value in over.items():
            if key not in merged:
                merged[key] = self._from_variant(value, (*new, key), (*path, key))
        return merged

    def _both(self, base: Any, old: Path, over: Any, new: Path, path: Path) -> Any:
        if isinstance(base, dict) and isinstance(over, dict):
            return self.maps(base, old, over, new, path)
        kind = LISTS.get(str(path[-1]))
        if kind and isinstance(base, list) and isinstance(over, list):
            return self._lists(kind, base, old, over, new, path)
        return self._from_variant(over, new, path)

    def _lists(self, kind: str, base: list[Any], old: Path, over: list[Any], new: Path, path: Path) -> list[Any]:
        """Ids that items of the base have by their position are written out, so that they stay what they were."""
        self._note_base(old, path)
        merged: list[Any] = []
        changes = {v["id"]: i for i, v in enumerate(over) if isinstance(v, dict) and isinstance(v.get("id"), str)}
        for index, item in enumerate(base):
            if (*old, index) in self.removed:
                continue
            name = item_id(kind, item, index)
            here = (*path, len(merged))
            change = changes.pop(name, None)
            if not isinstance(item, dict):
                merged.append(self._from_base(item, (*old, index), here))
            elif change is None:
                merged.append({"id": name} | self._from_base(item, (*old, index), here))
            else:
                kept = _fitting(item, over[change]) if kind == "gate" else item
                merged.append({"id": name} | self.maps(kept, (*old, index), over[change], (*new, change), here))
        number = len(base)
        for index, item in enumerate(over):
            if isinstance(item, dict) and isinstance(item.get("id"), str) and item["id"] not in changes:
                continue
            here = (*path, len(merged))
            added = self._from_variant(item, (*new, index), here)
            if isinstance(added, dict) and "id" not in added:
                number += 1
                added = {"id": f"{kind}_{number}"} | added
            merged.append(added)
        return merged

    def _from_base(self, value: Any, old: Path, path: Path) -> Any:
        self._note_base(old, path)
        if isinstance(value, dict):
            return {
                k: self._from_base(v, (*old, k), (*path, k)) for k, v in value.items() if (*old, k) not in self.removed
            }
        if isinstance(value, list):
            kind = LISTS.get(str(old[-1])) if any((*old, i) in self.removed for i in range(len(value))) else None
            if kind:
                return self._lists(kind, value, old, [], (), path)
            kept = [i for i in range(len(value)) if (*old, i) not in self.removed]
            return [self._from_base(value[i], (*old, i), (*path, n)) for n, i in enumerate(kept)]
        return value

    def _from_variant(self, value: Any, new: Path, path: Path) -> Any:
        self.origin[path] = (self.variant, new)
        if isinstance(value, dict):
            return {k: self._from_variant(v, (*new, k), (*path, k)) for k, v in value.items()}
        if isinstance(value, list):
            return [self._from_variant(v, (*new, i), (*path, i)) for i, v in enumerate(value)]
        return value

    def _note_base(self, old: Path, path: Path) -> None:
        found = self.base.origin_of(old)
        if found is not None:
            self.origin[path] = found


def _fitting(item: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """What stays of a gate item when a change says another kind of condition: only what all kinds have."""
    kind = next((k for k in GATE_KINDS if k in change), None)
    if kind is None or kind in item:
        return item
    return {k: v for k, v in item.items() if k in _COMMON}


def _removals(base: Resolved, variant: Source) -> tuple[frozenset[Path], list[Problem]]:
    asked = variant.data.get("remove")
    found: set[Path] = set()
    problems: list[Problem] = []
    for index, dotted in enumerate(asked if isinstance(asked, list) else ()):
        if not isinstance(dotted, str):
            continue  # the schema reports it
        path = find_path(base.data, dotted)
        if path is not None:
            found.add(path)
            continue
        message = say("没有“{path}”，去不掉", "there is no '{path}' to remove", path=dotted)
        hint = suggestion(dotted, _neighbours(base.data, dotted))
        problems.append(Problem(variant.place(("remove", index)), "unknown-path", message, hint))
    return frozenset(found), problems


def find_path(data: Any, dotted: str) -> Path | None:
    """The path that a dotted one means in `data`: items of lists by id (or, for plain texts, by the text)."""
    path: Path = ()
    for step in dotted.split("."):
        if isinstance(data, dict) and step in data:
            path, data = (*path, step), data[step]
        elif isinstance(data, list):
            names = list(_names(data, str(path[-1])))
            if step not in names:
                return None
            path, data = (*path, names.index(step)), data[names.index(step)]
        else:
            return None
    return path


def _names(items: list[Any], key: str) -> Iterator[str]:
    kind = LISTS.get(key, key)
    for index, item in enumerate(items):
        yield item if isinstance(item, str) else item_id(kind, item, index)


def _neighbours(data: Any, dotted: str) -> list[str]:
    """Dotted paths that exist where `dotted` goes astray; all of the same length first."""
    steps = dotted.split(".")
    for length in range(len(steps) - 1, -1, -1):
        around = ".".join(steps[:length])
        path = find_path(data, around) if around else ()
        if path is None:
            continue
        for step in path:
            data = data[step]
        inside = (
            list(data)
            if isinstance(data, dict)
            else list(_names(data, str(path[-1])))
            if isinstance(data, list)
            else []
        )
        return [f"{around}.{name}" if around else name for name in inside]
    return []
