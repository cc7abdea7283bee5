"""Parts of a playbook in a few words, for diagrams, summaries and differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.model import Due, Duration, GateItem, Playbook, Unit
from engine.text import Message, listed, plain, say


class _Titled(Protocol):
    @property
    def title(self) -> str: ...


_UNITS: dict[Unit, Message] = {
    "workdays": say("个工作日", "workdays"),
    "days": say("天", "days"),
    "weeks": say("周", "weeks"),
    "months": say("个月", "months"),
    "hours": say("小时", "hours"),
}


def duration_words(duration: Duration) -> Message:
    unit = _UNITS[duration.unit]
    singular = unit.en if duration.amount != 1 else unit.en[:-1]
    return Message(f"{duration.amount}{unit.zh}", f"{duration.amount} {singular}")


def _title(things: Mapping[str, _Titled], name: str | None) -> str:
    found = things.get(name or "")
    return found.title if found else name or ""


def due_words(book: Playbook, due: Due) -> Message:
    """`进入阶段后5个工作日内`, `within 5 workdays of entering the stage`."""
    anchor = {
        "stage": say("进入阶段", "entering the stage"),
        "pilot": say("启动", "the start"),
        "task": say("“{t}”完成", "'{t}' is done", t=_title(book.tasks, due.ref)),
        "field": say("“{t}”", "'{t}'", t=_title(book.fields, due.ref)),
    }[due.anchor]
    when = say("前", "before") if due.before else say("后", "after")
    return say("{a}{w}{d}", "{d} {w} {a}", a=anchor, w=when, d=duration_words(due.offset))


def item_words(book: Playbook, item: GateItem) -> Message:
    """A gate condition as what it demands; a written condition is known by the sentence shown when it fails."""
    if item.otherwise:
        return plain(item.otherwise)
    if item.kind == "roles":
        names = listed(book.roles[r].title for r in item.names if r in book.roles)
        return say("“{n}”到位", "'{n}' filled", n=names) if item.names else say("各角色人数到位", "every role filled")
    if item.kind == "fields":
        names = listed(book.fields[f].title for f in item.names if f in book.fields)
        return say("已填写“{n}”", "'{n}' filled in", n=names)
    if item.kind == "document" and item.document in book.documents:
        return say("《{d}》已定稿", "'{d}' final", d=_title(book.documents, item.document))
    if item.kind == "count" and item.record in book.records:
        return say("“{r}”的条数为 {b}", "{b} rows of '{r}'", r=_title(book.records, item.record), b=item.bounds)
    if item.kind == "children":
        return say("子试点（{p}）达到 {b} 个", "{b} child pilots of {p}", p=item.playbook, b=item.bounds)
    if item.kind == "successors":
        return say("由此启动的新试点达到 {b} 个", "{b} pilots started from this one", b=item.bounds)
    return plain(item.id)
