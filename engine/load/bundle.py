"""A bundle: everything of a playbook that a pilot started with, as one text with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from engine.build import build, item_id
from engine.frozen import cached, frozen
from engine.model import Playbook
from engine.text import Language

Overlay = Mapping[str, str]  # dotted path → text

# Lists whose items are addressed by id, and the name of the id an item without one has.
LISTS = {"gate": "gate", "after_time": "timer", "starts": "start"}


@frozen
class Bundle:
    """`data` is the resolved playbook (after `extends`), `overlays` its texts in other languages (dotted path → text),
    `sources` the text of every file that was read, `templates` that of the templates beside the playbook."""

    id: str
    version: str
    data: dict[str, Any]
    overlays: dict[str, dict[str, str]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Canonical JSON: the same bundle is always the same text (sorted keys, no spaces, no escapes).

        The order of `data` matters (stages, tasks, options), so it is kept as a text inside.
        """
        content = {
            "id": self.id,
            "version": self.version,
            "data": _compact(self.data, sort=False),
            "overlays": self.overlays,
            "sources": self.sources,
            "templates": self.templates,
        }
        return _compact(content, sort=True)

    @classmethod
    def from_json(cls, text: str) -> Bundle:
        """The bundle in a text that `to_json` wrote. Raises ValueError for any other."""
        content = json.loads(text)
        return cls(**{**content, "data": json.loads(content["data"])})

    @cached
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, as hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def unpack(bundle: Bundle, language: Language = "zh") -> Playbook:
    """The playbook in a bundle, its texts in `language` where it has them."""
    return build(in_language(bundle.data, bundle.overlays, language))


def in_language(data: dict[str, Any], overlays: Mapping[str, Overlay], language: Language) -> dict[str, Any]:
    """`data` with the texts of the overlay for `language`; the same data when it is in that language or none fits."""
    if str(data.get("language", "zh-CN")).startswith(language):
        return data
    name = next((tag for tag in sorted(overlays) if tag.partition("-")[0] == language), None)
    return data if name is None else applied(data, overlays[name])


def applied(data: dict[str, Any], overlay: Overlay) -> dict[str, Any]:
    """A copy of `data` with the overlay's texts. Paths that lead nowhere are left out."""
    tree: dict[str, Any] = {}
    for dotted, text in overlay.items():
        *steps, last = dotted.split(".")
        node = tree
        for step in steps:
            node = node.setdefault(step, {})
        node[last] = text
    result: dict[str, Any] = _laid_over(data, tree, "")
    return result


def _laid_over(data: Any, tree: dict[str, Any], key: str) -> Any:
    if isinstance(data, dict):
        copy = dict(data)
        for name, part in tree.items():
            if isinstance(part, str):
                copy[name] = part
            elif name in data:
                copy[name] = _laid_over(data[name], part, name)
        return copy
    if isinstance(data, list):
        kind = LISTS.get(key)
        names = [item_id(kind, v, i) if kind else str(i) for i, v in enumerate(data)]
        return [
            part if isinstance(part := tree.get(name), str) else v if part is None else _laid_over(v, part, "")
            for name, v in zip(names, data, strict=True)
        ]
    return data


def _compact(value: object, sort: bool) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort, separators=(",", ":"), allow_nan=False)
