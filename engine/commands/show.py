"""`playbook show`: what a playbook says, in order; with `--resolved`, its whole text after `extends`, with origins."""

from __future__ import annotations

from collections.abc import Iterator

from engine.commands._frame import argument, flag, verb
from engine.commands._session import Session
from engine.model import Playbook, Stage
from engine.text import Message, entitled, listed, plain, say


@verb(
    "show",
    say("查看一个方案的内容", "Show what a playbook says"),
    argument("target", say("方案", "PLAYBOOK"), say("方案的 id 或文件", "a playbook's id or file")),
    flag(
        "--resolved",
        help=say(
            "合并 extends 之后的全文，并注明每行的出处", "the whole text after `extends`, with the origin of each line"
        ),
    ),
    examples=("show four-step-pilot", "show our-pilot --resolved"),
)
def command(session: Session, target: str, resolved: bool) -> int:
    from engine.load import load
    from engine.text import current_language
    from engine.workspace import find_root

    loaded = load(target, folder=find_root(session.folder), language=current_language())
    if session.json:
        session.answer({"ok": True, "playbook": loaded.bundle.data})
    elif resolved:
        from engine.analysis.resolved import resolved_text

        session.say(resolved_text(loaded).rstrip("\n"))
    else:
        session.say(*_summary(loaded.playbook))
    return 0


def _summary(book: Playbook) -> Iterator[str]:
    from engine.commands._frame import indent

    yield f"{book.title}  {book.id} {book.version}"
    if book.purpose:
        yield from indent(book.purpose, 2)
    if book.roles:
        yield ""
        yield str(say("角色", "Roles"))
        for role in book.roles.values():
            duties = Message("；".join(role.duties), "; ".join(role.duties))
            told = say("：{d}", ": {d}", d=duties) if role.duties else plain("")
            yield from indent(f"{role.title} ({role.id}) × {role.count}{told}", 2)
    for stage in book.stages.values():
        yield from _stage(book, stage, 0)
    yield from _facts(book)


def _facts(book: Playbook) -> Iterator[str]:
    """What a pilot fills in and what is written from it: the names that `set`, `add` and `paper` take."""
    from engine.commands._frame import indent
    from engine.commands._wrap import table
    from engine.pilot.blockers import command_words
    from engine.process.supply import sample

    if book.fields:
        rows = [(f.id, f.title, command_words(sample(f))) for f in book.fields.values()]
        yield from ("", str(say("字段（playbook set id=内容）", "Fields (playbook set ID=VALUE)")))
        yield from (f"  {line}" for line in table(rows))
    if book.records:
        yield from ("", str(say("表（playbook add id 列=内容）", "Records (playbook add ID COLUMN=VALUE)")))
        for record in book.records.values():
            yield f"  {entitled(record.id, record.title)}"
            yield from indent(str(listed(entitled(c.id, c.title) for c in record.columns.values())), 6)
    if book.documents:
        yield from ("", str(say("文件（playbook paper id）", "Documents (playbook paper ID)")))
        yield from (f"  {line}" for line in table([(d.id, d.title) for d in book.documents.values()]))


def _stage(book: Playbook, stage: Stage, depth: int) -> Iterator[str]:
    from engine.analysis.words import duration_words, item_words
    from engine.commands._frame import indent

    by = depth * 4
    ending = str(say("（终点）", " (end)")) if stage.final else ""
    takes = f"  {duration_words(stage.takes)}" if stage.takes else ""
    yield ""
    yield f"{' ' * by}■ {stage.title} ({stage.id}){takes}{ending}"
    if stage.goal:
        yield from indent(stage.goal, by + 2)
    for task in stage.tasks.values():
        role = book.roles.get(task.role)
        facts = [role.title if role else task.role]
        facts += [str(say("选做", "optional"))] if not task.required else []
        facts += [str(say("要证据", "evidence"))] if task.evidence == "required" else []
        facts += [str(say("要签字", "signature"))] if task.approval else []
        yield from indent(
            str(say("{n}. {t}（{f}）", "{n}. {t} ({f})", n=task.number, t=task.title, f=listed(facts))), by + 2
        )
    if stage.gate:
        yield from indent(str(say("进入下一步之前还要满足：", "before moving on:")), by + 2)
        for item in stage.gate:
            yield from indent(f"◇ {item_words(book, item)}", by + 4)
    for inner in (*stage.regions.values(), *stage.stages.values()):
        yield from _stage(book, inner, depth + 1)
