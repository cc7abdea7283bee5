"""A @frozen class behaves as a frozen dataclass with slots does; the dataclass itself is the reference."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import weakref
from dataclasses import FrozenInstanceError, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.frozen import cached, changeable, frozen, replace


@frozen
class Point:
    """A point."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    secret: str = field(default="s", repr=False)

    def far(self) -> int:
        return self.x + self.y


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    """A point."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    secret: str = field(default="s", repr=False)


@frozen
class Slow:
    x: int

    @cached
    def double(self) -> list[int]:
        return [self.x * 2]


def test_values_show_and_compare_as_a_dataclass_does() -> None:
    for given_, same in (((1,), (1, 2)), ((1, 3, ["a"]), (1, 3, ["b"])), ((1, 2, [], "t"), (1, 2, [], "t"))):
        assert repr(Point(*given_)) == repr(Twin(*given_)).replace("Twin", "Point")
        assert Point(*given_) == Point(*same)
        assert hash(Point(*given_)) == hash(Point(*same))
    assert Point(1) != Point(2) and Point(1) != Twin(1) and Point(1) != (1, 2, "s")
    assert Point(1, 2, [], "a") != Point(1, 2, [], "b")


def test_nothing_can_be_changed_or_added() -> None:
    point = Point(1)
    for name in ("x", "other"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(point, name, 5)
    with pytest.raises(FrozenInstanceError, match="x"):
        del point.x
    assert not hasattr(point, "__dict__") and point.x == 1


def test_factories_give_each_value_its_own() -> None:
    assert Point(1).tags is not Point(1).tags


@pytest.mark.parametrize("wrong", [(), (1, 2, [], "", 5)])
def test_wrong_number_of_arguments_is_a_type_error(wrong: tuple[object, ...]) -> None:
    for _ in range(2):  # the first value of a class compiles its constructor
        with pytest.raises(TypeError, match="__init__"):
            Point(*wrong)  # type: ignore[arg-type]


def test_unknown_keyword_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="z"):
        Point(x=1, z=3)  # type: ignore[call-arg]


def test_dataclasses_own_functions_work() -> None:
    assert dataclasses.replace(Point(1), y=5) == Point(1, 5)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 2, "tags": [], "secret": "s"}
    assert [f.name for f in dataclasses.fields(Point)] == [f.name for f in dataclasses.fields(Twin)]
    assert dataclasses.is_dataclass(Point)


def test_replace_knows_the_fields() -> None:
    assert replace(Point(1, 3), x=2) == Point(2, 3)
    with pytest.raises(TypeError, match="z"):
        replace(Point(1), z=1)


def test_cached_is_computed_once_and_the_value_can_be_watched() -> None:
    slow = Slow(2)
    assert slow.double is slow.double and slow.double == [4]
    assert slow == Slow(2) and weakref.ref(slow)() is slow


def test_copies_and_pickles_are_equal() -> None:
    point = Point(1, 3, ["a"], "z")
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point


def test_match_statement_takes_it_apart() -> None:
    match Point(1, 4):
        case Point(x, y):
            assert (x, y) == (1, 4)
        case _:
            pytest.fail("did not match")


@given(st.integers(), st.integers())
def test_order_of_arguments_does_not_matter(x: int, y: int) -> None:
    assert Point(x, y) == Point(y=y, x=x) and Point(x, y).far() == x + y


def test_a_changeable_object_can_be_set_and_has_no_hash() -> None:
    @changeable
    class Box:
        items: list[int] = field(default_factory=list)
        count: int = 0

    box = Box()
    box.items.append(1)
    box.count += 1
    assert box == Box([1], 1) and repr(box).endswith("Box(items=[1], count=1)")
    with pytest.raises(TypeError, match="unhashable"):
        hash(box)
    with pytest.raises(AttributeError):
        box.other = 1  # type: ignore[attr-defined]


def test_a_class_without_fields_has_one_value() -> None:
    empty = frozen(type("Empty", (), {}))
    assert empty() == empty() and repr(empty()) == "Empty()" and len({empty(), empty()}) == 1


def test_what_is_not_supported_says_so() -> None:
    class Child(Point):
        z: int

    class Late:
        x: int = field(init=False)

    class Post:
        x: int

        def __post_init__(self) -> None: ...

    for cls in (Child, Late, Post):
        with pytest.raises(TypeError, match=cls.__name__):
            frozen(cls)
