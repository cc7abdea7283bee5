from engine.checks import option_lists
from tests.checks.books import book, field, found


def test_a_choice_needs_options() -> None:
    sample = book(fields=(field("a", "choice"), field("b", "choice", options={"x": "X"}), field("c")))
    assert found(option_lists, sample) == [("no-options", "fields/a (key)")]


def test_two_options_with_one_title() -> None:
    sample = book(fields=(field("a", "choice", options={"x": "同名", "y": "同名"}),))
    assert found(option_lists, sample) == [("same-option-title", "fields/a/options/y")]
