"""The schemas, the reader of their data and the pages made from them say the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.resources import schema_text, schemas_folder
from engine.schema import schema, validate
from engine.source import parse

ROOT = Path(__file__).resolve().parents[2]
BUILD = (ROOT / "engine" / "build.py").read_text(encoding="utf-8")


def objects(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    whole = json.loads(schema_text(name))
    for key, part in {name: whole, **whole.get("definitions", {})}.items():
        if "properties" in part:
            yield key, part


def properties(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for owner, part in objects(name):
        for key, value in part["properties"].items():
            yield f"{owner}.{key}", value


@pytest.mark.parametrize("name", ["playbook", "overlay", "scenarios", "workspace", "compliance"])
def test_every_key_is_described_in_both_languages(name: str) -> None:
    for key, value in properties(name):
        if "$ref" in value:
            continue
        zh, slash, en = value.get("description", "").partition("。 / ")
        assert slash, f"{key} has no description in both languages"
        assert zh
        assert en.endswith(".")


@pytest.mark.parametrize("name", ["playbook", "overlay", "scenarios", "workspace", "compliance"])
def test_no_object_takes_unknown_keys(name: str) -> None:
    for key, part in objects(name):
        if name == key and "additionalProperties" not in part:
            assert name == "playbook"  # the choice between a playbook and a variant
        else:
            assert part["additionalProperties"] is False, key


def test_pattern_messages_are_in_both_languages() -> None:
    for name in ("playbook", "overlay", "scenarios", "workspace", "compliance"):
        text = schema_text(name)
        assert text.count('"pattern"') == text.count('"patternErrorMessage"')
        for line in text.splitlines():
            if '"patternErrorMessage"' in line:
                assert line.count(" / ") == 1, line


def test_every_key_is_read_by_build() -> None:
    only_for_merging = {"playbook.extends", "playbook.remove", "child_start.id"}
    for owner, part in objects("playbook"):
        for key in part["properties"]:
            if f"{owner}.{key}" not in only_for_merging:
                assert f'"{key}"' in BUILD, f"{owner}.{key} is in the schema, but build.py does not read it"


def test_every_key_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "dsl.md").read_text(encoding="utf-8")
    for owner, part in objects("playbook"):
        for key in part["properties"]:
            assert f"`{key}`" in page or f"{key}:" in page or key in page.split(), (
                f"{owner}.{key} is not in docs/dsl.md"
            )


def test_only_the_file_of_a_variant_is_judged_by_the_loose_schema() -> None:
    whole = json.loads(schema_text("playbook"))
    assert whole["if"] == {"required": ["extends"]}
    assert whole["then"]["$ref"].partition("#")[0] == "variant.schema.json"
    assert (schemas_folder() / "variant.schema.json").is_file()


def test_schemas_are_read_once() -> None:
    assert schema("playbook") is schema("playbook")


def test_problems_are_sorted() -> None:
    found = validate(parse("b: 1\na: 2\n", "f"), "playbook")
    assert found == sorted(found, key=lambda p: p.sort_key())
