"""Folders of playbooks for the tests of loading."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import PlaybookError, Problem
from engine.load import load
from engine.load.door import Loaded

BASE = """\
playbook: base
version: 1.0.0
title: 原方案
roles:
  lead: {title: 负责人, duties: [写, 做]}
  nurse: {title: 护士}
fields:
  score: {title: 得分, type: number}
  tier: {title: 档次, type: choice, options: {first: 首批, second: 次批}}
stages:
  prepare:
    title: 准备
    tasks:
      plan: {title: 写计划, role: lead, due: 3 workdays, needs: [], sets: [score, tier]}
      train: {title: 培训, role: nurse, needs: [plan]}
    gate:
      - {id: enough, when: fields.score >= 90, else: 不够}
      - {when: filled.tier, else: 没定档}
      - {roles: all}
    next: done
    after_time:
      - {wait: 20 workdays, to: stopped}
    starts:
      - {playbook: other, title: 子试点}
  done: {title: 完成, final: succeeded}
  stopped: {title: 停止, final: stopped}
"""
OURS = "playbook: ours\nextends: base.yaml\nversion: 2.0.0\ntitle: 本院\n"


def write(folder: Path, **files: str) -> Path:
    """Files by name; `__` stands for a dot before `yaml`, as in `base__en`."""
    for name, text in files.items():
        (folder / f"{name.replace('__', '.')}.yaml").write_text(text, encoding="utf-8")
    return folder


def ours(folder: Path, rest: str = "", base: str = BASE) -> Loaded:
    """The variant `ours` of `base`, loaded."""
    return load(write(folder, base=base, ours=OURS + rest) / "ours.yaml")


def problems(path: Path, folder: Path | None = None) -> list[Problem]:
    with pytest.raises(PlaybookError) as caught:
        load(path, folder=folder)
    return list(caught.value.problems)


def codes(path: Path) -> list[tuple[str, str, int, int]]:
    """(file's stem, code, line, col) of every problem."""
    return [(Path(p.place.file).name.removesuffix(".yaml"), p.code, p.place.line, p.place.col) for p in problems(path)]
