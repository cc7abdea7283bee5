from engine.checks import exits, run_checks
from tests.checks.books import END, book, found, stage, way


def test_a_stage_says_what_comes_next() -> None:
    sample = book(stage("a", next="b"), stage("b"), stage("c", transitions=(way("w", "end"),)), END)
    assert found(exits, sample) == [("no-way-out", "stages/b (key)")]
    assert [p.code for p in run_checks(sample)] == ["unused-role", "no-way-out"]


def test_a_pause_without_a_way_back() -> None:
    (problem,) = exits.check(book(stage("a", next="end"), stage("p", holds=True), END))
    assert problem.hint is not None and "to: back" in problem.hint.en


def test_next_of_a_stage_whose_inside_never_ends() -> None:
    region = stage("r", stages=(stage("x", next="y"), stage("y", next="x")))
    good = stage("s", stages=(stage("z", final="done"),))
    empty = stage("t")
    sample = book(stage("a", next="end", regions=(region, good, empty)), END)
    assert found(exits, sample) == [
        ("inside-never-ends", "stages/a/parallel/r (key)"),
        ("inside-never-ends", "stages/a/parallel/t (key)"),
    ]


def test_nested_stages_without_regions() -> None:
    sample = book(stage("a", next="end", stages=(stage("x", next="y"), stage("y", next="x"))), END)
    assert found(exits, sample) == [("inside-never-ends", "stages/a (key)")]
