"""`playbook waive`: answer for a finding of the content check as a false one."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import need, split
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "waive",
    say("内容检查误报时署名豁免", "Answer for a false finding of the content check"),
    words(
        say("[试点] 内容 规则", "[PILOT] CONTENT RULE"),
        say("对外内容的 id 和规则编号，例如 body MED-EFF-01", "the content's id and the rule, such as body MED-EFF-01"),
    ),
    pilot_option(),
    option(
        "--reason", metavar=say("原因", "TEXT"), help=say("为什么是误报（必填）", "why it is a false one (required)")
    ),
    option(
        "--phrase", metavar=say("文字", "TEXT"), help=say("只豁免含这几个字的那一处", "only the place with these words")
    ),
    more=say(
        "豁免只对这份内容里的这句话有效，记下由谁、为什么；文字改了要重新检查。法律规定的阻断规则不能放宽，只能逐条说明是误报。",
        "A waiver holds for this phrase in this content only, and says who and why. Statutory rules cannot be loosened.",
    ),
    examples=("waive body MED-EFF-01 --reason 说的是预约流程，不是疗效",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, reason: str | None, phrase: str | None) -> int:
    from engine.process.commands import Waive

    ref, rest = split(session, words, pilot, least=2)
    need(2, rest, say("waive 内容 规则 --reason 原因", "waive CONTENT RULE --reason TEXT"))
    done = session.desk().run(ref, Waive(rest[0], rest[1].upper(), reason or "", phrase or ""))
    return show_outcome(session, done)
