"""`extends`: a base pack and what a hospital adds. A variant adds rules, patterns and words and raises severities;
what would loosen a statutory block is a Problem at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.compliance.model import CHANNELS, PURPOSES
from engine.errors import Problem
from engine.nearest import suggestion
from engine.source import Path, Source
from engine.text import Message, say

_RANK = {"warn": 0, "block": 1}
_ADDED = ("find", "basis", "detect", "when")  # lists of a rule that grow
_LOOSENING = ("exempt", "evidence", "lifts", "ask", "missing")
_TEXTS = ("title", "explanation", "rewrite")
_CLASS = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NOT = re.compile(r"[!~]\(([^)]*)\)")
Origin = dict[Path, tuple[Source, Path]]


def merge(base: Mapping[str, Any], origin: Origin, over: Source) -> tuple[dict[str, Any], Origin, list[Problem]]:
    """The merged data, where each part of it stands, and the Problems of `over` against `base`."""
    merger = _Merger(base, origin, over)
    return merger.merged(), merger.origin, merger.problems


class _Merger:
    def __init__(self, base: Mapping[str, Any], origin: Origin, over: Source) -> None:
        self.base, self.origin, self.over = base, dict(origin), over
        self.problems: list[Problem] = []

    def merged(self) -> dict[str, Any]:
        data: dict[str, Any] = {**self.base}
        data |= {k: v for k, v in self.over.data.items() if k in ("pack", "title", "as_of", "note")}
        for key in ("examples", "examples_end", "publishing"):
            data[key] = self._longer((key,), (key,))
        if self.over.data.get("examples"):
            self._loosens(("examples",), say("反面例子的标记", "marks of don't-examples"))
        data["classes"] = self._classes()
        data["contexts"] = self._contexts()
        for group in ("rules", "conditions"):
            data[group] = self._rules(group)
        self._removed(data)
        return data

    def _longer(self, path: Path, new: Path) -> list[Any]:
        """A list of the base with the variant's items behind it."""
        old, more = list(_at(self.base, path) or ()), list(_at(self.over.data, new) or ())
        for index in range(len(more)):
            self.origin[(*path, len(old) + index)] = (self.over, (*new, index))
        return old + more

    def _classes(self) -> dict[str, Any]:
        classes = dict(self.base.get("classes", {}))
        lifting = lifting_classes(self.base)
        for name, words in self.over.data.get("classes", {}).items():
            if name in classes:
                if name in lifting:
                    self._loosens(("classes", name), say("词类“{name}”", "the class '{name}'", name=name))
                old = classes[name]
                classes[name] = [
                    *([old] if isinstance(old, str) else old),
                    *([words] if isinstance(words, str) else words),
                ]
            else:
                classes[name] = words
            self.origin[("classes", name)] = (self.over, ("classes", name))
        return classes

    def _contexts(self) -> dict[str, Any]:
        contexts = dict(self.base.get("contexts", {}))
        for name, parts in self.over.data.get("contexts", {}).items():
            if name in contexts:
                if any(_is_statutory(rule) and name in _names_in(rule) for _, rule in self._base_rules()):
                    self._loosens(("contexts", name), say("语境“{name}”", "the context '{name}'", name=name))
                contexts[name] = self._longer(("contexts", name), ("contexts", name))
            else:
                contexts[name] = parts
                self.origin[("contexts", name)] = (self.over, ("contexts", name))
        return contexts

    def _rules(self, group: str) -> dict[str, Any]:
        rules = dict(self.base.get(group, {}))
        for name, change in self.over.data.get(group, {}).items():
            path: Path = (group, name)
            if name not in rules:
                rules[name] = change
                self.origin[path] = (self.over, path)
                continue
            rules[name] = self._changed(path, rules[name], change)
        return rules

    def _changed(self, path: Path, old: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
        rule = dict(old)
        if _is_statutory(old):
            self._refuse(path, old, change)
        for key, value in change.items():
            if key in _ADDED or key in ("exempt", "evidence", "missing"):
                rule[key] = self._longer((*path, key), (*path, key))
            elif key == "lifts":
                rule[key] = list(dict.fromkeys([*old.get(key, ()), *value]))
            elif key == "en":
                rule[key] = {**old.get(key, {}), **value}
            else:
                rule[key] = value
            self.origin.setdefault((*path, key), (self.over, (*path, key)))
        return rule

    def _refuse(self, path: Path, old: Mapping[str, Any], change: Mapping[str, Any]) -> None:
        """Everything by which a statutory block would say less than the law."""
        name = str(path[1])
        if _RANK[change.get("severity", "block")] < _RANK["block"]:
            self._loosens((*path, "severity"), say("{name} 的级别", "the severity of {name}", name=name))
        if change.get("statutory") is False:
            self._loosens((*path, "statutory"), say("{name} 的 statutory", "'statutory' of {name}", name=name))
        for key, every in (("channels", CHANNELS), ("purposes", PURPOSES)):
            if key in change and not set(old.get(key, every)) <= set(change[key]):
                self._loosens((*path, key), say("{name} 的适用范围", "where {name} applies", name=name))
        for key in _LOOSENING:
            if change.get(key):
                self._loosens((*path, key), say("{name} 的 {key}", "'{key}' of {name}", name=name, key=key))

    def _removed(self, data: dict[str, Any]) -> None:
        for index, name in enumerate(self.over.data.get("remove", ())):
            group = next((g for g in ("rules", "conditions") if name in self.base.get(g, {})), None)
            place = self.over.place(("remove", index))
            if group is None:
                known = [n for g in ("rules", "conditions") for n in self.base.get(g, {})]
                message = say("没有规则“{name}”，去不掉", "there is no rule '{name}' to remove", name=name)
                self.problems.append(Problem(place, "unknown-path", message, suggestion(name, known)))
            elif _is_statutory(self.base[group][name]):
                self._loosens(("remove", index), say("规则 {name}", "the rule {name}", name=name))
            else:
                data[group] = {n: r for n, r in data[group].items() if n != name}

    def _base_rules(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for group in ("rules", "conditions"):
            yield from self.base.get(group, {}).items()

    def _loosens(self, path: Path, what: Message) -> None:
        place = self.over.place(path, "key")
        place = place if place.line else self.over.place(path)
        message = say(
            "{what}：法律规定的拦截不能放宽", "{what}: a block that the law requires cannot be loosened", what=what
        )
        hint = say(
            "变体只能增加规则、增加写法、提高级别；某一篇的误报，写明理由和姓名后单独放行",
            "a variant may add rules and patterns and raise severities; a false hit is waived for one piece, with a reason and a name",
        )
        self.problems.append(Problem(place, "loosens-statutory", message, hint))


def _is_statutory(rule: Mapping[str, Any]) -> bool:
    return bool(rule.get("statutory")) and rule.get("severity") == "block"


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _names_in(rule: Mapping[str, Any]) -> set[str]:
    """Contexts that lift findings of a rule."""
    found = set(rule.get("lifts", ()))
    for item in (*rule.get("find", ()), *rule.get("detect", ())):
        if isinstance(item, dict):
            found |= {*item.get("lifts", ()), *item.get("needs", ())}
    return found


def lifting_classes(data: Mapping[str, Any]) -> set[str]:
    """Classes whose words can lift a finding: used in a context, an exemption, evidence, `unless` or a `!( )`; and
    `public`, which says that not the own hospital is spoken of."""
    texts: list[str] = ["{public}"]
    for parts in data.get("contexts", {}).values():
        for part in parts:
            texts += [*_finds(part["find"]), *part.get("unless", ())]
    texts += [*_finds(data.get("examples", ())), *_finds(data.get("examples_end", ()))]
    for rule in data.get("rules", {}).values():
        for key in ("exempt", "evidence", "missing"):
            texts += _finds(rule.get(key, ()))
        for item in rule.get("find", ()):
            if isinstance(item, dict):
                texts += item.get("unless", ())
        texts += [inner for text in _finds(rule.get("find", ())) for inner in _NOT.findall(text)]
    classes = data.get("classes", {})
    found: set[str] = set()
    waiting = [name for text in texts for name in _CLASS.findall(text)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in classes:
            found.add(name)
            words = classes[name]
            waiting += [n for row in ([words] if isinstance(words, str) else words) for n in _CLASS.findall(row)]
    return found


def _finds(items: Any) -> list[str]:
    texts: list[str] = []
    for item in items:
        find = item["find"] if isinstance(item, dict) else item
        texts += [find] if isinstance(find, str) else find
    return texts
