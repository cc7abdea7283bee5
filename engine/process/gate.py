"""Gates: everything that stands between a stage and its way out, each thing with its owner and its command."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions import names
from engine.model import Expr, GateItem, Stage, Task
from engine.pilot.blockers import Blocker
from engine.pilot.facts import settled
from engine.process.context import Context
from engine.process.gate_items import KINDS, condition, empty_field
from engine.process.supply import (
    day_of,
    done_command,
    supply_field,
)
from engine.text import say


def gate_blockers(context: Context, stage: Stage) -> tuple[Blocker, ...]:
    """All that blocks `next` out of this stage now, in the order people work: tasks, fields, inner stages, conditions."""
    return (
        *_open_tasks(context, stage),
        *_empty_fields(context, stage),
        *_open_regions(context, stage),
        *(b for item in stage.gate for b in item_blockers(context, stage, item)),
    )


def item_blockers(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    """What one written gate item finds wrong; nothing when it holds."""
    yield from KINDS[item.kind](context, stage, item)


def guard_blockers(
    context: Context, item: str, when: Expr | None, otherwise: str, by: str | None = None
) -> tuple[Blocker, ...]:
    """A guard of a transition as a gate item of its own."""
    if when is None:
        return ()
    verdict = context.verdict(when)
    if verdict.ok:
        return ()
    return (condition(context, item, otherwise or when.source, verdict, names(when.source), by, ""),)


def _open_tasks(context: Context, stage: Stage) -> Iterator[Blocker]:
    wanted: frozenset[str] = frozenset()
    if context.pilot.firings:
        from engine.process.rules import demanded

        wanted = demanded(context)
    for task in stage.tasks.values():
        if not (task.required or task.id in wanted) or settled(context.book, context.pilot, task.id):
            continue
        views = context.views_of(task.id)
        if not views and task.for_each:
            yield _empty_list(context, task)
        for view in views:
            if view.status == "done":
                continue
            waiting = [n for n in task.needs if not settled(context.book, context.pilot, n)]
            detail = tuple(
                say("要先完成：{n} {title}", "first: {n} {title}", n=v.number, title=v.title)
                for need in waiting
                for v in context.views_of(need)
                if v.status != "done"
            )
            skipped = view.status == "skipped"
            yield Blocker(
                code="task-skipped" if skipped else "task-open",
                item=task.id,
                message=say(
                    "任务 {n}“{title}”" + ("被跳过了，但它是必做的" if skipped else "还没有完成"),
                    "task {n} '{title}' " + ("was skipped but is required" if skipped else "is not done"),
                    n=view.number,
                    title=view.title,
                ),
                roles=(task.role,),
                people=view.people,
                due=day_of(view),
                hour=view.hour,
                commands=(f"reopen {view.number}",) if skipped else (done_command(context, view),),
                detail=detail,
            )


def _empty_list(context: Context, task: Task) -> Blocker:
    field = context.book.fields[task.for_each or ""]
    supply = supply_field(context, field.id)
    return Blocker(
        "field-empty",
        field.id,
        say(
            "“{field}”还是空的，任务“{task}”要按它逐项进行",
            "'{field}' is empty; the task '{task}' repeats over it",
            field=field.title,
            task=task.title,
        ),
        supply.roles,
        context.people(*supply.roles),
        supply.due,
        supply.commands,
        hour=supply.hour,
    )


def _empty_fields(context: Context, stage: Stage) -> Iterator[Blocker]:
    wanted = context.book.required_in.get(stage.id, ())
    pending = _pending(context, stage) if wanted else ()
    for field in wanted:
        if field.id not in pending and not context.facts(f"filled.{field.id}"):
            yield empty_field(context, field.id, field.id)


def _pending(context: Context, stage: Stage) -> set[str]:
    """The fields that an open task asks for: its blocker, which names them in its command, says all there is to say."""
    return {
        f for t in stage.tasks.values() if t.required and not settled(context.book, context.pilot, t.id) for f in t.sets
    }


def _open_regions(context: Context, stage: Stage) -> Iterator[Blocker]:
    if not stage.nested:
        return
    for leaf in context.pilot.at:
        inner = context.book.all_stages[leaf]
        if inner.final is None and stage.id in context.book.ancestors(leaf):
            yield Blocker(
                "stage-open",
                inner.id,
                say("其中的“{title}”还没有走完", "'{title}' inside it has not come to its end", title=inner.title),
                commands=(f"advance --stage {inner.id}",),
            )
