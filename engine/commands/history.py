"""`playbook history`: everything that happened to a pilot, in order; what was taken back is marked."""

from __future__ import annotations

import click

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import parse_day
from engine.text import say


@verb(
    "history",
    say("查看经过", "What happened, in order"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option("--last", type=click.IntRange(1), metavar="N", help=say("只看最近 N 条", "only the last N records")),
    option("--as-of", "day", metavar=say("日期", "DATE"), help=say("只看到那一天", "only up to that day")),
    examples=("history", "history --last 10"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, last: int | None, day: str | None) -> int:
    from engine.commands._events import describe
    from engine.commands._json import event_json
    from engine.pilot.fold import undone_seqs

    ref, _ = split(session, words, pilot)
    desk = session.desk()
    view = desk.view(ref, parse_day(day, desk.calendar.today(desk.now)))
    gone = undone_seqs(view.events)
    events = view.events[-last:] if last else view.events
    session.answer(
        {
            "ok": True,
            "pilot": view.pilot.name,
            "events": [{**event_json(view.book, e), "undone": e.seq in gone} for e in events],
        }
    )
    for event in events:
        mark = str(say("（已撤销）", " (taken back)")) if event.seq in gone else ""
        when = event.at.astimezone(desk.calendar.zone).strftime("%Y-%m-%d %H:%M")
        session.say(f"#{event.seq:<3} {when}  {event.actor}  {describe(view.book, event)}{mark}")
    return 0
