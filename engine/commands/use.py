"""`playbook use`: make a pilot the current one."""

from __future__ import annotations

from engine.commands._frame import argument, verb
from engine.commands._session import Session
from engine.commands._shared import next_lines
from engine.text import listed, say


@verb(
    "use",
    say("选定当前试点", "Choose the current pilot"),
    argument("pilot", say("试点", "PILOT"), say("名称或名称开头", "its name or the beginning of it")),
    examples=("use 眼科试点",),
)
def command(session: Session, pilot: str) -> int:
    desk = session.desk()
    row = desk.use(pilot)
    session.ref = None
    view = desk.view(None)
    session.answer({"ok": True, "pilot": {"id": row.pilot, "name": row.name}})
    session.say(
        say(
            "当前试点：{name}（{stage}）",
            "current pilot: {name} ({stage})",
            name=row.name,
            stage=listed(row.stage_titles),
        )
    )
    session.say(*next_lines(session, view))
    return 0
