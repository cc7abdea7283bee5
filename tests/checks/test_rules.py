import pytest

from engine.checks import rules
from tests.checks.books import whole


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("then: warn", []),
        ("then: task, task: t", []),
        ("then: task", ["rule-target"]),
        ("then: block, stage: a, transition: next", []),
        ("then: recommend, stage: a, transition: back_again", []),
        ("then: block, transition: stop", []),
        ("then: block", ["rule-target"]),
        ("then: block, stage: a, transition: stop", ["rule-way"]),
        ("then: block, stage: end, transition: next", ["rule-way"]),
        ("then: recommend, transition: next", ["rule-way"]),
        ("then: block, stage: nowhere, transition: next", []),  # unknown-stage says so
    ],
)
def test_a_rule_asks_for_what_there_is(rule: str, codes: list[str]) -> None:
    book = whole(f"rules:\n  r: {{title: 规则, when: visits.a > 1, {rule}}}\n")
    assert [p.code for p in rules.check(book)] == codes
