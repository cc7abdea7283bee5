"""The texts `new` writes: a small playbook with a remark at each part, and a variant that says only what differs."""

from __future__ import annotations

from engine.analysis.variant_text import scalar, stage_path
from engine.model import Playbook
from engine.text import current_language

_ZH = """\
# yaml-language-server: $schema={schema}
# 改完后运行：playbook check 这个文件。写法见 {docs}/authoring.zh-CN.md，全部的键见 {docs}/dsl-keys.md。
playbook: {name}
version: 1.0.0
title: {title}
purpose: 一句话说明这套做法要达到什么

# 谁参加。count 是人数：1、1..2（一到两人）、1..（至少一人）
roles:
  lead: {{title: 负责人}}
  member: {{title: 成员, count: 1..}}

# 试点要填写的内容。type：text number money percent date choice person file list
fields:
  goal: {{title: 本次目标, type: text, required: true, owner: lead}}
  deadline: {{title: 完成期限, type: date, owner: lead}}

# 阶段，按先后排列。每个阶段有任务清单（tasks）、进入下一步的条件（gate）和去向（next）
stages:
  prepare:
    title: 准备
    takes: 5 workdays
    tasks:
      agree: {{title: 商定目标和期限, role: lead, due: 3 workdays, sets: [goal, deadline]}}
      invite: {{title: 确定参加人员, role: lead, done_when: 每个角色都有人}}
    gate:
      - {{roles: all}}
      - {{when: fields.deadline >= today, else: 完成期限已经过了，请重新商定}}
    next: work
  work:
    title: 实施
    tasks:
      carry_out: {{title: 按目标实施, role: member, evidence: optional}}
      review: {{title: 复盘并写下结论, role: lead, needs: [carry_out], due: 5 workdays after carry_out}}
    next: finished
  finished: {{title: 完成, final: succeeded}}
  given_up: {{title: 中止, final: stopped}}

# 任何阶段都可以走的去向
transitions:
  stop: {{to: given_up, title: 中止, reason: required}}
"""
_EN = """\
# yaml-language-server: $schema={schema}
# When you have edited it: playbook check THIS-FILE. Everything that can be written is in {docs}/dsl.md.
playbook: {name}
version: 1.0.0
language: en
title: {title}
purpose: What this way of working is for, in one sentence

# Who takes part. count: 1, 1..2 (one or two), 1.. (at least one)
roles:
  lead: {{title: Lead}}
  member: {{title: Member, count: 1..}}

# What a pilot fills in. type: text number money percent date choice person file list
fields:
  goal: {{title: Goal, type: text, required: true, owner: lead}}
  deadline: {{title: Deadline, type: date, owner: lead}}

# Stages in order. Each has tasks, a gate (what must hold before moving on) and the stage that comes next
stages:
  prepare:
    title: Prepare
    takes: 5 workdays
    tasks:
      agree: {{title: Agree on goal and deadline, role: lead, due: 3 workdays, sets: [goal, deadline]}}
      invite: {{title: Choose who takes part, role: lead, done_when: every role is filled}}
    gate:
      - {{roles: all}}
      - {{when: fields.deadline >= today, else: The deadline is over; agree on a new one}}
    next: work
  work:
    title: Work
    tasks:
      carry_out: {{title: Carry it out, role: member, evidence: optional}}
      review: {{title: Review and write down what came of it, role: lead, needs: [carry_out], due: 5 workdays after carry_out}}
    next: finished
  finished: {{title: Finished, final: succeeded}}
  given_up: {{title: Given up, final: stopped}}

# Ways out of every stage
transitions:
  stop: {{to: given_up, title: Give up, reason: required}}
"""
_SCENARIOS_ZH = """\
# yaml-language-server: $schema={schema}
# 情景：假定试点这样走，应当得到这样的结果。运行：playbook test {name}
scenarios: {name}.yaml
cases:
  - name: 从准备走到完成
    start: {{on: 2026-03-02, as: 王蕾}}
    steps:
      - advance: next
        refused: [agree, invite, lead, member, gate_2]
      - assign: {{lead: [王蕾], member: [李文]}}
      - done: agree
        set: {{goal: 三个月内见效, deadline: 2026-05-29}}
      - done: invite
      - advance: next
      - on: 2026-03-09
        done: carry_out
      - expect: {{stage: work, due: {{review: 2026-03-16}}}}
      - done: review
      - advance: next
      - expect: {{status: finished, outcome: succeeded}}
"""
_SCENARIOS_EN = """\
# yaml-language-server: $schema={schema}
# Scenarios: given a pilot, when this is done, then it stands there. Run: playbook test {name}
scenarios: {name}.yaml
cases:
  - name: From the beginning to the end
    start: {{on: 2026-03-02, as: Wang}}
    steps:
      - advance: next
        refused: [agree, invite, lead, member, gate_2]
      - assign: {{lead: [Wang], member: [Li]}}
      - done: agree
        set: {{goal: Results within three months, deadline: 2026-05-29}}
      - done: invite
      - advance: next
      - on: 2026-03-09
        done: carry_out
      - expect: {{stage: work, due: {{review: 2026-03-16}}}}
      - done: review
      - advance: next
      - expect: {{status: finished, outcome: succeeded}}
"""
_VARIANT_SCENARIOS_ZH = """\
# yaml-language-server: $schema={schema}
# 情景：与原方案不同的地方，在这里写出应当得到的结果。运行：playbook test {name}
scenarios: {name}.yaml
cases:
  - name: 可以启动
    start: {{on: 2026-03-02, as: 王蕾}}
    steps:
      - expect: {{status: running}}
"""
_VARIANT_SCENARIOS_EN = """\
# yaml-language-server: $schema={schema}
# Scenarios: say here what should come of what differs from the original. Run: playbook test {name}
scenarios: {name}.yaml
cases:
  - name: It can be started
    start: {{on: 2026-03-02, as: Wang}}
    steps:
      - expect: {{status: running}}
"""


