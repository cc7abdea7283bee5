"""(pack, text, channel, purpose) → findings in order: one for each rule and place, overlapping ones of a rule joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from engine.compliance import names, people
from engine.compliance.clauses import Sentence, Span, example_spans, holds, sentences
from engine.compliance.compiled import Compiled, Ready, compile_pack
from engine.compliance.eight_items import beside_the_items
from engine.compliance.model import Detection, Detector, Finding, Pack, Rule
from engine.compliance.normal import Plain, plain
from engine.compliance.second import MOST, PLAIN, Second, clause_around, sentence_around, units
from engine.compliance.speaker import speaks_of_own
from engine.privacy import Finding as Number
from engine.privacy import find_identifiers

_INTERNAL, _PUBLISHED = "internal", "self_media"  # an order to publish is judged as what would be published
_DIGIT = re.compile(r"\d")
_NUMBERS = frozenset({"resident_ids", "mobiles", "records"})


_LOOKERS: dict[Detector, Callable[[Sentence], Iterable[Span]]] = {
    "resident_ids": lambda sentence: sentence.numbers["resident_ids"],
    "mobiles": lambda sentence: sentence.numbers["mobiles"],
    "records": lambda sentence: sentence.numbers["records"],
    "names": lambda sentence: names.patient_names(sentence.text),
    "quasi": lambda sentence: [span] if (span := people.quasi_span(sentence.text)) else (),
    "outside": lambda sentence: beside_the_items(sentence.text),
}


def scan(
    pack: Pack,
    text: str,
    channel: str,
    purpose: str | None = None,
    *,
    hospital: str = "",
    evidence: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What the text rules of a pack find in `text`. `hospital` is the own hospital's name; `evidence` names what was
    shown beside the text (`source`, `award`, `patent`, …) and lifts the warnings that ask for it."""
    return _Scan(pack, plain(text), text, channel, purpose, hospital, evidence).findings()


@lru_cache(maxsize=8)
def _compiled(name: str, hospital: str, pack: _ById) -> Compiled:
    return compile_pack(pack.pack, hospital)


