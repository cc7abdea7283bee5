"""The fold: the same events always give the same pilot; what was taken back is as if it had never been."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.pilot.events import ERASED
from engine.pilot.fold import apply, fold, undone_seqs, value_of
from engine.process import commands as c
from engine.process.undo import undo
from tests.process.world import FILE, Bench


def test_fold_needs_a_start() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fold([])
    with pytest.raises(ValueError, match="before the pilot"):
        apply(None, Bench().do(c.AddNote("x")).events[1])


def test_fold_step_by_step_equals_fold_at_once() -> None:
    events = Bench().to_bake().events
    pilot = None
    for event in events:
        pilot = apply(pilot, event)
    assert pilot == fold(events)


def test_an_event_taken_back_leaves_no_trace_but_its_number() -> None:
    bench = Bench().do(c.SetFields({"rent": "1"}))
    before = bench.pilot
    bench.do(c.SetFields({"rent": "2"}))
    bench.write(undo(bench.book, bench.events, "错了").events)
    assert undone_seqs(bench.events) == {3}
    assert replace(bench.pilot, seq=2, last_at=before.last_at) == before


def test_erased_text_is_neither_empty_nor_a_text() -> None:
    bench = Bench().do(c.SetFields({"story": "外婆"}), c.AddNote("记"))
    events = [replace(e, texts=dict.fromkeys(e.texts, ERASED)) for e in bench.events]
    pilot = fold(events)
    assert pilot.fields["story"] is ERASED
    assert pilot.notes[0].text is ERASED


def test_evidence_of_a_task_is_found_from_the_task() -> None:
    bench = Bench().do(c.Attach(FILE, "decorate"), c.Attach(FILE, "decorate"))
    assert bench.pilot.tasks["decorate"].evidence == (1, 2)
    assert bench.pilot.next_evidence == 3


def test_a_row_number_is_not_used_again_after_removal() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "甲"}), c.RemoveRow("breads", 1), c.AddRow("breads", {"name": "乙"}))
    assert list(bench.pilot.rows["breads"]) == [2]


def test_value_halves_come_together() -> None:
    assert value_of("list", None, '["早","晚"]') == ("早", "晚")
    assert value_of("text", None, "好") == "好"
    assert str(value_of("money", "12.00", None)) == "12.00"
    assert value_of("text", None, None) is None
    assert value_of("text", None, ERASED) is ERASED
