from engine.checks import reachable
from engine.model import Duration, Timer
from tests.checks.books import END, book, found, stage, way

PAUSE = stage("pause", holds=True, transitions=(way("resume", "back"),))


def test_a_stage_no_way_leads_to() -> None:
    sample = book(stage("a", next="end"), stage("lost", next="end", stages=(stage("in", final="done"),)), END)
    assert found(reachable, sample) == [("unreachable-stage", "stages/lost (key)")]


def test_a_timer_or_a_general_way_is_a_way() -> None:
    timer = (Timer("timer_1", Duration(1, "days"), "late"),)
    sample = book(
        stage("a", next="end", timers=timer), stage("late", next="end"), PAUSE, END, transitions=(way("p", "pause"),)
    )
    assert found(reachable, sample) == []


def test_going_round_in_a_circle_is_an_error() -> None:
    sample = book(
        stage("a", next="b", transitions=(way("out", "end"),)), stage("b", next="c"), stage("c", next="b"), END
    )
    assert found(reachable, sample) == [("no-way-to-end", "stages/b (key)"), ("no-way-to-end", "stages/c (key)")]
    assert {p.severity for p in reachable.check(sample)} == {"error"}


def test_a_circle_that_can_only_be_broken_off_is_a_warning() -> None:
    stop = stage("stopped", final="stopped")
    sample = book(stage("a", next="b"), stage("b", next="a"), stop, transitions=(way("stop", "stopped"),))
    assert [p.severity for p in reachable.check(sample)] == ["warning", "warning"]


def test_a_pause_leads_back_to_where_it_began() -> None:
    sample = book(stage("a", next="end", transitions=(way("wait", "pause"),)), PAUSE, END)
    assert found(reachable, sample) == []


def test_a_nested_circle_is_reported_inside() -> None:
    loop = (stage("x", next="y"), stage("y", next="x", transitions=()), stage("z", final="done"))
    sample = book(stage("a", next="end", stages=loop), END)
    assert found(reachable, sample) == [
        ("unreachable-stage", "stages/a/stages/z (key)"),
        ("no-way-to-end", "stages/a/stages/x (key)"),
        ("no-way-to-end", "stages/a/stages/y (key)"),
    ]


def test_a_nested_stage_may_leave_the_stage_around_it() -> None:
    sample = book(stage("a", stages=(stage("x", next="end"),), transitions=(way("w", "end"),)), END)
    assert found(reachable, sample) == []


def test_regions_end_one_by_one() -> None:
    left = stage("left", stages=(stage("l1", next="l2"), stage("l2", final="done")))
    right = stage("right", stages=(stage("r1", final="done"),))
    assert found(reachable, book(stage("both", next="end", regions=(left, right)), END)) == []
