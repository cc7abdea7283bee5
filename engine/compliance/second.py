"""A second opinion: how like a sentence is to labelled sentences that break a rule, where no pattern has said so.

A linear score per rule over the characters of a sentence, pairs of neighbouring characters and the word classes of the
pack that occur in it. The weights are learnt from labelled sentences by `scripts/train_second_opinion.py` and lie beside
the pack as `ID.second.json`. It is weaker evidence than a pattern and says so: a person decides.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.compliance.word_classes import ClassFinder
from engine.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

    from engine.compliance.model import Pack

SUFFIX = ".second.json"
SCALE = 100  # weights are kept as whole hundredths
LONGEST = 140  # characters judged at once
SHORTEST = 12  # a sentence shorter than this is read together with the next
PLAIN = 0.95  # of a clause alone: from here on its sentence may not excuse it
MOST = 200_000  # characters: a longer text is a book, and is left to the patterns
_STOP = re.compile(r"[。!?\n]+")
_EDGE = re.compile(r"[,:;。!?\n…—]+")


@frozen
class Judge:
    """One rule: its bias, the probability from which it speaks up, and below which it doubts a pattern (0: never)."""

    rule: str
    bias: float
    above: float
    below: float


@frozen
class Second:
    """`weights`: feature → number of a judge and its weight in hundredths, in turns, those that matter. Whole numbers, as
    their sum is the same in whatever order they are met."""

    judges: tuple[Judge, ...]
    weights: Mapping[str, Sequence[int]]
    classes: tuple[str, ...]
    sentences: int = 0

    def scores(self, text: str, channel: str, classes: ClassFinder) -> list[float]:
        """The probability of each judge's rule for a plain text."""
        sums = [0] * len(self.judges)
        for number, weight in self._votes(text, channel, classes):
            sums[number] += weight
        values = [judge.bias + total / SCALE for judge, total in zip(self.judges, sums, strict=True)]
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, value)))) for value in values]

    def where(self, text: str, number: int, classes: ClassFinder) -> tuple[int, int]:
        """The clause that speaks most for a judge's rule."""
        best: float = -math.inf
        where = 0, len(text)
        for start, end in clauses(text):
            value = sum(weight for judge, weight in self._votes(text[start:end], "", classes) if judge == number)
            if value > best:
                best, where = value, (start, end)
        return where

    def _votes(self, text: str, channel: str, classes: ClassFinder) -> Iterator[tuple[int, int]]:
        """Number of a judge and weight, for everything a text is made of."""
        for feature in features(text, channel, classes):
            found = self.weights.get(feature, ())
            yield from zip(found[::2], found[1::2], strict=True)


def features(text: str, channel: str, classes: ClassFinder) -> set[str]:
    """What a sentence is made of; digits are all alike and spaces do not count."""
    flat = re.sub(r"\s+", "", re.sub(r"\d+", "0", text))
    found = set(flat) | set(map("".join, pairwise(flat)))
    found |= {f"c:{name}" for name in classes.standing_in(text)}
    if channel:
        found.add(f"h:{channel}")
    return found


def units(text: str) -> Iterator[tuple[int, int]]:
    """What is judged at once: a short text whole, a longer one sentence by sentence (a very short one with the next)."""
    if len(text.strip()) <= LONGEST:
        yield 0, len(text)
        return
    start = None
    for match in re.finditer(r"[^。!?\n]+[。!?\n]*", text):
        begin = match.start() if start is None else start
        if match.end() - begin < SHORTEST:
            start = begin
            continue
        start = None
        for piece in range(begin, match.end(), LONGEST):
            yield piece, min(piece + LONGEST, match.end())
    if start is not None:
        yield start, len(text)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence in which a span stands."""
    return _between(_STOP, text, start, end)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause in which a span stands; the clauses, where it goes over an edge."""
    return _between(_EDGE, text, start, end)


def _between(edge: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """From the last edge before a span to the next one behind it."""
    first = max((m.end() for m in edge.finditer(text, 0, start)), default=0)
    after = edge.search(text, end)
    return first, after.start() if after else len(text)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for mark in _EDGE.finditer(text):
        if mark.start() > last:
            yield last, mark.start()
        last = mark.end()
    if last < len(text):
        yield last, len(text)


def class_finder(pack: Pack, names: Sequence[str] | None = None) -> ClassFinder:
    """The word classes of a pack (those that are asked for), to be found in texts."""
    known = pack.parsed_classes
    wanted = [c.name for c in pack.classes] if names is None else names
    return ClassFinder({name: node for name in wanted if (node := known(name)) is not None})


def read_second(path: Path) -> Second | None:
    """The second opinion that lies beside a pack; None where there is none."""
    file = path.with_name(path.stem + SUFFIX)
    if not file.is_file():
        return None
    data = json.loads(file.read_text(encoding="utf-8"))
    return Second(
        tuple(Judge(name, one["bias"], one["above"], one["below"]) for name, one in data["rules"].items()),
        data["weights"],
        tuple(data["classes"]),
        data["sentences"],
    )
