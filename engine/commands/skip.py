"""`playbook skip`: a task will not be done, and why."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import knows_task, need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "skip",
    say("跳过任务", "Skip a task"),
    words(say("[试点] 任务", "[PILOT] TASK"), say("任务编号、id 或标题开头", "number, id or beginning of a title")),
    pilot_option(),
    option(
        "--reason",
        "-r",
        default="",
        metavar=say("原因", "TEXT"),
        help=say("跳过的原因（必填）", "why it is skipped (required)"),
    ),
    examples=("skip 6 --reason 本院已有现成的市场调研",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, reason: str) -> int:
    from engine.process.commands import Batch, SkipTask

    ref, tasks = split(session, words, pilot, least=1, means=knows_task(session))
    need(1, tasks, say("skip 任务编号", "skip TASK"))
    return show_outcome(session, session.desk().run(ref, Batch(tuple(SkipTask(t, reason) for t in tasks))))
