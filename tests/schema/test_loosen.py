"""The schema of variants is made from that of playbooks."""

from typing import Any

from engine.schema import acceptable, loosen, schema
from engine.source import parse


def test_a_variant_says_only_what_differs() -> None:
    data = parse(
        "playbook: a\nextends: b\nversion: 1.0.0\ntitle: c\nstages: {s: {tasks: {t: {due: 3 days}}, gate: [{id: x, else: y}]}}",
        "f",
    ).data
    assert acceptable(data, "variant")
    assert not acceptable(data, "playbook")


def test_forms_still_count() -> None:
    assert not acceptable({"playbook": "a", "extends": "b", "version": "1.0.0", "title": "c", "stages": []}, "variant")
    assert not acceptable({"playbook": "a", "version": "1.0.0", "title": "c"}, "variant")


def test_keys_named_like_keywords_stay() -> None:
    strict = {"definitions": {"playbook": {"required": ["a"], "properties": {"required": {"type": "boolean"}}}}}
    made = loosen(strict)["definitions"]["playbook"]
    assert "required" in made["properties"]
    assert "a" not in made["required"]


def test_the_strict_schema_is_not_changed() -> None:
    before: dict[str, Any] = schema("playbook")["definitions"]["task"]
    schema("variant")
    assert before["required"] == ["title", "role"]
