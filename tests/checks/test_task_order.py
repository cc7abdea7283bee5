from engine.checks import task_order
from tests.checks.books import END, book, found, stage, task


def test_tasks_in_a_circle_are_reported_once() -> None:
    tasks = (task("a", needs=("b",)), task("b", needs=("c",)), task("c", needs=("a",)), task("d", needs=("a",)))
    (problem,) = task_order.check(book(stage("s", *tasks, next="end")))
    assert (problem.code, problem.place.file) == ("task-cycle", "stages/s/tasks/a/needs/0")
    assert "a → b → c → a" in problem.message.en
    assert [place.file for place, _ in problem.related] == ["stages/s/tasks/b (key)", "stages/s/tasks/c (key)"]


def test_a_task_that_needs_itself() -> None:
    assert found(task_order, book(stage("s", task("a", needs=("a",)), next="end"))) == [
        ("task-cycle", "stages/s/tasks/a/needs/0")
    ]


def test_a_task_cannot_wait_for_a_later_stage() -> None:
    first = stage("first", task("a", needs=("c",)), next="then")
    then = stage("then", task("c"), task("b", needs=("c",)), next="end")
    assert found(task_order, book(first, then, END)) == [("needs-later-task", "stages/first/tasks/a/needs/0")]


def test_regions_run_at_the_same_time() -> None:
    left = stage("left", stages=(stage("l", task("a", needs=("b",)), final="done"),))
    right = stage("right", stages=(stage("r", task("b"), final="done"),))
    assert found(task_order, book(stage("s", next="end", regions=(left, right)))) == []
