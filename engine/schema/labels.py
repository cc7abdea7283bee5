"""Names for parts of a file, in the author's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.source import Path
from engine.text import Message, say

_TYPES: dict[str, Message] = {
    "object": say("一组“键: 值”", "a map (key: value)"),
    "array": say("列表", "a list"),
    "string": say("文字", "text"),
    "boolean": say(" true 或 false", "true or false"),
    "number": say("数字", "a number"),
    "integer": say("整数", "a whole number"),
    "null": say("空", "nothing"),
}


def both(text: str) -> Message:
    """A text of a schema, `中文 / English`, as a message. Without an English half it is the same in both."""
    zh, _, en = text.partition(" / ")
    return Message(zh.removesuffix("。"), (en or zh).removesuffix("."))


def label(path: Path) -> Message:
    """The last step of a path: a key, or an item of a list."""
    if not path:
        return say("这个文件", "the file")
    last = path[-1]
    if isinstance(last, str):
        return Message(last, last)
    key = path[-2] if len(path) > 1 else ""
    return say("{key} 的第 {n} 项", "item {n} of {key}", key=key, n=last + 1)


def thing(schema: Mapping[str, Any], path: Path) -> Message:
    """A map as the author knows it: `任务“plan”`; the schema's title is its kind."""
    kind = both(schema.get("title", ""))
    if not kind.zh:
        return label(path)
    if not path:
        return say("{kind}", "the {kind}", kind=kind)
    last = path[-1]
    if isinstance(last, int):
        return say("第 {n} 项（{kind}）", "item {n} ({kind})", n=last + 1, kind=kind)
    return say("{kind}“{id}”", "{kind} '{id}'", kind=kind, id=shown(last))


def joined(words: Iterable[object]) -> Message:
    listed = [str(word) for word in words]
    return Message("、".join(listed), ", ".join(listed))


def allowed_keys(known: Iterable[str]) -> Message:
    return say("可以用的键：{all}", "keys that can stand here: {all}", all=joined(known))


def shown(value: object) -> str:
    """A value in a message: short, on one line."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, dict):
        text = "{…}"
    elif isinstance(value, list):
        text = "[…]"
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def type_of(value: object) -> str:
    """The JSON Schema name of a value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def types_in(part: Mapping[str, Any]) -> list[str]:
    """The types a schema without references takes; `number` takes integers as well."""
    named = part.get("type", "string" if "enum" in part else [])
    found = [named] if isinstance(named, str) else list(named)
    return [*found, "integer"] if "number" in found else found


def type_names(types: Iterable[str]) -> Message:
    listed = list(dict.fromkeys(types))
    if "number" in listed and "integer" in listed:
        listed.remove("integer")
    names = [_TYPES[name] for name in listed]
    return Message("或".join(n.zh for n in names), " or ".join(n.en for n in names))
