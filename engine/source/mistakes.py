"""YAML syntax errors in the author's words: where the slip is, not where the parser noticed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from engine.errors import Place, Problem
from engine.text import Message, say

# `title：准备`: an id followed by a full-width colon. `title:准备`: no space after the colon.
_FULL_WIDTH = re.compile(r"^(\s*(?:-\s+)?[A-Za-z_][\w-]*\s*)：")
_NO_SPACE = re.compile(r"^(\s*(?:-\s+)?[A-Za-z_][\w-]*):(?=[^\s:/])")

_SPACES = say("缩进只用空格，每层两个", "indent with spaces only, two for each level")
_QUOTE = say("把整句话用引号括起来", "put the whole text in quotes")


def explain(error: yaml.MarkedYAMLError, rows: Sequence[str], file: str) -> Problem:
    """One problem for a syntax error, at the most likely cause."""
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or "")
    if mark is None:
        return Problem(Place(file), "yaml-syntax", _unknown(problem))
    line, col = mark.line, mark.column
    slip = _tab(rows, line, file) or _colon(rows, line, file)
    if slip is not None:
        return slip
    start = error.context_mark
    place = Place(file, line + 1, col + 1)
    if start is not None and (problem.startswith("found unexpected end") or "',' or" in problem):
        return _unclosed(problem, Place(file, start.line + 1, start.column + 1), place, rows)
    if "node content" in problem and not "".join(rows[line:])[col:].strip():
        opening = _open_bracket(rows)
        if opening is not None:
            return _unclosed(problem, Place(file, opening[0] + 1, opening[1] + 1), Place(file, len(rows) + 1), rows)
    if "another document" in problem:
        message = say("一个文件里只能有一个文档，不能再用 --- 分开", "only one document in a file: --- starts another")
        return Problem(place, "several-documents", message, say("分成两个文件", "make two files of it"))
    if "alias" in problem and "undefined" in problem:
        message = say("别名 * 指向的锚点 & 不存在", "the alias * has no anchor & before it")
        return Problem(
            place, "yaml-alias", message, say("以 * 开头的文字要加引号", "put a text that begins with * in quotes")
        )
    char = rows[line][col : col + 1] if line < len(rows) else ""
    if "cannot start any token" in problem and char:
        message = say("文字不能以 {char} 开头", "a text cannot begin with {char}", char=char)
        return Problem(place, "yaml-syntax", message, _QUOTE)
    for part, message, hint in _MESSAGES:
        if part in problem:
            return Problem(place, "yaml-syntax", message, hint)
    return Problem(place, "yaml-syntax", _unknown(problem))


def _tab(rows: Sequence[str], line: int, file: str) -> Problem | None:
    """A tab in the indentation of the line, or of the one before it."""
    for number in (line, line - 1):
        row = rows[number] if 0 <= number < len(rows) else ""
        indent = row[: len(row) - len(row.lstrip())]
        if "\t" in indent:
            place = Place(file, number + 1, indent.index("\t") + 1)
            return Problem(place, "yaml-tab", say("缩进里有制表符（Tab）", "a tab is used to indent"), _SPACES)
    return None


def _colon(rows: Sequence[str], line: int, file: str) -> Problem | None:
    """A full-width colon, or one without a space after it, on the line or on the last written line before it."""
    before = next((n for n in range(min(line, len(rows)) - 1, -1, -1) if rows[n].strip()), None)
    for number in (before, line):
        if number is None or number >= len(rows):
            continue
        wide = _FULL_WIDTH.match(rows[number])
        if wide:
            place = Place(file, number + 1, wide.end())
            message = say("冒号是全角的“：”", "the colon is full-width (：)")
            return Problem(
                place, "yaml-colon", message, say("改成半角冒号加一个空格", "write an ASCII colon and a space")
            )
        tight = _NO_SPACE.match(rows[number])
        if tight:
            place = Place(file, number + 1, tight.end())
            message = say("冒号后面少一个空格", "a space is missing after the colon")
            key = tight[1].strip().removeprefix("-").strip()
            return Problem(place, "yaml-colon", message, say("写成“{key}: …”", "write '{key}: …'", key=key))
    return None


def _unclosed(problem: str, start: Place, found: Place, rows: Sequence[str]) -> Problem:
    """A quotation mark or bracket without its end."""
    mark = rows[start.line - 1][start.col - 1 : start.col]
    if problem.startswith("found unexpected end"):
        message = say("引号 {mark} 没有成对", "the quotation mark {mark} is never closed", mark=mark)
        hint = say("在文字末尾补上 {mark}", "add {mark} at the end of the text", mark=mark)
        return Problem(start, "yaml-quote", message, hint)
    end = {"{": "}", "[": "]"}.get(mark, "")
    hint = say(
        "补上 {end}，或两项之间的半角逗号；文字里有 : {{ }} [ ] , 时要加引号",
        "add {end}, or the comma between two items; a text with : {{ }} [ ] , in it needs quotes",
        end=end,
    )
    opened = (start, say("括号在这里打开", "the bracket opens here"))
    noticed = (found, say("读到这里才发现", "noticed here"))
    if found.line > start.line:
        message = say("括号 {mark} 没有关上", "the bracket {mark} is never closed", mark=mark)
        return Problem(start, "yaml-bracket", message, hint, related=(noticed,))
    message = say("这里应该是逗号或 {end}", "a comma or {end} is expected here", end=end)
    return Problem(found, "yaml-bracket", message, hint, related=(opened,))


def _open_bracket(rows: Sequence[str]) -> tuple[int, int] | None:
    """The last bracket that nothing closes; quotation marks and comments are passed over, roughly."""
    stack: list[tuple[int, int]] = []
    quote = ""
    for line, row in enumerate(rows):
        for col, char in enumerate(row):
            if quote:
                quote = "" if char == quote else quote
            elif char in "'\"":
                quote = char
            elif char == "#" and (col == 0 or row[col - 1] == " "):
                break
            elif char in "[{":
                stack.append((line, col))
            elif char in "]}" and stack:
                stack.pop()
    return stack[-1] if stack else None


def _unknown(problem: str) -> Message:
    return say("YAML 写法有误：{why}", "YAML syntax: {why}", why=problem or "?")


# Part of libyaml's message → what an author can do about it.
_MESSAGES: tuple[tuple[str, Message, Message | None], ...] = (
    (
        "mapping values are not allowed",
        say("这里不能再有“键: 值”", "a second 'key: value' is not possible here"),
        say(
            "检查缩进；文字里有冒号加空格时要加引号",
            "check the indentation; a text with a colon and a space in it needs quotes",
        ),
    ),
    (
        "did not find expected key",
        say(
            "这一行和上面的内容对不齐，或引号没有包住整句",
            "this line does not line up with those above, or a text goes on after its quotes",
        ),
        say("同一层的键要从同一列开始", "keys of one level begin in the same column"),
    ),
    (
        "did not find expected '-'",
        say("列表里的每一项都要以 - 开头", "every item of a list begins with -"),
        say("检查这一行的缩进", "check the indentation of this line"),
    ),
    (
        "could not find expected ':'",
        say("这一行少了冒号", "a colon is missing on this line"),
        say("写成“键: 值”，冒号是半角的，后面有空格", "write 'key: value' with an ASCII colon and a space"),
    ),
    (
        "block sequence entries are not allowed",
        say("列表（-）要另起一行", "a list (-) begins on a line of its own"),
        say("或写成 [甲, 乙]", "or write [a, b]"),
    ),
    ("did not find expected node content", say("这里缺少内容", "something is missing here"), _QUOTE),
    (
        "did not find expected <document start>",
        say("这一行和上面的内容不是一个整体", "this line does not belong to what is above"),
        say(
            "检查缩进：最外层的键要从第一列开始", "check the indentation: the outermost keys begin in the first column"
        ),
    ),
    (
        "unknown escape character",
        say("双引号里的反斜杠 \\ 有特殊含义", "a backslash in double quotes has a special meaning"),
        say("改用单引号，或写成 \\\\", "use single quotes, or write \\\\"),
    ),
    (
        "hexdecimal",
        say(
            "双引号里的 \\x 或 \\u 后面要跟十六进制数字",
            "\\x or \\u in double quotes needs hexadecimal digits after it",
        ),
        say("改用单引号", "use single quotes"),
    ),
    ("tab character", say("缩进里有制表符（Tab）", "a tab is used to indent"), _SPACES),
    ("alphabetic or numeric", say("& 或 * 后面要跟名称", "& or * needs a name after it"), _QUOTE),
    (
        "comment or line break",
        say("| 或 > 后面要另起一行", "the text after | or > begins on the next line"),
        None,
    ),
    ("undefined tag handle", say("不能用 YAML 标签（!）", "YAML tags (!) are not allowed"), _QUOTE),
    ("tag", say("不能用 YAML 标签（!）", "YAML tags (!) are not allowed"), _QUOTE),
    (
        "incompatible YAML",
        say("%YAML 的版本不对", "the version after %YAML is not known"),
        say("删掉这一行", "delete this line"),
    ),
)
