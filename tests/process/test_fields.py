from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench, codes


def test_set_several_at_once_all_or_nothing() -> None:
    bench = Bench()
    found = bench.refused(c.SetFields({"rent": "abc", "story": "好", "nope": "1", "opening": "2026-13-01"}))
    assert codes(found) == [("bad-value", "rent"), ("unknown-field", "nope"), ("bad-value", "opening")]
    assert not bench.pilot.fields


def test_set_the_same_value_again_writes_nothing() -> None:
    bench = Bench().do(c.SetFields({"rent": "8000"}), c.SetFields({"rent": "8,000元"}))
    assert len(bench.events) == 2


def test_clear_with_an_empty_text() -> None:
    bench = Bench().do(c.SetFields({"rent": "8000"}), c.SetFields({"rent": ""}))
    assert "rent" not in bench.pilot.fields


def test_text_and_lists_stay_out_of_the_chain() -> None:
    bench = Bench().do(c.SetFields({"story": "外婆的店", "shifts": "早班、晚班"}))
    assert "外婆" not in str([e.data for e in bench.events])
    assert "早班" not in str([e.data for e in bench.events])
    assert bench.pilot.fields["shifts"] == ("早班", "晚班")


def test_percent_without_its_base_is_refused() -> None:
    assert codes(Bench().refused(c.SetFields({"score": "92%"}))) == [("bad-value", "score")]


def test_a_choice_may_be_given_by_its_title() -> None:
    assert Bench().do(c.SetFields({"size": "小店"})).pilot.fields["size"] == "small"


def test_a_file_field_takes_only_a_file() -> None:
    assert codes(Bench().refused(c.SetFields({"plan": "E7"}))) == [("not-a-file", "plan")]
