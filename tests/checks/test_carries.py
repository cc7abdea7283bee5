"""What may go into a replica, and where to."""

from typing import Any

import pytest

from engine.checks import carries
from engine.model import Carry, Counting, Record
from tests.checks.books import END, book, field, found, stage, task


def record(name: str, carry: Carry | None, **columns: Any) -> Record:
    return Record(name, name.upper(), {n: field(n, **c) for n, c in columns.items()}, next(iter(columns)), carry=carry)


@pytest.mark.parametrize("kind", ["date", "person", "file"])
def test_a_name_a_file_and_a_date_stay(kind: str) -> None:
    sample = book(fields=(field("mine", kind, carry=True),))
    assert found(carries, sample) == [("carry-sensitive", "fields/mine/carry")]


def test_what_a_ledger_counts_and_what_an_approval_sets_stay() -> None:
    fields = (field("spend", "money", carry=True, ledger=Counting("spend")), field("scope", carry=True))
    sample = book(stage("a", task("sign", approval=True, sets=("scope",)), next="end"), END, fields=fields)
    assert sorted(place for _, place in found(carries, sample)) == ["fields/scope/carry", "fields/spend/carry"]


def test_a_text_may_go() -> None:
    assert found(carries, book(fields=(field("market", carry=True),))) == []


def test_a_date_column_that_asks_to_go_is_refused_and_one_that_does_not_is_left_out() -> None:
    quiet = record("quiet", Carry(), what={}, on={"type_": "date"})
    loud = record("loud", Carry(), what={}, on={"type_": "date", "carry": True})
    assert found(carries, book(records=(quiet, loud))) == [("carry-sensitive", "records/loud/columns/on/carry")]


def test_targets_are_there_and_of_a_type_that_takes_it() -> None:
    target = record("lessons", None, what={}, many={"type_": "number"})
    wrong = [
        record("a", Carry("lesons", {"what": "x"}), x={}),
        record("b", Carry("lessons", {"waht": "x"}), x={}),
        record("c", Carry("lessons", {"what": "y"}), x={}),
        record("d", Carry("lessons", {"many": "x"}), x={}),
        record("e", Carry("lessons", {"what": "x"}, {"kind": "k"}), x={}),
    ]
    places = [place for _, place in found(carries, book(records=(target, *wrong)))]
    assert places == [
        "records/a/carry/to",
        "records/b/carry/columns/waht",
        "records/c/carry/columns/what",
        "records/d/carry/columns/many",
        "records/e/carry/set/kind",
    ]


def test_what_the_target_requires_must_be_given() -> None:
    target = record("lessons", None, what={}, kind={"required": True})
    one = record("a", Carry("lessons", {"what": "x"}), x={})
    assert found(carries, book(records=(target, one))) == [("carry-incomplete", "records/a/carry")]
    both = record("a", Carry("lessons", {"what": "x"}, {"kind": "k"}), x={})
    assert found(carries, book(records=(target, both))) == []
