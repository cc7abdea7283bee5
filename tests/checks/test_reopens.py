from engine.checks import reopens
from tests.checks.books import END, book, found, stage, task, way


def test_reopened_tasks_belong_to_the_stage_one_goes_to() -> None:
    a = stage("a", task("mine"), next="b")
    b = stage("b", task("other"), next="end", transitions=(way("rework", "a", reopens=("mine", "other")),))
    assert found(reopens, book(a, b, END)) == [("reopens-elsewhere", "stages/b/transitions/rework/reopens/1")]


def test_tasks_nested_in_that_stage_count() -> None:
    a = stage("a", next="b", stages=(stage("in", task("mine"), final="done"),))
    b = stage("b", next="end", transitions=(way("rework", "a", reopens=("mine",)),))
    assert found(reopens, book(a, b, END)) == []
