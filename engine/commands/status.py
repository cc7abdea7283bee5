"""`playbook status`: where a pilot stands, everything that blocks the way on, and the next command."""

from __future__ import annotations

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import next_lines, parse_day, usage
from engine.pilot.blockers import command_words
from engine.service.views import PilotView
from engine.text import Message, listed, say

STATUS = {
    "running": say("进行中", "running"),
    "on_hold": say("暂停中", "on hold"),
    "finished": say("已结束", "finished"),
}


@verb(
    "status",
    say("看试点走到哪里、还差什么", "Where a pilot stands and what is missing"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--as-of",
        "day",
        metavar=say("日期", "DATE"),
        help=say("看那一天结束时的样子", "as it was at the end of that day"),
    ),
    flag("--full", help=say("也列出字段和表", "also list fields and records")),
    examples=("status", "status 眼科试点 --as-of 2026-03-31"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, day: str | None, full: bool) -> int:
    from engine.commands._json import status_json

    ref, rest = split(session, words, pilot)
    if rest:
        raise usage(say("多出的内容：{w}", "unexpected: {w}", w=" ".join(rest)))
    desk = session.desk()
    view = desk.view(ref, parse_day(day, desk.calendar.today(desk.now)))
    if session.json:
        session.answer({"ok": True, **status_json(view)})
        return 0
    session.say(*head(view), *_tasks(session, view))
    if full:
        session.say(*facts(view))
    session.say(
        *_alerts(session, view), *_way_on(session, view), *_other_ways(session, view), *_offers(view), *_timers(view)
    )
    if day is None:
        session.say("", *next_lines(session, view))
    return 0


def head(view: PilotView) -> list[str]:
    pilot, book = view.pilot, view.book
    stages = listed(book.all_stages[s].title for s in pilot.at)
    status: Message | str = STATUS[pilot.status]
    if pilot.outcome:
        from engine.commands._events import outcome_words

        status = say("{s}（{o}）", "{s} ({o})", s=status, o=outcome_words(pilot.outcome))
    lines = [
        f"{pilot.name}  ·  {book.title} {pilot.version}",
        str(
            say(
                "{status}：{stages}　启动于 {day}",
                "{status}: {stages}, started {day}",
                status=status,
                stages=stages,
                day=pilot.started,
            )
        ),
    ]
    goals = [book.all_stages[s].goal for s in (pilot.back or pilot.at) if book.all_stages[s].goal]
    lines += [str(say("目标：{g}", "goal: {g}", g=g)) for g in goals] if pilot.status != "finished" else []
    return lines


def _tasks(session: Session, view: PilotView) -> list[str]:
    here = [t for t in view.tasks if t.active]
    if not here or view.pilot.status == "finished":
        return []
    done = sum(not t.is_open for t in here)
    late = sum(t.overdue for t in here)
    text = str(say("本阶段任务：{d}/{n} 已处理", "tasks of this stage: {d} of {n} settled", d=done, n=len(here)))
    if late:
        text += session.style(str(say("，{n} 项逾期", ", {n} overdue", n=late)), "31")
    return [text]


def facts(view: PilotView) -> list[str]:
    """The filled fields and the rows of the records."""
    from engine.commands._wrap import table
    from engine.pilot.values import show

    book, pilot = view.book, view.pilot
    rows = [(f.id, f.title, show(f, pilot.fields[f.id])) for f in book.fields.values() if f.id in pilot.fields]
    lines = ["", str(say("字段：", "fields:")), *(f"  {line}" for line in table(rows))] if rows else []
    for record in book.records.values():
        found = pilot.rows.get(record.id, {})
        if found:
            lines += ["", f"{record.title} ({record.id})"]
            cells = [
                [str(n), *(show(c, r[c.id]) if c.id in r else "" for c in record.columns.values())]
                for n, r in found.items()
            ]
            lines += [f"  {line}" for line in table(cells, ["#", *(c.title for c in record.columns.values())])]
    return lines


def _way_on(session: Session, view: PilotView) -> list[str]:
    from engine.commands._failure import blocker_lines
    from engine.pilot.blockers import told_once

    if view.pilot.status != "running":
        return []
    if not view.blockers:
        ready = any(w.id == "next" for w in view.ways)
        return ["", session.style(str(say("✓ 可以进入下一阶段", "✓ ready to move on")), "32")] if ready else []
    count = say(
        "还差 {n} 项才能进入下一阶段：",
        "{n} things are missing before the next stage:",
        n=len(told_once(view.blockers)),
    )
    return ["", str(count), *blocker_lines(session, view.blockers)]


def _alerts(session: Session, view: PilotView) -> list[str]:
    """Rules on numbers that fire now."""
    from engine.process.rules import sentence

    book = view.book
    lines = []
    for one in view.pilot.firings.values():
        rule = book.rules.get(one.rule)
        if rule is None:
            continue
        lines.append(f"{session.style('⚠', '33')} {sentence(view.context, rule, one.group, dict(one.values))}")
        if rule.then == "recommend" and rule.transition:
            reason = " --reason 原因" if rule.transition != "next" else ""
            lines.append(
                str(
                    say(
                        "    建议：playbook {c}",
                        "    recommended: playbook {c}",
                        c=command_words(f"advance --to {rule.transition}{reason}"),
                    )
                )
            )
        elif rule.fix:
            lines.append(f"    {rule.fix}")
    return ["", *lines] if lines else []


def _other_ways(session: Session, view: PilotView) -> list[str]:
    from engine.commands._failure import pilot_suffix

    suffix = pilot_suffix(session)
    others = [w for w in view.ways if w.id != "next"]
    if not others:
        return []
    lines = ["", str(say("其他去向：", "other ways:"))]
    for way in others:
        closed = "" if way.open else str(say("（现在还不行：{why}）", " (not now: {why})", why=way.blockers[0].message))
        command = f"advance --to {way.id}" + (" --reason 原因" if way.transition.reason == "required" else "")
        told = say(
            "  {title}：playbook {c}{closed}",
            "  {title}: playbook {c}{closed}",
            title=way.transition.title or way.id,
            c=command_words(command) + suffix(command),
            closed=closed,
        )
        lines.append(str(told))
    return lines


def _offers(view: PilotView) -> list[str]:
    """Pilots that may be started beside this one, as often as they are needed."""
    from engine.pilot.blockers import quoted
    from engine.process.children import offers

    found = offers(view.context)
    if not found:
        return []
    lines = ["", str(say("需要时另外启动：", "to be started when needed:"))]
    for one in found:
        command = command_words(f"start {one.playbook} 试点名称 --parent {quoted(view.pilot.name)}")
        lines.append(str(say("  {t}：playbook {c}", "  {t}: playbook {c}", t=one.title or one.playbook, c=command)))
    return lines


def _timers(view: PilotView) -> list[str]:
    titles = view.book.all_stages
    return [
        str(
            say(
                "到 {at} 自动进入“{to}”",
                "goes on to '{to}' by itself on {at}",
                at=at.strftime("%Y-%m-%d %H:%M"),
                to=titles[to].title,
            )
        )
        for at, _, to in view.timers
    ]
