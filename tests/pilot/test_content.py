"""Which texts are checked, and how one tells that they changed."""

from __future__ import annotations

from engine.pilot.content import digest_of, facts_for, mark_of, pieces_of, setting, text_digest
from engine.process import commands as c
from tests.process.test_content import SHOP
from tests.process.world import Bench

LETTER = "本科周一开诊"


def test_pieces_of_a_field_and_of_a_record() -> None:
    bench = Bench(SHOP)
    letter, talks = bench.book.content["letter"], bench.book.content["talks"]
    assert pieces_of(bench.book, bench.pilot, letter) == ()
    bench.do(c.SetFields({"letter": LETTER}), c.AddRow("talks", {"said": "请带医保卡", "note": ""}))
    assert [(p.at, p.text) for p in pieces_of(bench.book, bench.pilot, letter)] == [("", LETTER)]
    assert [(p.at, p.text) for p in pieces_of(bench.book, bench.pilot, talks)] == [("1.said", "请带医保卡")]


def test_a_channel_is_written_or_chosen() -> None:
    bench = Bench(SHOP)
    assert setting(bench.pilot, "kepu") == "kepu"
    assert setting(bench.pilot, "fields.where") is None
    bench.do(c.SetFields({"where": "kepu"}))
    assert setting(bench.pilot, "fields.where") == "kepu"


def test_the_digest_follows_text_channel_and_facts_and_the_signed_one_the_text_alone() -> None:
    bench = Bench(SHOP)
    letter = bench.book.content["letter"]
    seen: list[str] = []
    signed: list[str] = []
    for values in (
        {"letter": LETTER},
        {"where": "kepu"},
        {"consent": "2026-12-31"},
        {"letter": LETTER + "。"},
    ):
        bench.do(c.SetFields(values))
        seen.append(digest_of(bench.book, bench.pilot, letter))
        signed.append(text_digest(bench.book, bench.pilot, letter))
    assert len(set(seen)) == 4
    assert signed[0] == signed[1] == signed[2] != signed[3]


def test_facts_come_from_the_row_first() -> None:
    bench = Bench(SHOP).do(
        c.SetFields({"consent": "2026-12-31"}), c.AddRow("talks", {"said": "请带医保卡", "note": "A-7"})
    )
    talks, letter = bench.book.content["talks"], bench.book.content["letter"]
    bench.do(c.SetFields({"letter": LETTER}))
    [piece] = pieces_of(bench.book, bench.pilot, talks)
    assert facts_for(bench.pilot, talks, piece) == {"consent_id": "A-7"}
    [piece] = pieces_of(bench.book, bench.pilot, letter)
    assert str(facts_for(bench.pilot, letter, piece)["consent_until"]) == "2026-12-31"


def test_a_mark_does_not_repeat_the_phrase() -> None:
    assert mark_of("根治") == mark_of(" 根治 ") != mark_of("治愈")
    assert "根治" not in mark_of("根治")
