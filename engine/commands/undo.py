"""`playbook undo`: take a command back. History stays; nothing that others rest on is undone."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import show_outcome, usage
from engine.text import say


@verb(
    "undo",
    say("撤销上一步", "Take back the last command"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--command",
        "target",
        metavar="N",
        help=say("撤销第 N 号记录所在的那一步（编号见 history）", "take back the command of record N (see `history`)"),
    ),
    option("--reason", "-r", default="", metavar=say("原因", "TEXT"), help=say("撤销的原因（必填）", "why (required)")),
    examples=("undo --reason 录错了日期", "undo --command 12 --reason 记到了别的试点"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, target: str | None, reason: str) -> int:
    ref, rest = split(session, words, pilot)
    if rest:
        raise usage(
            say(
                "多出的内容：{w}；编号写在 --command 后面",
                "unexpected: {w}; the number goes after --command",
                w=" ".join(rest),
            )
        )
    if target and target.isdecimal():
        target = f"#{target}"
    outcome = session.desk().undo(ref, reason, target)
    gone = {seq for event in outcome.events for seq in event.data["seqs"]}
    return show_outcome(session, outcome, (e for e in outcome.view.events if e.seq in gone))
