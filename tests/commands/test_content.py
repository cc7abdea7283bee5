"""Contents in a workspace: checked as they are typed, waived by name, and no final paper with what must not go out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.runner import Shell

BOOK = """
playbook: letters
version: 1.0.0
title: 公开信
roles:
  writer: {title: 撰稿人}
  reviewer: {title: 审核人}
fields:
  letter: {title: 公开信, type: text, owner: writer}
  scan: {title: 定稿文件, type: file}
records:
  talks: {title: 话术, columns: {said: {title: 说法, type: text}, until: {title: 同意到期, type: date}}}
content:
  letter: {title: 公开信, field: letter, channel: self_media, sign: sign}
  talks: {title: 话术, record: talks, columns: [said], channel: self_media, facts: {consent_until: until, has_case: filled.letter}}
  scan: {title: 定稿文件, field: scan, channel: self_media}
documents:
  sheet: {title: 话术单, template: tasks.md.j2, formats: [md]}
stages:
  write:
    title: 撰写
    tasks: {sign: {title: 签发, role: reviewer, approval: true}}
    gate:
      - {id: ready, content: letter, else: 公开信还不能发}
      - {id: file_ready, content: scan, signed: false}
    next: out
  out: {title: 发出, final: succeeded}
"""
BAD = "三天保证根治，治不好全额退款"


@pytest.fixture
def letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, capsys)
    shell.type("init", str(tmp_path), "--me", "王蕾")
    (tmp_path / "playbooks" / "letters.yaml").write_text(BOOK, encoding="utf-8")
    shell.type("start", "letters", "春季公开信")
    shell.type("assign", "writer=王蕾", "reviewer=赵医生")
    return shell


def test_a_text_is_checked_in_the_same_step_and_the_gate_says_what_and_how(letters: Shell) -> None:
    letters.type("set", f"letter={BAD}")
    assert "检查“公开信”" in letters.type("history")
    refused = letters.type("advance", code=1)
    assert "公开信还不能发" in refused and "MED-EFF-01" in refused and "waive letter MED-EFF-01 --reason" in refused
    letters.type("set", "letter=本科周一至周五开诊，就诊流程见门诊大厅公示栏。")
    letters.type("done", "1", "--signed-by", "赵医生")
    letters.type("advance")


def test_a_waiver_is_in_the_log_with_name_and_reason(letters: Shell) -> None:
    letters.type("set", "letter=三天保证根治")
    assert "为什么" in letters.type("waive", "letter", "MED-EFF-01", code=1) or letters.err
    letters.type("waive", "letter", "med-eff-01", "--reason", "引用的是反面例子")
    said = letters.type("history")
    assert "MED-EFF-01 作为误报豁免（王蕾）" in said and "引用的是反面例子" in said
    letters.type("done", "1", "--signed-by", "赵医生")
    letters.type("advance")
    assert letters.type("verify-log")


def test_a_paper_with_an_unlawful_talking_point_is_told_and_never_final(letters: Shell) -> None:
    letters.type("add", "talks", f"said={BAD}")
    draft = letters.type("paper", "sheet", code=1)
    assert "话术" in draft and "PRICE-REFUND-01" in draft
    refused = letters.type("paper", "sheet", "--final", code=1)
    assert "不能对外说的话" in refused and "定稿" not in letters.type("history")
    letters.type("edit", "talks", "1", "said=效果因人而异，请由医生评估")
    letters.type("paper", "sheet", "--final", "--with-gaps")


def test_the_text_of_a_file_is_read_and_a_changed_file_is_read_again(letters: Shell) -> None:
    letters.type("set", "letter=本科周一至周五开诊")
    letters.type("done", "1", "--signed-by", "赵医生")
    letters.type("attach", "scan", letters.file("稿.txt", BAD))
    assert "MED-EFF-01" in letters.type("advance", code=1)
    letters.type("attach", "scan", letters.file("稿.pdf", "%PDF-1.7"))
    assert "读不成文字" in letters.type("advance", code=1)
    letters.type("attach", "scan", letters.file("稿2.txt", "就诊流程见门诊大厅公示栏。"))
    letters.type("advance")


def test_a_consent_that_runs_out_is_noticed_by_tick(letters: Shell) -> None:
    letters.type("set", "letter=本科周一至周五开诊")
    letters.type("add", "talks", "said=一位患者的经历", "until=2026-03-10")
    assert "PI-CONS-01" not in letters.type("paper", "sheet")
    letters.on("2026-03-11").type("tick")
    assert "PI-CONS-01" in letters.type("paper", "sheet", code=1)
