from engine.checks import back
from engine.model import Duration, Timer
from tests.checks.books import END, book, found, stage, way


def test_back_only_from_a_pause() -> None:
    sample = book(
        stage(
            "a",
            next="end",
            transitions=(way("w", "back"),),
            timers=(Timer("timer_1", Duration(1, "days"), "back"),),
        ),
        stage("pause", holds=True, transitions=(way("resume", "back"),)),
        stage("b", next="back"),
        END,
        transitions=(way("home", "back"),),
    )
    assert [path for _, path in found(back, sample)] == [
        "stages/a/transitions/w/to",
        "stages/a/after_time/0/to",
        "stages/b/next",
        "transitions/home/to",
    ]
