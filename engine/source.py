"""A file's text → plain data, and a Place for each key and value in it. The only importer of yaml.

YAML 1.2 core scalars: only `true`, `false`, `null` and plain numbers are more than text, so that `no`, `on`, `12:30` and
`2026-03-02` mean what they say. Duplicate keys, tags, several documents, oversized and over-nested files are refused.
One pass over the node tree gives data and places; every problem found on the way is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from engine.errors import Place, PlaybookError, Problem
from engine.text import Message, say

Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 64
MAX_NODES = 100_000  # after aliases are expanded

CODES = (
    "no-file", "not-a-file", "unreadable", "too-large", "empty", "not-text", "encoding", "syntax", "duplicate-key",
    "tag", "several-documents", "too-deep", "alias-bomb", "merge-key", "not-a-map", "bad-key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file. `keys[path]` is where a key stands, `values[path]` where its value begins."""

    file: str
    text: str
    data: Any
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]


def read_text(path: FilePath) -> str:
    """The text of a file, UTF-8 with or without a mark. Raises PlaybookError with one clear line otherwise."""
    name = str(path)
    try:
        if not path.exists():
            raise _refuse(name, "no-file", say("文件不存在", "no such file"), say("检查文件名和所在文件夹", "check the name and the folder"))
        if not path.is_file():
            raise _refuse(name, "not-a-file", say("这不是文件", "this is not a file"), say("请给出 .yaml 文件的路径", "give the path of a .yaml file"))
        if path.stat().st_size > MAX_BYTES:
            raise _refuse(
                name,
                "too-large",
                say("文件太大（{n} MB，上限 2 MB），不像是剧本", "the file is too large ({n} MB, at most 2 MB) to be a playbook", n=round(path.stat().st_size / 1e6, 1)),
            )
        raw = path.read_bytes()
    except OSError as error:
        raise _refuse(name, "unreadable", say("文件打不开：{why}", "cannot read the file: {why}", why=error.strerror or "")) from None
    return decode_text(raw, name)


