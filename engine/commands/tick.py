"""`playbook tick`: settle timers that are due, in every pilot. For a scheduler; every other command does it too."""

from __future__ import annotations

from engine.commands._frame import verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "tick",
    say("处理到期的时限（可由计划任务定时运行）", "Settle timers that are due (for a scheduler)"),
    more=say(
        "每条命令都会先处理所涉试点的到期时限；定时运行 tick，无人操作的试点也会按时前进。"
        "Windows：任务计划程序里每天运行 playbook --workspace 文件夹 tick；Linux：crontab 里写同一行。",
        "Every command settles the timers of its own pilot first; a scheduled tick moves the pilots nobody looks at. "
        "Windows: run `playbook --workspace DIR tick` daily in Task Scheduler; Linux: the same line in crontab.",
    ),
    examples=("tick",),
)
def command(session: Session) -> int:
    from engine.commands._events import describe
    from engine.commands._json import outcome_json

    outcomes = session.desk().settle_all()
    session.answer({"ok": True, "settled": [outcome_json(o) for o in outcomes]})
    for outcome in outcomes:
        session.say(f"{outcome.view.pilot.name}")
        session.say(*(f"  ✓ {describe(outcome.view.book, e)}" for e in outcome.events))
    if not outcomes:
        session.say(say("没有到期的时限", "no timer is due"))
    return 0
