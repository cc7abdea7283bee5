"""`playbook set`: facts about the pilot, all of them or none."""

from __future__ import annotations

from engine.commands._frame import flag, pilot_option, verb, words
from engine.commands._pilot import by_title, need, pairs, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.commands._task_of import offer_task, task_asking
from engine.text import say


@verb(
    "set",
    say("填写字段", "Fill in fields"),
    words(
        say("[试点] 字段=内容…", "[PILOT] FIELD=VALUE…"),
        say("字段的 id 或名称；内容留空表示清除", "a field's id or title; an empty value clears it"),
    ),
    pilot_option(),
    flag("--done", help=say("同时完成要求填写它的那项任务", "also complete the task that asks for it")),
    more=say(
        "金额可写 8.6万，百分比写成 分子/分母（46/50），日期写 2026-03-02，选项写它的 id 或名称。",
        "Money may read 86,000, a percentage is numerator/base (46/50), a date 2026-03-02, a choice its id or title.",
    ),
    examples=("set authorisation_ends=2026-06-30", "set spend=8.6万 satisfaction=46/50"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, done: bool) -> int:
    from engine.process.commands import Batch, Command, CompleteTask, SetFields

    ref, rest = split(session, words, pilot, least=1)
    need(1, rest, say("set 字段=内容", "set FIELD=VALUE"))
    desk = session.desk()
    view = desk.view(ref)
    values = by_title(pairs(rest), {f.id: f.title for f in view.book.fields.values()})
    if done:
        keys = dict.fromkeys(task_asking(view, name).key for name in values)
        steps: list[Command] = [SetFields(values), *(CompleteTask(key) for key in keys)]
        return show_outcome(session, desk.run(ref, Batch(tuple(steps))))
    outcome = desk.run(ref, SetFields(values))
    code = show_outcome(session, outcome)
    offer_task(session, outcome.view, values)
    return code