class _ById:
    """A pack as a key: the same object, not an equal one (comparing all its words would cost more than it saves)."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.pack is other.pack

    def __hash__(self) -> int:
        return id(self.pack)


class _Scan:
    def __init__(
        self,
        pack: Pack,
        body: Plain,
        original: str,
        channel: str,
        purpose: str | None,
        hospital: str,
        evidence: Collection[str],
    ) -> None:
        self.pack, self.body, self.original = pack, body, original
        self.channel, self.purpose, self.evidence = channel, purpose, evidence
        self.compiled = _compiled(pack.id, hospital, _ById(pack)) if hospital else pack.compiled
        self.sentences = list(sentences(body.text, self.compiled))
        self.around = _neighbours(body.text, self.sentences)
        self.examples = example_spans(body.text, self.compiled)
        self.example_starts = [start for start, _ in self.examples]
        self.starts = [s.start for s in self.sentences]
        self.spans: dict[str, list[Span]] = {}
        self.yielding: list[tuple[str, int, int, tuple[str, ...]]] = []
        self.says: dict[str, bool] = {}
        self.likened: set[tuple[str, int]] = set()
        self.lifted: dict[str, list[Span]] = {}  # said, and not asserted: what a pattern has understood is left alone

    def findings(self) -> tuple[Finding, ...]:
        rules = {rule.id: rule for rule in self.pack.rules}
        self._patterns()
        for rule in self.pack.rules:
            if rule.missing:
                self._missing(rule)
            for detection in rule.detect:
                if self._applies(rule, (), None):
                    self._detect(rule, detection)
        self._yield()
        if self.pack.second is not None and len(self.body.text) <= MOST:
            self._second(self.pack.second)
        made = [
            self._finding(rules[name], start, end)
            for name, spans in self.spans.items()
            for start, end in _joined(spans)
        ]
        order = {name: i for i, name in enumerate(rules)}
        return tuple(sorted(made, key=lambda f: (f.start, f.end, order[f.rule])))

    # the second opinion

    def _second(self, second: Second) -> None:
        """What no pattern found and is yet like sentences that break a rule; and hits in sentences that are like none."""
        classes = self.pack.classes_of_second
        for start, end in units(self.body.text):
            text = self.body.text[start:end]
            if any(a < end and start < b for a, b in self.examples):
                continue
            for number, score in enumerate(second.scores(text, self.channel, classes)):
                judge = second.judges[number]
                known = self.spans.get(judge.rule, [])
                here = [span for span in known if span[0] < end and start < span[1]]
                if score < judge.below and here:
                    # A pattern has hit what reads like a lawful sentence in every other respect.
                    gone = [span for span in here if self._doubted(second, number, span)]
                    self.spans[judge.rule] = [span for span in known if span not in gone]
                    continue
                excused = any(span[0] < end and start < span[1] for span in self.lifted.get(judge.rule, ()))
                if (
                    score < judge.above
                    or here
                    or excused
                    or not self._applies(self.pack.rules_by_id[judge.rule], (), None)
                ):
                    continue
                a, b = second.where(text, number, classes)
                self._note(judge.rule, start + a, start + b)
                self.likened.add((judge.rule, start + a))

    def _doubted(self, second: Second, number: int, span: Span) -> bool:
        """Is the sentence of a hit, by itself, like none that breaks the rule? What stands beside it may not excuse it;
        nor what is said in the same sentence, where its clause alone is very like one that does."""
        judge, classes, text = second.judges[number], self.pack.classes_of_second, self.body.text

        def score(place: Span) -> float:
            return second.scores(text[slice(*place)], self.channel, classes)[number]

        return score(sentence_around(text, *span)) < judge.below and score(clause_around(text, *span)) < PLAIN

    # which rules

    def _applies(self, rule: Rule, channels: Sequence[str], sentence: Sentence | None) -> bool:
        """A rule for what is published also holds for an internal order to publish it."""
        if self.purpose is not None and self.purpose not in rule.purposes:
            return False
        if rule.ask and rule.severity == "warn" and rule.ask in self.evidence:
            return False
        if self.channel in (channels or rule.channels):
            return True
        return (
            self.channel == _INTERNAL
            and _PUBLISHED in (channels or rule.channels)
            and sentence is not None
            and any(sentence.has(s) for s in self.compiled.publishing)
        )

    # patterns

    def _patterns(self) -> None:
        ready = self.compiled.ready
        never = 1 << self.compiled.width  # a bit that no sentence has
        needs = [item.search.need if self._possible(item) else never for item in ready]
        for index, sentence in enumerate(self.sentences):
            mask = sentence.mask
            fitting = {n for n in sentence.candidates if mask & (need := needs[n]) == need}
            if not fitting:
                continue
            around = self.around[index]
            for other in around:
                mask |= other.mask
            for number in sorted(fitting):
                item = ready[number]
                if mask & item.near_need == item.near_need and _is_near(item, sentence, around):
                    self._pattern(item, sentence, around)

    def _possible(self, item: Ready) -> bool:
        """Can the pattern count on this channel and for this purpose at all?"""
        own_channels = item.pattern.channels or item.rule.channels
        ordered = self.channel == _INTERNAL and _PUBLISHED in own_channels
        return (self.channel in own_channels or ordered) and (
            self.purpose is None or self.purpose in item.rule.purposes
        )

    def _pattern(self, item: Ready, sentence: Sentence, around: Sequence[Sentence]) -> None:
        applies = None
        for match in item.search.matches(sentence.text, sentence.mask):
            if applies is None:
                applies = self._applies(item.rule, item.pattern.channels, sentence) and not any(
                    sentence.has(u) for u in item.unless
                )
                if applies and item.pattern.own:
                    applies = speaks_of_own(sentence, around, self.compiled, self.channel)
                    if not applies:  # said of people in general: understood, and no matter of this rule
                        span = sentence.start + match.start(), sentence.start + match.end()
                        self.lifted.setdefault(item.rule.id, []).append(span)
            if not applies:
                return
            gaps = [match.span(i) for i in range(1, len(match.groups()) + 1) if match[i]]
            span = sentence.start + match.start(), sentence.start + match.end()
            if self._lifted(item.rule, item.lifts, sentence, around, match.span(), gaps):
                self.lifted.setdefault(item.rule.id, []).append(span)
            else:
                self._note(item.rule.id, *span, item.pattern.yields)

    def _lifted(
        self,
        rule: Rule,
        lifts: Sequence[str],
        sentence: Sentence,
        around: Sequence[Sentence],
        span: Span,
        gaps: Sequence[Span],
    ) -> bool:
        group = self.compiled.groups[rule.id]
        start, end = sentence.start + span[0], sentence.start + span[1]
        before = bisect_right(self.example_starts, start) - 1
        if before >= 0 and end <= self.examples[before][1] + 1:
            return True
        if any(a < span[1] and span[0] < b for s in group.exempt for a, b in sentence.spans(s)):
            return True
        if self._in_context(lifts, sentence, span, gaps):
            return True
        return any(other.has(s) for s in group.evidence for other in (sentence, *around))

    def _in_context(self, names: Sequence[str], sentence: Sentence, span: Span, gaps: Sequence[Span]) -> bool:
        return any(
            holds(part, sentence, span, gaps, part.where == "text" and self._text_says(name))
            for name in names
            for part in self.compiled.contexts[name]
        )

    def _text_says(self, name: str) -> bool:
        if name not in self.says:
            self.says[name] = any(
                s.regex.search(self.body.text)
                for part in self.compiled.contexts[name]
                if part.where == "text"
                for s in part.find
            )
        return self.says[name]

    # the text as a whole

    def _missing(self, rule: Rule) -> None:
        if not self._applies(rule, rule.missing[0].channels, None):
            return
        if any(s.regex.search(self.body.text) for s in self.compiled.groups[rule.id].missing):
            return
        first = re.search(r"\S[^\n]{0,39}", self.body.text)
        if first:
            self._note(rule.id, *first.span())

    # people

    def _detect(self, rule: Rule, detection: Detection) -> None:
        for sentence, start, end in self._detected(detection):
            around = self.around[bisect_right(self.starts, sentence.start) - 1]
            inside = start - sentence.start, end - sentence.start
            if self._lifted(rule, (*rule.lifts, *detection.lifts), sentence, around, inside, ()):
                continue
            if detection.needs and not self._in_context(detection.needs, sentence, inside, ()):
                continue
            self._note(rule.id, start, end)

    def _detected(self, detection: Detection) -> Iterator[tuple[Sentence, int, int]]:
        look = _LOOKERS[detection.what]
        for sentence in self.sentences:
            for a, b in look(sentence):
                yield sentence, sentence.start + a, sentence.start + b

    # findings

    def _note(self, rule: str, start: int, end: int, yields: tuple[str, ...] = ()) -> None:
        if yields:
            self.yielding.append((rule, start, end, yields))
        else:
            self.spans.setdefault(rule, []).append((start, end))

    def _yield(self) -> None:
        """Findings of patterns that say less than another rule found in the same sentence are left to that rule."""
        taken = {rule: {bisect_right(self.starts, start) for start, _ in spans} for rule, spans in self.spans.items()}
        for rule, start, end, others in self.yielding:
            sentence = bisect_right(self.starts, start)
            if not any(sentence in taken.get(other, ()) for other in others):
                self._note(rule, start, end)

    def _finding(self, rule: Rule, start: int, end: int) -> Finding:
        a, b = self.body.span(start, end)
        return Finding(
            rule.id,
            rule.severity,
            a,
            b,
            self._masked(rule, a, b),
            rule.basis_text,
            rule.words.rewrite,
            rule.words.explanation,
            likened=(rule.id, start) in self.likened,
        )

    def _masked(self, rule: Rule, start: int, end: int) -> str:
        """The phrase as it may be shown: numbers and names of patients are not."""
        shown = self.original[start:end]
        whats = {d.what for d in rule.detect}
        if "names" in whats:
            return shown[:1] + "*" * (len(shown) - 1)
        if whats & _NUMBERS:
            found = find_identifiers(shown)
            if found:
                return "".join(_with_masks(shown, found))
            return shown[:3] + "*" * max(0, len(shown) - 7) + shown[-4:] if len(shown) >= 8 else "*" * len(shown)
        if _DIGIT.search(shown):
            # A number may begin before the phrase or go on behind it.
            low, high = max(0, start - 30), min(len(self.original), end + 30)
            found = find_identifiers(self.original[low:high])
            if not found:
                return shown
            shown = "".join(
                "*" if ch.isalnum() and any(f.start <= i + start - low < f.end for f in found) else ch
                for i, ch in enumerate(shown)
            )
        return shown


def _neighbours(text: str, rows: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """For each sentence the ones next to it in the same paragraph."""
    joined = ["\n" not in text[one.start + len(one.text) : other.start] for one, other in pairwise(rows)]
    before = [(), *((one,) if near else () for one, near in zip(rows, joined, strict=False))]
    after = [*((other,) if near else () for other, near in zip(rows[1:], joined, strict=True)), ()]
    return [(*a, *b) for a, b in zip(before, after, strict=False)]


def _is_near(item: Ready, sentence: Sentence, around: Sequence[Sentence]) -> bool:
    """Does what a pattern wants beside it stand in its sentence or the next ones?"""
    for wanted in item.near:
        if not sentence.has(wanted):
            for other in around:
                if other.has(wanted):
                    break
            else:
                return False
    return True


def _with_masks(text: str, numbers: Sequence[Number]) -> Iterator[str]:
    last = 0
    for number in numbers:
        yield text[last : number.start]
        yield number.masked
        last = number.end
    yield text[last:]


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans):
        if last is None:
            last = span
        elif span[0] < last[1]:
            last = last[0], max(last[1], span[1])
        else:
            yield last
            last = span
    if last is not None:
        yield last
