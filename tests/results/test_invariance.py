"""However the rows come (in what order, in how many files, how often), the figures are the same."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.results.report import funnel_report
from tests.results.ledgers import TODAY
from tests.results.world import World

DAYS = st.integers(1, 30).map(lambda d: f"2026-04-{d:02}")
COUNTS = st.one_of(st.just(""), st.integers(0, 50))
ROW = st.tuples(
    DAYS,
    st.just("皮肤科"),
    st.sampled_from(["百度", "健康节", ""]),
    st.sampled_from(["", "二"]),
    COUNTS,
    COUNTS,
    COUNTS,
    COUNTS,
)
# One row for each key, so that no two contradict each other.
ROWS = st.lists(ROW, min_size=1, max_size=25, unique_by=lambda r: r[:4]).map(
    lambda rows: [[*r, "", "", ""] for r in rows if any(v != "" for v in r[4:])]
).filter(bool)  # fmt: skip


def figures(files: list[list[list[object]]]) -> dict[str, str]:
    world = World()
    with tempfile.TemporaryDirectory() as folder:
        for rows in files:
            world.take(Path(folder), rows)
        return {**world.figures(), **{k: str(v) for k, v in world.counts().groups.items()}}


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, data=st.data())
def test_order_split_and_repetition_change_nothing(rows: list[list[object]], data: st.DataObject) -> None:
    whole = figures([rows])
    assert figures([data.draw(st.permutations(rows))]) == whole
    cut = data.draw(st.integers(0, len(rows)))
    parts = [part for part in (rows[:cut], rows[cut:]) if part]
    assert figures(parts) == whole
    assert figures([rows, rows]) == whole
    assert figures([*parts, rows[: max(cut, 1)]]) == whole


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_a_link_larger_than_the_one_before_is_reported(rows: list[list[object]]) -> None:
    world = World()
    with tempfile.TemporaryDirectory() as folder:
        world.take(Path(folder), rows)
    counts = world.counts()
    fields = {name: one.value for name, one in counts.fields.items() if one.value is not None}
    from engine.frozen import replace

    pilot = replace(world.pilot, fields={**world.pilot.fields, **fields})
    funnel = world.book.funnels["way"]
    report = funnel_report(world.book, pilot, funnel, world.store.ledger.of("p"), TODAY)
    known = [link.count for link in report.links]
    larger = sum(later > earlier for earlier, later in itertools.pairwise(known))
    assert len(report.anomalies) == larger
