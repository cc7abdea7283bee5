"""YAML → Pack: the file, the pack it extends, and every problem of both at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from engine.compliance.build import build_pack
from engine.compliance.conditions import FACTS, allowed_value
from engine.compliance.extend import Origin, merge
from engine.compliance.model import Pack, Pattern, Rule
from engine.compliance.patterns import BUILT_IN, PatternError, parse
from engine.compliance.second import Second, read_second
from engine.errors import NOWHERE, Place, PlaybookError, Problem, UserError
from engine.frozen import replace
from engine.nearest import suggestion
from engine.resources import playbooks_folder
from engine.schema import validate
from engine.source import Path, Source, read_text
from engine.source import parse as parse_yaml
from engine.text import listed, say

SUFFIXES = (".yaml", ".yml")
_NEEDED = ("title", "severity", "basis", "explanation", "rewrite")
_DEEPEST = 5  # packs that extend one another


def load_pack(ref: str = "medical-ads", folder: FilePath | None = None) -> Pack:
    """A pack by its id (in the workspace's `playbooks/compliance/`, then among the shipped ones) or path.

    Raises PlaybookError with every problem of the file and the packs it extends; UserError `unknown-pack` for an id
    that leads nowhere.
    """
    path = find_pack(ref, folder)
    if path.parent == shipped_folder():
        return _shipped(path)
    return _load(path, folder)


def shipped_folder() -> FilePath:
    return playbooks_folder() / "compliance"


def find_pack(ref: str, folder: FilePath | None = None) -> FilePath:
    """The file of a pack. Raises UserError `unknown-pack`."""
    if "/" in ref or ref.endswith(SUFFIXES):
        return FilePath(ref)
    known = known_packs(folder)
    if ref in known:
        return known[ref]
    raise UserError(
        "unknown-pack",
        say("没有规则包“{ref}”", "there is no compliance pack '{ref}'", ref=ref),
        say("现有：{all}", "there are: {all}", all=listed(sorted(known))),
    )


def known_packs(folder: FilePath | None = None) -> dict[str, FilePath]:
    """Id → file: the shipped packs, and those of the workspace before them."""
    places = [shipped_folder(), *([folder / "playbooks" / "compliance"] if folder is not None else [])]
    return {p.stem: p for place in places for p in sorted(place.glob("*.y*ml")) if p.suffix in SUFFIXES}


@lru_cache(maxsize=4)
def _shipped(path: FilePath) -> Pack:
    """Shipped packs do not change while the program runs, and a test has looked through them: reading them is quick."""
    return _load(path, None, checked=True)


def _load(path: FilePath, folder: FilePath | None, *, checked: bool = False) -> Pack:
    loader = _Loader(folder)
    data, origin = loader.read(path, 0)
    if data is None or any(p.severity == "error" for p in loader.problems):
        raise PlaybookError(loader.problems, loader.texts)

    def place(at: Path) -> Place:
        return _place(origin, at)

    problems = [*loader.problems, *_incomplete(data, place)]
    if problems:
        raise PlaybookError(problems, loader.texts)
    pack = replace(build_pack(data, place, loader.texts), second=_second(loader))
    if checked:
        return pack
    problems = [*_patterns(pack), *_contexts(pack), *_facts(pack)]
    if problems:
        raise PlaybookError(problems, loader.texts)
    return pack


def _second(loader: _Loader) -> Second | None:
    """That of the pack itself, else that of the pack it extends."""
    found = (read_second(FilePath(name)) for name in loader.texts)
    return next((one for one in found if one is not None), None)


class _Loader:
    """Reads a file and what it extends; collects problems and texts."""

    def __init__(self, folder: FilePath | None) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}

    def read(self, path: FilePath, depth: int) -> tuple[dict[str, Any] | None, Origin]:
        try:
            source = parse_yaml(read_text(path), str(path))
        except PlaybookError as error:
            self.problems += error.problems
            self.texts |= error.texts
            return None, {}
        self.texts[source.file] = source.text
        found = validate(source, "compliance")
        self.problems += found
        if found:
            return None, {}
        if "extends" not in source.data:
            return source.data, {(): (source, ())}
        base = self._base(source, path)
        if base is None or depth >= _DEEPEST:
            if base is not None:
                message = say("规则包互相 extends 太多层", "packs extend one another too deeply")
                self.problems.append(Problem(source.place(("extends",)), "extends-cycle", message))
            return None, {}
        below, origin = self.read(base, depth + 1)
        if below is None:
            return None, {}
        data, origin, problems = merge(below, origin, source)
        self.problems += problems
        origin[("pack",)] = (source, ("pack",))
        return data, origin

    def _base(self, source: Source, path: FilePath) -> FilePath | None:
        ref: str = source.data["extends"]
        known = known_packs(self.folder)
        beside = path.parent / ref if ref.endswith(SUFFIXES) else None
        if beside is not None and beside.is_file() and beside.resolve().parent == path.resolve().parent:
            return beside
        if ref in known and known[ref].resolve() != path.resolve():
            return known[ref]
        shipped = shipped_folder() / f"{ref}.yaml"
        if "/" not in ref and shipped.is_file() and shipped.resolve() != path.resolve():
            return shipped
        message = say("没有规则包“{ref}”", "there is no compliance pack '{ref}'", ref=ref)
        self.problems.append(
            Problem(source.place(("extends",)), "unknown-base", message, suggestion(ref, sorted(known)))
        )
        return None


def _place(origin: Origin, path: Path) -> Place:
    """Where the value at `path` of merged data stands: by the nearest part that a file of its own gave."""
    for end in range(len(path), -1, -1):
        if path[:end] in origin:
            source, start = origin[path[:end]]
            here = (*start, *path[end:])
            if len(path) == 2 and path[0] != "classes":
                return source.nearest(here)
            return source.place(here) if source.place(here) != NOWHERE else source.nearest(here)
    return NOWHERE


def _incomplete(data: Mapping[str, Any], place: Any) -> Iterator[Problem]:
    for group, extra in (("rules", ()), ("conditions", ("when",))):
        for name, rule in data.get(group, {}).items():
            for key in (*_NEEDED, *extra):
                if key not in rule:
                    message = say("规则“{name}”缺少 {key}", "the rule '{name}' lacks {key}", name=name, key=key)
                    yield Problem(place((group, name)), "missing-key", message)


def _patterns(pack: Pack) -> Iterator[Problem]:
    """Problems of classes and patterns; what is wrong in a class is told once, at the class."""
    classes = pack.parsed_classes
    bad: set[str] = set()
    for word_class in pack.classes:
        if word_class.name in BUILT_IN:
            message = say("{{{name}}} 是内置的", "{{{name}}} is built in", name=word_class.name)
            yield Problem(word_class.place, "bad-pattern", message)
        for entry in word_class.entries:
            try:
                parse(entry, classes)
            except PatternError as error:
                bad.add(word_class.name)
                yield Problem(word_class.place, "bad-pattern", _in_words(entry, error))
                break
    for pattern in _all_patterns(pack):
        for text in (pattern.find, *pattern.unless, *pattern.near):
            try:
                parse(text, classes)
            except PatternError as error:
                if not any(f"{{{name}}}" in text for name in bad):
                    yield Problem(pattern.place, "bad-pattern", _in_words(text, error), _hint(pack, error))


def _in_words(text: str, error: PatternError) -> Any:
    return say(
        "写法“{text}”第 {n} 个字：{why}",
        "pattern '{text}', character {n}: {why}",
        text=text,
        n=error.at + 1,
        why=error.message,
    )


def _hint(pack: Pack, error: PatternError) -> Any:
    if "class" not in str(error):
        return None
    return suggestion("", sorted(c.name for c in pack.classes))


def _all_patterns(pack: Pack) -> Iterator[Pattern]:
    for rule in pack.rules:
        yield from (*rule.find, *rule.exempt, *rule.evidence, *rule.missing)
    for context in pack.contexts:
        for part in context.parts:
            yield from part.find
            yield from (Pattern(text, context.place) for text in part.unless)
    yield from (*pack.examples, *pack.examples_end, *pack.publishing)


def _contexts(pack: Pack) -> Iterator[Problem]:
    known = [context.name for context in pack.contexts]
    for rule in pack.rules:
        for place, name in _named(rule):
            if name not in known:
                message = say("没有语境“{name}”", "there is no context '{name}'", name=name)
                yield Problem(place, "unknown-context", message, suggestion(name, known))


def _named(rule: Rule) -> Iterator[tuple[Place, str]]:
    yield from ((rule.place, name) for name in rule.lifts)
    for pattern in rule.find:
        yield from ((pattern.place, name) for name in (*(pattern.lifts or ()), *pattern.despite))
    for detection in rule.detect:
        yield from ((detection.place, name) for name in (*detection.lifts, *detection.needs))


def _facts(pack: Pack) -> Iterator[Problem]:
    for rule in pack.conditions:
        for name, value in (pair for case in rule.when for pair in case):
            if name not in FACTS:
                message = say("没有事实“{name}”", "there is no fact '{name}'", name=name)
                yield Problem(rule.place, "unknown-fact", message, suggestion(name, sorted(FACTS)))
            elif not allowed_value(name, value):
                message = say("事实 {name} 不能是“{v}”", "the fact {name} cannot be '{v}'", name=name, v=value)
                yield Problem(rule.place, "not-allowed", message)


__all__ = ["find_pack", "known_packs", "load_pack", "shipped_folder"]
