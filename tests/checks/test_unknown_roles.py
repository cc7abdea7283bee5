from engine.checks import unknown_roles
from engine.model import Record
from tests.checks.books import book, field, found, gate, stage, task, way


def test_every_use_of_a_role_is_looked_at() -> None:
    sample = book(
        stage(
            "a",
            task("t", role="led"),
            gate=(gate(kind="roles", names=("lead", "leed"), by="x"),),
            transitions=(way("w", "end", by="y"),),
            next="end",
        ),
        fields=(field("f", owner="o"),),
        records=(Record("r", "R", {"c": field("c", owner="p")}, "c", owner="q"),),
        transitions=(way("stop", "end", by="z"),),
    )
    assert {path for _, path in found(unknown_roles, sample)} == {
        "fields/f/owner",
        "records/r/columns/c/owner",
        "records/r/owner",
        "stages/a/tasks/t/role",
        "stages/a/gate/0/by",
        "stages/a/gate/0/roles/1",
        "stages/a/transitions/w/by",
        "transitions/stop/by",
    }


def test_the_nearest_role_is_suggested() -> None:
    (problem,) = unknown_roles.check(book(stage("a", task("t", role="led"), next="end")))
    assert problem.hint is not None and "'lead'" in problem.hint.en


def test_known_roles_are_silent() -> None:
    assert found(unknown_roles, book(stage("a", task("t"), next="end"))) == []
