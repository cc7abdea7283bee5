"""The family of pilots: who is part of whom, who replicates whom, in the order in which a person reads a tree.

Plain loops, no recursion: a chain of ten thousand successors is a family too. A ring, which only a damaged log could hold,
is cut where it closes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from engine.frozen import frozen, replace
from engine.store import BoardRow

Relation = Literal["root", "child", "successor"]


@frozen
class Member:
    """A pilot in the tree. `below` counts everything under it, by relation and by state (`running`, `on_hold`, or the
    outcome of a finished one)."""

    row: BoardRow
    depth: int
    relation: Relation
    above: str | None
    last: bool  # the last one under its parent
    below: Mapping[str, int]


def tree(rows: Sequence[BoardRow]) -> tuple[Member, ...]:
    """Every pilot once, each after the one it belongs to: children before successors, each by start and name."""
    known = {row.pilot: row for row in rows}
    under: dict[str, list[tuple[Relation, BoardRow]]] = {}
    roots: list[BoardRow] = []
    for row in sorted(rows, key=lambda r: (r.started_on, r.name)):
        above, relation = _above(row, known)
        if above is None:
            roots.append(row)
        else:
            under.setdefault(above, []).append((relation, row))
    for ones in under.values():
        ones.sort(key=lambda pair: pair[0])  # child before successor
    order: list[tuple[BoardRow, int, Relation, str | None, bool]] = []
    seen: set[str] = set()
    _walk(roots, under, order, seen)
    # What is left hangs in a ring: its first member becomes a root.
    for row in rows:
        if row.pilot not in seen:
            _walk([row], under, order, seen)
    below = _below(order)
    return tuple(
        Member(row, depth, relation, above, last, below.get(row.pilot, {}))
        for row, depth, relation, above, last in order
    )


def shown(members: Sequence[Member], chosen: Iterable[str]) -> tuple[Member, ...]:
    """The chosen pilots with everyone they hang on, so that the tree has no gaps. What they count below stays whole."""
    above = {one.row.pilot: one.above for one in members}
    wanted: set[str] = set()
    for name in chosen:
        here: str | None = name
        while here is not None and here not in wanted:
            wanted.add(here)
            here = above.get(here)
    found: list[Member] = []
    followed: set[str | None] = set()
    for one in reversed([m for m in members if m.row.pilot in wanted]):
        found.append(replace(one, last=one.above not in followed))
        followed.add(one.above)
    return tuple(reversed(found))


def totals(members: Iterable[Member]) -> Mapping[str, int]:
    """pilots, families (roots with somebody under them), generations (of successors, the first counted), by relation and
    by state."""
    counts: Counter[str] = Counter()
    generation: dict[str, int] = {}
    for member in members:
        counts["pilots"] += 1
        counts[member.relation] += 1
        counts[state_of(member.row)] += 1
        counts["families"] += member.depth == 0 and bool(member.below)
        mine = generation.get(member.above or "", 1) + (member.relation == "successor")
        generation[member.row.pilot] = mine
        counts["generations"] = max(counts["generations"], mine)
    return dict(counts)


def state_of(row: BoardRow) -> str:
    return (row.outcome or row.status) if row.status == "finished" else row.status


def _above(row: BoardRow, known: Mapping[str, BoardRow]) -> tuple[str | None, Relation]:
    """A part of something is shown there; a replica under the one it comes from."""
    if row.parent in known:
        return row.parent, "child"
    return (row.origin, "successor") if row.origin in known else (None, "root")


def _walk(
    roots: Sequence[BoardRow],
    under: Mapping[str, Sequence[tuple[Relation, BoardRow]]],
    order: list[tuple[BoardRow, int, Relation, str | None, bool]],
    seen: set[str],
) -> None:
    pending: list[tuple[BoardRow, int, Relation, str | None, bool]] = [
        (row, 0, "root", None, True) for row in reversed(roots)
    ]
    while pending:
        one = pending.pop()
        row, depth = one[0], one[1]
        if row.pilot in seen:
            continue
        seen.add(row.pilot)
        order.append(one)
        below = under.get(row.pilot, ())
        pending += [
            (inner, depth + 1, relation, row.pilot, number == len(below) - 1)
            for number, (relation, inner) in reversed(list(enumerate(below)))
        ]


def _below(order: Sequence[tuple[BoardRow, int, Relation, str | None, bool]]) -> dict[str, dict[str, int]]:
    """From the last to the first, so that everything under a pilot is counted before it is added to the one above."""
    found: dict[str, Counter[str]] = {}
    for row, _, relation, above, _ in reversed(order):
        if above is None:
            continue
        counts = found.setdefault(above, Counter())
        counts[relation] += 1
        counts[state_of(row)] += 1
        counts.update(found.get(row.pilot, {}))
    return {pilot: dict(counts) for pilot, counts in found.items()}
