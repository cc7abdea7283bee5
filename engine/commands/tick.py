"""`playbook tick`: settle timers that are due, in every pilot. For a scheduler; every other command does it too."""

from __future__ import annotations

from engine.commands._frame import verb
from engine.commands._session import Session
from engine.text import say


@verb(
    "tick",
    say(
        "处理到期的时限，重新计数、判断数字规则（可由计划任务定时运行）",
        "Settle timers, count anew and judge the rules on numbers (for a scheduler)",
    ),
    more=say(
        "每条命令都会先处理所涉试点的到期时限；定时运行 tick，无人操作的试点也会按时前进，"
        "台账按当天重新计数，数字规则重新判断，保存期满的逐人记录被删除。"
        "Windows：任务计划程序里每天运行 playbook --workspace 文件夹 tick；Linux：crontab 里写同一行。",
        "Every command settles the timers of its own pilot first; a scheduled tick moves the pilots nobody looks at, "
        "counts ledgers as of the day, judges the rules on numbers, and deletes event rows whose time is over. "
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
        told = [e for e in outcome.events if e.type != "counted"]
        session.say(*(f"  ✓ {describe(outcome.view.book, e)}" for e in told or outcome.events))
    if not outcomes:
        session.say(say("没有到期的时限，数字也没有变化", "no timer is due and no figure has changed"))
    return 0
