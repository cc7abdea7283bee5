"""Other pilots and papers in a pilot's record."""

from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench, codes


def test_a_child_and_its_end_are_counted() -> None:
    bench = Bench().do(c.RecordLink("child", "p2", "bakery", "西街店"))
    assert [(k.pilot, k.outcome) for k in bench.pilot.links] == [("p2", None)]
    bench.do(c.RecordLinkFinished("p2", "succeeded"))
    assert bench.pilot.links[0].outcome == "succeeded"


def test_news_of_a_pilot_that_is_not_linked_or_has_ended_change_nothing() -> None:
    bench = Bench().do(c.RecordLink("child", "p2", "bakery", "西街店"), c.RecordLinkFinished("p2", "stopped"))
    before = len(bench.events)
    bench.do(c.RecordLinkFinished("p2", "succeeded"), c.RecordLinkFinished("p9", "succeeded"))
    assert len(bench.events) == before


def test_a_finished_pilot_takes_successors_and_no_children() -> None:
    bench = Bench().do(c.Advance("stop", "不做了"))
    bench.do(c.RecordLink("successor", "p2", "bakery", "西街店"))
    assert codes(bench.refused(c.RecordLink("child", "p3", "bakery", "南街店")))[0][0] == "finished"


def test_a_final_document_is_recorded_with_its_hash_and_words() -> None:
    bench = Bench().do(c.Finalise("menu", "ab" * 32, 80, ("价目表.docx",)))
    final = bench.pilot.finals["menu"]
    assert final.sha256 == "ab" * 32


def test_a_document_that_does_not_exist_or_is_too_long() -> None:
    assert codes(Bench().refused(c.Finalise("nope", "ab" * 32, 8, ())))[0][1] == "nope"
    found = Bench().refused(c.Finalise("menu", "ab" * 32, 101, ()))
    assert found[0].code == "too-long" and "1字" in found[0].message.zh
