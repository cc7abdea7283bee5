"""Walking a playbook together with the path of everything in it, and the exact place of a reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.errors import Place, Problem
from engine.model import Field, Playbook, Stage, Task
from engine.nearest import suggestion
from engine.text import Message, say

Path = tuple[str | int, ...]
# A reference: the id that is named, the path where, and the place of the thing around it.
Reference = tuple[str, Path, Place]


def value_place(book: Playbook, path: Path, around: Place) -> Place:
    """Where the value at `path` stands; `around` when no file holds it. An item of a list that was written as a single
    value is at the path without its index."""
    for attempt in (path, path[:-1] if isinstance(path[-1], int) else path):
        place = book.where(attempt, "value")
        if place.line:
            return place
    return around


def key_place(book: Playbook, path: Path, around: Place) -> Place:
    place = book.where(path, "key")
    return place if place.line else around


def stages_of(book: Playbook) -> Iterator[tuple[Path, Stage]]:
    """Every stage and region with its path, outer before inner; also those whose id is used twice."""
    yield from _stages(("stages",), book.stages)


def _stages(path: Path, stages: Mapping[str, Stage]) -> Iterator[tuple[Path, Stage]]:
    for stage in stages.values():
        here = (*path, stage.id)
        yield here, stage
        yield from _stages((*here, "parallel"), stage.regions)
        yield from _stages((*here, "stages"), stage.stages)


def tasks_of(book: Playbook) -> Iterator[tuple[Path, Task]]:
    for path, stage in stages_of(book):
        for task in stage.tasks.values():
            yield (*path, "tasks", task.id), task


def fields_of(book: Playbook) -> Iterator[tuple[Path, Field]]:
    """Fields, then columns of records."""
    for field in book.fields.values():
        yield ("fields", field.id), field
    for record in book.records.values():
        for column in record.columns.values():
            yield ("records", record.id, "columns", column.id), column


def listed(names: Iterable[str], path: Path, around: Place) -> Iterator[Reference]:
    """References in a list, each at its own item."""
    for index, name in enumerate(names):
        yield name, (*path, index), around


def unknown(
    book: Playbook, references: Iterable[Reference], known: Iterable[str], code: str, kind: Message
) -> Iterator[Problem]:
    """A problem for each reference to something that is not among `known`."""
    names = dict.fromkeys(known)
    for name, path, around in references:
        if name and name not in names:  # an empty name is the schema's to report
            message = say("没有“{name}”这个{kind}", "there is no {kind} '{name}'", name=name, kind=kind)
            yield Problem(value_place(book, path, around), code, message, suggestion(name, names, _many(kind)))


def _many(kind: Message) -> Message:
    return Message(kind.zh, f"{kind.en}s")
