"""What `comply` tells: each finding with its place, the six steps, and never more than was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from engine.commands._comply_inputs import CHANNELS, PURPOSES
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.text import Message, current_language, listed, say

if TYPE_CHECKING:
    from engine.commands._comply import Asked, Checked, Copy
    from engine.compliance import Finding, Pack
    from engine.compliance.marking import Note
    from engine.compliance.model import Words
    from engine.compliance.verdict import Step

SEVERITY = {"block": say("必须改", "must be mended"), "warn": say("请核对", "worth a look")}
STATES = {
    "stopped": say("有必须改的", "to be mended"),
    "open": say("还没有完", "still open"),
    "clear": say("未发现已知问题", "no known problem"),
}
_GIVEN = say("已写明", "given")
_AROUND = 36  # characters of a line on either side of a phrase


def lines(
    session: Session, checked: Sequence[Checked], copies: Sequence[Copy], asked: Asked, pack: Pack
) -> Iterator[str]:
    """Everything for the screen, file by file."""
    for number, one in enumerate(checked):
        if number:
            yield ""
        yield from _file_lines(session, one, asked, pack)
        yield from _copy_lines(session, [c for c in copies if c.of is one])
    if pack.note:
        yield ""
        yield f"! {' '.join(pack.note.split())}"
    if len(checked) > 1:
        blocks, warnings = sum(c.count("block") for c in checked), sum(c.count("warn") for c in checked)
        yield ""
        yield str(
            say(
                "共检查 {n} 个文件：必须改 {b} 处，请核对 {w} 处",
                "{n} files checked: {b} to be mended, {w} worth a look",
                n=len(checked),
                b=blocks,
                w=warnings,
            )
        )


def _file_lines(session: Session, one: Checked, asked: Asked, pack: Pack) -> Iterator[str]:
    yield session.style(one.reading.name, "1") + str(say("（{a}）", " ({a})", a=_about(asked, pack)))
    text = one.identities.shown
    for finding in one.findings:
        yield ""
        yield from _finding_lines(session, one, finding, text, pack)
    yield ""
    yield from _step_lines(session, one)
    yield from (f"  ! {words}" for words in one.reading.left_out)
    if cells := _identity_cells(one):
        yield f"  ! {say('{n} 个单元格在“姓名、电话、证件号”一类的表头下面：请看是不是患者的（--redact 会遮住）', '{n} cells stand under a header such as name, phone or id: see whether they are patients (--redact masks them)', n=cells)}"
    yield ""
    yield _conclusion(one)


def _about(asked: Asked, pack: Pack) -> str:
    words = [CHANNELS[asked.channel][0]]
    if asked.purpose:
        words.append(PURPOSES[asked.purpose][0])
    return str(say("{w}；规则包 {p}，截至 {d}", "{w}; pack {p} as of {d}", w=listed(words), p=pack.id, d=pack.as_of))


def _finding_lines(session: Session, one: Checked, finding: Finding, text: str, pack: Pack) -> Iterator[str]:
    words = _words(pack, finding)
    mark = session.style("✗", "31") if finding.severity == "block" else session.style("!", "33")
    yield f"{mark} {_place(one, finding)} {SEVERITY[finding.severity]} {finding.rule} {words.title}"
    if finding.start < finding.end:
        yield f"    {_excerpt(session, one, finding, text)}"
    yield f"    {say('依据：', 'basis: ')}{finding.basis}"
    yield f"    {say('原因：', 'why: ')}{words.explanation}"
    yield f"    {say('改写：', 'rewrite: ')}{words.rewrite}"
    if ask := getattr(pack.rule(finding.rule), "ask", ""):
        yield f"    {say('材料另附的：加 --evidence {a}', 'shown beside the text: add --evidence {a}', a=ask)}"


def _place(one: Checked, finding: Finding) -> str:
    if finding.start == finding.end:
        return f"{one.reading.name} {say('整份稿件', 'the piece as a whole')}"
    return one.reading.place(finding.start)


def _excerpt(session: Session, one: Checked, finding: Finding, text: str) -> str:
    """The line with the phrase marked, identities masked, cut around it when it is long."""
    first, last = one.reading.line_around(finding.start, finding.end)
    start, end = max(first, finding.start - _AROUND), min(last, finding.end + _AROUND)
    head = ("…" if start > first else "") + text[start : finding.start]
    tail = text[finding.end : end] + ("…" if end < last else "")
    phrase = session.style(f"【{text[finding.start : finding.end]}】", "7")
    return " ".join(f"{head}{phrase}{tail}".split())


def _step_lines(session: Session, one: Checked) -> Iterator[str]:
    """The gate in its order: what stops the piece at a step, and what is still missing there."""
    yield str(say("发布前的六步：", "Six steps before it goes out:"))
    for number, step in enumerate(one.verdict.steps, 1):
        mark = session.style("✗", "31") if step.state == "stopped" else "·"
        rules = _rules_of(step)
        state = _GIVEN if (step.id, step.state) == ("purpose", "clear") else STATES[step.state]
        words = [state, *([listed(rules)] if rules else [])]
        yield f"  {mark} {number}. {step.title}{say('：', ': ')}{str(say('；', '; ')).join(map(str, words))}"
        yield from (f"       {words}" for words in _missing(step))


def _missing(step: Step) -> Iterator[Message]:
    """What is missing at a step; facts nobody told in one line, with the names by which they are told."""
    from engine.compliance.conditions import FACTS

    untold = _untold(step)
    told_of = {say("没有说明：{fact}", "not told: {fact}", fact=FACTS[name].title) for name in untold}
    yield from (words for words in step.missing if words not in told_of)
    if untold:
        facts = listed(say("{t} {n}", "{t} {n}", t=FACTS[name].title, n=name) for name in untold)
        yield say("没有说明（用 --fact 名称=内容 写）：{f}", "not told (write --fact NAME=VALUE): {f}", f=facts)


def _rules_of(step: Step) -> list[str]:
    """The rules broken at a step, each once."""
    broken = [j.rule.id for j in step.conditions if j.outcome == "broken"]
    return list(dict.fromkeys([*(f.rule for f in step.findings), *broken]))


def _untold(step: Step) -> list[str]:
    """The facts that a condition at this step waits for."""
    return list(dict.fromkeys(fact for judged in step.conditions for fact in judged.untold))


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "step": step.id,
        "title": str(step.title),
        "state": step.state,
        "rules": _rules_of(step),
        "missing": [str(words) for words in step.missing],
        "untold": _untold(step),
    }


def _identity_cells(one: Checked) -> int:
    return sum(kind == "column" for kind, _, _ in one.identities.found)


def _conclusion(one: Checked) -> str:
    blocks, warnings = one.count("block"), one.count("warn")
    if not blocks and not warnings:
        return str(
            say(
                "未发现已知问题。规则只能查出已知的写法，发布前仍须具名审核人通读并签字。",
                "No known problem was found. Rules find only what they know; a named reviewer still reads and signs it.",
            )
        )
    return str(
        say(
            "必须改 {b} 处，请核对 {w} 处。改好后再查一次；发布前仍须具名审核人通读并签字。",
            "{b} to be mended, {w} worth a look. Check again afterwards; a named reviewer still reads and signs it.",
            b=blocks,
            w=warnings,
        )
    )


def _copy_lines(session: Session, copies: Sequence[Copy]) -> Iterator[str]:
    for copy in copies:
        mark = session.style("✓", "32")
        counts = copy.of.identities.counts()
        if copy.redacted:
            found = listed(say("{k} {n}", "{k} {n}", k=kind, n=n) for kind, n in counts)
            what = say("遮盖稿：{p}（{f}）", "masked copy: {p} ({f})", p=shown(copy.path), f=found)
            yield f"{mark} {what}"
            yield f"    {say('形状认不出的姓名和图片里的内容遮不到，外发前请人再看一遍', 'names without any sign of being one, and what pictures show, are not masked; look through it before it goes out')}"
            continue
        yield f"{mark} {say('批注稿：{p}', 'copy with remarks: {p}', p=shown(copy.path))}"
        if counts:
            yield f"    {say('批注稿保留原文，里面仍有身份信息；给别人看用 --redact 的那一份', 'it still holds identities; hand on the one made with --redact')}"


def _words(pack: Pack, finding: Finding) -> Words:
    rule = pack.rule(finding.rule)
    return rule.words if current_language() == "zh" else rule.en


def _likened(finding: Finding) -> str:
    """How a finding came about that no pattern made: weaker evidence, and said so."""
    if not finding.likened:
        return ""
    return str(
        say(
            "（第二意见：没有逐字的规则命中，整句与违规的样句相近，请人看过再定）",
            " (second opinion: no pattern hit; the sentence is like ones that break the rule, a person decides)",
        )
    )


def notes_of(one: Checked, pack: Pack) -> list[Note]:
    """The findings as remarks for an annotated copy."""
    from engine.compliance.marking import Note

    notes = []
    for finding in one.findings:
        words = _words(pack, finding)
        notes.append(
            Note(
                finding.start,
                finding.end,
                finding.severity == "block",
                f"{SEVERITY[finding.severity]} {finding.rule} {words.title}",
                (
                    f"{say('依据：', 'basis: ')}{finding.basis}",
                    f"{say('原因：', 'why: ')}{words.explanation}{_likened(finding)}",
                    f"{say('改写：', 'rewrite: ')}{words.rewrite}",
                ),
                _place(one, finding),
                one.identities.shown[finding.start : finding.end],
            )
        )
    return notes


def as_json(checked: Sequence[Checked], copies: Sequence[Copy], asked: Asked, pack: Pack) -> dict[str, Any]:
    """`findings` of all files, each with its file; what was judged of each file under `files`."""
    answer: dict[str, Any] = {
        "findings": [_finding_json(one, f, pack) for one in checked for f in one.findings],
        "channel": asked.channel,
        "purpose": asked.purpose,
        "pack": pack.id,
        "files": [_file_json(one, [c for c in copies if c.of is one]) for one in checked],
    }
    if len(checked) == 1:
        answer["steps"] = answer["files"][0]["steps"]
    return answer


def _finding_json(one: Checked, finding: Finding, pack: Pack) -> dict[str, Any]:
    words = _words(pack, finding)
    found: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "text": one.identities.shown[finding.start : finding.end],
        "basis": finding.basis,
        "rewrite": words.rewrite,
        "title": words.title,
        "explanation": words.explanation,
        "file": one.reading.name,
        "place": _place(one, finding),
        **({"second_opinion": True} if finding.likened else {}),
    }
    if finding.start == finding.end:
        return found
    spot = one.reading.spot_at(finding.start)
    if spot.line:
        return {**found, "line": spot.line, "col": spot.col}
    if spot.cell_name:
        found["cell"] = spot.cell_name
    if spot.paragraph:
        found["paragraph"] = spot.paragraph
    if spot.part:
        found["part"] = spot.part
    return found


def _file_json(one: Checked, copies: Sequence[Copy]) -> dict[str, Any]:
    return {
        "file": one.reading.name,
        "kind": one.reading.kind,
        "characters": len(one.reading.text),
        "block": one.count("block"),
        "warn": one.count("warn"),
        "steps": [_step_json(step) for step in one.verdict.steps],
        "identity_cells": _identity_cells(one),
        "left_out": [str(words) for words in one.reading.left_out],
        "copies": [{"path": str(c.path), "kind": "redacted" if c.redacted else "annotated"} for c in copies],
        "conclusion": _conclusion(one),
    }
