"""What goes into a replica: only what may be, into places that exist and will take it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Path, unknown, value_place
from engine.errors import Place, Problem
from engine.model import Carry, Field, Playbook, Record
from engine.pilot.carried import OWN_TYPES, carried_columns
from engine.text import Message, say

CODES = ("carry-sensitive", "carry-target", "carry-incomplete")
AFTER = ("unknown-record",)

_ANY_TEXT = ("text", "choice", "number", "money", "percent")  # what can be written into a text column as it reads


def check(book: Playbook) -> Iterator[Problem]:
    signed = {name for task in book.tasks.values() if task.approval for name in task.sets}
    for field in book.fields.values():
        if field.carry:
            reason = _own(field) or (say("它由签字任务填写", "an approval sets it") if field.id in signed else None)
            if reason is not None:
                yield _sensitive(book, field, reason, ("fields", field.id, "carry"))
    for record in book.records.values():
        if record.carry is not None:
            yield from _record(book, record, record.carry)


def _record(book: Playbook, record: Record, carry: Carry) -> Iterator[Problem]:
    path: Path = ("records", record.id, "carry")
    if carry.to is not None and carry.to not in book.records:
        yield from unknown(
            book, [(carry.to, (*path, "to"), carry.place)], book.records, CODES[1], say("表格", "record")
        )
        return
    target = book.records[carry.to or record.id]
    named = [(name, (*path, "columns", name), carry.place) for name in carry.columns]
    named += [(name, (*path, "set", name), carry.place) for name in carry.fixed]
    yield from unknown(book, named, target.columns, CODES[1], say("列名", "column"))
    sources = [(source, (*path, "columns", name), carry.place) for name, source in carry.columns.items()]
    yield from unknown(book, sources, record.columns, CODES[1], say("列名", "column"))
    for name, source in carry.columns.items():
        if name in target.columns and source in record.columns:
            yield from _column(
                book, record.columns[source], target.columns[name], (*path, "columns", name), carry.place
            )
    for column in record.columns.values():
        if column.carry and (reason := _own(column)) is not None:
            yield _sensitive(book, column, reason, ("records", record.id, "columns", column.id, "carry"))
    given = {*carried_columns(book, record, carry, target), *carry.fixed}
    lacking = [c for c in target.columns.values() if c.required and c.default is None and c.id not in given]
    for column in lacking:
        message = say(
            "带过去的行缺“{c}”，“{t}”要求必填",
            "the rows would lack '{c}', which '{t}' requires",
            c=column.title,
            t=target.title,
        )
        hint = say("在 carry 的 columns 或 set 里补上 {c}", "give {c} in `columns` or `set` of carry", c=column.id)
        yield Problem(value_place(book, path, carry.place), CODES[2], message, hint)


def _column(book: Playbook, source: Field, target: Field, path: Path, around: Place) -> Iterator[Problem]:
    reason = _own(source)
    if reason is not None:
        yield _sensitive(book, source, reason, path)
    elif source.type == "ref" or not (
        source.type == target.type or (target.type == "text" and source.type in _ANY_TEXT)
    ):
        message = say(
            "“{a}”（{s}）放不进“{b}”（{t}）",
            "'{a}' ({s}) does not go into '{b}' ({t})",
            a=source.title,
            s=source.type,
            b=target.title,
            t=target.type,
        )
        yield Problem(value_place(book, path, around), CODES[1], message)


def _own(field: Field) -> Message | None:
    """Why this stays with the parent; None for what may go."""
    if field.type in OWN_TYPES:
        return say("人名、文件和日期不能带给别的试点", "names, files and dates do not go into another pilot")
    if field.ledger is not None:
        return say("它由本试点的台账算出", "it is counted from this pilot's ledger")
    return None


def _sensitive(book: Playbook, field: Field, reason: Message, path: Path) -> Problem:
    message = say("“{f}”不能带给复制的试点：{why}", "'{f}' cannot go into a replica: {why}", f=field.title, why=reason)
    hint = say("去掉这里的 carry，由新试点自己填写", "take this carry away; the new pilot supplies it itself")
    return Problem(value_place(book, path, field.place), CODES[0], message, hint)
