"""Sentences in two languages: neither can be missing, lists and brackets follow the language."""

from __future__ import annotations

import pytest

from engine.text import (
    Message,
    current_language,
    entitled,
    join,
    language_from_environment,
    listed,
    plain,
    say,
    use_language,
)


def test_say_fills_both_sentences_and_keeps_a_message_in_its_own_language() -> None:
    inner = say("预算", "budget")
    assert say("“{x}”太大", "'{x}' is too large", x=inner).as_dict() == {
        "zh": "“预算”太大",
        "en": "'budget' is too large",
    }


def test_say_without_values_leaves_braces_alone() -> None:
    assert say("{x}", "{x}").zh == "{x}"


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert say("{x}", "{x}", x="{y}").zh == "{y}"


def test_message_is_shown_in_the_language_of_the_screen() -> None:
    assert str(say("是", "yes")) == "是" and current_language() == "zh"
    use_language("en")
    try:
        assert str(say("是", "yes")) == "yes" and str(plain("王蕾")) == "王蕾"
    finally:
        use_language("zh")


def test_listed_joins_as_the_language_does() -> None:
    assert listed(["甲", say("乙", "B")]).as_dict() == {"zh": "甲、乙", "en": "甲, B"}
    assert listed([]).zh == "—"


def test_entitled_puts_the_title_in_brackets() -> None:
    assert entitled("lead", "负责人").as_dict() == {"zh": "lead（负责人）", "en": "lead (负责人)"}


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "PLAYBOOK_LANG": "en"}, "en"),
        ({"LANG": "en_GB", "PLAYBOOK_LANG": "zh"}, "zh"),
    ],
)
def test_language_from_environment(environ: dict[str, str], language: str) -> None:
    assert language_from_environment(environ) == language


def test_join_uses_the_mark_of_each_language() -> None:
    parts = [say("甲", "one"), say("乙", "two")]
    assert join(parts) == Message("甲，乙", "one, two")
    assert join(parts, "；", "; ") == Message("甲；乙", "one; two")
    assert join([]) == Message("", "")
