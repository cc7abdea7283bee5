"""Child pilots that a stage starts by itself, and those that it offers."""

from __future__ import annotations

from engine.process import commands as c
from engine.process.children import Offer, offers
from tests.process.world import BAKERY, Bench

WITH_OFFER = BAKERY.replace(
    "  bake:\n    title: 试做\n",
    """  bake:
    title: 试做
    starts:
      - {id: fair, playbook: fair, title: 集市, auto: false}
      - {id: feast, playbook: feast, title: 节日, auto: false, when: fields.rent > 20000}
""",
)


def test_an_offer_stands_while_its_stage_is_active_and_its_condition_holds() -> None:
    bench = Bench(WITH_OFFER)
    assert offers(bench.context) == ()
    bench.to_bake()
    assert offers(bench.context) == (Offer("fair", "集市"),)


def test_nothing_is_offered_by_a_pilot_that_rests_or_has_ended() -> None:
    bench = Bench(WITH_OFFER).to_bake().do(c.Advance(to="pause"))
    assert offers(bench.context) == ()
    bench.do(c.Advance(to="resume"))
    assert offers(bench.context) != ()
    assert offers(bench.do(c.Advance(to="stop", reason="停业")).context) == ()
