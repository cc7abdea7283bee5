"""Setting fields: typed text → checked values → events."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engine.model import Field
from engine.pilot.blockers import Blocker
from engine.pilot.events import Json, NewEvent
from engine.pilot.state import Value
from engine.pilot.values import ValueProblem, encode, parse_value, show
from engine.process.commands import SetFields
from engine.process.context import Context, Decision, Trouble, must_run
from engine.process.supply import assignment
from engine.text import Message, entitled, listed, plain, say

FREE_TEXT = ("text", "list")  # kept beside the chain, erasable


def set_fields(context: Context, command: SetFields) -> Decision:
    """Set or clear fields; all of them or none."""
    must_run(context, also_on_hold=True)
    trouble = Trouble()
    events = field_events(context, command.values, trouble)
    trouble.stop()
    return Decision(tuple(events))


def field_events(context: Context, values: Mapping[str, str], trouble: Trouble) -> list[NewEvent]:
    """Events that set `values`; everything wrong with them goes to `trouble`. Unchanged values make no event."""
    events = []
    for name, text in values.items():
        field = context.book.fields.get(name)
        if field is None:
            trouble.blockers.append(
                unknown_name("field", name, {f.id: f.title for f in context.book.fields.values()}, context.book.id)
            )
            continue
        value = typed(context, field, text, name, trouble) if text.strip() else None
        if name in context.pilot.counted:
            if value != context.pilot.fields.get(name):
                trouble.add(
                    "counted-field",
                    name,
                    say(
                        "“{title}”由台账算出（{value}），不能手填；请改正台账后重新导入",
                        "'{title}' is counted from the ledger ({value}) and is not typed; correct the ledger and import it",
                        title=field.title,
                        value=show(field, context.pilot.fields[name]),
                    ),
                    commands=("import 文件路径", "import --list"),
                )
            continue
        if value != context.pilot.fields.get(name):
            events.append(field_event(field, value))
    return events


def field_event(field: Field, value: Value | None) -> NewEvent:
    data, texts = split(field, value)
    stored: dict[str, Json] = {"field": field.id, "type": field.type}
    if data is not None:
        stored["value"] = data
    return NewEvent("field_set", stored, {"value": texts} if texts is not None else {})


def split(field: Field, value: Value | None) -> tuple[Json, str | None]:
    """A value as (what goes into the chain, what is kept beside it)."""
    if value is None:
        return None, None
    if isinstance(value, tuple):
        return None, json.dumps(value, ensure_ascii=False)
    if field.type in FREE_TEXT:
        return None, str(value)
    return encode(value), None


def typed(context: Context, field: Field, text: str, item: str, trouble: Trouble) -> Value | None:
    """Parse one value; None (and a reason in `trouble`) when it is not acceptable."""
    if field.type in ("text", "list", "person"):
        trouble.text(item, text, landlines=item in context.book.going_out)
    try:
        value = parse_value(field, text, today=context.today)
    except ValueProblem as problem:
        trouble.add(
            "bad-value",
            item,
            say("“{title}”：{why}", "'{title}': {why}", title=field.title, why=problem.message),
            commands=() if "." in item else (f"set {assignment(field)}",),
        )
        return None
    if field.type == "file" and not _is_evidence(context, str(value)):
        trouble.add(
            "not-a-file",
            item,
            say("“{title}”要附文件", "'{title}' takes a file", title=field.title),
            commands=(f"attach {field.id} 文件路径",),
        )
    return value


def _is_evidence(context: Context, ref: str) -> bool:
    number = ref.removeprefix("E")
    return ref.startswith("E") and number.isdigit() and int(number) in context.pilot.evidence


_LISTED = 12  # more names than this are looked up, not read in a refusal


def unknown_name(kind: str, name: str, titles: Mapping[str, str], book: str = "") -> Blocker:
    """`name` is not among `titles` (id → title): what is near, what exists; of many, the command that shows `book`."""
    words: dict[str, Message] = {
        "field": say("字段", "field"),
        "column": say("列", "column"),
        "record": say("表", "record"),
        "role": say("角色", "role"),
        "document": say("文件", "document"),
    }
    by_text = {**{t: i for i, t in titles.items()}, **{i: i for i in titles}}
    from difflib import get_close_matches

    near = [by_text[n] for n in get_close_matches(name, by_text, n=3, cutoff=0.5)]
    detail = []
    if near:
        known = listed(entitled(n, titles[n]) for n in dict.fromkeys(near))
        detail.append(say("是不是：{near}？", "did you mean: {near}?", near=known))
    many = bool(book) and len(titles) > _LISTED
    if titles and not many:
        known = listed(entitled(i, t) for i, t in titles.items())
        detail.append(say("可用的有：{all}", "there are: {all}", all=known))
    message = say("没有{kind}“{name}”", "no {kind} '{name}'", kind=words.get(kind, plain(kind)), name=name)
    commands = (f"show {book}",) if many else ()
    return Blocker(f"unknown-{kind}", name, message, commands=commands, detail=tuple(detail))
