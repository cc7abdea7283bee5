"""What a funnel shows is counted with the fields, so that a gate may ask for it."""

from __future__ import annotations

from pathlib import Path

from engine.expressions import evaluate
from engine.frozen import replace
from engine.model import Expr
from engine.pilot.facts import facts_of
from engine.pilot.state import FunnelState
from engine.process.context import Context
from engine.process.ledger import counted_event
from engine.results.report import with_funnels
from tests.process.world import days
from tests.results.ledgers import TODAY
from tests.results.world import World


def rows(enquiries: int, bookings: int, arrivals: int, day: str = "2026-04-02") -> list[object]:
    return [day, "皮肤科", "百度", "", enquiries, bookings, arrivals, "", "", "", ""]


def shown(world: World) -> FunnelState:
    counts = with_funnels(world.book, world.pilot, world.counts(), world.store.ledger.of("p"), TODAY)
    return counts.funnels["way"]


def test_the_link_below_its_target_is_the_bottleneck(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [rows(500, 50, 45)])
    assert shown(world) == FunnelState("bookings", False)


def test_no_bottleneck_where_the_target_is_reached(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [rows(500, 300, 290)])
    assert shown(world).bottleneck in ("", "arrivals")


def test_bookings_that_rise_without_arrivals_are_a_sign(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [rows(500, 100, 90, "2026-03-20"), rows(500, 240, 80)])
    assert shown(world).reputation


def test_nothing_counted_shows_nothing() -> None:
    world = World()
    counts = with_funnels(world.book, world.pilot, world.counts(), world.store.ledger.of("p"), TODAY)
    assert counts.funnels == {}


def test_a_condition_asks_for_it(tmp_path: Path) -> None:
    world = World()
    asked = Expr('funnels.way.bottleneck == "bookings"')
    known = Expr("funnels.way.bottleneck_known")
    facts = facts_of(world.book, world.pilot, TODAY)
    assert not evaluate(world.book, asked, facts).ok
    assert not evaluate(world.book, known, facts).ok
    world.take(tmp_path, [rows(500, 50, 45)])
    pilot = replace(world.pilot, funnels={"way": shown(world)})
    facts = facts_of(world.book, pilot, TODAY)
    assert evaluate(world.book, asked, facts).ok
    assert evaluate(world.book, known, facts).ok


def test_it_is_in_the_event_and_a_change_of_it_alone_is_one(tmp_path: Path) -> None:
    world = World()
    world.take(tmp_path, [rows(500, 50, 45)])
    counts = with_funnels(world.book, world.pilot, world.counts(), world.store.ledger.of("p"), TODAY)
    from datetime import datetime

    from tests.process.world import ZONE

    now = datetime(2026, 4, 30, 9, tzinfo=ZONE)
    event = counted_event(Context(world.book, world.pilot, now, days(), "王蕾"), counts)
    assert event is not None
    assert event.data["funnels"] == {"way": {"bottleneck": "bookings", "reputation": False}}
    same = replace(
        world.pilot,
        fields={**world.pilot.fields, **{k: v.value for k, v in counts.fields.items() if v.value is not None}},
        counted={k: v.counted for k, v in counts.fields.items()},
        groups=dict(counts.groups),
        counted_on=counts.day,
    )
    context = Context(world.book, same, now, days(), "王蕾")
    assert counted_event(context, counts) is not None
    context = Context(world.book, replace(same, funnels=counts.funnels), now, days(), "王蕾")
    assert counted_event(context, counts) is None
