from engine.checks import unknown_fields
from engine.model import ChildStart, Metric
from tests.checks.books import book, field, found, gate, stage, task


def test_every_use_of_a_field_is_looked_at() -> None:
    sample = book(
        stage(
            "a",
            task("t", sets=("known", "x1"), for_each="x2"),
            gate=(gate(kind="fields", names=("x3",)),),
            starts=(ChildStart("other", for_each="x4"),),
            next="end",
        ),
        fields=(field("known"),),
        metrics=(Metric("m", "M", numerator="x5", denominator="known", baseline="x6"),),
    )
    assert {path for _, path in found(unknown_fields, sample)} == {
        "stages/a/tasks/t/sets/1",
        "stages/a/tasks/t/for_each",
        "stages/a/gate/0/fields/0",
        "stages/a/starts/0/for_each",
        "metrics/m/numerator",
        "metrics/m/baseline",
    }


def test_names_of_roles_in_a_gate_are_no_fields() -> None:
    sample = book(stage("a", gate=(gate(kind="roles", names=("lead",)),), next="end"))
    assert found(unknown_fields, sample) == []
