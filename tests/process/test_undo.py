from __future__ import annotations

import pytest

from engine.pilot.blockers import Refused
from engine.process import commands as c
from engine.process.undo import undo
from tests.process.world import FILE, Bench, codes


def take_back(bench: Bench, command: str | None = None) -> Bench:
    bench.write(undo(bench.book, bench.events, "记错了", command).events)
    return bench


def refusal(bench: Bench, command: str | None = None, reason: str = "记错了") -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        undo(bench.book, bench.events, reason, command)
    return codes(caught.value.blockers)


def test_undo_takes_back_the_whole_last_command() -> None:
    bench = Bench().do(c.CompleteTask("find_place", {"rent": "1"}, attachments=(FILE,)))
    take_back(bench)
    assert "find_place" not in bench.pilot.tasks
    assert not bench.pilot.fields and not bench.pilot.evidence
    assert bench.pilot.seq == 5


def test_undo_twice_takes_back_the_one_before() -> None:
    bench = Bench().do(c.SetFields({"rent": "1"}), c.SetFields({"rent": "2"}))
    take_back(take_back(bench))
    assert "rent" not in bench.pilot.fields
    assert refusal(bench) == [("nothing-to-undo", "undo")]


def test_undo_takes_a_reason() -> None:
    bench = Bench().do(c.SetFields({"rent": "1"}))
    assert refusal(bench, reason=" ") == [("reason-missing", "undo")]


def test_undo_what_later_events_rest_on_is_refused_with_a_list() -> None:
    bench = Bench().to_bake()
    assert refusal(bench, "#2")[0][0] == "later-events"
    take_back(bench)
    assert bench.pilot.at == ("prepare",)
    assert "bake" not in bench.pilot.entered


def test_undo_a_row_that_is_referred_to_is_refused() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "吐司"}), c.AddRow("complaints", {"text": "太甜", "bread": "1"}))
    assert refusal(bench, "#2")[0][0] == "later-events"


def test_undo_something_independent_in_the_middle() -> None:
    bench = Bench().do(c.SetFields({"rent": "1"}), c.SetFields({"story": "好"}))
    take_back(bench, "#2")
    assert list(bench.pilot.fields) == ["story"]


def test_start_cannot_be_undone() -> None:
    assert refusal(Bench(), "#1") == [("cannot-undo", "#1")]
