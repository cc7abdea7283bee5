from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench, codes


def test_add_fills_defaults_and_numbers_rows() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "吐司"}), c.AddRow("面包", {"名称": "法棍", "price": "8"}))
    rows = bench.pilot.rows["breads"]
    assert rows[1]["state"] == "trial"
    assert str(rows[2]["price"]) == "8.00"


def test_add_without_a_required_column_says_which() -> None:
    assert codes(Bench().refused(c.AddRow("breads", {"price": "8"}))) == [("column-empty", "breads.name")]


def test_add_beyond_the_maximum_is_refused() -> None:
    bench = Bench().do(*[c.AddRow("breads", {"name": str(n)}) for n in "甲乙丙"])
    assert codes(bench.refused(c.AddRow("breads", {"name": "丁"}))) == [("too-many-rows", "breads")]


def test_unknown_record_and_column_list_what_exists() -> None:
    found = Bench().refused(c.AddRow("bread", {"name": "x"}))
    assert codes(found) == [("unknown-record", "bread")]
    assert "breads（面包）" in str(found[0].detail[0])
    assert codes(Bench().refused(c.AddRow("breads", {"nmae": "x", "name": "y"}))) == [("unknown-column", "nmae")]


def test_reference_must_lead_to_a_row() -> None:
    bench = Bench()
    assert codes(bench.refused(c.AddRow("complaints", {"text": "太甜", "bread": "1"}))) == [
        ("unknown-row", "complaints.bread")
    ]
    bench.do(c.AddRow("breads", {"name": "吐司"}), c.AddRow("complaints", {"text": "太甜", "bread": "吐司"}))
    assert bench.pilot.rows["complaints"][1]["bread"] == "1"


def test_a_row_in_use_is_not_removed_and_numbers_are_not_used_twice() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "吐司"}), c.AddRow("complaints", {"text": "太甜", "bread": "1"}))
    found = bench.refused(c.RemoveRow("breads", 1))
    assert codes(found) == [("row-in-use", "breads.1")] and found[0].commands == ("edit complaints 1 bread=行号",)
    bench.do(c.RemoveRow("complaints", 1), c.RemoveRow("breads", 1), c.AddRow("breads", {"name": "法棍"}))
    assert list(bench.pilot.rows["breads"]) == [2]


def test_edit_changes_clears_and_refuses() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "吐司", "price": "8"}))
    bench.do(c.EditRow("breads", 1, {"price": "", "state": "ready"}))
    assert bench.pilot.rows["breads"][1] == {"name": "吐司", "state": "ready"}
    assert codes(bench.refused(c.EditRow("breads", 1, {"name": ""}))) == [("column-empty", "breads.name")]
    assert codes(bench.refused(c.EditRow("breads", 9, {"name": "x"}))) == [("unknown-row", "breads.9")]


def test_free_text_stays_out_of_the_chain() -> None:
    bench = Bench().do(c.AddRow("breads", {"name": "秘方吐司", "price": "8"}))
    event = bench.events[-1]
    assert "秘方" not in str(event.data)
    assert event.texts == {"name": "秘方吐司"}


def test_a_refused_row_can_be_typed_again_with_what_is_missing() -> None:
    found = Bench().refused(c.AddRow("breads", {"state": "可卖", "price": "12 元"}))
    assert [b.commands for b in found if b.code == "column-empty"] == [
        ('add breads state=可卖 "price=12 元" name=内容',)
    ]


def test_a_row_of_an_empty_record_says_how_to_add_one() -> None:
    found = Bench().refused(c.EditRow("breads", 1, {"name": "吐司"}))
    assert "还是空的" in str(found[0].message) and found[0].commands == ("add breads name=内容",)
