"""A step of a scenario as command lines: what a person would type for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.commands._demo_story import Story

Step = Mapping[str, Any]
Lines = Iterator[list[str]]


def lines_of(step: Step, story: Story) -> Lines:
    """The command lines of one step, in order."""
    for kind, write in _KINDS.items():
        if kind in step and not (kind == "set" and "done" in step):
            yield from write(step, story)


def _assign(step: Step, story: Story) -> Lines:
    for role, names in step["assign"].items():
        yield ["assign", role, *_list(names)]


def _unassign(step: Step, story: Story) -> Lines:
    for role, names in step["unassign"].items():
        yield ["assign", role, *_list(names), "--remove"]


def _set(step: Step, story: Story) -> Lines:
    yield ["set", *_pairs(step["set"])]


def _add(step: Step, story: Story) -> Lines:
    for record, rows in step["add"].items():
        for row in _list(rows):
            yield ["add", record, *_pairs(row)]


def _edit(step: Step, story: Story) -> Lines:
    for record, rows in step["edit"].items():
        for number, values in rows.items():
            yield ["edit", record, str(number), *_pairs(values)]


def _remove(step: Step, story: Story) -> Lines:
    for record, rows in step["remove"].items():
        yield ["remove", record, *map(str, _list(rows))]


def _attach(step: Step, story: Story) -> Lines:
    for target, name in step["attach"].items():
        yield ["attach", _number(story, str(target)), story.file(str(name))]


def _done(step: Step, story: Story) -> Lines:
    words = ["done", *(_number(story, str(name)) for name in _list(step["done"]))]
    for pair in _pairs(step.get("set", {})):
        words += ["--set", pair]
    if step.get("signed_by"):
        words += ["--signed-by", str(step["signed_by"])]
    yield words


def _begin(step: Step, story: Story) -> Lines:
    yield ["begin", *(_number(story, str(name)) for name in _list(step["begin"]))]


def _skip(step: Step, story: Story) -> Lines:
    yield [
        "skip",
        *(_number(story, str(name)) for name in _list(step["skip"])),
        "--reason",
        str(step.get("reason", "")),
    ]


def _reopen(step: Step, story: Story) -> Lines:
    yield ["reopen", *(_number(story, str(name)) for name in _list(step["reopen"])), *_reason(step)]


def _note(step: Step, story: Story) -> Lines:
    yield ["note", str(step["note"])]


def _final(step: Step, story: Story) -> Lines:
    for name in _list(step["final"]):
        yield [name, "--final"] if name in ("guide", "brief") else ["paper", name, "--final"]


def _successor(step: Step, story: Story) -> Lines:
    for name in _list(step["successor"]):
        yield ["start", story.view().book.id, str(name), "--from", story.pilot]
    # A new pilot becomes the current one; the story goes on with the old.
    yield ["use", story.pilot]


def _advance(step: Step, story: Story) -> Lines:
    to = str(step["advance"] or "next")
    words = ["advance"] if to == "next" else ["advance", "--to", to]
    if step.get("stage"):
        words += ["--stage", str(step["stage"])]
    yield [*words, *_reason(step)]


def _import(step: Step, story: Story) -> Lines:
    yield ["import", story.file(str(step["import"]))]


def _undo(step: Step, story: Story) -> Lines:
    yield ["undo", *_reason(step)]


def _reason(step: Step) -> list[str]:
    return ["--reason", str(step["reason"])] if step.get("reason") else []


def _number(story: Story, name: str) -> str:
    """The short number people type for a task; a field keeps its id."""
    ident, _, item = name.partition("@")
    return next((t.number for t in story.view().tasks if t.task.id == ident and (t.item or "") == item), name)


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{name}={_text(value)}" for name, value in values.items()]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# In the order in which a step's parts are done, as in `engine.scenarios`.
_KINDS: dict[str, Callable[[Step, Story], Lines]] = {
    "assign": _assign,
    "unassign": _unassign,
    "set": _set,
    "add": _add,
    "edit": _edit,
    "remove": _remove,
    "attach": _attach,
    "begin": _begin,
    "done": _done,
    "skip": _skip,
    "reopen": _reopen,
    "final": _final,
    "note": _note,
    "successor": _successor,
    "import": _import,
    "undo": _undo,
    "advance": _advance,
}
