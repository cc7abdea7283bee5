from engine.checks import unknown_tasks
from tests.checks.books import book, due, field, found, stage, task, way


def test_needs_and_reopens_name_tasks() -> None:
    sample = book(
        stage(
            "a", task("t", needs=("u", "x1")), task("u"), transitions=(way("w", "a", reopens=("t", "x2")),), next="end"
        ),
        transitions=(way("stop", "end", reopens=("x3",)),),
    )
    assert found(unknown_tasks, sample) == [
        ("unknown-task", "stages/a/tasks/t/needs/1"),
        ("unknown-task", "stages/a/transitions/w/reopens/1"),
        ("unknown-task", "transitions/stop/reopens/0"),
    ]


def test_a_due_date_counts_from_a_task_or_field() -> None:
    anchors = [
        due(1, anchor="task", ref="u"),
        due(1, anchor="field", ref="day"),
        due(1, anchor="task", ref="x"),
        due(1),
    ]
    tasks = [task(f"t{i}", due=d) for i, d in enumerate(anchors)]
    sample = book(stage("a", *tasks, task("u"), next="end"), fields=(field("day", "date"),))
    assert found(unknown_tasks, sample) == [("unknown-due-anchor", "stages/a/tasks/t2/due")]
