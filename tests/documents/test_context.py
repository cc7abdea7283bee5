"""A template gets plain data and functions, nothing that leads anywhere else."""

from typing import Any

from engine.documents.context import build_context
from engine.documents.views import Named, Text
from engine.process.context import Context
from tests.documents import sample


def context() -> dict[str, Any]:
    made = Context(sample.book(), sample.pilot(), sample.NOW, sample.calendar())
    document = sample.book().documents["guide"]
    return build_context(made, sample.events(), document, hospital="医院", language="zh", draft=True, origin="老试点")[
        0
    ]


def kinds(value: Any) -> set[type]:
    if isinstance(value, dict):
        return set().union(*(kinds(v) for v in value.values()))
    if isinstance(value, list | Named):
        return set().union(*(kinds(v) for v in value))
    return {type(value)}


def test_context_is_plain_data() -> None:
    data = {name: value for name, value in context().items() if not callable(value)}
    assert {k.__name__ for k in kinds(data)} <= {"Text", "Markup", "int", "float", "bool", "NoneType"}


def test_context_tells_about_the_pilot() -> None:
    data = context()
    assert data["pilot"]["days"] == 30 and data["pilot"]["people_count"] == 2
    assert data["lineage"] == "老试点" and isinstance(data["lineage"], Text)
    assert [e["name"] for e in data["evidence"]] == ["空机房.jpg"]
    assert len(data["reworks"]) == 1
