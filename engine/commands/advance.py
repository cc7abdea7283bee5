"""`playbook advance`: take the way on, or another way out. Refused with everything that is missing."""

from __future__ import annotations

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import show_outcome, usage
from engine.text import say


@verb(
    "advance",
    say("进入下一阶段", "Move on to the next stage"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--to",
        default="next",
        metavar=say("去向", "TRANSITION"),
        help=say("走哪一条路（默认 next；其他见 status）", "which way (default: next; `status` lists them)"),
    ),
    option(
        "--reason",
        "-r",
        default="",
        metavar=say("原因", "TEXT"),
        help=say("原因（退回、暂停、中止时通常必填）", "why (usually required to go back, pause or stop)"),
    ),
    option(
        "--stage",
        metavar=say("阶段", "STAGE"),
        help=say("同时有几个阶段在进行时，推进哪一个", "which of several active stages moves on"),
    ),
    flag("--dry-run", help=say("只看结果，不写入", "show what would happen, write nothing")),
    examples=("advance", "advance --dry-run", "advance --to rework --reason 断点还没有全部解决"),
)
def command(
    session: Session, words: tuple[str, ...], pilot: str | None, to: str, reason: str, stage: str | None, dry_run: bool
) -> int:
    from engine.process.commands import Advance

    ref, rest = split(session, words, pilot)
    if rest:
        raise usage(
            say("多出的内容：{w}；去向写在 --to 后面", "unexpected: {w}; the way goes after --to", w=" ".join(rest))
        )
    return show_outcome(session, session.desk().run(ref, Advance(to, reason, stage), dry_run=dry_run))
