"""`playbook begin`: somebody works on a task now."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import knows_task, need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "begin",
    say("标记任务已开始", "Mark a task as begun"),
    words(say("[试点] 任务", "[PILOT] TASK"), say("任务编号、id 或标题开头", "number, id or beginning of a title")),
    pilot_option(),
    examples=("begin 4",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    from engine.process.commands import Batch, BeginTask

    ref, tasks = split(session, words, pilot, least=1, means=knows_task(session))
    need(1, tasks, say("begin 任务编号", "begin TASK"))
    return show_outcome(session, session.desk().run(ref, Batch(tuple(BeginTask(t) for t in tasks))))
