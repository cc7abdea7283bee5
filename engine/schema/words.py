"""What jsonschema found, as problems: one per mistake, at the key or the value that is wrong, with what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from engine.errors import Place, Problem
from engine.frozen import frozen
from engine.schema.accept import ecma
from engine.schema.labels import allowed_keys, both, joined, label, shown, thing, type_names, type_of, types_in
from engine.schema.locate import Located
from engine.source import Path
from engine.text import Message, say


@frozen
class Finding:
    """A problem and the path of what is wrong: of the value, or of the key that is missing or (`unknown`) not known;
    `meant` is then the key it was probably meant to be."""

    path: Path
    problem: Problem
    unknown: bool = False
    meant: str | None = None


def findings_of(schema: dict[str, Any], data: object, where: Located) -> Iterator[Finding]:
    """Everything wrong with `data`. Imports jsonschema."""
    from jsonschema import Draft7Validator, validators

    validator = validators.extend(Draft7Validator, {"pattern": _pattern})(schema)  # type: ignore[no-untyped-call]
    words = _Words(schema.get("definitions", {}), where)
    for error in validator.iter_errors(data):
        yield from words.of(error)


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(instance, str) and ecma(pattern).search(instance) is None:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


class _Words:
    """One method per keyword of the schema; `of` picks it."""

    def __init__(self, definitions: Mapping[str, Any], where: Located) -> None:
        self.definitions, self.where = definitions, where
        self.makers: dict[str, Callable[[Any, Path], Iterator[Finding]]] = {
            "additionalProperties": self._unknown_keys,
            "required": self._missing,
            "dependencies": self._dependency,
            "type": self._type,
            "enum": self._enum,
            "pattern": self._format,
            "minLength": self._empty,
            "minItems": self._too_few,
            "minProperties": self._too_few,
            "maxProperties": self._too_many,
            "minimum": self._limit,
            "maximum": self._limit,
            "anyOf": self._any_of,
        }

    def of(self, error: Any) -> Iterator[Finding]:
        path: Path = tuple(error.absolute_path)
        if "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
            yield self._id(error, (*path, error.instance))
        else:
            yield from self.makers[error.validator](error, path)

    def _value(self, path: Path) -> Place:
        place = self.where.place(path)
        return place if place.line else self.where.nearest(path)

    def _key(self, path: Path) -> Place:
        """A key; or a map as a whole: its key, its place in a list, or the start of the file."""
        place = self.where.place(path, "key")
        return place if place.line else self._value(path)

    def _unknown_keys(self, error: Any, path: Path) -> Iterator[Finding]:
        known = list(error.schema.get("properties", {}))
        what = thing(error.schema, path)
        for key, value in error.instance.items():
            if key not in known:
                message = say("{what}没有“{key}”这个键", "{what} has no key '{key}'", what=what, key=shown(key))
                yield self._unknown((*path, key), message, value, known)

    def _unknown(self, path: Path, message: Message, value: object, known: list[str]) -> Finding:
        key = str(path[-1])
        near = next(iter(get_close_matches(key, known, n=1, cutoff=0.6)), None)
        meant = re.split("[：:]", key, maxsplit=1)[0].strip()
        if value is None and meant in known and meant != key:
            hint = say(
                "冒号要用半角，后面空一格：写成“{key}: …”",
                "a colon is followed by a space, and is not the wide one: write '{key}: …'",
                key=meant,
            )
        elif value is None and not (key.isascii() and key.isidentifier()):
            hint = say(
                "前面的文字里有半角逗号：给整句话加引号，或改用全角逗号“，”",
                "the text before it has a comma in it: put the whole text in quotes",
            )
        elif near:
            hint = say("是不是 {near}？{all}", "did you mean {near}? {all}", near=near, all=allowed_keys(known))
        else:
            hint = allowed_keys(known)
        return Finding(path, Problem(self._key(path), "unknown-key", message, hint), unknown=True, meant=near)

    def _missing(self, error: Any, path: Path) -> Iterator[Finding]:
        # jsonschema yields one error per missing key; this one is about the key its message begins with.
        key = next(k for k in error.validator_value if k not in error.instance and error.message.startswith(repr(k)))
        text = both(error.schema.get("properties", {}).get(key, {}).get("description", ""))
        message = say("{what}缺少 {key}", "{what} lacks {key}", what=thing(error.schema, path), key=key)
        hint = say("{key}：{text}", "{key}: {text}", key=key, text=text) if text.zh else None
        yield Finding((*path, key), Problem(self._key(path), "missing-key", message, hint))

    def _dependency(self, error: Any, path: Path) -> Iterator[Finding]:
        for key, needed in error.validator_value.items():
            for other in needed:
                if key in error.instance and other not in error.instance:
                    message = say(
                        "{key} 只能和 {other} 一起用", "{key} can only be used with {other}", key=key, other=other
                    )
                    yield Finding((*path, key), Problem(self._key((*path, key)), "missing-key", message), unknown=True)

    def _type(self, error: Any, path: Path) -> Iterator[Finding]:
        wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        yield self._wrong_type(error.instance, wanted, path, both(error.schema.get("patternErrorMessage", "")))

    def _wrong_type(self, value: object, wanted: list[str], path: Path, form: Message | None = None) -> Finding:
        if value is None:
            message = say("{label} 后面是空的", "nothing stands after {label}", label=label(path))
            types = type_names(wanted)
            hint = say(
                "应该是{types}；不需要就删掉它", "{types} is expected; delete the key if it is not needed", types=types
            )
            return Finding(path, Problem(self._key(path), "empty-value", message, hint))
        message = say(
            "{label} 应该是{types}，这里是{found} {value}",
            "{label} should be {types}, but is {found} {value}",
            label=label(path),
            types=type_names(wanted),
            found=type_names([type_of(value)]),
            value=shown(value),
        )
        hint_ = form if form and form.zh and not isinstance(value, dict | list) else _type_hint(value, wanted)
        return Finding(path, Problem(self._value(path), "wrong-type", message, hint_))

    def _enum(self, error: Any, path: Path) -> Iterator[Finding]:
        allowed = [str(value) for value in error.validator_value]
        if not isinstance(error.instance, str):
            yield self._wrong_type(error.instance, ["string"], path)
            return
        message = say(
            "{label} 不能是 {value}", "{label} cannot be {value}", label=label(path), value=shown(error.instance)
        )
        near = get_close_matches(error.instance, allowed, n=1, cutoff=0.6)
        hint = say("可以是：{all}", "allowed: {all}", all=joined(allowed))
        if near:
            hint = say("是不是 {near}？{hint}", "did you mean {near}? {hint}", near=near[0], hint=hint)
        yield Finding(path, Problem(self._value(path), "not-allowed", message, hint))

    def _format(self, error: Any, path: Path) -> Iterator[Finding]:
        value = shown(error.instance)
        message = say("{label} 的写法不对：{v}", "{label} is not written correctly: {v}", label=label(path), v=value)
        hint = both(error.schema.get("patternErrorMessage", ""))
        yield Finding(path, Problem(self._value(path), "bad-format", message, hint))

    def _id(self, error: Any, path: Path) -> Finding:
        message = say("“{key}”不能用作 id", "'{key}' cannot be an id", key=shown(error.instance))
        hint = both(error.schema.get("patternErrorMessage", ""))
        return Finding(path, Problem(self._key(path), "bad-id", message, hint))

    def _empty(self, error: Any, path: Path) -> Iterator[Finding]:
        message = say("{label} 是空的", "{label} is empty", label=label(path))
        yield Finding(
            path, Problem(self._value(path), "empty-value", message, both(error.schema.get("description", "")))
        )

    def _too_few(self, error: Any, path: Path) -> Iterator[Finding]:
        n = error.validator_value
        message = say("{label} 至少要有 {n} 项", "{label} needs at least {n} item(s)", label=label(path), n=n)
        yield Finding(path, Problem(self._key(path), "too-few", message, both(error.schema.get("description", ""))))

    def _too_many(self, error: Any, path: Path) -> Iterator[Finding]:
        n = error.validator_value
        message = say("{label} 最多 {n} 项", "{label} has at most {n} item(s)", label=label(path), n=n)
        yield Finding(path, Problem(self._key(path), "too-many", message))

    def _limit(self, error: Any, path: Path) -> Iterator[Finding]:
        least = error.validator == "minimum"
        message = say(
            "{label} 不能是 {value}，{word} {n}",
            "{label} cannot be {value}; {en} {n}",
            label=label(path),
            value=shown(error.instance),
            word="最小" if least else "最大",
            en="at least" if least else "at most",
            n=error.validator_value,
        )
        yield Finding(path, Problem(self._value(path), "out-of-range", message))

    def _any_of(self, error: Any, path: Path) -> Iterator[Finding]:
        """Of several forms one speaks: the one whose own key is there, or whose type fits."""
        names = [str(part.get("$ref", "")).rpartition("/")[2] for part in error.validator_value]
        parts = [self.definitions.get(name, part) for name, part in zip(names, error.validator_value, strict=True)]
        value = error.instance
        fitting = [i for i, part in enumerate(parts) if type_of(value) in types_in(part)]
        if not fitting:
            yield self._wrong_type(value, [t for part in parts for t in types_in(part)], path)
        elif isinstance(value, dict) and len(fitting) > 1:
            own = {i: key for i in fitting if (key := _own_key(names[i], parts[i])) is not None}
            yield from self._kinds(error, value, path, own, [parts[i] for i in fitting])
        else:
            for inner in error.context:
                if inner.schema_path[0] == fitting[0]:
                    yield from self.of(inner)

    def _kinds(
        self,
        error: Any,
        value: Mapping[str, object],
        path: Path,
        own: Mapping[int, str],
        parts: list[Mapping[str, Any]],
    ) -> Iterator[Finding]:
        """A map that comes in several kinds, each with a key of its own (`when`, `count`, …)."""
        chosen = next((i for i, key in own.items() if key in value), None)
        belongs: dict[str, list[str]] = {}
        for key, part in zip(own.values(), parts, strict=True):
            for name in part.get("properties", {}):
                belongs.setdefault(name, []).append(key)
        if chosen is None and all("required" in part for part in parts):
            message = say("这一条没有写条件", "this item says no condition")
            hint = say("写这些键之一：{all}", "write one of these keys: {all}", all=joined(own.values()))
            yield Finding((*path, "when"), Problem(self._key(path), "missing-key", message, hint))
        for inner in error.context:
            if chosen is not None and inner.schema_path[0] == chosen and inner.validator != "additionalProperties":
                yield from self.of(inner)
        known = list(belongs if chosen is None else _properties(parts, own, chosen))
        for key in value:
            if key in known:
                continue
            here = (*path, key)
            if key in belongs and chosen is not None:
                yield self._not_together(here, key, own[chosen], belongs[key])
            else:
                message = say("关卡的条件没有“{key}”这个键", "a gate item has no key '{key}'", key=shown(key))
                yield self._unknown(here, message, value[key], known)

    def _not_together(self, path: Path, key: str, chosen: str, kinds: list[str]) -> Finding:
        message = say(
            "“{key}”和“{kind}”不能写在同一条里", "'{key}' and '{kind}' cannot stand in one item", key=key, kind=chosen
        )
        if key in kinds:
            hint = say("分成两条", "make two items of it")
        else:
            hint = say("{key} 只用在：{kinds}", "{key} is for: {kinds}", key=key, kinds=joined(kinds))
        return Finding(path, Problem(self._key(path), "not-together", message, hint), unknown=True)


def _properties(parts: list[Mapping[str, Any]], own: Mapping[int, str], chosen: int) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = parts[list(own).index(chosen)].get("properties", {})
    return properties


def _own_key(name: str, part: Mapping[str, Any]) -> str | None:
    """The key that tells a kind from the others: the end of its name (`gate_count` → `count`)."""
    key = name.rpartition("_")[2]
    return key if key in part.get("properties", {}) else None


def _type_hint(value: object, wanted: list[str]) -> Message | None:
    if "string" in wanted and isinstance(value, int | float):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return say('加上引号："{v}"', 'put it in quotes: "{v}"', v=text)
    if wanted == ["string"] and isinstance(value, dict):
        return say("以 {{ 开头的文字要加引号", "a text that begins with {{ needs quotes", v="")
    if "boolean" in wanted:
        return say("写 true 或 false", "write true or false")
    if "object" in wanted and isinstance(value, list):
        return say("去掉行首的 -，每一项写成 id: …", "take away the leading -, and write each item as id: …")
    if "object" in wanted:
        return say("另起一行，缩进后写“键: 值”", "write 'key: value' on the lines below, indented")
    if "array" in wanted:
        return say("写成 [甲, 乙]，或每行一个 -", "write [a, b], or one - per line")
    if ("number" in wanted or "integer" in wanted) and isinstance(value, str):
        return say("只写数字，不带单位、逗号和引号", "write the number alone, without unit, commas or quotes")
    return None
