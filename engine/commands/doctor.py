"""`playbook doctor`: is everything in place: program, workspace, database, calendar, fonts, playbooks?"""

from __future__ import annotations

from engine.commands._frame import verb
from engine.commands._session import Session
from engine.text import Message, say

_MARKS = {True: "✓", None: "!", False: "✗"}


@verb(
    "doctor",
    say(
        "体检：程序、工作区、数据库、日历、字体", "Check the program, the workspace, the database, the calendar, fonts"
    ),
    more=say(
        "✗ 要处理；! 只是提醒。有 ✗ 时退出码为 1。",
        "✗ has to be mended, ! is only worth knowing. Exit code 1 when there is a ✗.",
    ),
    examples=("doctor",),
)
def command(session: Session) -> int:
    from engine.commands._diagnosis import diagnose

    found = list(diagnose(session))
    session.answer(
        {
            "ok": all(f.ok is not False for f in found),
            "findings": [
                {"ok": f.ok, "about": f.about, "text": str(f.text), "hint": str(f.hint) if f.hint else None}
                for f in found
            ],
        }
    )
    for finding in found:
        colour = {True: "32", None: "33", False: "31"}[finding.ok]
        hint: Message | str = f"\n    → {finding.hint}" if finding.hint else ""
        session.say(f"{session.style(_MARKS[finding.ok], colour)} {finding.text}{hint}")
    return 0 if all(f.ok is not False for f in found) else 1
