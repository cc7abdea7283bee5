"""`playbook verify-log`: has anything in the record been changed, cut or lost?"""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._progress import progress
from engine.commands._session import Session
from engine.text import Message, say

_SHOWN = 20  # more than this is read by a program, not by a person
_MEANS = {
    "gap": say("中间缺了记录", "records before it are missing:"),
    "chain": say("写入之后被改动过", "the seal is broken:"),
    "orphan": say("有内容，却没有对应的记录", "there is"),
    "projection": say("总览里的一行与最后的记录不符", "the projection is wrong:"),
    "content": say("文字内容被改动或丢失", "its text is not what it was:"),
    "evidence": say("证据的登记被改动或丢失", "its evidence is not what it was:"),
    "file-missing": say("文件不见了", "the file is missing"),
    "file-changed": say("文件被改过", "the file was changed"),
    "no-events": say("试点没有任何记录", "the pilot has no events"),
}


@verb(
    "verify-log",
    say("核对记录有没有被改动", "Check that the record is whole"),
    words(say("[试点]", "[PILOT]"), say("默认核对全部试点", "default: all pilots")),
    pilot_option(),
    examples=("verify-log",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    ref, _ = split(session, words, pilot)
    desk = session.desk()
    problems = desk.verify(ref, progress(session, say("核对", "checking")))
    names = {row.pilot: row.name for row in desk.pilots()}
    session.answer(
        {
            "ok": not problems,
            "checked": len(names) if ref is None else 1,
            "problems": [{"pilot": p.pilot, "seq": p.seq, "code": p.code, "detail": p.detail} for p in problems],
        }
    )
    for p in problems[:_SHOWN]:
        text: Message | str = _MEANS.get(p.code, p.code)
        told = (
            say("✗ {name} 证据 {detail}：{text} [{code}]", "✗ {name}, evidence {detail}: {text} [{code}]")
            if p.code.startswith("file-")
            else say("✗ {name} 第{n}号记录：{text} [{code}]", "✗ {name}, record {n}: {text} {detail} [{code}]")
        )
        session.say(
            say(told.zh, told.en, name=names.get(p.pilot, p.pilot), n=p.seq, text=text, detail=p.detail, code=p.code)
        )
    if len(problems) > _SHOWN:
        session.say(say("…（共{n}处，--json 列出全部）", "… ({n} in all; --json lists them)", n=len(problems)))
    if not problems:
        session.say(
            say(
                "✓ 记录完整，没有被改动（{n}个试点）",
                "✓ the record is whole (pilots: {n})",
                n=len(names) if ref is None else 1,
            )
        )
    return 1 if problems else 0