def decode_text(raw: bytes, name: str) -> str:
    """Bytes → text: UTF-8 only; other encodings are named with the way to convert them."""
    utf8 = say("请另存为 UTF-8 编码", "save it as UTF-8")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse(name, "encoding", say("文件是 UTF-16 编码", "the file is UTF-16"), utf8)
    if b"\0" in raw:
        raise _refuse(name, "not-text", say("这不是文本文件", "this is not a text file"), say("剧本是 .yaml 文本文件", "a playbook is a .yaml text file"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        raw.decode("gb18030")
        why = say("文件像是 GBK 编码", "the file looks like GBK")
    except UnicodeDecodeError:
        why = say("文件不是 UTF-8 文本", "the file is not UTF-8 text")
    raise _refuse(name, "encoding", why, utf8)


def parse(text: str, file: str) -> Source:
    """Parse one YAML document. Raises PlaybookError with every problem of its syntax and structure."""
    import yaml

    if len(text) > MAX_BYTES:
        raise _refuse(file, "too-large", say("内容太大", "the text is too large"))
    if not text.strip():
        raise _refuse(file, "empty", say("文件是空的", "the file is empty"), say("用 playbook new 名称 生成一个", "`playbook new NAME` makes one"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        _guard_depth(text, file)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise PlaybookError([_syntax(error, text, file)], {file: text}) from None
    except RecursionError:
        raise _refuse(file, "too-deep", say("嵌套太深", "nested too deeply"), text=text) from None
    finally:
        loader.dispose()
    if node is None:
        raise _refuse(file, "empty", say("文件里只有注释，没有内容", "the file holds only comments"), text=text)
    reader = _Reader(file, yaml.MappingNode, yaml.SequenceNode)
    data = reader.value(node, (), 0)
    if not reader.problems and not isinstance(data, dict):
        reader.report(
            node,
            "not-a-map",
            say("文件应由“键: 值”组成", "the file should be made of `key: value` lines"),
            say("第一行写 playbook: 名称", "begin with `playbook: name`"),
        )
    if reader.problems:
        raise PlaybookError(reader.problems, {file: text})
    return Source(file, text, data, reader.keys, reader.values)


def _refuse(file: str, code: str, message: Message, hint: Message | None = None, text: str = "") -> PlaybookError:
    return PlaybookError([Problem(Place(file), code, message, hint)], {file: text} if text else {})


_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_TRUE = ("true", "True", "TRUE")
_FALSE = ("false", "False", "FALSE")
_INT = re.compile(r"^[+-]?(?:0|[1-9][0-9]{0,17})$")
_FLOAT = re.compile(r"^[+-]?(?:0|[1-9][0-9]{0,17})?\.[0-9]{1,17}$|^[+-]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}$")


def scalar(text: str) -> Any:
    """A plain scalar by YAML 1.2's core schema, without its exotic numbers (`0x1F`, `1e5`, `.inf` and `010` stay text)."""
    if _NULL.match(text):
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


@dataclass(slots=True)
class _Reader:
    """Walks the node tree once. `seen` counts nodes as expanded, so that aliases cannot multiply without end."""

    file: str
    mapping: Any
    sequence: Any
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0
    open: set[int] = field(default_factory=set)

    def place(self, node: Any) -> Place:
        mark = node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def report(self, node: Any, code: str, message: Message, hint: Message | None = None, **rest: Any) -> None:
        self.problems.append(Problem(self.place(node), code, message, hint, **rest))

    def value(self, node: Any, path: Path, depth: int) -> Any:
        self.values[path] = self.place(node)
        self.seen += 1
        if self.seen > MAX_NODES or id(node) in self.open:
            if not any(p.code == "alias-bomb" for p in self.problems):
                self.report(node, "alias-bomb", say("锚点引用展开后太大", "the aliases expand to too much"), say("去掉 & 和 * 引用，直接写内容", "write the content out instead of & and *"))
            return None
        if depth > MAX_DEPTH:
            self.report(node, "too-deep", say("嵌套超过{n}层", "nested more than {n} levels", n=MAX_DEPTH))
            return None
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rpartition(":")[2] not in _KNOWN_TAGS:
            self.report(node, "tag", say("不支持标签“{tag}”", "tags such as '{tag}' are not supported", tag=node.tag), say("去掉以 ! 开头的标签", "remove the word that begins with !"))
            return None
        self.open.add(id(node))
        try:
            if isinstance(node, self.mapping):
                return self._map(node, path, depth)
            if isinstance(node, self.sequence):
                return [self.value(item, (*path, n), depth + 1) for n, item in enumerate(node.value)]
            return scalar(node.value) if not node.style else node.value
        finally:
            self.open.discard(id(node))

    def _map(self, node: Any, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            here = (*path, key)
            if key in found:
                self.report(
                    key_node,
                    "duplicate-key",
                    say("键“{key}”重复了", "duplicate key '{key}'", key=key),
                    say("保留一个，删去或改名另一个", "keep one; remove or rename the other"),
                    related=((self.keys[here], say("第一次出现在这里", "first defined here")),),
                )
                continue
            self.keys[here] = self.place(key_node)
            found[key] = self.value(value_node, here, depth + 1)
        return found

    def _key(self, node: Any) -> str | None:
        if isinstance(node, (self.mapping, self.sequence)):
            self.report(node, "bad-key", say("键应是一个词，不能是列表或表", "a key is a word, not a list or a map"), say("带花括号的文字要加引号", "quote a text that has braces"))
            return None
        if node.value == "<<" and not node.style:
            self.report(node, "merge-key", say("不支持合并键“<<”", "the merge key `<<` is not supported"), say("直接写出内容；变体请用 extends", "write the content out; for a variant use `extends`"))
            return None
        return str(node.value)


_KNOWN_TAGS = ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "value", "merge")


def _guard_depth(text: str, file: str) -> None:
    """Brackets nested without end crash a parser's stack before it can say no; indentation is caught while walking."""
    depth = deepest = 0
    for char in re.findall(r"[\[\]{}]", text):
        depth += 1 if char in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH * 4:
        raise _refuse(file, "too-deep", say("括号嵌套太深", "brackets nested too deeply"), text=text)
    for line in text.splitlines():
        if line.count("- ") > MAX_DEPTH and re.match(rf"^\s*(?:- ){{{MAX_DEPTH},}}", line):
            raise _refuse(file, "too-deep", say("嵌套太深", "nested too deeply"), text=text)


def _syntax(error: Any, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    if mark is None:
        position = getattr(error, "position", None)
        place = _place_at(text, position, file) if isinstance(position, int) else Place(file)
        return Problem(place, "not-text", say("文件里有不允许的控制字符", "the file holds a control character that is not allowed"))
    place = Place(file, mark.line + 1, mark.column + 1)
    if "expected a single document" in str(error) or "but found another document" in words:
        return Problem(place, "several-documents", say("一个文件只能有一份内容（出现了第二个 ---）", "one file holds one document (there is a second `---`)"))
    message, hint = _explain(words, text.splitlines(), mark.line, mark.column)
    return Problem(place, "syntax", message, hint)


def _place_at(text: str, position: int, file: str) -> Place:
    before = text[:position]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _explain(words: str, lines: list[str], line: int, column: int) -> tuple[Message, Message | None]:
    """libyaml's words → the author's, with the likeliest cause as a hint."""
    row = lines[line] if line < len(lines) else ""
    above = next((r for r in reversed(lines[:line]) if r.strip() and not r.lstrip().startswith("#")), "")
    colon = say("冒号要用英文“:”，后面空一格", "use an ASCII colon followed by a space")
    quote = say("含有 : # {{ }} [ ] , 等符号的文字要加引号", "quote a text that holds : # {{ }} [ ] or ,")
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return say("缩进里有 Tab", "the indentation has a tab"), say("缩进只用空格", "indent with spaces only")
    if "could not find expected ':'" in words:
        hint = colon if "：" in row + above else say("每行应是“键: 值”；续行要比上一行缩进更多", "each line is `key: value`; a continued text is indented further")
        return say("缺少冒号", "a colon is missing"), hint
    if "mapping values are not allowed" in words:
        return say("这里不能再出现“: ”", "another `: ` is not possible here"), quote
    if "did not find expected key" in words or "did not find expected '-' indicator" in words:
        hint = colon if "：" in row else say("检查缩进是否与同级的行对齐，引号是否成对", "check that it lines up with its neighbours and that quotes are closed")
        return say("缩进或格式不对，读不下去", "the indentation or the form is wrong here"), hint
    if "',' or '}'" in words or "',' or ']'" in words:
        return say("括号没有成对，或少了逗号", "a bracket is not closed, or a comma is missing"), quote
    if "unexpected end of stream" in words:
        return say("引号没有成对", "a quotation mark is not closed"), None
    if "cannot start any token" in words:
        return say("这个字符不能放在开头", "a value cannot begin with this character"), quote
    if "undefined alias" in words:
        return say("* 引用了不存在的锚点", "* refers to an anchor that does not exist"), quote
    if "unknown escape" in words:
        return say("双引号里的反斜杠写法不对", "unknown escape in a double-quoted text"), say("改用单引号", "use single quotes")
    if "block sequence entries are not allowed" in words:
        return say("列表项“- ”不能放在这里", "a list item `- ` is not possible here"), say("列表从下一行开始", "begin the list on the next line")
    return say("YAML 写法有误（{words}）", "YAML syntax: {words}", words=words), quote
