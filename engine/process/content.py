"""Contents: what a check found is recorded; a false finding is answered for; what still keeps a content from going out."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import Content, GateItem, Stage
from engine.pilot.blockers import Blocker
from engine.pilot.content import UNREADABLE, is_current, is_signed, open_findings, pieces_of, setting
from engine.pilot.events import Json, NewEvent
from engine.pilot.state import OpenFinding
from engine.process.commands import RecordCheck, Waive
from engine.process.context import Context, Decision, Trouble, must_run, refuse
from engine.process.supply import signer_word, supply_field, supply_record
from engine.text import Message, entitled, listed, plain, say


def record_check(context: Context, command: RecordCheck) -> Decision:
    """What a scan found, with the digest of what was scanned. The phrases themselves stay in the text."""
    data: dict[str, Json] = {
        "content": command.content,
        "digest": command.digest,
        "pack": command.pack,
        "findings": [
            {"rule": f.rule, "severity": f.severity, "at": f.at, "start": f.start, "end": f.end, "mark": f.mark}
            for f in command.findings
        ],
    }
    if command.until is not None:
        data["until"] = command.until.isoformat()
    return Decision((NewEvent("content_checked", data),))


def waive(context: Context, command: Waive) -> Decision:
    """A false finding, answered for by name and with a reason. Holds for this phrase in this content, and no other."""
    must_run(context)
    trouble = Trouble()
    trouble.text("reason", command.reason)
    content = context.book.content.get(command.content)
    if content is None:
        known = listed(entitled(one.id, one.title) for one in context.book.content.values())
        raise refuse(
            "unknown-content",
            command.content,
            say("没有名为“{c}”的对外内容", "there is no content '{c}'", c=command.content),
            detail=(say("有：{k}", "there are: {k}", k=known),) if context.book.content else (),
        )
    if not command.reason.strip():
        trouble.add(
            "reason-missing",
            content.id,
            say("豁免要写明为什么是误报", "a waiver says why the finding is a false one"),
            commands=(f"waive {content.id} {command.rule} --reason 原因",),
        )
    trouble.stop()
    found = [f for f in open_findings(context.pilot, content.id) if f.rule == command.rule]
    if command.phrase:
        found = [f for f in found if command.phrase in phrase_of(context, content, f)]
    if not found:
        there = open_findings(context.pilot, content.id)
        raise refuse(
            "no-finding",
            content.id,
            say(
                "“{t}”里没有待处理的 {r}",
                "'{t}' has no open finding {r}",
                t=content.title,
                r=command.rule,
            ),
            detail=tuple(finding_words(context, content, one) for one in there),
        )
    marks = dict.fromkeys(f.mark for f in found)
    texts = {"reason": command.reason.strip()}
    return Decision(
        tuple(
            NewEvent(
                "finding_waived",
                {"content": content.id, "rule": command.rule, "mark": mark, "by": context.actor},
                texts,
            )
            for mark in marks
        )
    )


def phrase_of(context: Context, content: Content, found: OpenFinding) -> str:
    """The phrase as it stands in the text; empty for a file, whose text is not the pilot's."""
    for piece in pieces_of(context.book, context.pilot, content):
        if piece.at == found.at and piece.evidence is None:
            return piece.text[found.start : found.end]
    return ""


