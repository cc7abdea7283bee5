"""Small playbooks for the checks. `where` answers with the path itself, so a test can say which reference is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

from engine.build import build
from engine.errors import NOWHERE, Place, Problem
from engine.model import Due, Duration, Field, GateItem, Playbook, Record, Role, Stage, Task, Transition
from engine.source import parse


def where(path: tuple[str | int, ...], part: str) -> Place:
    """Every path exists; a key is told from a value by its ending."""
    return Place("/".join(str(step) for step in path) + (" (key)" if part == "key" else ""), 1, 1)


def by_id(items: tuple[Any, ...]) -> dict[str, Any]:
    return {item.id: item for item in items}


def task(name: str, role: str = "lead", **more: Any) -> Task:
    return Task(name, name.upper(), role, "", **more)


def field(name: str, type_: str = "text", **more: Any) -> Field:
    return Field(name, name.upper(), type_, **more)  # type: ignore[arg-type]


def way(name: str, to: str, **more: Any) -> Transition:
    return Transition(name, to, **more)


def due(amount: int, **more: Any) -> Due:
    return Due(Duration(amount, "days"), **more)


def stage(name: str, *tasks: Task, transitions: tuple[Transition, ...] = (), **more: Any) -> Stage:
    """A stage; `stages` and `regions` are tuples of stages, which become its own."""
    inner: dict[str, Any] = {
        key: by_id(tuple(replace(s, parent=name) for s in more.pop(key, ()))) for key in ("stages", "regions")
    }
    return Stage(
        name,
        name.upper(),
        tasks={t.id: replace(t, stage=name) for t in tasks},
        transitions=by_id(transitions),
        **inner,
        **more,
    )


END = stage("end", final="succeeded")


def book(*stages: Stage, fields: tuple[Field, ...] = (), records: tuple[Record, ...] = (), **more: Any) -> Playbook:
    """A playbook with the role `lead` and the stages given; `end` is added as the last."""
    roles: Mapping[str, Role] = by_id(more.pop("roles", (Role("lead", "LEAD"),)))
    others: dict[str, Any] = {key: by_id(value) for key, value in more.items()}
    every = stages if any(s.final for s in stages) else (*stages, END)
    return Playbook(
        "sample",
        "1.0.0",
        "Sample",
        roles=roles,
        fields=by_id(fields),
        records=by_id(records),
        stages=by_id(every),
        where=where,
        **others,
    )


def gate(**more: Any) -> GateItem:
    return GateItem(more.pop("id", "gate_1"), **more)


def found(check: ModuleType, sample: Playbook) -> list[tuple[str, str]]:
    """(code, path) of what one check says; every code must be among those it announces."""
    problems: list[Problem] = list(check.check(sample))
    assert {p.code for p in problems} <= set(check.CODES)
    return [(p.code, p.place.file) for p in problems]


def whole(parts: str) -> Playbook:
    """A playbook with two stages, a task `t`, a way back and a way to stop, and these parts."""
    text = f"""playbook: whole
version: 1.0.0
title: 样例
roles: {{lead: {{title: 负责人}}}}
{parts}stages:
  a:
    title: 甲
    tasks: {{t: {{title: 事, role: lead}}}}
    next: end
    transitions: {{back_again: {{to: a, title: 再来}}}}
  end: {{title: 完, final: succeeded}}
transitions: {{stop: {{to: end, title: 停}}}}
"""
    source = parse(text, "whole.yaml")
    return build(source.data, lambda path, kind: (source.keys if kind == "key" else source.values).get(path, NOWHERE))
