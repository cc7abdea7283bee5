from engine.checks.graph import can_reach, entered_with, likely_ways, own_ways, reachable
from engine.model import Duration, Timer
from tests.checks.books import END, book, stage, way


def nested() -> object:
    left = stage("left", stages=(stage("l1", next="l2"), stage("l2", final="done")))
    right = stage("right", stages=(stage("r1", final="done"),))
    return stage("both", next="end", regions=(left, right))


def test_own_ways_lists_next_transitions_and_timers() -> None:
    sample = stage("a", next="b", transitions=(way("w", "c"),), timers=(Timer("t", Duration(1, "days"), "d"),))
    assert own_ways(sample) == ["b", "c", "d"]


def test_entering_enters_what_is_inside_and_beside() -> None:
    sample = book(stage("a", next="both"), nested(), END)  # type: ignore[arg-type]
    assert entered_with(sample, "both") == {"both", "left", "l1", "right", "r1"}
    assert entered_with(sample, "l2") == {"both", "left", "l2", "right", "r1"}


def test_reachable_follows_general_ways_too() -> None:
    sample = book(
        stage("a", next="b"), stage("b", next="end"), stage("c", next="end"), END, transitions=(way("t", "c"),)
    )
    assert reachable(sample) == {"a", "b", "c", "end"}


def test_a_forgotten_next_is_taken_to_be_the_stage_after_it() -> None:
    sample = book(stage("a"), stage("b", next="a"), END)
    assert likely_ways(sample, sample.stages["a"]) == ["b"]
    assert likely_ways(sample, sample.stages["b"]) == ["a"]
    assert likely_ways(sample, sample.stages["end"]) == []


def test_can_reach_goes_against_the_arrows() -> None:
    ways = {"a": ["b"], "b": ["c"], "c": [], "d": ["d"]}
    assert can_reach(ways, {"c"}, ways.__getitem__) == {"a", "b", "c"}