def content_blockers(context: Context, stage: Stage, item: GateItem) -> Iterator[Blocker]:
    """What keeps a content from going out: nothing written, no channel, open block findings, no signature."""
    content = context.book.content[item.content or ""]
    if not pieces_of(context.book, context.pilot, content):
        if not item.signed:
            return
        supply = supply_field(context, content.field) if content.field else supply_record(context, content.record or "")
        message = say("“{t}”还没有内容可以检查", "'{t}' has no text to check yet", t=content.title)
        yield _blocker(context, item, "content-empty", message, supply.roles, supply.commands)
        return
    for said, word in ((content.channel, say("渠道", "channel")), (content.purpose, say("用途", "purpose"))):
        if said is not None and setting(context.pilot, said) is None:
            supply = supply_field(context, said.removeprefix("fields."))
            message = say("“{t}”还没有选{w}", "the {w} of '{t}' is not chosen yet", t=content.title, w=word)
            yield _blocker(context, item, "content-setting", message, supply.roles, supply.commands)
            return
    checked = context.pilot.checked.get(content.id)
    if checked is None or not is_current(context.book, context.pilot, content) or _over(context, content):
        message = say("“{t}”按现在的文字还没有检查过", "'{t}' was not checked as it stands", t=content.title)
        yield _blocker(context, item, "content-unchecked", message, (), ("tick",))
        return
    blocks = open_findings(context.pilot, content.id, "block")
    if blocks:
        message = say(
            "“{t}”有{n}处不能发布的问题", "'{t}' has {n} findings that must not go out", t=content.title, n=len(blocks)
        )
        rules = dict.fromkeys(one.rule for one in blocks)
        supply = supply_field(context, content.field) if content.field else supply_record(context, content.record or "")
        commands = (
            *(supply.commands or (f"set {content.field}=新的文字",)),
            *(f"waive {content.id} {rule} --reason 为什么是误报" for rule in rules),
        )
        detail = tuple(finding_words(context, content, one) for one in blocks)
        yield _blocker(context, item, "content-blocked", message, supply.roles, commands, detail)
    if item.signed and not is_signed(context.book, context.pilot, content):
        yield from _unsigned(context, item, content)


def _over(context: Context, content: Content) -> bool:
    until = context.pilot.checked[content.id].until
    return until is not None and until < context.today


def _unsigned(context: Context, item: GateItem, content: Content) -> Iterator[Blocker]:
    assert content.sign is not None
    task = context.book.tasks[content.sign]
    state = context.pilot.tasks.get(content.sign)
    views = context.views_of(content.sign)
    number = views[0].number if views else task.number
    sign = f"done {number} --signed-by {signer_word(context, views[0])}" if views else f"done {number}"
    if state is not None and state.status == "done":
        message = say(
            "“{t}”签发之后又改过，或签发没有署名，请重新签发",
            "'{t}' was changed after it was signed, or signed without a name; sign it anew",
            t=content.title,
        )
        commands: tuple[str, ...] = (f"reopen {number} --reason 正文有改动", sign)
    else:
        message = say("“{t}”还没有署名审核人签发", "'{t}' is not signed by a named reviewer yet", t=content.title)
        commands = (sign,)
    yield _blocker(context, item, "content-unsigned", message, (task.role,), commands)


def _blocker(
    context: Context,
    item: GateItem,
    code: str,
    message: Message,
    roles: tuple[str, ...],
    commands: tuple[str, ...],
    detail: tuple[Message, ...] = (),
) -> Blocker:
    who = (item.by,) if item.by else roles
    said = plain(item.otherwise) if item.otherwise else message
    more = (*((message,) if item.otherwise else ()), *detail, *((plain(item.fix),) if item.fix else ()))
    return Blocker(code, item.id, said, who, context.people(*who), None, commands, more)


def finding_words(context: Context, content: Content, found: OpenFinding) -> Message:
    """`第2行“根治”：MED-EFF-01`; numbers and names of people stay masked."""
    from engine.privacy import masked

    if found.rule == UNREADABLE:
        return say(
            "文件读不成文字，请换成 .docx、.txt 或 .md，或由人看过后署名说明（{r}）",
            "the file cannot be read as text: give .docx, .txt or .md, or let a person look and answer for it ({r})",
            r=found.rule,
        )
    phrase = masked(phrase_of(context, content, found))
    if found.rule.startswith("PI-") and phrase:
        phrase = phrase[:1] + "*" * (len(phrase) - 1)
    row, _, column = found.at.partition(".")
    record = context.book.records.get(content.record or "")
    title = record.columns[column].title if record and column in record.columns else ""
    where = say("第{n}行“{c}”", "row {n} '{c}'", n=row, c=title) if row else plain("")
    what = say("“{p}”", "'{p}'", p=quoted_short(phrase)) if phrase else plain("")
    return say("{w}{p}：{r}", "{w} {p}: {r}", w=where, p=what, r=found.rule)


def quoted_short(text: str, most: int = 24) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
