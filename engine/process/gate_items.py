"""The kinds of written gate items: what each finds wrong, who can supply it and with which command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.expressions import Verdict, evaluate, names
from engine.model import Expr, GateItem, Record, Stage
from engine.pilot.blockers import EMPTY, Blocker, quoted
from engine.pilot.facts import count_links, row_facts
from engine.pilot.state import Value
from engine.process.context import Context
from engine.process.supply import (
    Supply,
    assignment,
    document_command,
    merge,
    supply_field,
    supply_name,
    supply_record,
)
from engine.text import Message, listed, plain, say


def empty_field(context: Context, item: str, field_id: str, otherwise: str = "", by: str | None = None) -> Blocker:
    field = context.book.fields[field_id]
    supply = supply_field(context, field_id)
    roles = (by,) if by else supply.roles
    message = (
        plain(otherwise) if otherwise else say("“{title}”{empty}", "'{title}' {empty}", title=field.title, empty=EMPTY)
    )
    return Blocker(
        "field-empty", item, message, roles, context.people(*roles), supply.due, supply.commands, hour=supply.hour
    )


def _when(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    assert item.when is not None
    verdict = context.verdict(item.when)
    if not verdict.ok:
        yield condition(context, item.id, item.otherwise, verdict, names(item.when.source), item.by, item.fix)


def condition(
    context: Context,
    item: str,
    otherwise: str,
    verdict: Verdict,
    used: tuple[str, ...],
    by: str | None,
    fix: str,
) -> Blocker:
    # Names that are empty come first: filling them is the next step, whatever else the condition says.
    wanted = verdict.missing or tuple(n for n in used if n not in ("today", "started"))
    supply = merge([supply_name(context, name) for name in wanted])
    roles = (by,) if by else supply.roles
    empty = _empty_names(context, verdict)
    return Blocker(
        code="condition",
        item=item,
        # The author's sentence says what is wrong with a value; while there is none, it would mislead.
        message=plain(otherwise) if verdict.failed or not empty else empty[0],
        roles=roles,
        people=context.people(*roles),
        due=supply.due,
        hour=supply.hour,
        commands=supply.commands,
        detail=(
            *(empty if verdict.failed else empty[1:]),
            *verdict.failed,
            *((plain(fix),) if fix and (verdict.failed or not empty) else ()),
        ),
    )


def _empty_names(context: Context, verdict: Verdict) -> tuple[Message, ...]:
    return tuple(
        say("“{name}”{empty}", "'{name}' {empty}", name=title_of(context, name), empty=EMPTY)
        for name in verdict.missing
    )


def title_of(context: Context, name: str) -> str:
    """What people call a dotted name: the title of the field, record or metric behind it."""
    head, _, rest = name.partition(".")
    item = rest.partition(".")[0]
    tables: dict[str, Mapping[str, object]] = {
        "fields": context.book.fields,
        "filled": context.book.fields,
        "records": context.book.records,
        "metrics": context.book.metrics,
        "roles": context.book.roles,
        "tasks": context.book.tasks,
    }
    found = tables.get(head, {}).get(item)
    return str(getattr(found, "title", name))


def rows_matching(
    context: Context, record: Record, where: Expr | None
) -> list[tuple[int, Mapping[str, Value], dict[str, object]]]:
    """Rows (number, values, facts) that satisfy `where`; a row whose `where` cannot be decided does not match."""
    found = []
    for number, row in context.pilot.rows.get(record.id, {}).items():
        facts = row_facts(record.columns, number, row)
        if where is None or evaluate(context.book, where, context.row_facts(facts), facts, record).ok:
            found.append((number, row, facts))
    return found


def row_label(record: Record, number: int, row: Mapping[str, Value]) -> Message:
    """`第2行“法棍”`"""
    value = row.get(record.label)
    if not value:
        return say("第{n}行", "row {n}", n=number)
    return say("第{n}行“{value}”", "row {n} '{value}'", n=number, value=str(value))


def _each(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    assert item.record is not None and item.when is not None
    record = context.book.records[item.record]
    failing: list[Message] = []
    commands: list[str] = []
    used = [n.removeprefix("row.").removeprefix("filled.") for n in names(item.when.source) if n.startswith("row.")]
    columns = [c for c in dict.fromkeys(used) if c in record.columns]
    for number, row, facts in rows_matching(context, record, item.where):
        verdict = evaluate(context.book, item.when, context.row_facts(facts), facts, record)
        if verdict.ok:
            continue
        empty = [n.removeprefix("row.") for n in verdict.missing if n.startswith("row.")]
        titles = [record.columns[c].title for c in empty if c in record.columns]
        label = row_label(record, number, row)
        failing.append(
            say("{label}：缺{what}", "{label}: {what} is empty", label=label, what=listed(titles)) if titles else label
        )
        commands.append(
            f"edit {record.id} {number} " + " ".join(assignment(record.columns[c]) for c in (empty or columns))
        )
    if failing:
        roles = _record_roles(context, record, item.by)
        yield Blocker(
            code="rows",
            item=item.id,
            message=plain(item.otherwise),
            roles=roles,
            people=context.people(*roles),
            commands=tuple(commands),
            detail=(*failing, *((plain(item.fix),) if item.fix else ())),
        )


def _record_roles(context: Context, record: Record, by: str | None) -> tuple[str, ...]:
    return (by,) if by else supply_record(context, record.id).roles


def _count(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    assert item.record is not None
    record = context.book.records[item.record]
    count = len(rows_matching(context, record, item.where))
    if item.bounds.holds(count):
        return
    too_few = count < item.bounds.minimum
    supply = supply_record(context, record.id)
    roles = _record_roles(context, record, item.by)
    default = say(
        "“{title}”" + ("符合条件的" if item.where else "") + "有{count}条，要求{bounds}条",
        "'{title}' has {count}" + (" matching" if item.where else "") + " rows; {bounds} are needed",
        title=record.title,
        count=count,
        bounds=item.bounds,
    )
    yield Blocker(
        code="count",
        item=item.id,
        message=plain(item.otherwise) if item.otherwise else default,
        roles=roles,
        people=context.people(*roles),
        commands=supply.commands if too_few else (f"remove {record.id} 行号",),
        detail=((default,) if item.otherwise else ()) + ((plain(item.fix),) if item.fix else ()),
    )


def _roles(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    for name in item.names or tuple(context.book.roles):
        role = context.book.roles[name]
        people = context.pilot.people.get(name, ())
        if role.count.holds(len(people)):
            continue
        message = say(
            "“{title}”要{bounds}人，现在{count}人",
            "'{title}' needs {bounds}, there are {count}",
            title=role.title,
            bounds=role.count,
            count=len(people),
        )
        too_many = role.count.maximum is not None and len(people) > role.count.maximum
        yield Blocker(
            code="role",
            item=item.id if item.names else name,
            message=plain(item.otherwise) if item.otherwise else message,
            roles=(item.by,) if item.by else (),
            people=context.people(item.by),
            commands=(f"assign {name} {'姓名 --remove' if too_many else '姓名'}",),
            detail=(message,) if item.otherwise else (),
        )


def _fields(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    for name in item.names:
        if not context.facts(f"filled.{name}"):
            yield empty_field(context, item.id, name, item.otherwise, item.by)


def _document(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    assert item.document is not None
    final = context.pilot.finals.get(item.document)
    entered = context.pilot.entered.get(stage.id)
    if final is not None and (entered is None or final.at >= entered):
        return
    title = context.book.documents[item.document].title
    message = (
        say("“{title}”还没有定稿", "no final version of '{title}' was recorded", title=title)
        if final is None
        else say(
            "“{title}”的定稿早于本阶段，请重新定稿",
            "the final '{title}' is older than this stage; record it anew",
            title=title,
        )
    )
    yield Blocker(
        "document",
        item.id,
        plain(item.otherwise) if item.otherwise else message,
        (item.by,) if item.by else (),
        context.people(item.by),
        None,
        (document_command(item.document),),
        # The author's sentence says which document; that there is an older one is worth a line of its own.
        (message,) if item.otherwise and final is not None else (),
    )


def _links(relation: str) -> Callable[[Context, Stage, GateItem], Iterator[Blocker]]:
    option = "--parent" if relation == "child" else "--from"

    def check(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
        count = count_links(context.pilot, relation, item.state, item.playbook)
        if item.bounds.holds(count):
            return
        states = {
            "started": say("已启动", "started"),
            "running": say("进行中", "running"),
            "succeeded": say("已成功结束", "succeeded"),
            "stopped": say("已停止", "stopped"),
            "finished": say("已结束", "finished"),
        }
        what = (
            say("下属试点", "child pilots")
            if relation == "child"
            else say("由本试点复制的试点", "pilots started from this one")
        )
        message = say(
            "{what}{state}的有{count}个，要求{bounds}个",
            "{what} that have {state}: {count}; {bounds} needed",
            what=what,
            state=states[item.state],
            count=count,
            bounds=item.bounds,
        )
        start = f"start {item.playbook or context.book.id} 试点名称 {option} {quoted(context.pilot.name)}"
        running = tuple(
            f"status -p {quoted(link.name)}"
            for link in context.pilot.links
            if link.relation == relation and link.outcome is None
        )
        supply = Supply(commands=running if item.state in ("succeeded", "finished") and running else (start,))
        yield Blocker(
            "children" if relation == "child" else "successors",
            item.id,
            plain(item.otherwise) if item.otherwise else message,
            (item.by,) if item.by else (),
            context.people(item.by),
            None,
            supply.commands,
            (message,) if item.otherwise else (),
        )

    return check


def _content(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    from engine.process.content import content_blockers

    yield from content_blockers(context, stage, item)


KINDS: dict[str, Callable[[Context, Stage, GateItem], Iterator[Blocker]]] = {
    "when": _when,
    "each": _each,
    "count": _count,
    "roles": _roles,
    "fields": _fields,
    "document": _document,
    "content": _content,
    "children": _links("child"),
    "successors": _links("successor"),
}
