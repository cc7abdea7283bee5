"""One useful problem per mistake, at its place, in both languages."""

from typing import Any

import pytest
from hypothesis import given, settings

from engine.schema import findings, validate
from engine.schema.words import findings_of
from engine.source import Source, parse
from tests.schema.mutations import mutated, sample

HEAD = "playbook: a\nversion: 1.0.0\ntitle: 样例\n"
SOURCES = tuple(sample(name) for name in ("base", "conditions", "nested"))


def found(body: str, head: str = HEAD) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.col) for p in validate(parse(head + body, "f"), "playbook")]


def message(body: str) -> tuple[str, str]:
    (problem,) = validate(parse(HEAD + body, "f"), "playbook")
    return problem.message.zh, problem.hint.zh if problem.hint else ""


def stage(inside: str) -> str:
    return f"stages:\n  s:\n    title: 一\n    final: done\n    {inside}\n"


GATE = "stages: {s: {title: 一, final: done, gate: [%s]}}\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (stage("nxt: x"), ("unknown-key", 8, 5)),
        (stage("tasks: {t: {role: a}}"), ("missing-key", 8, 13)),
        (stage("tasks: {t: }"), ("empty-value", 8, 13)),
        (stage("tasks:"), ("empty-value", 8, 5)),
        (stage("tasks: [a]"), ("wrong-type", 8, 12)),
        (stage("holds: yes"), ("wrong-type", 8, 12)),
        (stage("goal: 5"), ("wrong-type", 8, 11)),
        (stage("takes: 10 workdys"), ("bad-format", 8, 12)),
        (stage("next: Bad-Id"), ("bad-format", 8, 11)),
        (stage("tasks: {Bad: {title: x, role: y}}"), ("bad-id", 8, 13)),
        (stage("tasks: {t: {title: x, role: y, evidence: must}}"), ("not-allowed", 8, 46)),
        (stage("tasks: {t: {title: x, role: y, evidence: 3}}"), ("wrong-type", 8, 46)),
        (stage("tasks: {t: {title: '', role: y}}"), ("empty-value", 8, 24)),
        (stage("tasks: {t: {title: x, role: y, sets: {a: b}}}"), ("wrong-type", 8, 42)),
        (stage("tasks: {t: {title: x, role: y, sets: [a, B]}}"), ("bad-format", 8, 46)),
        (stage("tasks: {t: {title: x, role: y, sets: B}}"), ("bad-format", 8, 42)),
        ("stages: {}\n", ("too-few", 4, 1)),
        ("roles: {a: {title: x, count: 1-2}}\n" + stage(""), ("bad-format", 4, 30)),
        ("roles: {a: {title: x, count: -1}}\n" + stage(""), ("out-of-range", 4, 30)),
        ("roles: {a: {title: x, count: [1]}}\n" + stage(""), ("wrong-type", 4, 30)),
        ("roles: {a: {title: x, duties: [1]}}\n" + stage(""), ("wrong-type", 4, 32)),
        ("remove: [a.b]\n" + stage(""), ("missing-key", 4, 1)),
        ("", ("missing-key", 1, 1)),
    ],
)
def test_place_and_code(body: str, expected: tuple[str, int, int]) -> None:
    assert found(body) == [expected]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("{when: a}", [("missing-key", 0)]),
        ("{when: a, else: b, count: cases}", [("not-together", 1)]),
        ("{when: a, else: b, min: 3}", [("not-together", 19)]),
        ("{count: cases, state: running}", [("not-together", 15)]),
        ("{else: b}", [("missing-key", 0)]),
        ("{else: b, wehn: a}", [("missing-key", 0), ("unknown-key", 10)]),
        ("{when: a, else: 不够, 请复核}", [("unknown-key", 20)]),
        ("{each: cases, when: a, else: b, elze: c}", [("unknown-key", 32)]),
        ("{roles: al}", [("not-allowed", 8)]),
        ("{roles: [A]}", [("bad-format", 9)]),
        ("{roles: 3}", [("wrong-type", 8)]),
        ("{count: cases, min: many}", [("wrong-type", 20)]),
        ("{successors: 0}", [("out-of-range", 13)]),
        ("[a]", [("wrong-type", 0)]),
        ("", []),
    ],
)
def test_gate_items(item: str, expected: list[tuple[str, int]]) -> None:
    """Columns are counted from the beginning of the item."""
    start = GATE.index("%s") + 1
    assert [(code, col - start) for code, _, col in found(GATE % item)] == expected


