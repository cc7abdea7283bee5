"""Where the parts of data from one file or several stand."""

from engine.errors import NOWHERE, Place
from engine.load.extends import merge
from engine.load.resolved import Origins, Resolved
from engine.source import parse

BASE = parse("a: {b: 1, c: 'x y'}\n", "base")
VARIANT = parse("d: 2\na: {b: 3}\n", "variant")
SINGLE = Resolved(BASE.data, BASE, None, (BASE,))
MERGED, _ = merge(SINGLE, VARIANT)


def test_one_file_is_its_own_origin() -> None:
    assert SINGLE.place(("a", "b"), "key") == Place("base", 1, 5)
    assert set(Origins(SINGLE)) == set(BASE.values)
    assert Origins(SINGLE)[("a", "b")] == Place("base", 1, 5)


def test_merged_data_points_into_both() -> None:
    assert MERGED.data == {"a": {"b": 3, "c": "x y"}, "d": 2}
    assert MERGED.place(("a", "b")) == Place("variant", 2, 8)
    assert MERGED.place(("a", "c"), "key") == Place("base", 1, 11)
    assert MERGED.place(("d",), "key") == Place("variant", 1, 1)
    assert MERGED.place(("z",)) == NOWHERE


def test_nearest_and_written() -> None:
    assert MERGED.nearest(("a", "c", "deeper")) == Place("base", 1, 11)
    assert MERGED.nearest(("z",)) == Place("variant")
    assert MERGED.written(("a", "c"), "x y") == (Place("base", 1, 15), ())
    assert MERGED.written(("z",), "x") == (NOWHERE, ())


def test_order_is_that_of_the_base() -> None:
    assert list(MERGED.data) == ["a", "d"]
