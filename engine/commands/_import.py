"""What an import tells: what was understood of the file, what was left out, what the figures are now."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import cast

from engine.commands._events import describe
from engine.commands._pilot import pairs
from engine.commands._progress import progress
from engine.commands._session import Session
from engine.commands._shared import next_lines, shown
from engine.pilot.state import Import
from engine.results.refusal import BadRow, LedgerRefused
from engine.results.vocabulary import COLUMNS, LedgerKind
from engine.service.ledger import Intake, column_of
from engine.service.views import PilotView
from engine.text import listed, say

_TOLD = 20  # bad rows on the screen

KINDS = {"aggregate": say("汇总表", "aggregate rows"), "events": say("逐人记录", "event rows")}


def kind_of(word: str | None) -> LedgerKind | None:
    return cast("LedgerKind | None", word)


def given(maps: tuple[str, ...], kind: str | None) -> dict[str, str]:
    """`列=表头` words as header → column id."""
    found = pairs(maps, say("列=表头", "COLUMN=HEADER"))
    both: dict[str, str] = {}
    for word, header in found.items():
        kinds: tuple[LedgerKind, ...] = ("aggregate", "events") if kind is None else (cast("LedgerKind", kind),)
        known = next(
            (k for k in kinds if any(word in (c.id, c.title.zh, c.title.en) for c in COLUMNS[k].values())), kinds[0]
        )
        both[header] = column_of(word, known)
    return both


def bar(session: Session) -> Callable[[int, int], None] | None:
    return progress(session, say("导入", "importing"))


def show_intake(session: Session, intake: Intake, path: Path, *, dry_run: bool) -> int:
    """Exit code 0, also when bad rows were left out as asked."""
    rejects = _rejects(intake, path) if intake.bad and not dry_run else None
    if session.json:
        from engine.commands._json import outcome_json

        session.answer(
            {
                **outcome_json(intake.outcome),
                "import": intake.number,
                "kind": intake.kind,
                "rows": intake.rows,
                "repeated": intake.repeated,
                "replaced": intake.replaced,
                "totals_skipped": intake.totals,
                "first": intake.first,
                "last": intake.last,
                "columns": dict(intake.columns),
                "ignored": list(intake.ignored),
                "skipped": intake.bad_total,
                "bad": [b.as_dict() for b in intake.bad],
                "rejects": str(rejects) if rejects else None,
                "keep_until": intake.until,
            }
        )
        return 0
    if intake.outcome.again:
        session.say(
            say(
                "这份文件已经导入过（第{n}次导入），没有再次计数",
                "this very file was imported before (import {n}); nothing was counted again",
                n=intake.number,
            )
        )
        return 0
    mark = session.style("✓", "32")
    if dry_run:
        session.say(say("（试运行，没有写入任何内容）", "(dry run, nothing was written)"))
    session.say(
        say(
            "{m} 第{n}次导入：{rows} 行{kind}，{first} 至 {last}",
            "{m} import {n}: {rows} {kind}, {first} to {last}",
            m=mark,
            n=intake.number,
            rows=f"{intake.rows:,}",
            kind=KINDS[intake.kind],
            first=intake.first,
            last=intake.last,
        )
    )
    for line in _notes(intake):
        session.say(f"  {line}")
    if rejects:
        session.say(
            say(
                "  有 {n} 行没有导入，清单在 {p}",
                "  {n} rows were left out; they are listed in {p}",
                n=intake.bad_total,
                p=shown(rejects),
            )
        )
    view = intake.outcome.view
    session.say(
        *(f"  {describe(view.book, e)}" for e in intake.outcome.events if e.type in ("counted", "rule_cleared"))
    )
    session.say(*(f"  ⚠ {notice}" for notice in intake.outcome.notices))
    if not dry_run:
        session.say(*next_lines(session, view))
    return 0


def _notes(intake: Intake) -> list[str]:
    columns = COLUMNS[intake.kind]
    understood = "，".join(
        f"{columns[c].title} ← {h}"
        for c, h in intake.columns.items()
        if h not in (columns[c].title.zh, columns[c].title.en)
    )
    notes = []
    if understood:
        notes.append(str(say("列：{u}", "columns: {u}", u=understood)))
    if intake.ignored:
        notes.append(str(say("没有用到的列：{i}", "columns not used: {i}", i=listed(intake.ignored))))
    if intake.totals:
        notes.append(str(say("跳过 {n} 行合计", "{n} rows of totals were passed over", n=intake.totals)))
    if intake.repeated:
        notes.append(
            str(say("{n} 行与前面完全相同，只计一次", "{n} rows were repeated and counted once", n=intake.repeated))
        )
    if intake.replaced:
        notes.append(
            str(say("{n} 行取代了以前导入的数字", "{n} rows took the place of earlier ones", n=intake.replaced))
        )
    if intake.until:
        notes.append(
            str(
                say(
                    "逐人记录保存到 {d}，之后由 playbook tick 删除，只留合计",
                    "event rows are kept until {d}; then `playbook tick` deletes them and keeps the totals",
                    d=intake.until,
                )
            )
        )
    return notes


def _rejects(intake: Intake, path: Path) -> Path:
    """A list of the rows left out, beside the file: where and why, never what stood there."""
    from io import StringIO

    from engine.documents.files import write_atomically

    target = path.with_name(f"{path.stem}-{say('没有导入的行', 'rejects')}.csv")
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        [str(say("工作表", "sheet")), str(say("行", "row")), str(say("列", "column")), str(say("原因", "why"))]
    )
    writer.writerows([b.sheet, b.row, _safe(b.column), _safe(str(b.message))] for b in intake.bad)
    write_atomically(target, text.getvalue().encode("utf-8-sig"))
    return target


def _safe(text: str) -> str:
    """A cell that Excel does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def show_imports(session: Session, view: PilotView) -> int:
    imports = list(view.pilot.imports.values())
    session.answer({"ok": True, "imports": [_import_json(one) for one in imports]})
    if not imports:
        session.say(say("还没有导入过台账", "nothing was imported yet"))
        session.say(say("空白样表：playbook ledger-template", "an empty form: `playbook ledger-template`"))
        return 0
    for one in imports:
        state = say("（已撤回）", " (withdrawn)") if one.withdrawn else ""
        until = say("，保存到 {d}", ", kept until {d}", d=one.until) if one.until and not one.withdrawn else ""
        name = one.name if isinstance(one.name, str) else say("（名称已抹除）", "(name erased)")
        session.say(
            say(
                "{n}  {name}  {rows} 行{kind}  {first} 至 {last}  {by} {at}{until}{state}",
                "{n}  {name}  {rows} {kind}  {first} to {last}  {by} {at}{until}{state}",
                n=one.number,
                name=name,
                rows=f"{one.rows:,}",
                kind=KINDS[one.kind],
                first=one.first,
                last=one.last,
                by=one.by,
                at=one.at.date(),
                until=until,
                state=state,
            )
        )
    return 0


def _import_json(one: Import) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.kind,
        "name": one.name if isinstance(one.name, str) else None,
        "rows": one.rows,
        "first": one.first,
        "last": one.last,
        "by": one.by,
        "at": one.at,
        "keep_until": one.until,
        "withdrawn": one.withdrawn,
    }


def refusal_lines(refused: LedgerRefused) -> list[str]:
    """For the screen: where and why, the first twenty."""
    lines = [
        str(
            say(
                "{f} 有 {n} 行不能导入，什么都没有写入：",
                "{f}: {n} rows cannot be taken in; nothing was written:",
                f=refused.file,
                n=refused.total,
            )
        )
    ]
    lines += [f"  {_line(one)}" for one in refused.rows[:_TOLD]]
    if refused.total > _TOLD:
        lines.append(
            str(
                say(
                    "  … 另有 {n} 行（--json 列出更多）",
                    "  … and {n} more (--json lists more)",
                    n=refused.total - _TOLD,
                )
            )
        )
    if refused.hint:
        lines.append(f"  → {refused.hint}")
    return lines


def _line(one: BadRow) -> str:
    return f"{one.where()}{say('：', ': ')}{one.message}"
