"""Frozen values of a compliance pack and of what a scan finds; data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from engine.errors import NOWHERE, Place
from engine.frozen import cached, frozen

if TYPE_CHECKING:
    from engine.compliance.compiled import Classes, Compiled
    from engine.compliance.second import Second
    from engine.compliance.word_classes import ClassFinder

Severity = Literal["warn", "block"]
Channel = Literal["ad", "kepu", "self_media", "news", "internal"]
Purpose = Literal["disclosure", "education", "promotion", "training", "academic"]
Where = Literal["before", "ahead", "after", "clause", "sentence", "text"]
Detector = Literal["resident_ids", "mobiles", "records", "names", "quasi", "outside"]

CHANNELS: tuple[Channel, ...] = ("ad", "kepu", "self_media", "news", "internal")
PURPOSES: tuple[Purpose, ...] = ("disclosure", "education", "promotion", "training", "academic")


@frozen
class Basis:
    """A law with its articles and the day from which this text of it is in force. `note` says what was not read."""

    law: str
    articles: str
    in_force: str
    note: str = ""

    def __str__(self) -> str:
        note = f"；{self.note}" if self.note else ""
        return f"《{self.law}》{self.articles}（{self.in_force}起施行{note}）"


@frozen
class Words:
    """The texts of a rule in one language."""

    title: str
    explanation: str
    rewrite: str


@frozen
class Pattern:
    """One way in which a rule is broken. `lifts` are the contexts in which it is not (None: those of its rule);
    `despite` names contexts of the rule that do not help here; `own` asks that the own hospital is spoken of, `near` that
    each of these stands in the same sentence or one next to it. Where a rule of `yields` finds something in the sentence,
    this pattern adds nothing."""

    find: str
    place: Place = NOWHERE
    unless: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    lifts: tuple[str, ...] | None = None
    despite: tuple[str, ...] = ()
    own: bool = False
    near: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()


@frozen
class Detection:
    """What no pattern can say: a number with a check digit, a name, facts that together point at one person.
    `needs` are contexts one of which must be there, `lifts` those in which it does not count."""

    what: Detector
    place: Place = NOWHERE
    lifts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@frozen
class Rule:
    """A text rule. `exempt` are spans that never count, `evidence` what lifts a finding when the text states it, and
    `missing` what the whole text must show."""

    id: str
    severity: Severity
    words: Words
    en: Words
    basis: tuple[Basis, ...]
    place: Place = NOWHERE
    statutory: bool = False
    channels: tuple[str, ...] = CHANNELS
    purposes: tuple[str, ...] = PURPOSES
    find: tuple[Pattern, ...] = ()
    exempt: tuple[Pattern, ...] = ()
    evidence: tuple[Pattern, ...] = ()
    missing: tuple[Pattern, ...] = ()
    lifts: tuple[str, ...] = ()
    detect: tuple[Detection, ...] = ()
    ask: str = ""

    @property
    def basis_text(self) -> str:
        return "；".join(str(b) for b in self.basis)


@frozen
class ConditionRule:
    """A rule over facts of a piece: it is broken when, in one of the cases `when`, every fact is as said there."""

    id: str
    severity: Severity
    words: Words
    en: Words
    basis: tuple[Basis, ...]
    when: tuple[tuple[tuple[str, str], ...], ...]
    place: Place = NOWHERE
    statutory: bool = False
    channels: tuple[str, ...] = CHANNELS
    purposes: tuple[str, ...] = PURPOSES

    @property
    def basis_text(self) -> str:
        return "；".join(str(b) for b in self.basis)


@frozen
class WordClass:
    """A name for words (and small patterns) that mean the same to a rule."""

    name: str
    entries: tuple[str, ...]
    place: Place = NOWHERE


@frozen
class ContextPart:
    """Words that change what is said near them: `before` the span in its clause (within `reach`), `ahead` of it in its
    sentence, `after` it, anywhere in its `clause`, `sentence` or in the `text`."""

    where: Where
    find: tuple[Pattern, ...]
    unless: tuple[str, ...] = ()
    reach: int = 12


@frozen
class Context:
    """A way of saying something without asserting it: negation, a ban, an aim, a question, a source given, …"""

    name: str
    parts: tuple[ContextPart, ...]
    place: Place = NOWHERE


@frozen
class Pack:
    """A rule pack, whole."""

    id: str
    title: str
    as_of: str
    note: str
    rules: tuple[Rule, ...]
    conditions: tuple[ConditionRule, ...]
    classes: tuple[WordClass, ...]
    contexts: tuple[Context, ...]
    examples: tuple[Pattern, ...] = ()
    examples_end: tuple[Pattern, ...] = ()
    publishing: tuple[Pattern, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)
    second: Second | None = field(default=None, compare=False)

    @cached
    def rules_by_id(self) -> dict[str, Rule]:
        """The text rules by id."""
        return {rule.id: rule for rule in self.rules}

    def rule(self, name: str) -> Rule | ConditionRule:
        """Raises KeyError for a rule that the pack does not have."""
        return self._by_id[name]

    @cached
    def _by_id(self) -> dict[str, Rule | ConditionRule]:
        every: tuple[Rule | ConditionRule, ...] = (*self.rules, *self.conditions)
        return {rule.id: rule for rule in every}

    @cached
    def parsed_classes(self) -> Classes:
        """Its word classes, each parsed when it is first named."""
        from engine.compliance.compiled import Classes

        return Classes(self)

    @cached
    def classes_of_second(self) -> ClassFinder:
        """The word classes that the second opinion asks for."""
        from engine.compliance.second import class_finder

        return class_finder(self, self.second.classes if self.second else ())

    @cached
    def compiled(self) -> Compiled:
        """Its patterns, ready to search with; worked out once, each expression at its first use."""
        from engine.compliance.compiled import compile_pack

        return compile_pack(self)


@frozen
class Finding:
    """A rule broken at text[start:end] (Unicode code points). `text` is masked where it shows an identifier."""

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    basis: str
    rewrite: str
    explanation: str
    place_in_document: str = ""
    likened: bool = False  # no pattern: the sentence is like ones that break the rule

    def as_dict(self) -> dict[str, object]:
        """The shape of `--json`."""
        found: dict[str, object] = {
            "rule": self.rule,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "basis": self.basis,
            "rewrite": self.rewrite,
        }
        if self.likened:
            found["second_opinion"] = True
        return found | ({"place": self.place_in_document} if self.place_in_document else {})
