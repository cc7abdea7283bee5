"""Text → plain data and places, in one pass over the composed nodes."""

from __future__ import annotations

import re
from typing import Any

import yaml

from engine.errors import Place, PlaybookError, Problem
from engine.source.files import MAX_BYTES
from engine.source.mistakes import explain
from engine.source.places import Mark, Path, Places, Source, rows_of
from engine.source.scalars import resolve
from engine.text import Message, say

MAX_DEPTH = 64
MAX_NODES = 100_000  # values in all, aliases counted with all they stand for

_PLAIN, _QUOTED = "plain", "quoted"
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _TooDeepError(Exception):
    pass


class _Resolver:
    """Tags every node that has no tag of its own as plain or quoted, and counts how deep composing has gone.

    The composers of PyYAML call these methods for each node; refusing here keeps their recursion shallow.
    """

    depth = 0

    def resolve(self, kind: object, value: object, implicit: Any) -> str:
        return _PLAIN if implicit is True or (implicit and implicit[0]) else _QUOTED

    def descend_resolver(self, parent: object, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def check_resolver_prefix(self, *args: object) -> bool:
        return False


if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    class _Composer(_Resolver, CParser):
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)

else:  # pragma: no cover - only where PyYAML was built without libyaml
    from engine.source.slow import SlowComposer

    class _Composer(_Resolver, SlowComposer):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            SlowComposer.__init__(self, text)


def parse(text: str, file: str) -> Source:
    """Read YAML. `data` is dict, list, str, int, float, bool or None. Raises PlaybookError, with every problem found
    that does not hide the rest (a syntax error ends reading)."""
    text = text.removeprefix("\ufeff")
    _refuse_size(text, file)
    bad = _NOT_ALLOWED.search(text)
    if bad is not None:
        raise _character(text, file, bad.start())
    try:
        node = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):  # newer libyaml counts by itself, and words it its own way
            raise _one(Place(file), text, "too-deep", _deep()) from None
        raise PlaybookError([explain(error, rows_of(text), file)], {file: text}) from None
    except _TooDeepError:
        raise _one(Place(file), text, "too-deep", _deep()) from None
    except yaml.YAMLError as error:
        why = say("读不了这个 YAML 文件：{why}", "this YAML file cannot be read: {why}", why=str(error).splitlines()[0])
        raise _one(Place(file), text, "yaml-syntax", why) from None
    if node is None:
        raise _one(
            Place(file),
            text,
            "empty-file",
            say("文件是空的", "the file is empty"),
            say("用 playbook new 生成一个可以改的样例", "`playbook new` writes a sample to start from"),
        )
    walk = _Walk(file)
    try:
        data = walk.value(node, (), 1)
    except _TooDeepError:
        raise _one(Place(file), text, "too-deep", _deep()) from None
    if walk.problems:
        raise PlaybookError(walk.problems, {file: text})
    return Source(file, text, data, Places(file, walk.keys), Places(file, walk.values))


class _Walk:
    """Composed nodes → data, noting the mark of each key and value."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[Path, Mark] = {}
        self.values: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def value(self, node: Any, path: Path, depth: int) -> Any:
        self.values[path] = node.start_mark
        tag = node.tag
        if tag is not _PLAIN and tag is not _QUOTED:
            self._tag(node)
        found = node.value
        if isinstance(found, str):
            return resolve(found) if tag is _PLAIN else found
        if depth > MAX_DEPTH or len(self.values) > MAX_NODES:
            self._too_much(node, depth)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(found, path, depth)
        return [self.value(item, (*path, i), depth + 1) for i, item in enumerate(found)]

    def _mapping(self, pairs: list[tuple[Any, Any]], path: Path, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in pairs:
            key = key_node.value
            if not isinstance(key, str):
                self._odd_key(key_node)
                continue
            here = (*path, key)
            if key in data:
                self._twice(key, key_node, self.keys[here])
                continue
            if key_node.tag is not _QUOTED:
                if key_node.tag is not _PLAIN:
                    self._tag(key_node)
                elif key == "<<":
                    self._merge(key_node)
            self.keys[here] = key_node.start_mark
            data[key] = self.value(value_node, here, depth + 1)
        return data

    def _too_much(self, node: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _TooDeepError
        message = say(
            "内容太多：超过 {max} 个值（别名 * 展开后也算）",
            "too much: more than {max} values (aliases * count with all they stand for)",
            max=MAX_NODES,
        )
        raise PlaybookError([Problem(self._place(node), "too-many-values", message)])

    def _tag(self, node: Any) -> None:
        tag = str(node.tag)
        shown = "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag
        message = say("不能用 YAML 标签 {tag}", "the YAML tag {tag} is not allowed", tag=shown)
        hint = say("去掉标签；是文字就加引号", "take the tag away; put a text in quotes")
        self.problems.append(Problem(self._place(node), "yaml-tag", message, hint))

    def _twice(self, key: str, node: Any, first: Mark) -> None:
        message = say("“{key}”写了两次", "'{key}' is written twice", key=key)
        hint = say("删掉一个，或换一个 id", "delete one, or choose another id")
        before = (Place(self.file, first.line + 1, first.column + 1), say("第一次在这里", "first written here"))
        self.problems.append(Problem(self._place(node), "duplicate-key", message, hint, related=(before,)))

    def _odd_key(self, node: Any) -> None:
        message = say("键必须是简单的文字", "a key must be a simple text")
        hint = say("花括号里的内容如果是文字，请加引号", "put a text that begins with { or [ in quotes")
        self.problems.append(Problem(self._place(node), "bad-key", message, hint))

    def _merge(self, node: Any) -> None:
        message = say("不支持合并键 <<", "the merge key << is not supported")
        hint = say("把内容写全；整个方案的变体用 extends", "write it out; for a variant of a playbook use extends")
        self.problems.append(Problem(self._place(node), "merge-key", message, hint))

    def _place(self, node: Any) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _deep() -> Message:
    return say(
        "嵌套太深：超过 {max} 层（或者别名 * 指向了自己）",
        "nested too deeply: more than {max} levels (or an alias * that contains itself)",
        max=MAX_DEPTH,
    )


def _refuse_size(text: str, file: str) -> None:
    if len(text) > MAX_BYTES:
        message = say("内容太大，最多 {n} 个字符", "too large: at most {n} characters", n=MAX_BYTES)
        raise PlaybookError([Problem(Place(file), "too-large", message)])


def _character(text: str, file: str, index: int) -> PlaybookError:
    before = rows_of(text[:index])
    message = say("文件里有不能用的字符 U+{n:04X}", "a character that is not allowed, U+{n:04X}", n=ord(text[index]))
    hint = say(
        "删掉这个看不见的字符；或者这不是文本文件", "delete this invisible character; or this is not a text file"
    )
    return _one(Place(file, len(before), len(before[-1]) + 1), text, "bad-character", message, hint)


def _one(place: Place, text: str, code: str, message: Message, hint: Message | None = None) -> PlaybookError:
    return PlaybookError([Problem(place, code, message, hint)], {place.file: text})
