"""The schema of a variant, made from the schema of a playbook: the same keys and forms, but nothing is required."""

from __future__ import annotations

from typing import Any

_TOP_REQUIRED = ("playbook", "version", "title", "extends")
_DROPPED = frozenset({"required", "minProperties", "dependencies"})


def loosen(strict: dict[str, Any]) -> dict[str, Any]:
    """A schema for files with `extends`: they say only what differs from the playbook they change.

    What remains required is said once, at the top. The result of merging is held to the strict schema.
    """
    definitions = {name: _loose(part) for name, part in strict["definitions"].items()}
    definitions["playbook"]["required"] = list(_TOP_REQUIRED)
    return {"$ref": "#/definitions/playbook", "definitions": definitions}


def _loose(part: Any, names: bool = False) -> Any:
    """`names`: the keys of this object are the author's (properties), not the schema's."""
    if isinstance(part, list):
        return [_loose(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _loose(value, names=not names and key in ("properties", "definitions"))
        for key, value in part.items()
        if names or key not in _DROPPED
    }
