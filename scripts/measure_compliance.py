"""How well the compliance pack finds what people labelled: precision and recall over block rules, rule by rule.

Usage: python3 scripts/measure_compliance.py [--misses] FILE…

Each file is a list of {text, violates, channel}. `--misses` shows the sentences that were missed or hit falsely; it is
off unless asked for, so that a set kept for judging can be measured without anybody reading it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.compliance import Pack, load_pack, scan
from engine.results.intervals import wilson
from engine.source import parse, read_text


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled text."""

    text: str
    channel: str
    violates: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one rule, or of several together: hits that were labelled, labels missed, hits without a label."""

    hits: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.missed + other.missed, self.false + other.false)

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what was found."""

    item: Item
    found: frozenset[str]

    def counts(self, rule: str) -> Counts:
        labelled, found = rule in self.item.violates, rule in self.found
        return Counts(int(labelled and found), int(labelled and not found), int(found and not labelled))


def read_items(path: Path) -> list[Item]:
    data = parse(read_text(path), str(path)).data
    return [Item(d["text"], d["channel"], frozenset(d["violates"] or ())) for d in data]


def judge(pack: Pack, items: Iterable[Item]) -> list[Judged]:
    return [Judged(i, frozenset(f.rule for f in scan(pack, i.text, i.channel))) for i in items]


def blocks(pack: Pack) -> list[str]:
    return [rule.id for rule in pack.rules if rule.severity == "block"]


def total(judged: Sequence[Judged], rules: Iterable[str]) -> Counts:
    """All rules together: micro-averaged."""
    return sum((j.counts(rule) for rule in rules for j in judged), Counts())


def table(judged: Sequence[Judged], pack: Pack) -> list[str]:
    lines = ["rule              severity  labelled  found  missed  false  recall  precision"]
    for rule in pack.rules:
        c = total(judged, [rule.id])
        if c.hits + c.missed + c.false:
            lines.append(
                f"{rule.id:<18}{rule.severity:<10}{c.hits + c.missed:>8}{c.hits:>7}{c.missed:>8}{c.false:>7}"
                f"{c.recall:>8.2f}{c.precision:>11.2f}"
            )
    return lines


def summary(counts: Counts) -> list[str]:
    rows = (
        ("recall", counts.hits, counts.hits + counts.missed),
        ("precision", counts.hits, counts.hits + counts.false),
    )
    lines = []
    for name, part, whole in rows:
        if whole:
            found = wilson(part, whole)
            lines.append(f"{name:<10} {part}/{whole} = {part / whole:.3f}  (95 %: {found.low:.3f} to {found.high:.3f})")
        else:
            lines.append(f"{name:<10} nothing to count")
    return lines


def misses(judged: Sequence[Judged], pack: Pack) -> list[str]:
    lines = []
    known = set(blocks(pack))
    for j in judged:
        missed, false = sorted((j.item.violates - j.found) & known), sorted((j.found - j.item.violates) & known)
        if missed or false:
            lines.append(f"[{j.item.channel}] {j.item.text}")
            lines.append(f"    missed {', '.join(missed) or '-'}; false {', '.join(false) or '-'}")
    return lines


def main(words: list[str]) -> int:
    files = [Path(w) for w in words if w != "--misses"]
    if not files:
        print(__doc__)
        return 2
    pack = load_pack()
    judged = [j for path in files for j in judge(pack, read_items(path))]
    print("\n".join([f"{len(judged)} texts", *table(judged, pack), "block rules together:"]))
    print("\n".join(summary(total(judged, blocks(pack)))))
    if "--misses" in words:
        print("\n".join(misses(judged, pack)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
