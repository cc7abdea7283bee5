"""Names for parts of a file."""

import pytest

from engine.schema.labels import both, label, shown, thing, type_names, type_of
from engine.text import Message


def test_both_halves() -> None:
    assert both("名称。 / The name.") == Message("名称", "The name")
    assert both("CNY") == Message("CNY", "CNY")


def test_label() -> None:
    assert label(("stages", "s", "next")).zh == "next"
    assert label(("needs", 0)) == Message("needs 的第 1 项", "item 1 of needs")
    assert label(()).en == "the file"


def test_thing() -> None:
    task = {"title": "任务 / task"}
    assert thing(task, ("tasks", "plan")) == Message("任务“plan”", "task 'plan'")
    assert thing(task, ()).en == "the task"
    assert thing(task, ("x", 2)).zh == "第 3 项（任务）"
    assert thing({}, ("x",)).zh == "x"


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), ({"a": 1}, "{…}"), ([], "[…]"), ("a\n b", "a b"), (1.0, "1.0")]
)
def test_shown(value: object, text: str) -> None:
    assert shown(value) == text


def test_shown_is_short() -> None:
    assert len(shown("字" * 100)) == 40


@pytest.mark.parametrize(
    ("value", "name"),
    [(None, "null"), (True, "boolean"), (1, "integer"), (1.5, "number"), ("", "string"), ([], "array"), ({}, "object")],
)
def test_type_of(value: object, name: str) -> None:
    assert type_of(value) == name


def test_type_names() -> None:
    assert type_names(["number", "integer", "string"]).en == "a number or text"
