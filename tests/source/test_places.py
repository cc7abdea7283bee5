"""Places of keys, values and of the characters inside a value."""

from engine.errors import NOWHERE, Place
from engine.source import parse
from engine.source.places import rows_of

SOURCE = parse("a: {b: [x, {c: \"d e\"}]}\nf: |\n  one\n  two\ng: 'it''s'\n", "f")


def test_place_of_key_and_value() -> None:
    assert SOURCE.place(("a", "b"), "key") == Place("f", 1, 5)
    assert SOURCE.place(("a", "b")) == Place("f", 1, 8)
    assert SOURCE.place(("a", "b", 0), "key") == NOWHERE
    assert SOURCE.place(("z",)) == NOWHERE


def test_nearest_goes_outwards() -> None:
    assert SOURCE.nearest(("a", "b", 1, "c")) == Place("f", 1, 13)
    assert SOURCE.nearest(("a", "b", 1, "nothing")) == Place("f", 1, 12)
    assert SOURCE.nearest(("nothing", "at", "all")) == Place("f")


def test_written_plain_and_quoted() -> None:
    assert SOURCE.written(("a", "b", 0), "x") == (Place("f", 1, 9), ())
    assert SOURCE.written(("a", "b", 1, "c"), "d e") == (Place("f", 1, 17), ())


def test_written_over_several_lines() -> None:
    first, lines = SOURCE.written(("f",), "one\ntwo\n")
    assert first == Place("f", 3, 3)
    assert (4, Place("f", 4, 3)) in lines


def test_written_with_escapes() -> None:
    first, lines = SOURCE.written(("g",), "it's")
    assert first == Place("f", 5, 5)
    assert lines[-1] == (3, Place("f", 5, 9))


def test_written_nowhere() -> None:
    assert SOURCE.written(("z",), "x") == (NOWHERE, ())


def test_rows_as_libyaml_counts_them() -> None:
    text = "a: 1\r\nb: 2\u2028c: 3\x85d: 4"
    assert len(rows_of(text)) == 4
    assert parse(text, "f").keys[("d",)] == Place("f", 4, 1)


def test_places_as_a_mapping() -> None:
    assert ("a",) in SOURCE.keys
    assert len(SOURCE.keys) == len(list(SOURCE.keys)) == 5
