"""The YAML of a tuned variant: what a pilot teaches about its own plan, written as a file that says only what differs.

None of the pilot's free texts go into it: a playbook is pinned for good, and what people wrote must stay erasable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine.analysis.words import duration_words
from engine.frozen import frozen
from engine.model import Due, Duration, Playbook
from engine.process.tuning import Check, Retimed, Tuning
from engine.text import listed, say

_WORDS = ("true", "false", "null", "yes", "no", "on", "off")  # not text to every reader of YAML


@frozen
class Heading:
    """What stands at the top of a variant."""

    id: str
    title: str
    base: str
    parent: str
    schema: str


def variant_text(book: Playbook, found: Tuning, heading: Heading) -> str:
    """A file that extends `book`. `found.retimed` become due dates, `checks` tasks, `unused` a remark."""
    lines = [
        f"# yaml-language-server: $schema={heading.schema}",
        *_remarks(book, found, heading),
        f"playbook: {heading.id}",
        f"extends: {heading.base}",
        "version: 1.0.0",
        f"title: {scalar(heading.title)}",
    ]
    if found.unused:
        lines += ["", *_unused(book, found.unused)]
    tree: dict[str, Any] = {}
    for one in found.retimed:
        place = _node(tree, [*stage_path(book, one.stage), *(["tasks", one.task] if one.task else [])])
        place["due" if one.task else "takes"] = _duration_text(one)
    for check in found.checks:
        task = book.tasks[check.after]
        _node(tree, [*stage_path(book, task.stage), "tasks"])[check_id(book, check)] = _task(book, check)
    if tree:
        lines += ["", *_block(tree, 0, _notes(book, found.retimed))]
    return "\n".join(lines) + "\n"


def stage_path(book: Playbook, stage: str) -> list[str]:
    """The keys that lead to a stage in the file."""
    keys: list[str] = []
    for name in (stage, *book.ancestors(stage)):
        parent = book.all_stages[name].parent
        inside = book.all_stages[parent] if parent else None
        keys = ["parallel" if inside and name in inside.regions else "stages", name, *keys]
    return keys


def check_id(book: Playbook, check: Check) -> str:
    """An id no task has yet."""
    number, found = 2, f"check_{check.record}"
    while found in book.tasks:
        found, number = f"check_{check.record}_{number}", number + 1
    return found


def due_text(due: Due) -> str:
    """A due date as a file writes it."""
    if due.anchor == "stage" and not due.before:
        return str(due.offset)
    ref = due.ref or due.anchor
    return f"{due.offset} {'before' if due.before else 'after'} {ref}"


def scalar(text: str) -> str:
    """Text as a YAML value: plain where that is safe, else in double quotes (which JSON writes alike)."""
    plain = (
        text.strip() == text and text[:1].isalpha() and all(ch.isalnum() or ch in " -_（）《》、，。·" for ch in text)
    )
    return text if plain and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)


def _remarks(book: Playbook, found: Tuning, heading: Heading) -> list[str]:
    parent = " ".join(heading.parent.split())
    told = [
        say("由试点“{p}”复制而来，只写与 {b} 不同的地方。", "Made from the pilot '{p}'; says only what differs from {b}.", p=parent, b=heading.base),
        say(
            "期限按那个试点实际用的时间改（差得多的才改），请按本科室的情况再核一遍。",
            "Due dates are what that pilot really took where the plan was far off; look at each of them.",
        ),
    ]  # fmt: skip
    return [f"# {line}" for line in told]


def _unused(book: Playbook, tasks: Iterable[str]) -> list[str]:
    words = say(
        "那个试点没有用到的选做任务；本科室也不需要的，去掉行首的 #：",
        "optional tasks that pilot left aside; take the # away where you do not need them either:",
    )
    paths = [".".join([*stage_path(book, book.tasks[t].stage), "tasks", t]) for t in tasks]
    rows = [f"#   - {path}  # {book.tasks[t].title}" for path, t in zip(paths, tasks, strict=True)]
    return [f"# {words}", "# remove:", *rows]


def _duration_text(one: Retimed) -> str:
    return str(one.actual) if one.due is None else due_text(one.due)


def _task(book: Playbook, check: Check) -> dict[str, Any]:
    """The task's texts are in the playbook's own language, as everything else in the file."""
    zh = not book.language.startswith("en")
    record, after, into = book.records[check.record], book.tasks[check.after], book.records[check.into]
    spread = listed(say("{t}{n}条", "{t} {n}", t=t, n=n) for t, n in check.scenes)
    among = say("（{s}）", " ({s})", s=spread) if check.scenes else say("", "")
    title = say("核对前一个试点的{r}", "Go through the last pilot's {r}", r=record.title)
    told = say(
        "前一个试点记下{n}条{r}{a}，都已带进“{i}”。逐条看本科室有没有同样的问题，写明照做、调整还是不用。",
        "The last pilot recorded {n} rows of '{r}'{a}; they are in '{i}'. Decide for each whether it holds here.",
        n=check.rows,
        r=record.title,
        a=among,
        i=into.title,
    )
    done = say("每一条都有处理结果。", "Every row has been decided on.")
    task: dict[str, Any] = {
        "title": title.zh if zh else title.en,
        "role": after.role,
        "help": told.zh if zh else told.en,
        "done_when": done.zh if zh else done.en,
        "fills": check.into,
    }
    if after.due is not None and after.due.anchor == "stage" and not after.due.before:
        task["due"] = str(after.due.offset)
    return task


def _notes(book: Playbook, retimed: Iterable[Retimed]) -> Mapping[tuple[str, ...], str]:
    """The remark behind a changed date: what was planned."""
    found = {}
    for one in retimed:
        path = (*stage_path(book, one.stage), *(("tasks", one.task) if one.task else ()))
        name = book.tasks[one.task].title if one.task else book.all_stages[one.stage].title
        found[(*path, "due" if one.task else "takes")] = str(
            say("{t}：原定{d}", "{t}: planned {d}", t=name, d=_words(one.planned))
        )
    return found


def _words(duration: Duration) -> str:
    return str(duration_words(duration))


def _node(tree: dict[str, Any], path: Iterable[str]) -> dict[str, Any]:
    for key in path:
        tree = tree.setdefault(key, {})
    return tree


def _block(
    tree: Mapping[str, Any], depth: int, notes: Mapping[tuple[str, ...], str], at: tuple[str, ...] = ()
) -> list[str]:
    lines: list[str] = []
    for key, value in tree.items():
        here = (*at, key)
        if isinstance(value, Mapping):
            lines += [f"{'  ' * depth}{key}:", *_block(value, depth + 1, notes, here)]
        else:
            note = f"  # {notes[here]}" if here in notes else ""
            written = value if here in notes or key == "due" else scalar(str(value))
            lines.append(f"{'  ' * depth}{key}: {written}{note}")
    return lines
