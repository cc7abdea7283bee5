"""`playbook board`: every pilot in one line: stage, owner, what is overdue, what blocks it."""

from __future__ import annotations

from engine.commands._frame import flag, option, verb
from engine.commands._session import Session
from engine.store import BoardRow
from engine.text import current_language, listed, say


@verb(
    "board",
    say("总览全部试点", "All pilots at a glance"),
    flag("--all", "everything", help=say("包括已结束的", "finished ones too")),
    option(
        "--playbook",
        "book",
        metavar=say("方案", "PLAYBOOK"),
        help=say("只看这个方案的试点", "pilots of this playbook only"),
    ),
    option("--person", metavar=say("姓名", "NAME"), help=say("只看由此人负责的", "what this person owns")),
    flag("--overdue", "late", help=say("只看有逾期任务的", "with overdue tasks only")),
    flag(
        "--tree",
        "family",
        help=say("按家族排列：下级和复制出的试点缩进在下面", "as families: parts and replicas indented below"),
    ),
    examples=("board", "board --overdue", "board --person 王蕾", "board --tree"),
)
def command(session: Session, everything: bool, book: str | None, person: str | None, late: bool, family: bool) -> int:
    from engine.commands._json import row_json

    desk = session.desk()
    today = desk.calendar.today(desk.now)
    every = desk.pilots()
    rows = [
        row
        for row in every
        if (everything or row.status != "finished")
        and (book is None or book in (row.playbook, row.title))
        and (person is None or person in row.owners)
        and (not late or row.overdue(today))
    ]
    if family:
        from engine.commands._tree import show_tree

        return show_tree(session, every, rows)
    rows.sort(key=lambda row: (-row.overdue(today), row.dues[0] if row.dues else today.max, row.name))
    session.answer({"ok": True, "as_of": today.isoformat(), "pilots": [row_json(r, r.overdue(today)) for r in rows]})
    if session.json:
        return 0
    if not rows:
        session.say(say("没有符合条件的试点", "no pilot fits"))
        return 0
    from engine.commands._wrap import room, table

    head = [
        say("试点", "pilot"),
        say("阶段", "stage"),
        say("负责人", "owner"),
        say("任务", "tasks"),
        say("逾期", "overdue"),
        say("最近期限", "next due"),
        say("指标", "figures"),
        say("卡在哪里", "blocked by"),
    ]
    session.say(*table([_cells(row, row.overdue(today)) for row in rows], head, room()))
    oldest = min(row.as_of for row in rows).astimezone(desk.calendar.zone)
    session.say(
        "",
        say(
            "共 {n} 个试点；逾期按今天（{today}）算，“卡在哪里”按各试点最后一次变动时算，最早 {old}",
            "{n} pilots; overdue as of today ({today}), blockers as of each pilot's last event, the oldest {old}",
            n=len(rows),
            today=today,
            old=oldest.date(),
        ),
    )
    return 0


def _figures(row: BoardRow) -> str:
    """`满意度 92.0%（46/50）✓`: a mark where there is a target; `⚠2` for rules that fire."""
    marks = {True: " ✓", False: " ✗", None: ""}
    parts = [f"{title} {text}{marks[met]}" for title, text, met in row.kpi]
    alerts = [f"⚠{len(row.alerts)}"] if row.alerts else []
    return str(listed([*parts, *alerts])) if parts or alerts else ""


def _cells(row: BoardRow, overdue: int) -> list[str]:
    texts = [b[current_language()] for b in row.blockers]
    blocked = texts[0] if texts else ""
    if len(texts) > 1:
        blocked += str(say("（等{n}项）", " ({n} in all)", n=len(texts)))
    return [
        row.name,
        str(listed(row.stage_titles)),
        str(listed(row.owners)),
        f"{row.done_tasks}/{row.done_tasks + row.open_tasks}",
        str(overdue) if overdue else "",
        row.dues[0].isoformat() if row.dues else "",
        _figures(row),
        blocked,
    ]
