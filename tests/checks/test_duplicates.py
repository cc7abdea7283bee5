from engine.checks import duplicates
from engine.model import Duration, Timer
from tests.checks.books import END, book, found, gate, stage, task, way


def test_a_stage_id_used_twice_names_both_places() -> None:
    sample = book(stage("a", next="b"), stage("b", next="end", stages=(stage("a", final="done"),)), END)
    (problem,) = duplicates.check(sample)
    assert problem.place.file == "stages/b/stages/a (key)"
    assert problem.related[0][0].file == "stages/a (key)"


def test_a_task_id_used_twice_in_two_stages() -> None:
    sample = book(stage("a", task("t"), next="b"), stage("b", task("t"), next="end"), END)
    assert found(duplicates, sample) == [("duplicate-id", "stages/b/tasks/t (key)")]


def test_gate_items_and_ways_out_of_one_stage() -> None:
    sample = book(
        stage(
            "a",
            next="end",
            gate=(gate(id="g", kind="roles"), gate(id="g", kind="roles")),
            transitions=(way("late", "end"), way("next", "end")),
            timers=(Timer("late", Duration(1, "days"), "end"),),
        )
    )
    assert found(duplicates, sample) == [
        ("duplicate-id", "stages/a/gate/1/id"),
        ("duplicate-id", "stages/a/transitions/next (key)"),
        ("duplicate-id", "stages/a/after_time/0/id"),
    ]


def test_the_same_gate_id_in_two_stages_is_fine() -> None:
    items = (gate(id="g", kind="roles"),)
    assert found(duplicates, book(stage("a", gate=items, next="b"), stage("b", gate=items, next="end"), END)) == []
