"""What a replica starts with, decided in memory."""

from __future__ import annotations

from engine.process import commands as c
from engine.process.inheritance import Inherited, inherited
from tests.process.world import BAKERY, Bench

CARRYING = (
    BAKERY.replace("    title: 面包\n    max: 3", "    title: 面包\n    carry: true\n    max: 3")
    .replace("    title: 意见\n", "    title: 意见\n    carry: true\n")
    .replace("story: {title: 店铺故事, type: text}", "story: {title: 店铺故事, type: text, carry: true}")
    .replace("price: {title: 价格, type: money}", "price: {title: 价格, type: money, carry: false}")
)


def parent() -> Bench:
    bench = Bench(CARRYING).do(c.SetFields({"story": "街角的老店", "rent": "1万"}))
    bench.do(c.AddRow("breads", {"name": "白面包"}), c.RemoveRow("breads", 1))
    bench.do(c.AddRow("breads", {"name": "黑面包", "state": "ready", "price": "12"}))
    return bench.do(c.AddRow("complaints", {"text": "太硬", "bread": "2"}))


def child(text: str = CARRYING) -> Bench:
    there = parent()
    return Bench(text).do(c.CarryOver(there.pilot, there.book))


def test_declared_fields_and_columns_go_and_others_stay() -> None:
    bench = child()
    assert bench.pilot.fields == {"story": "街角的老店"}
    assert bench.pilot.rows["breads"] == {1: {"name": "黑面包", "state": "ready"}}


def test_a_reference_follows_its_row_to_the_new_number() -> None:
    assert child().pilot.rows["complaints"] == {1: {"text": "太硬", "bread": "1"}}


def test_every_event_says_where_it_came_from() -> None:
    marks = [e.data["from"] for e in child().events[1:]]
    assert marks == [
        {"pilot": "p1", "field": "story"},
        {"pilot": "p1", "record": "breads", "row": 2, "columns": ["name", "state"]},
        {"pilot": "p1", "record": "complaints", "row": 1, "columns": ["text", "bread"]},
    ]


def test_what_the_new_playbook_lacks_or_the_new_pilot_has_is_left() -> None:
    bench = child(
        CARRYING.replace("story: {title: 店铺故事, type: text, carry: true}\n", "tale: {title: 故事, type: text}\n")
    )
    assert bench.pilot.fields == {}
    there = parent()
    own = Bench(CARRYING).do(c.SetFields({"story": "自己的故事"})).do(c.CarryOver(there.pilot, there.book))
    assert own.pilot.fields["story"] == "自己的故事"


def fates(bench: Bench) -> dict[tuple[str, int], str]:
    found: tuple[Inherited, ...] = inherited(bench.book, bench.pilot, bench.events, None)
    return {(one.about, one.row): one.fate for one in found}


def test_unchanged_adapted_new_and_dropped() -> None:
    bench = child()
    assert fates(bench) == {("story", 0): "unchanged", ("breads", 1): "unchanged", ("complaints", 1): "unchanged"}
    bench.do(c.EditRow("breads", 1, {"price": "15"}))  # a column that did not come over
    assert fates(bench)[("breads", 1)] == "unchanged"
    bench.do(c.EditRow("breads", 1, {"state": "trial"}), c.SetFields({"story": "新的故事"}))
    bench.do(c.RemoveRow("complaints", 1), c.AddRow("breads", {"name": "酸面包"}))
    assert fates(bench) == {
        ("story", 0): "adapted",
        ("breads", 1): "adapted",
        ("breads", 2): "new",
        ("complaints", 1): "dropped",
    }
    bench.do(c.SetFields({"story": ""}))
    assert fates(bench)[("story", 0)] == "dropped"


def test_tasks_are_compared_with_the_parents_playbook() -> None:
    bench = child(
        CARRYING.replace("due: 5 workdays, evidence: required", "due: 9 workdays, evidence: required").replace(
            "      decorate: {title: 装饰, role: owner, required: false}", "      paint: {title: 刷墙, role: owner}"
        )
    )
    found = inherited(bench.book, bench.pilot, bench.events, parent().book)
    assert [(one.about, one.fate) for one in found if one.kind == "task"] == [
        ("find_place", "adapted"),
        ("paint", "new"),
        ("decorate", "dropped"),
    ]
