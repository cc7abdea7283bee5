from engine.checks.places import stages_of, unknown, value_place
from engine.errors import NOWHERE, Place
from engine.text import say
from tests.checks.books import END, book, stage


def test_paths_of_nested_stages() -> None:
    inner = stage("r", stages=(stage("x", final="done"),))
    paths = ["/".join(map(str, path)) for path, _ in stages_of(book(stage("a", next="end", regions=(inner,)), END))]
    assert paths == ["stages/a", "stages/a/parallel/r", "stages/a/parallel/r/stages/x", "stages/end"]


def test_a_single_value_stands_in_for_its_first_item() -> None:
    single = Place("f", 3, 4)
    sample = book(END)
    object.__setattr__(sample, "where", lambda path, part: single if path == ("tasks", "sets") else NOWHERE)
    assert value_place(sample, ("tasks", "sets", 0), Place("f", 1, 1)) == single
    assert value_place(sample, ("tasks", "role"), Place("f", 1, 1)) == Place("f", 1, 1)


def test_unknown_says_when_nothing_is_declared() -> None:
    (problem,) = unknown(book(END), [("x", ("a",), NOWHERE)], [], "unknown-field", say("字段", "field"))
    assert problem.hint is not None and problem.hint.en == "this playbook declares no fields at all"
