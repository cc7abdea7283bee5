"""`schemas/*.json` through jsonschema → Problems in the author's words.

A valid file, the usual case, is accepted by predicates compiled from the same schema (`accept`); jsonschema is the
judge for everything else and says where and why. A property test holds the two to the same answer.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

from engine.errors import Place, Problem
from engine.resources import schema_text
from engine.schema.accept import Accept, compile_schema
from engine.schema.locate import Located
from engine.schema.loosen import loosen
from engine.schema.words import Finding, findings_of
from engine.source import Source
from engine.text import say

SchemaName = Literal["playbook", "variant", "overlay", "scenarios", "workspace", "compliance"]

__all__ = [
    "Finding",
    "Located",
    "SchemaName",
    "acceptable",
    "findings",
    "loosen",
    "schema",
    "validate",
    "validate_data",
]


def validate(source: Source, schema: SchemaName) -> list[Problem]:
    """Problems of a file against one of the schemas, sorted by place; empty when it is valid.

    `playbook` is the strict schema for a whole playbook; a file with `extends` says less and is held to `variant`.
    """
    if not isinstance(source.data, dict):
        return [_no_map(source)]
    return validate_data(source.data, schema, source)


def validate_data(data: dict[str, Any], name: SchemaName, where: Located) -> list[Problem]:
    """The same for data from several files; `where` knows what stands where."""
    return sorted({finding.problem for finding in findings(data, name, where)}, key=Problem.sort_key)


def findings(data: dict[str, Any], name: SchemaName, where: Located) -> list[Finding]:
    """Problems together with the paths they are about."""
    return [] if acceptable(data, name) else list(findings_of(schema(name), data, where))


def acceptable(data: object, name: SchemaName) -> bool:
    """Is the data valid? Fast, and without a word about why not."""
    return _accept(name)(data)


@cache
def schema(name: SchemaName) -> dict[str, Any]:
    """A schema as data, `$ref`s and all. For playbooks the definition that fits, without the choice between them."""
    if name == "variant":
        return loosen(schema("playbook"))
    whole: dict[str, Any] = json.loads(schema_text(name))
    if name == "playbook":
        return {"$ref": "#/definitions/playbook", "definitions": whole["definitions"]}
    return whole


@cache
def _accept(name: SchemaName) -> Accept:
    return compile_schema(schema(name))


def _no_map(source: Source) -> Problem:
    message = say("文件应该由“键: 值”组成", "the file should be made of 'key: value'")
    if isinstance(source.data, str) and "：" in source.data:
        row, text = next((n, t) for n, t in enumerate(source.text.splitlines(), 1) if "：" in t)
        hint = say(
            "把全角冒号“：”改成半角冒号加一个空格", "replace the full-width colon (：) by an ASCII colon and a space"
        )
        return Problem(Place(source.file, row, text.index("：") + 1), "yaml-colon", message, hint)
    hint = say("第一行例如 playbook: my-pilot", "the first line is, for example, playbook: my-pilot")
    return Problem(source.place(()), "wrong-type", message, hint)
