"""Who can supply a missing thing, and with which command. One place, so that every refusal says the same."""

from __future__ import annotations

from datetime import date

from engine.frozen import frozen
from engine.model import Field, Task
from engine.pilot.blockers import quoted
from engine.pilot.facts import MISSING
from engine.pilot.view import TaskView
from engine.process.context import Context
from engine.text import Message, say

_EXAMPLES = {
    "number": "数字",
    "money": "金额",
    "percent": "分子/分母",
    "date": "年-月-日",
    "choice": "选项",
    "person": "姓名",
    "file": "文件",
    "list": "甲、乙",
    "text": "内容",
    "ref": "行号",
}


@frozen
class Supply:
    """Roles that can supply something, when it is due, the commands that do, and what it is called."""

    roles: tuple[str, ...] = ()
    due: date | None = None
    commands: tuple[str, ...] = ()
    title: Message | None = None
    hour: str = ""  # of the day it is due, where an hour counts


def task_setting(context: Context, field_id: str) -> TaskView | None:
    """The first task that asks for this field, preferring one that is still open in an active stage."""
    found = [v for t in context.book.tasks.values() if field_id in t.sets for v in context.views_of(t.id)]
    return next((v for v in found if v.active and v.is_open), found[0] if found else None)


def supply_field(context: Context, field_id: str) -> Supply:
    found = context.book.fields[field_id]
    view = task_setting(context, field_id)
    role = found.owner or (view.task.role if view else None)
    command = f"attach {field_id} 文件路径" if found.type == "file" else f"set {assignment(found)}"
    commands: tuple[str, ...] = (command,)
    if found.ledger is not None:
        # Counted from the ledger; where none was imported yet, a small department may still type it.
        commands = ("import 文件路径",) if context.pilot.live_imports else ("import 文件路径", command)
    return Supply(
        roles=(role,) if role else (),
        due=day_of(view) if view and view.is_open else None,
        commands=commands,
        title=say("“{title}”", "'{title}'", title=found.title),
        hour=view.hour if view and view.is_open else "",
    )


def sample(found: Field) -> str:
    """What to type for a field, as a pattern: the options of a choice, the shape of a percentage."""
    if found.type == "choice":
        # In quotes: pasted as it stands it is refused with the list, and no shell takes the bars for a pipe.
        return "|".join(found.options.values())
    return _EXAMPLES.get(found.type, "内容")


def assignment(found: Field) -> str:
    """`rent=金额`, `"answer=yes|no"`: one word of a command line."""
    return quoted(f"{found.id}={sample(found)}")


def supply_task(context: Context, view: TaskView) -> Supply:
    return Supply((view.task.role,), day_of(view), (done_command(context, view),), hour=view.hour)


def done_command(context: Context, view: TaskView) -> str:
    """The command that completes this task, with everything it will ask for."""
    parts = ["done", view.number]
    for name in view.task.sets:
        found = context.book.fields.get(name)
        counted = found is not None and found.ledger is not None and bool(context.pilot.live_imports)
        if found is not None and name not in context.pilot.fields and found.type != "file" and not counted:
            parts.append(f"--set {assignment(found)}")
    wants_file = any(
        (f := context.book.fields.get(name)) is not None and f.type == "file" and name not in context.pilot.fields
        for name in view.task.sets
    )
    if (view.task.evidence == "required" and not any(not e.erased for e in view.evidence)) or wants_file:
        parts.append("--attach 文件路径")
    if view.task.approval:
        parts.append(f"--signed-by {signer_word(context, view)}")
    return " ".join(parts)


def signer_word(context: Context, view: TaskView) -> str:
    """Who can sign, as a word of a command: never the one who records it, whose signature would be refused."""
    return next((quoted(name) for name in view.people if name != context.actor), "签字人")


def day_of(view: TaskView) -> date | None:
    return view.due.date() if view.due else None


def supply_name(context: Context, name: str) -> Supply:
    """Who can change the value of a name used in a condition (`fields.x`, `records.x` …)."""
    head, _, rest = name.partition(".")
    item = rest.partition(".")[0]
    book = context.book
    if head in ("fields", "filled") and item in book.fields:
        return supply_field(context, item)
    if head == "roles" and item in book.roles:
        return Supply(("" if not book.roles else item,), None, (f"assign {item} 姓名",))
    if head == "tasks" and item in book.tasks:
        view = next((v for v in context.views_of(item) if v.is_open), None)
        return supply_task(context, view) if view else Supply((book.tasks[item].role,))
    if head == "records" and item in book.records:
        return supply_record(context, item)
    if head == "documents" and item in book.documents:
        return Supply((), None, (document_command(item),))
    if head == "metrics" and item in book.metrics:
        metric = book.metrics[item]
        parts = [p for p in (metric.numerator, metric.denominator) if p and p in book.fields]
        supplies = [supply_field(context, part) for part in parts]
        return merge(supplies)
    if head == "ledger":
        return Supply((), None, ("import 文件路径",))
    if head == "children":
        return Supply((), None, (f"start 方案id 试点名称 --parent {quoted(context.pilot.name)}",))
    if head == "successors":
        return Supply((), None, (f"start {book.id} 试点名称 --from {quoted(context.pilot.name)}",))
    return Supply()


def supply_record(context: Context, record_id: str) -> Supply:
    record = context.book.records[record_id]
    wanted = [c for c in record.columns.values() if c.required] or list(record.columns.values())[:1]
    columns = " ".join(assignment(c) for c in wanted)
    role = record.owner or next((t.role for t in context.book.tasks.values() if record_id in t.fills), None)
    return Supply((role,) if role else (), None, (f"add {record_id} {columns}",))


def document_command(document: str) -> str:
    return f"{document} --final" if document in ("guide", "brief") else f"paper {document} --final"


def merge(supplies: list[Supply]) -> Supply:
    """Several supplies as one: everyone and every command, each once, the earliest date."""
    due, _, hour = min(((s.due, s.hour or "24:00", s.hour) for s in supplies if s.due), default=(None, "", ""))
    return Supply(
        roles=tuple(dict.fromkeys(role for s in supplies for role in s.roles if role)),
        due=due,
        hour=hour,
        commands=tuple(dict.fromkeys(command for s in supplies for command in s.commands)),
    )


def owner_of(task: Task) -> tuple[str, ...]:
    return (task.role,)


def is_missing(context: Context, name: str) -> bool:
    return context.facts(name) is MISSING
