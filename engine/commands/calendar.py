"""`playbook calendar`: every date ahead, of all pilots or of one with everything under it, on the screen or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.text import current_language, listed, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.process.dates import AgendaEntry
    from engine.service import Desk
    from engine.store import BoardRow

_SHOWN = 40


@verb(
    "calendar",
    say("日历：全部试点的日期，或一个试点连同下属的日期", "All dates of all pilots, or of one with those under it"),
    words(
        say("[试点]", "[PILOT]"),
        say("只看这个试点和它的下属；不写就是全部", "this one and those under it; default: all"),
    ),
    pilot_option(),
    option("--person", default="", metavar=say("姓名", "NAME"), help=say("只看一个人的", "one person only")),
    flag("--all", "everything", help=say("屏幕上全部列出", "list every date on the screen")),
    option(
        "--output",
        "-o",
        metavar=say("文件", "FILE"),
        help=say("写成日历文件（.ics），可导入手机或电脑日历", "write a calendar file (.ics) for phone or computer"),
    ),
    more=say(
        "包括任务期限、时限、签字到期和记录里写明的日期（授权、同意书等）；每条都带提醒，重新导入会更新而不重复。",
        "Due tasks, timers, signatures that expire, and days that were written down (authorisations, consents …), each with "
        "a reminder; importing a newer file updates the entries.",
    ),
    examples=("calendar", "calendar 全年计划 -o 日历.ics", "calendar --person 王蕾"),
)
def command(
    session: Session, words: tuple[str, ...], pilot: str | None, person: str, everything: bool, output: str | None
) -> int:
    ref, _ = split(session, words, pilot)
    desk = session.desk()
    rows = [row for row in desk.pilots() if row.status != "finished"]
    if ref is not None:
        rows = list(_family(desk.find(ref), desk.pilots()))
    dates = sorted(_dates(desk, rows, person), key=lambda found: (found[1].moment, found[0].name, found[1].key))
    if output is not None:
        return _write(session, dates, output)
    session.answer({"ok": True, "dates": [_json(row, one) for row, one in dates]})
    if session.json:
        return 0
    _show(session, dates, everything)
    return 0


def _family(top: BoardRow, rows: Sequence[BoardRow]) -> Iterator[BoardRow]:
    """A pilot and everything under it, finished ones left out."""
    seen: set[str] = set()
    under: dict[str, list[BoardRow]] = {}
    for row in rows:
        under.setdefault(row.parent or "", []).append(row)
    queue = [top]
    while queue:
        row = queue.pop(0)
        if row.pilot in seen:
            continue
        seen.add(row.pilot)
        if row.status != "finished":
            yield row
        queue.extend(under.get(row.pilot, ()))


def _dates(desk: Desk, rows: Sequence[BoardRow], person: str) -> Iterator[tuple[BoardRow, AgendaEntry]]:
    from engine.pilot.view import normal
    from engine.process.dates import dates_of

    for row in rows:
        for one in dates_of(desk.view(row.pilot).context):
            if not person or normal(person) in {normal(p) for p in one.people}:
                yield row, one


def _show(session: Session, dates: Sequence[tuple[BoardRow, AgendaEntry]], everything: bool) -> None:
    from engine.commands._wrap import table
    from engine.documents.agenda import KINDS

    if not dates:
        session.say(say("没有要记的日期", "there are no dates ahead"))
        return
    kept = dates if everything else dates[:_SHOWN]
    late = str(say("（逾期）", " (late)"))
    rows = [
        [
            one.moment.date().isoformat() if one.whole_day else f"{one.moment:%Y-%m-%d %H:%M}",
            str(KINDS[one.kind]) + (late if one.late else ""),
            str(one.title),
            row.name,
            str(listed(one.people)) if one.people else one.role,
        ]
        for row, one in kept
    ]
    head = [say("日期", "date"), say("类别", "kind"), say("事项", "what"), say("试点", "pilot"), say("谁", "who")]
    session.say(*table(rows, head, 0))
    if len(dates) > len(kept):
        session.say("", say("还有{n}条，加 --all 全部列出", "{n} more with --all", n=len(dates) - len(kept)))


def _write(session: Session, dates: Sequence[tuple[BoardRow, AgendaEntry]], output: str) -> int:
    from engine.documents.agenda import agenda_ics
    from engine.documents.files import write_atomically

    desk = session.desk()
    path = Path(output).expanduser()
    if path.suffix.casefold() != ".ics":
        path = path / f"{say('日历', 'calendar')}.ics" if path.is_dir() else path.with_name(path.name + ".ics")
    name = str(say("{h}宣传协同日历", "{h} calendar", h=desk.workspace.settings.hospital))
    found = ((row.pilot, row.name, row.seq, one) for row, one in dates)
    write_atomically(path, agenda_ics(found, desk.now, current_language(), name))
    session.answer({"ok": True, "file": str(path), "dates": len(dates)})
    session.say(say("✓ {n}个日期，已写入 {p}", "✓ {n} dates written to {p}", n=len(dates), p=shown(path)))
    return 0


def _json(row: BoardRow, one: AgendaEntry) -> dict[str, object]:
    return {
        "pilot": row.name,
        "kind": one.kind,
        "date": one.moment.date().isoformat(),
        "time": None if one.whole_day else one.moment.isoformat(),
        "title": str(one.title),
        "stage": one.stage or None,
        "role": one.role or None,
        "people": list(one.people),
        "late": one.late,
    }
