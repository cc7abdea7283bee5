"""`playbook erase`: delete content for good (consent withdrawn, retention over). The log still verifies."""

from __future__ import annotations

from engine.commands._ask import agreed, watched
from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import knows, need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "erase",
    say("彻底删除内容（撤回同意、保存期满）", "Delete content for good (consent withdrawn, retention over)"),
    words(
        say("[试点] 对象", "[PILOT] ITEM"),
        say(
            "E3（证据）、N2（备注）、#12（第12号记录）、字段、表/行号",
            "E3 (evidence), N2 (note), #12 (record), a field, or RECORD/ROW",
        ),
    ),
    pilot_option(),
    option(
        "--reason",
        "-r",
        default="",
        metavar=say("原因", "TEXT"),
        help=say("原因（必填，会留在记录里）", "why (required; it stays in the log)"),
    ),
    option(
        "--key",
        metavar=say("代号", "KEY"),
        help=say("删除台账里这位患者（代号）的全部逐人记录", "delete all event rows of this key from the ledger"),
    ),
    flag("--yes", "-y", help=say("不再确认", "do not ask")),
    examples=(
        "erase E3 --reason 患者撤回同意",
        "erase cases/2 --reason 保存期满",
        "erase --key P0012 --reason 患者撤回同意",
    ),
)
def command(
    session: Session, words: tuple[str, ...], pilot: str | None, reason: str, key: str | None, yes: bool
) -> int:
    if key is not None:
        from engine.service.ledger import erase_key

        ref, _ = split(session, words, pilot)
        return show_outcome(session, erase_key(session.desk(), ref, key, reason))
    ref, rest = split(session, words, pilot, least=1, means=knows(session, "fields"))
    need(1, rest, say("erase 对象 --reason 原因", "erase ITEM --reason TEXT"))
    desk = session.desk()
    if reason.strip() and not yes and not session.json and watched():
        question = say(
            "将彻底删除“{name}”的 {item}，无法恢复。继续吗？",
            "{item} of '{name}' will be gone for good. Go on?",
            name=desk.find(ref).name,
            item=rest[0],
        )
        if not agreed(question, default=False):
            session.say(say("没有删除", "nothing was erased"))
            return 1
    return show_outcome(session, desk.erase(ref, rest[0], reason))
