"""`playbook replicate`: the next department starts from what this pilot learned; `--compare` shows what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import next_lines, parse_day, shown, usage
from engine.text import Message, say

if TYPE_CHECKING:
    from engine.commands._replica import Variant
    from engine.process.context import Decision
    from engine.service.views import PilotView


@verb(
    "replicate",
    say("把一个试点复制给下一个科室", "Replicate a pilot in another department"),
    words(say("[试点]", "[PILOT]"), say("复制哪一个（默认为当前试点）", "which one (default: the current one)")),
    pilot_option(),
    option("--department", "-d", metavar=say("科室", "TEXT"), help=say("接手的科室", "the department that takes over")),
    option("--name", metavar=say("名称", "NAME"), help=say("新试点的名称（默认“科室+试点”）", "name of the new pilot (default: DEPARTMENT pilot)")),
    option("--on", "day", metavar=say("日期", "DATE"), help=say("从哪一天开始（默认今天）", "the day it starts (default: today)")),
    option("--id", "ident", metavar="ID", help=say("新方案的 id（默认接着编号）", "id of the new playbook (default: numbered on)")),
    flag("--dry-run", "dry_run", help=say("只看会发生什么，不写入", "show what would happen, write nothing")),
    flag("--compare", help=say("对照：承接了什么，改了什么，新增和去掉了什么", "side by side: what was kept, adapted, added, dropped")),
    more=say(
        "带过去的只有方案里写了 carry 的内容；案例、人名、台账和授权都不带，授权须重新取得。",
        "Only what the playbook declares with `carry` goes over; cases, names, ledgers and the authorisation never do.",
    ),
    examples=("replicate 皮肤科试点 --department 眼科", "replicate -d 眼科 --dry-run", "replicate --compare 眼科试点"),
)  # fmt: skip
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    department: str | None,
    name: str | None,
    day: str | None,
    ident: str | None,
    dry_run: bool,
    compare: bool,
) -> int:
    ref, rest = split(session, words, pilot)
    if rest:
        raise usage(say("多了：{w}", "too many words: {w}", w=" ".join(rest)))
    desk = session.desk()
    if compare:
        from engine.commands._inherited import show_inherited

        return show_inherited(session, desk.view(ref))
    if department is None or not department.strip():
        raise usage(say("请写明接手的科室：--department 科室", "name the department: --department NAME"))
    from engine.commands._replica import make_variant
    from engine.commands.new import check_name, schema_for
    from engine.service.replicate import rehearse, replicate

    if ident is not None:
        check_name(ident)
    parent = desk.view(ref)
    schema, _ = schema_for(desk.workspace.root) if not dry_run else ("../schemas/playbook.schema.json", "")
    variant = make_variant(desk, parent, department, schema, ident)
    name = name or str(say("{d}试点", "{d} pilot", d=department.strip()))
    book = variant.loaded.playbook
    if dry_run:
        desk.free_name(name)
        replica = rehearse(desk, parent, book, name, department)
        session.answer(_json(parent, name, variant, replica.carried, None))
        session.say(say("（试运行，没有写入任何内容）会发生：", "(dry run, nothing was written) this would happen:"))
        _tell(session, parent, name, variant, replica.carried)
        session.say("", variant.path.name + "：", *(f"  {line}" for line in variant.text.splitlines()))
        return 0
    from engine.documents.files import write_atomically

    if variant.path.exists():
        from engine.errors import UserError

        raise UserError("exists", say("已经有这个文件：{p}", "the file exists already: {p}", p=variant.path))
    write_atomically(variant.path, variant.text.encode())
    try:
        replica = replicate(
            desk, parent, variant.path.stem, book, name, department, parse_day(day, desk.calendar.today(desk.now))
        )
    except BaseException:
        variant.path.unlink(missing_ok=True)  # a file for a pilot that was not started is nobody's
        raise
    assert replica.view is not None
    session.ref = None  # the new pilot is the current one now
    session.answer(_json(parent, name, variant, replica.carried, replica.view))
    _tell(session, parent, name, variant, replica.carried)
    session.say(say("✓ 方案写在 {p}", "✓ the playbook is {p}", p=shown(variant.path)))
    session.say(*next_lines(session, replica.view))
    return 0


def _counts(parent: PilotView, variant: Variant, carried: Decision) -> list[tuple[str, int]]:
    """How many rows and fields go where: (title, number)."""
    found: dict[str, int] = {}
    book = variant.loaded.playbook
    for event in carried.events:
        if event.type == "row_added":
            title = book.records[event.data["record"]].title
        elif event.type == "field_set":
            title = book.fields[event.data["field"]].title
        else:
            continue
        found[title] = found.get(title, 0) + 1
    return list(found.items())


def _tell(session: Session, parent: PilotView, name: str, variant: Variant, carried: Decision) -> None:
    session.say(say("✓ “{n}”由“{p}”复制而来", "✓ '{n}' replicates '{p}'", n=name, p=parent.pilot.name))
    for title, count in _counts(parent, variant, carried):
        session.say(say("  带来：{t} {n}项", "  carried over: {t} {n}", t=title, n=count))
    found = variant.found
    session.say(
        say(
            "  方案：改期限{a}处，加核对任务{b}项，可去掉的选做任务{c}项",
            "  playbook: {a} dates changed, {b} tasks added, {c} optional tasks that may go",
            a=len(found.retimed),
            b=len(found.checks),
            c=len(found.unused),
        )
    )
    session.say(*(f"  ! {note}" for note in (*carried.notices, *variant.dropped)))
    session.say(_not_carried())


def _not_carried() -> Message:
    return say(
        "  没有带：案例、人名、台账、数字和授权；授权须重新取得并签字",
        "  not carried: cases, names, ledgers, figures, the authorisation; that must be obtained anew",
    )


def _json(parent: PilotView, name: str, variant: Variant, carried: Decision, view: PilotView | None) -> dict[str, Any]:
    return {
        "ok": True,
        "dry_run": view is None,
        "pilot": view.pilot.id if view else None,
        "name": name,
        "origin": parent.pilot.id,
        "playbook": variant.loaded.playbook.id,
        "file": str(variant.path),
        "carried": [{"title": t, "count": n} for t, n in _counts(parent, variant, carried)],
        "left_behind": [str(n) for n in carried.notices],
        "tuned": {
            "dates": [{"stage": r.stage, "task": r.task, "planned": str(r.planned), "actual": str(r.actual)} for r in variant.found.retimed],
            "checks": [c.record for c in variant.found.checks],
            "unused": list(variant.found.unused),
            "dropped": [str(d) for d in variant.dropped],
        },
        "text": variant.text,
    }  # fmt: skip
