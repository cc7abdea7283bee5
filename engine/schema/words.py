"""What jsonschema found, as problems: one per mistake, at the key or the value that is wrong, with what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from engine.errors import Place, Problem
from engine.schema.accept import ecma
from engine.schema.labels import allowed_keys, both, joined, label, shown, thing, type_names, type_of, types_in
from engine.schema.locate import Located
from engine.source import Path
from engine.text import Message, say


def problems_of(schema: dict[str, Any], data: object, where: Located) -> Iterator[Problem]:
    """Every problem of `data`. Imports jsonschema."""
    from jsonschema import Draft7Validator, validators

    validator = validators.extend(Draft7Validator, {"pattern": _pattern})(schema)
    words = _Words(schema.get("definitions", {}), where)
    for error in validator.iter_errors(data):
        yield from words.of(error)


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(instance, str) and ecma(pattern).search(instance) is None:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


class _Words:
    def __init__(self, definitions: Mapping[str, Any], where: Located) -> None:
        self.definitions, self.where = definitions, where
        self.makers: dict[str, Callable[[Any, Path], Iterator[Problem]]] = {
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

    def of(self, error: Any) -> Iterator[Problem]:
        path: Path = tuple(error.absolute_path)
        if "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
            yield self._id(error, (*path, error.instance))
            return
        yield from self.makers[error.validator](error, path)

    def _value(self, path: Path) -> Place:
        place = self.where.place(path)
        return place if place.line else self.where.nearest(path)

    def _key(self, path: Path) -> Place:
        return self.where.place(path, "key") if self.where.place(path, "key").line else self.where.nearest(path)

    def _object(self, path: Path) -> Place:
        """Where a map is pointed at as a whole: its key, its place in a list, or the start of the file."""
        place = self.where.place(path, "key")
        return place if place.line else self._value(path)

    def _unknown_keys(self, error: Any, path: Path, siblings: Mapping[str, list[str]] | None = None) -> Iterator[Problem]:
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key in known:
                continue
            place = self._key((*path, key))
            what = thing(error.schema, path)
            if siblings and key in siblings:
                with_keys = joined(siblings[key])
                yield Problem(
                    place,
                    "not-together",
                    say("“{key}”在这里用不上：{what}", "'{key}' has no use here: {what}", key=key, what=what),
                    say("“{key}”属于 {w} 条件；分成两条", "'{key}' belongs to {w}; make two items of it", key=key, w=with_keys),
                )
                continue
            message = say("{what}没有“{key}”这个键", "{what} has no key '{key}'", what=what, key=shown(key))
            yield Problem(place, "unknown-key", message, self._key_hint(key, error.instance[key], known))

    def _key_hint(self, key: str, value: object, known: list[str]) -> Message:
        if value is None and not key.isidentifier() or (value is None and not key.isascii()):
            return say(
                "前面的文字里有半角逗号：给整句话加引号，或改用全角逗号“，”",
                "the text before it has a comma: put the whole text in quotes",
            )
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        if near:
            return say("是不是 {near}？{all}", "did you mean {near}? {all}", near=near[0], all=allowed_keys(known))
        return allowed_keys(known)

    def _missing(self, error: Any, path: Path) -> Iterator[Problem]:
        for key in error.validator_value:
            if key in error.instance:
                continue
            # jsonschema yields one error per missing key; this one is about the key in its message.
            if not error.message.startswith(repr(key)):
                continue
            part = error.schema.get("properties", {}).get(key, {})
            message = say("{what}缺少 {key}", "{what} lacks {key}", what=thing(error.schema, path), key=key)
            yield Problem(self._object(path), "missing-key", message, self._describe(key, part))

    def _describe(self, key: str, part: Mapping[str, Any]) -> Message | None:
        text = both(part.get("description", ""))
        return say("{key}：{text}", "{key}: {text}", key=key, text=text) if text else None

    def _dependency(self, error: Any, path: Path) -> Iterator[Problem]:
        for key, needed in error.validator_value.items():
            for other in needed:
                if key in error.instance and other not in error.instance:
                    message = say("{key} 只能和 {other} 一起用", "{key} can only be used with {other}", key=key, other=other)
                    yield Problem(self._key((*path, key)), "missing-key", message)

    def _type(self, error: Any, path: Path) -> Iterator[Problem]:
        wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        yield self._wrong_type(error.instance, wanted, path)

    def _wrong_type(self, value: object, wanted: list[str], path: Path) -> Problem:
        if value is None:
            message = say("{label} 后面是空的", "nothing stands after {label}", label=label(path))
            hint = say("应该是{types}；不需要就删掉这一行", "{types} is expected; delete the key if it is not needed", types=type_names(wanted))
            return Problem(self._object(path), "empty-value", message, hint)
        message = say(
            "{label} 应该是{types}，这里是{found} {value}",
            "{label} should be {types}, but is {found} {value}",
            label=label(path),
            types=type_names(wanted),
            found=type_names([type_of(value)]),
            value=shown(value),
        )
        return Problem(self._value(path), "wrong-type", message, _type_hint(value, wanted))

    def _enum(self, error: Any, path: Path) -> Iterator[Problem]:
        allowed = [str(value) for value in error.validator_value]
        if not isinstance(error.instance, str):
            yield self._wrong_type(error.instance, ["string"], path)
            return
        message = say("{label} 不能是 {value}", "{label} cannot be {value}", label=label(path), value=shown(error.instance))
        near = get_close_matches(error.instance, allowed, n=1, cutoff=0.6)
        hint = say("可以是：{all}", "allowed: {all}", all=joined(allowed))
        if near:
            hint = say("是不是 {near}？{hint}", "did you mean {near}? {hint}", near=near[0], hint=hint)
        yield Problem(self._value(path), "not-allowed", message, hint)

    def _format(self, error: Any, path: Path) -> Iterator[Problem]:
        message = say(
            "{label} 的写法不对：{value}", "{label} is not written correctly: {value}", label=label(path), value=shown(error.instance)
        )
        yield Problem(self._value(path), "bad-format", message, both(error.schema.get("patternErrorMessage", "")))

    def _id(self, error: Any, path: Path) -> Problem:
        message = say("“{key}”不能用作 id", "'{key}' cannot be an id", key=shown(error.instance))
        hint = both(error.schema.get("patternErrorMessage", ""))
        return Problem(self._key(path), "bad-id", message, hint)

    def _empty(self, error: Any, path: Path) -> Iterator[Problem]:
        message = say("{label} 是空的", "{label} is empty", label=label(path))
        yield Problem(self._value(path), "empty-value", message, both(error.schema.get("description", "")))

    def _too_few(self, error: Any, path: Path) -> Iterator[Problem]:
        message = say(
            "{label} 至少要有 {n} 项", "{label} needs at least {n} item(s)", label=label(path), n=error.validator_value
        )
        yield Problem(self._object(path), "too-few", message, both(error.schema.get("description", "")))

    def _too_many(self, error: Any, path: Path) -> Iterator[Problem]:
        message = say("{label} 最多 {n} 项", "{label} has at most {n} item(s)", label=label(path), n=error.validator_value)
        yield Problem(self._object(path), "too-many", message)

    def _limit(self, error: Any, path: Path) -> Iterator[Problem]:
        least = error.validator == "minimum"
        message = say(
            "{label} 不能是 {value}：{word} {n}",
            "{label} cannot be {value}: {en} {n}",
            label=label(path),
            value=shown(error.instance),
            word="最小" if least else "最大",
            en="at least" if least else "at most",
            n=error.validator_value,
        )
        yield Problem(self._value(path), "out-of-range", message)

    def _any_of(self, error: Any, path: Path) -> Iterator[Problem]:
        """One branch speaks: the one whose own key is there, or whose type fits."""
        names = [str(part.get("$ref", "")).rpartition("/")[2] for part in error.validator_value]
        parts = [self.definitions.get(name, part) for name, part in zip(names, error.validator_value, strict=True)]
        value = error.instance
        fitting = [i for i, part in enumerate(parts) if type_of(value) in types_in(part)]
        if not fitting:
            yield self._wrong_type(value, [t for part in parts for t in types_in(part)], path)
            return
        siblings: dict[str, list[str]] = {}
        chosen: int | None = fitting[0]
        if isinstance(value, dict):
            own = {i: key for i in fitting if (key := _own_key(names[i], parts[i])) is not None}
            chosen = next((i for i, key in own.items() if key in value), None)
            if chosen is None:
                chosen = self._fewest(error, fitting) if any("required" not in parts[i] for i in fitting) else None
            for i, key in own.items():
                for name in parts[i].get("properties", {}):
                    siblings.setdefault(name, []).append(key)
            if chosen is None:
                message = say("{what}缺少条件", "{what} says no condition", what=both(error.schema.get("description", "")))
                hint = say("写这些键之一：{all}", "write one of these keys: {all}", all=joined(own.values()))
                message = say("关卡的这一条没有写条件", "this item of the gate says no condition")
                yield Problem(self._object(path), "missing-key", message, hint)
                yield from self._strangers(value, path, siblings)
                return
        for inner in error.context:
            if inner.schema_path[0] != chosen:
                continue
            if inner.validator == "additionalProperties" and siblings:
                yield from self._unknown_keys(inner, tuple(inner.absolute_path), siblings)
            else:
                yield from self.of(inner)

    def _strangers(self, value: Mapping[str, object], path: Path, known: Mapping[str, object]) -> Iterator[Problem]:
        for key in value:
            if key not in known:
                message = say("没有“{key}”这个键", "there is no key '{key}'", key=shown(key))
                yield Problem(self._key((*path, key)), "unknown-key", message, self._key_hint(key, value[key], list(known)))

    def _fewest(self, error: Any, fitting: list[int]) -> int:
        counts = dict.fromkeys(fitting, 0)
        for inner in error.context:
            if inner.schema_path[0] in counts:
                counts[inner.schema_path[0]] += 1
        return min(counts, key=lambda i: counts[i])


def _own_key(name: str, part: Mapping[str, Any]) -> str | None:
    """The key that tells a branch from the others: the end of its name (`gate_count` → `count`)."""
    key = name.rpartition("_")[2]
    return key if key in part.get("properties", {}) else None


def _type_hint(value: object, wanted: list[str]) -> Message | None:
    if "string" in wanted and isinstance(value, int | float):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return say('加上引号："{v}"', 'put it in quotes: "{v}"', v=text)
    if wanted == ["string"] and isinstance(value, dict):
        return say("以 {{ 开头的文字要加引号", "a text that begins with {{ needs quotes")
    if "boolean" in wanted:
        return say("写 true 或 false", "write true or false")
    if "object" in wanted and isinstance(value, list):
        return say("去掉行首的 -，每一项写成 id: …", "take away the leading -, and write each item as id: …")
    if "object" in wanted:
        return say("下面另起一行，缩进后写“键: 值”", "write 'key: value' on the lines below, indented")
    if "array" in wanted:
        return say("写成 [甲, 乙]，或每行一个 -", "write [a, b], or one - per line")
    if ("number" in wanted or "integer" in wanted) and isinstance(value, str):
        return say("只写数字，不带单位、逗号和引号", "write the number alone, without unit, commas or quotes")
    return None
