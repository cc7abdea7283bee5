from engine.checks import unknown_stages
from engine.model import Duration, Timer
from tests.checks.books import END, book, found, stage, way


def test_every_way_leads_to_a_stage() -> None:
    sample = book(
        stage(
            "a",
            next="x1",
            transitions=(way("w", "x2"), way("good", "in")),
            timers=(Timer("timer_1", Duration(1, "days"), "x3"),),
        ),
        stage("b", next="end", stages=(stage("in", next="x4"),)),
        END,
        transitions=(way("stop", "x5"),),
    )
    assert {path for _, path in found(unknown_stages, sample)} == {
        "stages/a/next",
        "stages/a/transitions/w/to",
        "stages/a/after_time/0/to",
        "stages/b/stages/in/next",
        "transitions/stop/to",
    }


def test_back_is_no_stage() -> None:
    pause = stage("pause", holds=True, transitions=(way("resume", "back"),))
    assert found(unknown_stages, book(stage("a", next="end"), pause, END)) == []
