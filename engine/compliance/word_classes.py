"""Which word classes of a pack stand in a text: its words are looked up; an expression is compiled, and searched for, only
for an entry that is a small pattern, and only where that may fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from engine.compliance.patterns import Node, rarest


class ClassFinder:
    """Classes by name, each a choice (`patterns.choice_of`)."""

    def __init__(self, classes: Mapping[str, Node]) -> None:
        self.classes = classes
        self.small: dict[str, Node] = {}  # of a class those entries that are small patterns
        self.words: dict[str, list[tuple[str, str]]] = {}  # the beginning of a word → the word, its class
        self.always: list[str] = []
        self.by_key: dict[str, list[str]] = {}  # what a small pattern needs → its class
        self.ready: dict[str, re.Pattern[str]] = {}
        for name, node in classes.items():
            for word in node.words:
                self.words.setdefault(word[:2], []).append((word, name))
            if not node.choices:
                continue
            self.small[name] = Node("choice", choices=node.choices)
            keys = rarest((self.small[name],))
            if keys is None:
                self.always.append(name)
            for key in keys or ():
                self.by_key.setdefault(key, []).append(name)

    def standing_in(self, text: str) -> set[str]:
        """The names of those that stand in a plain text."""
        keys = {*text, *map("".join, pairwise(text))}
        found = {name for key in self.words.keys() & keys for word, name in self.words[key] if word in text}
        possible = {*self.always, *(name for key in self.by_key.keys() & keys for name in self.by_key[key])}
        return found | {name for name in possible - found if self._expression(name).search(text)}

    def _expression(self, name: str) -> re.Pattern[str]:
        if name not in self.ready:
            self.ready[name] = re.compile(self.small[name].expression)
        return self.ready[name]
