from engine.checks import field_types
from engine.model import ChildStart, Metric
from tests.checks.books import book, due, field, found, stage, task


def test_each_use_asks_for_its_type() -> None:
    sample = book(
        stage(
            "a",
            task("t", for_each="text", due=due(1, anchor="field", ref="text")),
            starts=(ChildStart("other", for_each="text"),),
            next="end",
        ),
        fields=(field("text"), field("share", "percent")),
        metrics=(Metric("m", "M", numerator="share", denominator="text"),),
    )
    assert [path for _, path in found(field_types, sample)] == [
        "stages/a/tasks/t/for_each",
        "stages/a/tasks/t/due",
        "stages/a/starts/0/for_each",
        "metrics/m/numerator",
        "metrics/m/denominator",
    ]


def test_the_right_types_are_silent() -> None:
    sample = book(
        stage("a", task("t", for_each="l", due=due(1, anchor="field", ref="d")), next="end"),
        fields=(field("l", "list"), field("d", "date"), field("n", "number"), field("m", "money")),
        metrics=(Metric("x", "X", numerator="m", denominator="n"),),
    )
    assert found(field_types, sample) == []


def test_fields_that_fit_are_named() -> None:
    sample = book(stage("a", task("t", for_each="x"), next="end"), fields=(field("x"), field("wards", "list")))
    (problem,) = field_types.check(sample)
    assert problem.hint is not None and "wards" in problem.hint.en