def test_several_at_once() -> None:
    body = "roles: {a: {titel: x}}\nfields: {b: {title: c, type: numbr}}\nstages: {s: {final: done}}\n"
    assert found(body) == [
        ("missing-key", 4, 9),
        ("unknown-key", 4, 13),
        ("not-allowed", 5, 30),
        ("missing-key", 6, 10),
    ]


def test_did_you_mean() -> None:
    assert message(stage("nxt: x"))[1].startswith("是不是 next？可以用的键：title、goal")
    assert message("fields: {b: {title: c, type: numbr}}\n" + stage(""))[1].startswith("是不是 number？")


def test_unquoted_comma() -> None:
    assert "半角逗号" in message(GATE % "{when: a, else: 不够, 请复核}")[1]


@pytest.mark.parametrize("written", ["min：3", "min:3"])
def test_a_colon_that_makes_no_key(written: str) -> None:
    assert "min: …" in message(f"fields: {{b: {{title: c, type: number, {written}}}}}\n" + stage(""))[1]


def test_names_things_as_the_author_does() -> None:
    assert message(stage("tasks: {plan: {title: x}}"))[0] == "任务“plan”缺少 role"
    assert message(stage("tasks: {plan: {title: x, role: y, needs: [a, 3]}}"))[0].startswith(
        "needs 的第 2 项 应该是文字"
    )


def test_text_that_looks_like_a_number() -> None:
    assert message(stage("goal: 2026"))[1] == '加上引号："2026"'


def test_number_as_version() -> None:
    (problem,) = validate(parse(HEAD.replace("1.0.0", "1.0") + stage(""), "f"), "playbook")
    assert problem.hint is not None
    assert "1.0.0" in problem.hint.zh


@pytest.mark.parametrize("text", ["- a\n- b", "只是一句话", "5"])
def test_not_a_map(text: str) -> None:
    (problem,) = validate(parse(text, "f"), "playbook")
    assert (problem.code, problem.place.line) == ("wrong-type", 1)


def test_full_width_colons_throughout() -> None:
    (problem,) = validate(parse("playbook：a\ntitle：b\n", "f"), "playbook")
    assert (problem.code, problem.place.line, problem.place.col) == ("yaml-colon", 1, 9)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hospital: 5", "wrong-type"),
        ("evidence_limit_mb: 0", "out-of-range"),
        ("holidays: {off: [tomorrow]}", "bad-format"),
        ("langauge: zh", "unknown-key"),
    ],
)
def test_workspace(text: str, code: str) -> None:
    assert [p.code for p in validate(parse(text, "f"), "workspace")] == [code]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("{asign: {lead: a}}", "unknown-key"),
        ("{on: tomorrow}", "bad-format"),
        ("{edit: {cases: {x: {a: b}}}}", "bad-id"),
        ("{expect: {stagee: a}}", "unknown-key"),
        ("{}", "too-few"),
        ("{done: []}", "too-few"),
        ("{evidence: all}", "not-allowed"),
    ],
)
def test_scenarios(step: str, code: str) -> None:
    text = f"scenarios: a.yaml\ncases:\n  - name: x\n    steps: [{step}]\n"
    assert [p.code for p in validate(parse(text, "f"), "scenarios")] == [code]


@given(mutated(SOURCES))
@settings(max_examples=150, deadline=None)
def test_whatever_is_wrong_is_said_in_both_languages_at_a_place(change: tuple[Source, Any]) -> None:
    source, data = change
    for name in ("playbook", "variant"):
        for finding in findings(data, name, source):
            problem = finding.problem
            assert problem.place.file == source.file
            assert problem.message.zh
            assert problem.message.en
            assert "{" not in problem.message.en.replace("{…}", "").replace("{ ", "")


def test_jsonschema_is_only_asked_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    import engine.schema

    def refuse(*args: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(engine.schema, "findings_of", refuse)
    assert findings(SOURCES[0].data, "playbook", SOURCES[0]) == []
    assert findings_of is not refuse