def starter(name: str, title: str, schema: str, docs: str) -> str:
    """A small playbook that checks clean. `schema` is for editors, `docs` the folder of the reference."""
    text = _ZH if current_language() == "zh" else _EN
    return text.format(name=name, title=scalar(title), schema=schema, docs=docs)


def starter_scenarios(name: str, schema: str) -> str:
    """The scenarios of the small playbook; they pass."""
    schema = schema.replace("playbook.schema.json", "scenarios.schema.json")
    return (_SCENARIOS_ZH if current_language() == "zh" else _SCENARIOS_EN).format(name=name, schema=schema)


def variant_scenarios(name: str, schema: str) -> str:
    """One scenario that holds for every variant: it can be started. What differs is for its author to tell."""
    schema = schema.replace("playbook.schema.json", "scenarios.schema.json")
    return (_VARIANT_SCENARIOS_ZH if current_language() == "zh" else _VARIANT_SCENARIOS_EN).format(
        name=name, schema=schema
    )


def variant(name: str, title: str | None, base: Playbook, schema: str) -> str:
    """A file that extends `base` and changes nothing yet; what could be changed stands there as remarks."""
    stage = next((s for s in base.all_stages.values() if s.tasks), None)
    zh = current_language() == "zh"
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# 只写与 {base.id} 不同的地方；没写的都照原方案。" if zh else f"# Says only what differs from {base.id}.",
        "# playbook show 这个文件 --resolved 可看合并后的全文"
        if zh
        else "# `playbook show THIS-FILE --resolved` shows the whole.",
        f"playbook: {name}",
        f"extends: {base.id}",
        "version: 1.0.0",
        f"title: {scalar(title or (f'本院{base.title}' if zh else f'Our {base.title}'))}",
    ]
    if stage is not None:
        task = next(iter(stage.tasks.values()))
        path = ".".join(stage_path(base, stage.id))
        lines += [
            "",
            "# 去掉一项任务：" if zh else "# To take a task away:",
            f"# remove: [{path}.tasks.{task.id}]",
            "",
            "# 改期限，或在末尾加一项任务：" if zh else "# To change a due date, or add a task at the end:",
            *_commented(stage_path(base, stage.id), task.id, task.role, zh),
        ]
    return "\n".join(lines) + "\n"


def _commented(path: list[str], task: str, role: str, zh: bool) -> list[str]:
    lines = [f"# {'  ' * depth}{key}:" for depth, key in enumerate([*path, "tasks"])]
    by = "  " * (len(path) + 1)
    title = "本院新增的任务" if zh else "A task of our own"
    return [*lines, f"# {by}{task}: {{due: 10 workdays}}", f"# {by}our_task: {{title: {title}, role: {role}}}"]
