"""Data with mistakes of form → data the checks can still look at, so that an author sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.schema import Finding, acceptable
from engine.source import Path

# Keys whose value can be missing without changing what refers to what.
_HARMLESS = frozenset(
    "title help purpose language version goal done_when duties else fix unit due takes evidence required approval "
    "skippable reason count min max integer currency max_length max_items max_words formats direction target window "
    "gated auto default".split()
)


def repaired(data: dict[str, Any], findings: Iterable[Finding]) -> dict[str, Any] | None:
    """`data` without the values that were found wrong, and with misspelt keys put right.

    None when too much is wrong: without that part, whatever else is found would be a consequence of it.
    """
    for finding in findings:
        key = next((step for step in reversed(finding.path) if isinstance(step, str)), None)
        if not finding.unknown and key not in _HARMLESS:
            return None
        if finding.path and _exists(data, finding.path):
            data = _without(data, finding.path, finding.meant)
    # Nothing that is left may be of a wrong form. What is missing has been looked at above, so the loose schema will do.
    head = {"version": "0.0.0", "title": "-", "extends": "-"}
    return data if acceptable(head | data, "variant") else None


def _exists(data: Any, path: Path) -> bool:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _without(data: Any, path: Path, meant: str | None) -> Any:
    """A copy along the path, without the value at its end, or with it under the key that was meant.

    An item of a list takes the whole list with it, so that the numbers of the others do not change.
    """
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_without(v, rest, meant) if i == step else v for i, v in enumerate(data)]
    if rest and not (len(rest) == 1 and isinstance(rest[0], int)):
        return {k: _without(v, rest, meant) if k == step else v for k, v in data.items()}
    if meant is not None and meant not in data:
        return {meant if k == step else k: v for k, v in data.items()}
    return {k: v for k, v in data.items() if k != step}
