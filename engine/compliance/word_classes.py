"""Which word classes of a pack stand in a text: an expression is compiled, and searched for, only where it may fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from engine.compliance.patterns import Node, rarest


class ClassFinder:
    """Classes by name, each a choice (`patterns.choice_of`)."""

    def __init__(self, classes: Mapping[str, Node]) -> None:
        self.classes = classes
        self.always: list[str] = []
        self.by_key: dict[str, list[str]] = {}
        self.ready: dict[str, re.Pattern[str]] = {}
        for name, node in classes.items():
            keys = rarest((node,))
            if keys is None:
                self.always.append(name)
            for key in keys or ():
                self.by_key.setdefault(key, []).append(name)

    def standing_in(self, text: str) -> set[str]:
        """The names of those that stand in a plain text."""
        keys = self.by_key.keys() & {*text, *map("".join, pairwise(text))}
        possible = {*self.always, *(name for key in keys for name in self.by_key[key])}
        return {name for name in possible if self._expression(name).search(text)}

    def _expression(self, name: str) -> re.Pattern[str]:
        if name not in self.ready:
            self.ready[name] = re.compile(self.classes[name].expression)
        return self.ready[name]
