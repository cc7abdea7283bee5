"""The pages of commands are up to date, in both languages."""

from __future__ import annotations

import pytest

from cli import VERBS
from engine.text import Language, current_language
from scripts.make_command_docs import TARGETS, commands_page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_is_up_to_date(language: Language) -> None:
    page = TARGETS[language].read_text(encoding="utf-8")
    assert page == commands_page(language), "run: python -m scripts.make_command_docs"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_has_every_verb_once(language: Language) -> None:
    headings = [line[4:] for line in commands_page(language).splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(VERBS)


def test_page_leaves_the_language_of_the_screen_alone() -> None:
    commands_page("en")
    assert current_language() == "zh"


def test_page_speaks_its_language() -> None:
    assert "Take the way on" not in commands_page("zh")
    assert "进入下一阶段" in commands_page("zh")
    assert "Move on to the next stage" in commands_page("en")
    assert "进入下一阶段" not in commands_page("en")
