from engine.checks import endings
from tests.checks.books import book, found, gate, stage, task, way


def test_a_final_stage_goes_nowhere() -> None:
    sample = book(
        stage("a", next="z"), stage("z", final="succeeded", next="a", transitions=(way("w", "a"),), holds=True)
    )
    assert found(endings, sample) == [
        ("final-goes-on", "stages/z/next (key)"),
        ("final-goes-on", "stages/z/transitions (key)"),
        ("final-goes-on", "stages/z/holds (key)"),
    ]


def test_work_in_a_final_stage_is_a_warning() -> None:
    sample = book(stage("a", next="z"), stage("z", task("t"), gate=(gate(kind="roles"),), final="succeeded"))
    assert found(endings, sample) == [
        ("final-with-work", "stages/z/tasks (key)"),
        ("final-with-work", "stages/z/gate (key)"),
    ]
    assert {p.severity for p in endings.check(sample)} == {"warning"}


def test_work_in_a_nested_final_stage_is_fine() -> None:
    assert found(endings, book(stage("a", next="end", stages=(stage("x", task("t"), final="done"),)))) == []
