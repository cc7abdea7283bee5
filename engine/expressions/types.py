"""The compiler's complaints about types, in the author's words."""

from __future__ import annotations

import re

from engine.expressions.finding import Finding
from engine.expressions.tree import Node
from engine.text import Message, plain, say

CODE = "expression-type"

_OVERLOAD = r"found no matching overload for '(.+?)' applied to '(.*)'$"
_TYPES = {
    "double": say("数字", "a number"),
    "int": say("数字", "a number"),
    "uint": say("数字", "a number"),
    "string": say("文字", "text"),
    "bool": say("是/否", "yes/no"),
    "google.protobuf.Timestamp": say("日期", "a date"),
    "google.protobuf.Duration": say("时长", "a duration"),
    "null_type": say("空", "null"),
    "dyn": say("任意", "anything"),
}
_RESULTS = {
    "DOUBLE": "double",
    "INT": "int",
    "STRING": "string",
    "TIMESTAMP": "google.protobuf.Timestamp",
    "DURATION": "google.protobuf.Duration",
    "NULL": "null_type",
}


def type_word(name: str) -> Message:
    """`list(string)` → 一组文字."""
    if name.startswith("list(map"):
        return say("表格的各行", "the rows of a table")
    if name.startswith("list("):
        return say("一组{inner}", "a list of {inner}", inner=type_word(name[5:-1]))
    if name.startswith("map("):
        return say("一行", "a row")
    return _TYPES.get(name, plain(name))


def explain_type(offset: int, complaint: str) -> Finding | None:
    """One complaint as a finding; None for the echo of another one (`*error*` among the types)."""
    match = re.search(_OVERLOAD, complaint)
    if "*error*" in complaint:
        return None
    if match is None:
        message = say("这里写得不对：{text}", "this is not valid: {text}", text=complaint)
        return Finding(offset, CODE, message)
    function, types = match[1], match[2].replace(".(", ", ").strip("()") if ".(" in match[2] else match[2][1:-1]
    words = [type_word(t) for t in _split(types)]
    operator = function.strip("_@").replace("_", "")
    if function == "_[_]":
        message = say("这里不能用 [ ] 取值", "[ ] cannot be used here")
    elif function in ("_&&_", "_||_", "!_"):
        odd = next((w for w, t in zip(words, _split(types), strict=True) if t != "bool"), words[0])
        message = say(
            "{op} 两边都要是条件，这里有一边是{odd}" if function != "!_" else "{op} 后面要是条件，这里是{odd}",
            "{op} joins conditions; here is {odd}",
            op=operator,
            odd=odd,
        )
    elif function == "_?_:_":
        message = say(
            "? : 要写成 条件 ? 值 : 值，两个值类型相同", "? : is written condition ? value : value of one kind"
        )
    elif (len(words) == 2 and not operator.isalpha()) or operator == "in":
        message = say(
            "{a}和{b}之间不能用 {op}", "{op} does not go between {a} and {b}", op=operator, a=words[0], b=words[-1]
        )
    else:
        what = say("、", ", ")
        message = Message(
            f"{operator} 不能用在{what.zh.join(w.zh for w in words)}上",
            f"{operator} cannot be used on {what.en.join(w.en for w in words)}",
        )
    return Finding(offset, CODE, message, _hint(function, _split(types)))


def _hint(function: str, types: list[str]) -> Message | None:
    if "null_type" in types:
        return say("要问填没填，用 filled.字段", "to ask whether something is filled in, use filled.FIELD")
    if "google.protobuf.Timestamp" in types and "string" in types:
        return say('日期写成 "2026-03-02"', 'a date is written "2026-03-02"')
    if "google.protobuf.Timestamp" in types and "double" in types and function not in ("_+_", "_-_"):
        return say('日期和日期比：today 或 "2026-03-02"', 'a date compares with a date: today or "2026-03-02"')
    if "google.protobuf.Timestamp" in types and "double" in types:
        return say(
            '加减天数用 duration，例如 duration("72h") 是三天', 'days are added as durations: duration("72h") is 3 days'
        )
    if function == "contains" and any(t.startswith("list") for t in types):
        return say('要问列表里有没有，写成 "文字" in 列表', 'to ask whether a list holds something: "text" in LIST')
    if function in ("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_") and any(t.startswith("list") for t in types):
        return say("要问有几项，用 size( )", "to ask how many, use size( )")
    if function == "_%_":
        return say("不支持求余数", "remainders are not supported")
    if "double" in types and "string" in types:
        return say("数字不加引号，文字要加引号", "numbers go without quotes, texts with quotes")
    return None


def explain_result(node: Node, result: str) -> Finding:
    """A condition whose result is not yes or no."""
    kind = type_word(_RESULTS.get(result, result.lower().replace("<", "(").replace(">", ")")))
    message = say(
        "条件的结果应当是“是”或“否”，这里得到{kind}", "a condition must be true or false; this is {kind}", kind=kind
    )
    hint = None
    if node.kind == "name" and node.text.startswith("fields."):
        name = node.text.removeprefix("fields.")
        hint = say("要问填没填，写 filled.{name}", "to ask whether it is filled in, write filled.{name}", name=name)
    elif node.kind == "name" and node.text.startswith("row."):
        name = node.text.removeprefix("row.")
        hint = say("要问填没填，写 row.filled.{name}", "to ask whether it is filled in: row.filled.{name}", name=name)
    elif result.startswith("LIST"):
        hint = say("要问有几行，写 size( … ) >= 1", "to ask how many there are: size( … ) >= 1")
    elif node.kind == "name":
        hint = say("和一个数比较，例如 {name} >= 1", "compare it with a number: {name} >= 1", name=node.text)
    return Finding(node.start, CODE, message, hint)


def explain_value(node: Node, result: str, wants: tuple[str, ...]) -> Finding:
    """An expression that should give a number, a text or yes/no, and gives something else."""
    words = {"DOUBLE": say("数字", "a number"), "STRING": say("文字", "a text"), "BOOL": say("是/否", "yes or no")}
    kind = type_word(_RESULTS.get(result, result.lower().replace("<", "(").replace(">", ")")))
    message = say("这里要得到{w}，却得到{kind}", "this must give {w}; it gives {kind}", w=words[wants[0]], kind=kind)
    return Finding(node.start, CODE, message)


def _split(types: str) -> list[str]:
    """`string, list(map(string, dyn))` → its two types."""
    parts, depth, current = [], 0, ""
    for ch in types:
        depth += (ch == "(") - (ch == ")")
        if ch == "," and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += ch
    return [*parts, current.strip()]
