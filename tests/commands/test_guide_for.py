"""A guide for one department, and for one role."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.demo_workspace import PARENT, told
from tests.commands.runner import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return told(tmp_path, capsys)


def text(shell: Shell, *words: str) -> str:
    return Path(shell.json("guide", PARENT, "--format", "md", *words)["files"][0]).read_text(encoding="utf-8")


def test_the_blanks_are_filled_and_the_calendar_counts_working_days(shell: Shell) -> None:
    paper = text(shell, "--for", "眼科", "--on", "2026-08-03")
    assert paper.startswith("# 《科室宣传协同实操指南》（眼科）")
    assert "| 科室与试点服务 | 眼科： | [ ] |" in paper and "| 启动日期 | 2026年8月3日 | [ ] |" in paper
    days = paper.partition("### 眼科的日历")[2]
    assert "| 2026年8月6日 | 选定愿意做的科室和一项服务 | 运营负责人 |" in days
    assert (
        "| 2026年9月14日 | 设计方案包 | 科室主任 |" in days
    )  # 20 working days, as it really took, not the 8 of the plan
    assert "2026年10月1日 " not in days  # a holiday
    assert "## 接收科室日历" not in paper  # the one with days takes the place of the one with rules


def test_without_a_department_they_stay_blank(shell: Shell) -> None:
    paper = text(shell)
    assert "| 科室与试点服务 |  | [ ] |" in paper and "的日历" not in paper
    assert "| 期限 | 本试点 | 本科室 |" in paper.partition("## 接收科室日历")[2]


def test_a_role_has_its_own_checklist_and_nothing_of_the_others(shell: Shell) -> None:
    paper = text(shell, "--role", "科室运营助理")
    assert "科室运营助理：翻译" in paper and "以患者身份走完全程" in paper and "走查所见" not in paper
    for other in ("### 数据人员", "### 科室主任", "登记业务收入\n", "选定双轨"):
        assert other not in paper
    assert "## 要等别人先做完的" in paper and "开门接诊，开始计数（运营负责人）" in paper
    assert "科室主任：修复断点" in paper
    assert text(shell, "--role", "assistant") == paper


def test_for_a_department_nothing_of_this_pilots_people_and_ticks(shell: Shell) -> None:
    paper = text(shell, "--role", "assistant", "--for", "眼科")
    assert "何静" not in paper and "[x]" not in paper and "## 日历（眼科）" in paper
    days = paper.partition("## 日历（眼科）")[2]
    assert "听患者怎么说" in days and "选定愿意做的科室" not in days


def test_a_role_that_does_not_exist(shell: Shell) -> None:
    assert "assistant" in shell.type("guide", PARENT, "--role", "nobody", code=1)


def test_the_guide_of_a_replica_names_its_ancestors_and_what_became_of_their_lessons(shell: Shell) -> None:
    shell.type("replicate", PARENT, "--department", "骨科")
    shell.type("edit", "standards", "1", "name=初诊不少于二十分钟")
    answer = shell.json("guide", "骨科试点", "--format", "md", "--sources")
    paper = Path(answer["files"][0]).read_text(encoding="utf-8")
    assert f"| 上1代 | {PARENT} | 2026年3月2日 | 2026年7月9日 | 成功 |" in paper
    assert "照搬26项，调整11项，新增1项，去掉0项" in paper
    assert "初诊不少于十五分钟" in paper and "初诊不少于二十分钟" in paper
    assert answer["unsourced"] == []
