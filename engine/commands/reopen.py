"""`playbook reopen`: a task that was done or skipped is open again."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import knows_task, need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "reopen",
    say("重开任务", "Reopen a task"),
    words(say("[试点] 任务", "[PILOT] TASK"), say("任务编号、id 或标题开头", "number, id or beginning of a title")),
    pilot_option(),
    option("--reason", "-r", default="", metavar=say("原因", "TEXT"), help=say("重开的原因", "why it is reopened")),
    examples=("reopen 3 --reason 授权范围有变",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, reason: str) -> int:
    from engine.process.commands import Batch, ReopenTask

    ref, tasks = split(session, words, pilot, least=1, means=knows_task(session))
    need(1, tasks, say("reopen 任务编号", "reopen TASK"))
    return show_outcome(session, session.desk().run(ref, Batch(tuple(ReopenTask(t, reason) for t in tasks))))
