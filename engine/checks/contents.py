"""Contents that go out: what they name must exist, and the task in which they are signed must be an approval."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, key_place, listed, stages_of, tasks_of, unknown, value_place
from engine.compliance.conditions import FACTS
from engine.errors import Problem
from engine.expressions import compile_check
from engine.model import Content, Playbook
from engine.nearest import suggestion
from engine.text import say

CODES = ("unknown-content", "content-source", "content-channel", "content-sign", "valid-field", "content-fact")
_CHANNELS = ("ad", "kepu", "self_media", "news", "internal")
_PURPOSES = ("disclosure", "education", "promotion", "training", "academic")


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, _gates(book), book.content, CODES[0], say("对外内容", "content"))
    for content in book.content.values():
        path = ("content", content.id)
        yield from _source(book, content)
        yield from _setting(book, content, "channel", content.channel, _CHANNELS)
        yield from _setting(book, content, "purpose", content.purpose, _PURPOSES)
        if content.sign is not None:
            references = ((content.sign, (*path, "sign"), content.place),)
            yield from unknown(book, references, book.tasks, "unknown-task", say("任务", "task"))
            task = book.tasks.get(content.sign)
            if task is not None and not task.approval:
                message = say(
                    "签发任务“{t}”要写 approval: true",
                    "the task '{t}' in which it is signed must have approval: true",
                    t=task.title,
                )
                yield Problem(value_place(book, (*path, "sign"), content.place), CODES[3], message)
    yield from _expiry(book)


def _gates(book: Playbook) -> Iterator[Reference]:
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            if item.content is not None:
                yield item.content, (*path, "gate", index, "content"), item.place


def _source(book: Playbook, content: Content) -> Iterator[Problem]:
    path = ("content", content.id)
    place = key_place(book, path, content.place)
    if (content.field is None) == (content.record is None):
        message = say("正文写 field 或 record，二选一", "say either field or record")
        yield Problem(place, CODES[1], message, say("例如 field: draft", "for example field: draft"))
        return
    names = dict.fromkeys(book.fields)
    if content.field is not None:
        references = [(content.field, (*path, "field"), content.place)]
        yield from unknown(book, references, names, "unknown-field", say("字段", "field"))
        field = book.fields.get(content.field)
        if field is not None and field.type not in ("text", "file"):
            message = say("正文要是文字或文件字段", "the text must be a text or file field")
            yield Problem(value_place(book, (*path, "field"), content.place), CODES[1], message)
    if content.record is not None:
        references = [(content.record, (*path, "record"), content.place)]
        yield from unknown(book, references, book.records, "unknown-record", say("表", "record"))
        record = book.records.get(content.record)
        if record is None:
            return
        names |= dict.fromkeys(record.columns)
        columns = listed(content.columns, (*path, "columns"), content.place)
        yield from unknown(book, columns, record.columns, "unknown-column", say("列", "column"))
    facts = ((name, (*path, "facts", fact), content.place) for fact, name in content.facts.items())
    yield from unknown(book, facts, names, "unknown-field", say("字段", "field"))
    for fact in (*content.facts, *content.tests):
        if fact not in FACTS:
            here = key_place(book, (*path, "facts", fact), content.place)
            message = say("检查规则不认识事实“{f}”", "the rules know no fact '{f}'", f=fact)
            yield Problem(here, CODES[5], message, suggestion(fact, FACTS, say("事实", "facts")))
    record = book.records.get(content.record or "")
    for test in content.tests.values():
        yield from compile_check(test, book, record, ("BOOL", "STRING", "DYN"))


def _setting(book: Playbook, content: Content, key: str, said: str | None, known: tuple[str, ...]) -> Iterator[Problem]:
    """A channel or purpose that is chosen in a field: its options must be the ids there are."""
    if said is None or not said.startswith("fields."):
        return
    name = said.removeprefix("fields.")
    path = ("content", content.id, key)
    yield from unknown(book, ((name, path, content.place),), book.fields, "unknown-field", say("字段", "field"))
    field = book.fields.get(name)
    if field is None:
        return
    strange = [option for option in field.options if option not in known]
    if field.type != "choice" or strange:
        message = say(
            "“{f}”要是单选字段，选项 id 只用：{k}",
            "'{f}' must be a choice whose option ids are among: {k}",
            f=field.title,
            k="、".join(known),
        )
        yield Problem(value_place(book, path, content.place), CODES[2], message)


def _expiry(book: Playbook) -> Iterator[Problem]:
    for path, task in tasks_of(book):
        if task.valid_until is None:
            continue
        here = (*path, "valid_until")
        yield from unknown(
            book, ((task.valid_until, here, task.place),), book.fields, "unknown-field", say("字段", "field")
        )
        field = book.fields.get(task.valid_until)
        if field is not None and field.type != "date":
            message = say("valid_until 要是日期字段", "valid_until must be a date field")
            yield Problem(value_place(book, here, task.place), CODES[4], message)
