"""Checked plain data of a pack → model, with the place of every rule, pattern and class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.compliance.model import (
    CHANNELS,
    PURPOSES,
    Basis,
    ConditionRule,
    Context,
    ContextPart,
    Detection,
    Pack,
    Pattern,
    Rule,
    WordClass,
    Words,
)
from engine.errors import Place
from engine.source import Path

PlaceOf = Callable[[Path], Place]
_TEXTS = ("title", "explanation", "rewrite")


def build_pack(data: Mapping[str, Any], place: PlaceOf, texts: Mapping[str, str]) -> Pack:
    """`data` is a whole pack (what it extends already merged in) that the schema accepted; `place` tells where the
    value at a path stands."""
    return Pack(
        id=data["pack"],
        title=data["title"],
        as_of=data.get("as_of", ""),
        note=data.get("note", ""),
        rules=tuple(_rule(name, part, place) for name, part in data.get("rules", {}).items()),
        conditions=tuple(_condition(name, part, place) for name, part in data.get("conditions", {}).items()),
        classes=tuple(
            WordClass(name, entries(words), place(("classes", name))) for name, words in data.get("classes", {}).items()
        ),
        contexts=tuple(_context(name, parts, place) for name, parts in data.get("contexts", {}).items()),
        examples=_patterns(data.get("examples", ()), ("examples",), place),
        examples_end=_patterns(data.get("examples_end", ()), ("examples_end",), place),
        publishing=_patterns(data.get("publishing", ()), ("publishing",), place),
        texts=texts,
    )


def entries(words: str | list[str]) -> tuple[str, ...]:
    """The words of a class: a text is split at spaces, and so is each item of a list."""
    rows = [words] if isinstance(words, str) else words
    return tuple(dict.fromkeys(word for row in rows for word in row.split()))


def _rule(name: str, part: Mapping[str, Any], place: PlaceOf) -> Rule:
    path: Path = ("rules", name)
    return Rule(
        id=name,
        severity=part["severity"],
        words=_words(part),
        en=_words(part.get("en", {}), part),
        basis=_basis(part["basis"]),
        place=place(path),
        statutory=part.get("statutory", False),
        channels=tuple(part.get("channels", CHANNELS)),
        purposes=tuple(part.get("purposes", PURPOSES)),
        find=_patterns(part.get("find", ()), (*path, "find"), place),
        exempt=_patterns(part.get("exempt", ()), (*path, "exempt"), place),
        evidence=_patterns(part.get("evidence", ()), (*path, "evidence"), place),
        missing=_patterns(part.get("missing", ()), (*path, "missing"), place),
        lifts=tuple(part.get("lifts", ())),
        detect=tuple(
            Detection(d["what"], place((*path, "detect", i)), tuple(d.get("lifts", ())), tuple(d.get("needs", ())))
            for i, d in enumerate(part.get("detect", ()))
        ),
        ask=part.get("ask", ""),
    )


def _condition(name: str, part: Mapping[str, Any], place: PlaceOf) -> ConditionRule:
    return ConditionRule(
        id=name,
        severity=part["severity"],
        words=_words(part),
        en=_words(part.get("en", {}), part),
        basis=_basis(part["basis"]),
        when=tuple(tuple((fact, _wanted(value)) for fact, value in case.items()) for case in part["when"]),
        place=place(("conditions", name)),
        statutory=part.get("statutory", False),
        channels=tuple(part.get("channels", CHANNELS)),
        purposes=tuple(part.get("purposes", PURPOSES)),
    )


def _wanted(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(part: Mapping[str, Any], otherwise: Mapping[str, Any] | None = None) -> Words:
    title, explanation, rewrite = (part.get(key, (otherwise or part).get(key, "")) for key in _TEXTS)
    return Words(title, explanation, rewrite)


def _basis(items: list[Mapping[str, str]]) -> tuple[Basis, ...]:
    return tuple(Basis(b["law"], b["articles"], b["in_force"], b.get("note", "")) for b in items)


def _patterns(items: list[Any] | tuple[()], path: Path, place: PlaceOf) -> tuple[Pattern, ...]:
    found: list[Pattern] = []
    for index, item in enumerate(items):
        here: Path = (*path, index)
        if isinstance(item, str):
            found.append(Pattern(item, place(here)))
            continue
        single = isinstance(item["find"], str)
        for number, text in enumerate([item["find"]] if single else item["find"]):
            where: Path = (*here, "find") if single else (*here, "find", number)
            found.append(
                Pattern(
                    text,
                    place(where),
                    tuple(item.get("unless", ())),
                    tuple(item.get("channels", ())),
                    tuple(item["lifts"]) if "lifts" in item else None,
                    tuple(item.get("despite", ())),
                    item.get("own", False),
                    tuple(item.get("near", ())),
                    tuple(item.get("yields", ())),
                )
            )
    return tuple(found)


def _context(name: str, parts: list[Mapping[str, Any]], place: PlaceOf) -> Context:
    path: Path = ("contexts", name)
    return Context(
        name,
        tuple(
            ContextPart(
                part["where"],
                _patterns(part["find"], (*path, i, "find"), place),
                tuple(part.get("unless", ())),
                part.get("reach", 12),
            )
            for i, part in enumerate(parts)
        ),
        place(path),
    )
