"""The compiled predicates give jsonschema's answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from engine.schema import acceptable, schema
from engine.schema.accept import compile_schema, ecma
from engine.schema.words import findings_of
from engine.source import Source, parse
from tests.schema.mutations import mutated, sample

SOURCES = tuple(sample(name) for name in ("base", "conditions", "nested", "minimal"))


@given(mutated(SOURCES))
@settings(max_examples=150, deadline=None)
def test_same_answer_for_playbooks(change: tuple[Source, Any]) -> None:
    source, data = change
    for name in ("playbook", "variant"):
        found = list(findings_of(schema(name), data, source))
        assert acceptable(data, name) == (not found)


SCENARIOS = parse(
    """
scenarios: a.yaml
cases:
  - name: 一
    start: {on: 2026-03-02, as: 王蕾, set: {a: 1, b: [x, y]}, assign: {lead: [王蕾], nurse: 李}}
    steps:
      - assign: {lead: [王蕾]}
      - set: {score: 92.5, ok: true, day: 2026-03-02}
        refused: [score]
      - add: {cases: [{name: 甲}, {name: 乙}]}
      - edit: {cases: {1: {name: 丙}}}
      - remove: {cases: [1]}
      - done: [plan, train]
        evidence: none
        signed_by: 李
      - on: 2026-03-02 15:00
      - advance: next
        stage: prepare
        reason: 好
      - child: {name: 甲, outcome: succeeded}
      - undo: true
      - expect: {stage: [a, b], status: running, outcome: null, due: {plan: null}, blocked_by: [], done: plan, fields: {a: 1}}
""",
    "s",
)


@given(mutated((SCENARIOS,)))
@settings(max_examples=80, deadline=None)
def test_same_answer_for_scenarios(change: tuple[Source, Any]) -> None:
    source, data = change
    assert acceptable(data, "scenarios") == (not list(findings_of(schema("scenarios"), data, source)))


def test_valid_samples_are_accepted() -> None:
    assert all(acceptable(source.data, "playbook") for source in SOURCES)
    assert acceptable(SCENARIOS.data, "scenarios")


def test_unknown_keyword_is_refused() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        compile_schema({"oneOf": []})
    with pytest.raises(ValueError, match="leads nowhere"):
        compile_schema({"$ref": "#/definitions/x"})


_PARTS: tuple[dict[str, Any], ...] = (
    {"type": "integer", "minimum": 0, "maximum": 2},
    {"type": ["string", "null"], "minLength": 1},
    {"type": "array", "minItems": 1, "items": {"type": "number"}},
    {"type": "object", "minProperties": 1, "maxProperties": 2, "additionalProperties": {"type": "boolean"}},
    {
        "properties": {"a": {"enum": ["x"]}},
        "required": ["a"],
        "additionalProperties": False,
        "dependencies": {"b": ["a"]},
    },
    {"propertyNames": {"pattern": "^[a-z]+$"}},
    {"anyOf": [{"type": "string"}, {"type": "integer"}]},
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.sampled_from([0.5, 1.0, "", "x", "a b"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "b", "A b"]), inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(_PARTS), _JSON)
def test_each_keyword(part: dict[str, Any], value: object) -> None:
    assert compile_schema(part)(value) == Draft7Validator(part).is_valid(value)


def test_dollar_is_the_end_of_the_text() -> None:
    assert ecma("^a$").search("a")
    assert not ecma("^a$").search("a\n")
    assert ecma(r"^\$$").search("$")


@pytest.mark.parametrize("name", ["playbook", "overlay", "scenarios", "workspace", "variant"])
def test_schemas_are_draft_07(name: Any) -> None:
    Draft7Validator.check_schema(schema(name))
