"""A field of the wrong type for its use: `for_each` needs a list, a due date a date, a metric a number or money."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, stages_of, tasks_of, value_place
from engine.checks.unknown_fields import METRIC_PARTS
from engine.errors import Place, Problem
from engine.model import FieldType, Playbook
from engine.text import Message, say

CODES = ("wrong-field-type",)
_NUMBERS: tuple[FieldType, ...] = ("number", "money")


def check(book: Playbook) -> Iterator[Problem]:
    for name, path, around, types, purpose in _uses(book):
        field = book.fields.get(name)
        if field is None or field.type in types:
            continue
        fitting = [f.id for f in book.fields.values() if f.type in types]
        message = say(
            "{purpose}，字段“{name}”的类型是 {type}",
            "{purpose}; field '{name}' is of type {type}",
            purpose=purpose,
            name=name,
            type=field.type,
        )
        hint = (
            say("可用的字段：{zh}", "fields that fit: {en}", zh="、".join(fitting), en=", ".join(fitting))
            if fitting
            else say("把它的 type 改成 {types}", "change its type to {types}", types=" / ".join(types))
        )
        related = ((field.place, say("字段在这里声明", "declared here")),) if field.place.line else ()
        yield Problem(value_place(book, path, around), CODES[0], message, hint, related=related)


def _uses(book: Playbook) -> Iterator[tuple[str, Path, Place, tuple[FieldType, ...], Message]]:
    repeated = say("for_each 要用 list 类型的字段", "for_each takes a field of type list")
    for path, task in tasks_of(book):
        if task.for_each is not None:
            yield task.for_each, (*path, "for_each"), task.place, ("list",), repeated
        if task.due is not None and task.due.ref is not None and task.due.ref not in book.tasks:
            counted = say("期限只能从 date 类型的字段算起", "a due date counts from a field of type date")
            yield task.due.ref, (*path, "due"), task.place, ("date",), counted
    for path, stage in stages_of(book):
        for index, start in enumerate(stage.starts):
            if start.for_each is not None:
                yield start.for_each, (*path, "starts", index, "for_each"), start.place, ("list",), repeated
    measured = say("指标要用 number 或 money 类型的字段", "a metric takes fields of type number or money")
    for metric in book.metrics.values():
        for part in METRIC_PARTS:
            name = getattr(metric, part)
            if name is not None:
                alone = part == "numerator" and metric.denominator is None
                types = (*_NUMBERS, "percent") if alone else _NUMBERS
                yield name, ("metrics", metric.id, part), metric.place, types, measured
    yield from _results(book)


def _results(book: Playbook) -> Iterator[tuple[str, Path, Place, tuple[FieldType, ...], Message]]:
    limits = say("within 要用 money 类型的字段", "within takes a field of type money")
    for field in book.counted.values():
        if field.ledger is not None and field.ledger.within is not None:
            yield field.ledger.within, ("fields", field.id, "ledger", "within"), field.place, ("money",), limits
    ends = say("时间段要从 date 类型的字段算起", "a window begins and ends with fields of type date")
    for window in book.windows.values():
        for key, name in (("from", window.start), ("to", window.end)):
            if name is not None:
                yield name, ("windows", window.id, key), window.place, ("date",), ends
    links = say("漏斗的环节要用 number 类型的字段", "a link of a funnel takes a field of type number")
    for funnel in book.funnels.values():
        for index, link in enumerate(funnel.links):
            yield link.field, ("funnels", funnel.id, "links", index, "field"), link.place, ("number",), links
    if book.ledger.department is not None:
        named = say("department 要用 text 类型的字段", "department takes a field of type text")
        yield book.ledger.department, ("ledger", "department"), book.ledger.place, ("text",), named
