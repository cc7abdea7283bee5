"""A pack made ready for searching: which patterns a sentence can fit at all is told by the pairs of characters in it.

Each part that a pattern needs gives a set of pairs, one of which must be there. Of a sentence the pairs are looked up
once; only patterns all of whose parts may be there are searched for, each expression compiled at its first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from engine.compliance.model import ContextPart, Pack, Pattern, Rule, Where
from engine.compliance.patterns import BUILT_IN, Node, Sequence_, choice_of, expression, keys, parse, rarest
from engine.frozen import cached, frozen

Bits = tuple[int, tuple[int, ...]]  # of parts; numbers of patterns


@frozen
class Searcher:
    """One pattern, and the bits of the parts it needs. Its expression is made when first asked for."""

    pattern: Pattern
    nodes: Sequence_
    need: int

    @cached
    def regex(self) -> re.Pattern[str]:
        return re.compile(expression(self.nodes), re.DOTALL)

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
    near_need: int  # the bits that all of `near` need together, of the sentence and those beside it

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
    """`pairs` and `characters` lead to the bits of the parts they may be, and to the patterns whose rarest part they
    may be."""

    pairs: Mapping[tuple[str, str], Bits]
    characters: Mapping[str, Bits]
    always: tuple[int, ...]
    width: int  # of a mask, in bits
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
        mask, candidates = 0, list(self.always)
        for bits, first in filter(None, map(self.pairs.get, pairwise(text))):
            mask |= bits
            if first:
                candidates += first
        for bits, first in filter(None, map(self.characters.get, set(text))):
            mask |= bits
            if first:
                candidates += first
        return mask, candidates


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
        self.done: dict[str, Node] = {}
        self.busy: set[str] = set()

    def __call__(self, name: str) -> Node | None:
        if name in self.done:
            return self.done[name]
        if name not in self.entries or name in self.busy or name in BUILT_IN:
            return None
        self.busy.add(name)
        found = choice_of(self.entries[name], self)
        self.busy.remove(name)
        self.done[name] = found
        return found


class _Compiler:
    def __init__(self, pack: Pack, hospital: str) -> None:
        self.pack = pack
        self.classes = Classes(pack, hospital) if hospital else pack.parsed_classes
        self.numbers: dict[frozenset[str], int] = {}
        self.made: dict[str, tuple[Sequence_, int, frozenset[str] | None]] = {}
        self.shared: dict[str, Searcher] = {}

    def compiled(self) -> Compiled:
        ready = [self.ready(rule, pattern) for rule in self.pack.rules for pattern in rule.find]
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
        table = {text: (bit, tuple(first.get(text, ()))) for text, bit in bits.items()}
        pairs = {(text[0], text[1]): found for text, found in table.items() if len(text) == 2}
        characters = {text: found for text, found in table.items() if len(text) == 1}
        width = len(self.numbers)
        return Compiled(
            pairs,
            characters,
            tuple(always),
            width,
            tuple(ready),
            groups,
            contexts,
            rest[0],
            rest[1],
            rest[2],
            own,
            public,
        )

    def ready(self, rule: Rule, pattern: Pattern) -> Ready:
        near = self.texts(pattern.near)
        lifts = rule.lifts if pattern.lifts is None else pattern.lifts
        return Ready(
            rule,
            self.one(pattern),
            self.together(pattern.unless),
            near,
            tuple(n for n in lifts if n not in pattern.despite),
            reduce(or_, (search.need for search in near), 0),
        )

    def one(self, pattern: Pattern) -> Searcher:
        if pattern.find not in self.made:
            nodes = parse(pattern.find, self.classes)
            need = 0
            for part in keys(nodes):
                need |= 1 << self.numbers.setdefault(part, len(self.numbers))
            self.made[pattern.find] = (nodes, need, rarest(nodes))
        nodes, need, _ = self.made[pattern.find]
        return Searcher(pattern, nodes, need)

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
