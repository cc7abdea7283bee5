"""`show`, `list`, `check`, `graph`: looking at playbooks."""

from __future__ import annotations

import re

import pytest

from tests.commands.runner import Shell

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]")


def test_show_names_what_set_add_and_paper_take(shell: Shell) -> None:
    said = shell.type("show bakery")
    for words in ("rent", "月租", "金额", "breads（面包）", "price（价格）", "menu", "小店|大店"):
        assert words in said, words


@pytest.mark.parametrize(
    "line",
    [
        "show four-step-pilot",
        "show phased-plan",
        "diff four-step-pilot phased-plan",
        "list --playbooks",
        "check four-step-pilot",
        "graph four-step-pilot",
    ],
)
def test_a_translated_playbook_is_english_throughout(shell: Shell, line: str) -> None:
    said = shell.type(*line.split(), "--lang", "en")
    # The bakery has no translation, and the shipped translations leave help, criteria and what stands in files as they are.
    left = [
        text
        for text in said.splitlines()
        if CHINESE.search(text) and not re.search("bakery|help:|done when:|names in files:", text)
    ]
    assert not left, left


def test_a_folder_without_playbooks_is_told(shell: Shell) -> None:
    (shell.root / "空").mkdir()
    assert "没有方案文件" in shell.type("check", str(shell.root / "空"), code=1)


def test_graph_is_not_written_over_a_folder(shell: Shell) -> None:
    assert "这是文件夹" in shell.type("graph", "bakery", "-o", str(shell.root), code=1)
    shell.type("graph", "bakery", "-o", str(shell.root / "图.svg"))
    assert (shell.root / "图.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_playbook_that_grew_many_fields_is_not_read_out_in_a_refusal(shell: Shell) -> None:
    shell.type("start", "four-step-pilot", "甲")
    said = shell.type("set rentt=1", code=1)
    assert "playbook show four-step-pilot" in said and "可用的有" not in said
