from engine.checks import durations
from engine.model import Duration, Timer
from tests.checks.books import book, due, found, stage, task


def test_durations_that_make_no_sense() -> None:
    sample = book(
        stage(
            "a",
            task("early", due=due(3, before=True)),
            task("fine", due=due(3, anchor="field", ref="x", before=True)),
            takes=Duration(4, "hours"),
            timers=(Timer("timer_1", Duration(0, "days"), "end"),),
            next="end",
        )
    )
    assert found(durations, sample) == [
        ("odd-duration", "stages/a/takes"),
        ("odd-duration", "stages/a/after_time/0/wait"),
        ("odd-duration", "stages/a/tasks/early/due"),
    ]
