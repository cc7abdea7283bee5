"""A pack made ready for searching: which patterns a sentence can fit at all is told by the pairs of characters in it.

Each part that a pattern needs gives a set of pairs, one of which must be there. Of a sentence the pairs are looked up
once; only patterns all of whose parts may be there are searched for, each expression compiled at its first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from engine.compliance.model import ContextPart, Pack, Pattern, Rule, Where
from engine.compliance.patterns import BUILT_IN, Sequence_, expression, keys, parse, weight
from engine.frozen import cached, frozen

Key = str | tuple[str, str]  # a character, or a pair as `pairwise` gives it


@frozen
class Searcher:
    """One pattern: the expression, and the bits of the parts it needs."""

    pattern: Pattern
    source: str
    need: int

    @cached
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.source, re.DOTALL)

    def matches(self, text: str, mask: int) -> Iterator[re.Match[str]]:
        """Where it stands in `text`, whose bits are `mask`; the groups of a match are its gaps."""
        if mask & self.need == self.need:
            for match in self.regex.finditer(text):
                if match.end() > match.start():
                    yield match


@frozen
class FoundPart:
    """A `ContextPart` ready for searching."""

    where: Where
    find: tuple[Searcher, ...]
    unless: tuple[Searcher, ...]
    reach: int


@frozen
class Ready:
    """A pattern of a rule with everything that may lift it."""

    rule: Rule
    search: Searcher
    unless: tuple[Searcher, ...]
    near: tuple[Searcher, ...]
    lifts: tuple[str, ...]

    @property
    def pattern(self) -> Pattern:
        return self.search.pattern


@frozen
class Group:
    """The other patterns of a rule."""

    exempt: tuple[Searcher, ...]
    evidence: tuple[Searcher, ...]
    missing: tuple[Searcher, ...]


@frozen
class Compiled:
    """`table` leads from a pair (or character) to the bits of the parts it may be, and to the patterns whose rarest part
    it may be."""

    table: Mapping[Key, tuple[int, tuple[int, ...]]]
    always: tuple[int, ...]
    ready: tuple[Ready, ...]
    groups: Mapping[str, Group]
    contexts: Mapping[str, tuple[FoundPart, ...]]
    examples: tuple[Searcher, ...]
    examples_end: tuple[Searcher, ...]
    publishing: tuple[Searcher, ...]
    own: tuple[Searcher, ...]
    public: tuple[Searcher, ...]

    def mask(self, text: str) -> tuple[int, list[int]]:
        """The bits of a text, and the patterns worth a closer look."""
        pairs: set[Key] = set(pairwise(text))
        pairs.update(text)
        mask, candidates = 0, list(self.always)
        table = self.table
        for key in table.keys() & pairs:
            bits, first = table[key]
            mask |= bits
            if first:
                candidates += first
        return mask, candidates


def _key(text: str) -> Key:
    return (text[0], text[1]) if len(text) == 2 else text


def compile_pack(pack: Pack, hospital: str = "") -> Compiled:
    """Raises PatternError for a pattern that `load` would have refused."""
    return _Compiler(pack, hospital).compiled()


class Classes:
    """Word classes parsed when first named; a class may use others, never itself."""

    def __init__(self, pack: Pack, hospital: str = "") -> None:
        self.entries: dict[str, tuple[str, ...]] = {c.name: c.entries for c in pack.classes}
        if hospital and "own" in self.entries:
            name = re.sub(r"([\\{}()|?!~^$*+\[\].])", r"\\\1", hospital)
            self.entries["own"] = (*self.entries["own"], name)
        self.done: dict[str, tuple[Sequence_, ...]] = {}
        self.busy: set[str] = set()

    def __call__(self, name: str) -> tuple[Sequence_, ...] | None:
        if name in self.done:
            return self.done[name]
        if name not in self.entries or name in self.busy or name in BUILT_IN:
            return None
        self.busy.add(name)
        found = tuple(dict.fromkeys(parse(entry, self) for entry in self.entries[name]))
        self.busy.remove(name)
        self.done[name] = found
        return found


class _Compiler:
    def __init__(self, pack: Pack, hospital: str) -> None:
        self.pack = pack
        self.classes = Classes(pack, hospital) if hospital else pack.parsed_classes
        self.numbers: dict[frozenset[str], int] = {}
        self.made: dict[str, tuple[str, int, frozenset[str] | None]] = {}
        self.shared: dict[str, Searcher] = {}

    def compiled(self) -> Compiled:
        ready = [
            Ready(
                rule,
                self.one(pattern),
                self.together(pattern.unless),
                self.texts(pattern.near),
                tuple(n for n in (rule.lifts if pattern.lifts is None else pattern.lifts) if n not in pattern.despite),
            )
            for rule in self.pack.rules
            for pattern in rule.find
        ]
        first: dict[str, list[int]] = {}
        always = []
        for index, item in enumerate(ready):
            primary = self.made[item.search.pattern.find][2]
            for key in primary or ():
                first.setdefault(key, []).append(index)
            if primary is None:
                always.append(index)
        groups = {
            r.id: Group(self.many(r.exempt), self.many(r.evidence), self.many(r.missing)) for r in self.pack.rules
        }
        contexts = {c.name: tuple(self.part(p) for p in c.parts) for c in self.pack.contexts}
        rest = [self.many(x) for x in (self.pack.examples, self.pack.examples_end, self.pack.publishing)]
        own, public = (
            self.texts((f"{{{name}}}",)) if name in self.classes.entries else () for name in ("own", "public")
        )
        bits: dict[str, int] = {}
        for part, number in self.numbers.items():
            for key in part:
                bits[key] = bits.get(key, 0) | 1 << number
        table = {_key(text): (bit, tuple(first.get(text, ()))) for text, bit in bits.items()}
        return Compiled(table, tuple(always), tuple(ready), groups, contexts, rest[0], rest[1], rest[2], own, public)

    def one(self, pattern: Pattern) -> Searcher:
        if pattern.find not in self.made:
            nodes = parse(pattern.find, self.classes)
            parts = keys(nodes)
            need = 0
            for part in parts:
                need |= 1 << self.numbers.setdefault(part, len(self.numbers))
            self.made[pattern.find] = (expression(nodes), need, min(parts, key=weight, default=None))
        source, need, _ = self.made[pattern.find]
        return Searcher(pattern, source, need)

    def many(self, patterns: Iterable[Pattern]) -> tuple[Searcher, ...]:
        return self.together([pattern.find for pattern in patterns])

    def texts(self, patterns: Iterable[str]) -> tuple[Searcher, ...]:
        return tuple(self.look(text) for text in patterns)

    def together(self, patterns: Sequence[str]) -> tuple[Searcher, ...]:
        """One searcher for several patterns any of which will do: one search instead of many."""
        if not patterns:
            return ()
        return (self.look("|".join(dict.fromkeys(patterns))),)

    def look(self, text: str) -> Searcher:
        """One searcher for equal texts, so that a sentence is looked through for it once."""
        if text not in self.shared:
            self.shared[text] = self.one(Pattern(text))
        return self.shared[text]

    def part(self, part: ContextPart) -> FoundPart:
        return FoundPart(part.where, self.many(part.find), self.together(part.unless), part.reach)
