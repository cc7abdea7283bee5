"""`playbook note`: a remark on the pilot, or on one task."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "note",
    say("记一条备注", "Write a note"),
    words(
        say("[试点] 内容", "[PILOT] TEXT"),
        say("备注内容；不要写患者姓名、身份证号、电话", "the note; no patient names, identity or phone numbers"),
    ),
    pilot_option(),
    option("--task", "-t", metavar=say("任务", "TASK"), help=say("关于哪项任务", "the task it is about")),
    examples=("note 与门诊部约定周三走查", "note 家属希望增加周末号源 --task 6"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, task: str | None) -> int:
    from engine.process.commands import AddNote

    ref, rest = split(session, words, pilot, least=1)
    need(1, rest, say("note 内容", "note TEXT"))
    return show_outcome(session, session.desk().run(ref, AddNote(" ".join(rest), task)))
