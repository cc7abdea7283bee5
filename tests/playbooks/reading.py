"""What tests of shipped playbooks look up in them: gates, conditions, tasks."""

from __future__ import annotations

from functools import cache

from engine.load import load
from engine.model import GateItem, Playbook, Task
from engine.resources import playbooks_folder


@cache
def book(name: str) -> Playbook:
    return load(playbooks_folder() / f"{name}.yaml").playbook


def gate(name: str, stage: str, item: str) -> GateItem:
    found = {g.id: g for g in book(name).all_stages[stage].gate}
    assert item in found, f"{stage} has no gate item {item}; it has {', '.join(found)}"
    return found[item]


def condition(name: str, stage: str, item: str) -> str:
    when = gate(name, stage, item).when
    assert when is not None
    return " ".join(when.source.split())


def task(name: str, task_id: str) -> Task:
    return book(name).tasks[task_id]
