"""The tree of pilots: parts, replicas, totals, and ten thousand of them."""

from __future__ import annotations

from time import perf_counter

from engine.service.family import Member, shown, totals, tree
from engine.store import BoardRow


def row(
    name: str, *, parent: str | None = None, origin: str | None = None, on: str = "2026-03-02", end: str = ""
) -> BoardRow:
    status = "finished" if end else "running"
    return BoardRow(
        name, name, "p", "P", "1", "", status, end or None, (), (), (), 0, 0, (), None, (), "", 1, parent, origin, on
    )  # fmt: skip


def outline(members: tuple[Member, ...]) -> list[str]:
    return [f"{'  ' * m.depth}{m.row.name} {m.relation}" for m in members]


FAMILY = [
    row("a", end="succeeded"),
    row("a2", origin="a", on="2026-05-01", end="stopped"),
    row("a1", parent="a", on="2026-06-01"),
    row("a22", origin="a2", on="2026-07-01"),
    row("b"),
]


def test_children_come_before_replicas_and_each_after_the_one_above() -> None:
    assert outline(tree(FAMILY)) == [
        "a root",
        "  a1 child",
        "  a2 successor",
        "    a22 successor",
        "b root",
    ]


def test_everything_below_is_counted_by_relation_and_state() -> None:
    found = {m.row.name: m.below for m in tree(FAMILY)}
    assert found["a"] == {"child": 1, "successor": 2, "running": 2, "stopped": 1}
    assert found["a2"] == {"successor": 1, "running": 1}
    assert found["b"] == {}


def test_totals() -> None:
    assert totals(tree(FAMILY)) == {
        "pilots": 5,
        "root": 2,
        "child": 1,
        "successor": 2,
        "succeeded": 1,
        "stopped": 1,
        "running": 3,
        "families": 1,
        "generations": 3,
    }


def test_a_part_of_something_that_is_also_a_replica_is_shown_once_under_its_parent() -> None:
    assert outline(tree([row("a"), row("b"), row("c", parent="b", origin="a")])) == ["a root", "b root", "  c child"]


def test_a_pilot_whose_family_is_gone_stands_alone_and_a_ring_is_cut() -> None:
    assert outline(tree([row("a", origin="gone")])) == ["a root"]
    assert outline(tree([row("a", origin="b"), row("b", origin="a")])) == ["a root", "  b successor"]


def test_the_chosen_bring_those_above_and_keep_their_counts() -> None:
    found = shown(tree(FAMILY), ["a22"])
    assert outline(found) == ["a root", "  a2 successor", "    a22 successor"]
    assert found[0].below == {"child": 1, "successor": 2, "running": 2, "stopped": 1}
    assert [m.last for m in found] == [True, True, True]
    assert [m.last for m in shown(tree(FAMILY), ["a1"])] == [True, True]
    assert [m.last for m in tree(FAMILY)] == [True, False, True, True, True]


def test_ten_thousand_pilots_in_one_chain_and_in_one_brood() -> None:
    chain = [row(f"p{n:05}", origin=f"p{n - 1:05}") for n in range(10_000)]
    brood = [row("p00000"), *(row(f"p{n:05}", parent="p00000") for n in range(1, 10_000))]
    for rows in (chain, brood):
        began = perf_counter()
        members = tree(rows)
        counts = totals(shown(members, [one.pilot for one in rows]))
        assert perf_counter() - began < 3
        assert counts["pilots"] == 10_000
    assert members[0].below == {"child": 9_999, "running": 9_999}
    assert tree(chain)[-1].depth == 9_999
