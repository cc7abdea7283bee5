"""The columns of a task list, in one visible table: what they are called, how wide they are, what is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.documents.tasklist.rows import TaskRow
from engine.documents.words import TASK_STATES, in_language, listing
from engine.frozen import frozen
from engine.text import Language, Message, say

Cell = str | date | None


@frozen
class Column:
    """`width` is in characters of a spreadsheet: together they go on an A4 page on its side in letters of 8 points or more;
    `read` gives the content in a language."""

    id: str
    heading: Message
    width: int
    read: Callable[[TaskRow, Language], Cell]


def state_text(row: TaskRow, language: Language) -> str:
    """The status, with "overdue" where it applies: colour alone never says it."""
    text = in_language(TASK_STATES[row.status], language)
    if not row.overdue:
        return text
    return f"{text}（逾期）" if language == "zh" else f"{text} (overdue)"


def evidence_text(row: TaskRow, language: Language) -> str:
    """Whether a file is asked for, and how many there are."""
    if row.attached:
        return in_language(say("已附{n}件", "{n} attached", n=row.attached), language)
    needs = {"required": say("必须附", "required"), "optional": say("可附", "optional"), "none": say("", "")}
    return in_language(needs[row.evidence], language)


def required_text(row: TaskRow, language: Language) -> str:
    return in_language(say("必做", "required") if row.required else say("选做", "optional"), language)


def _due(row: TaskRow) -> Cell:
    """The day; the moment where an hour counts."""
    return row.moment.replace(tzinfo=None, second=0, microsecond=0) if row.moment and row.hour else row.due


COLUMNS: tuple[Column, ...] = (
    Column("number", say("编号", "No."), 5, lambda row, language: row.number),
    Column("stage", say("阶段", "Stage"), 10, lambda row, language: row.stage_title),
    Column("title", say("任务", "Task"), 16, lambda row, language: row.title),
    Column("role", say("角色", "Role"), 9, lambda row, language: row.role_title),
    Column("people", say("负责人", "People"), 7, lambda row, language: listing(row.people, language)),
    Column("due", say("截止日期", "Due"), 11, lambda row, language: _due(row)),
    Column("status", say("状态", "Status"), 7, state_text),
    Column("required", say("必做", "Required"), 5, required_text),
    Column("evidence", say("证据", "Evidence"), 6, evidence_text),
    Column("waits_for", say("先做", "After"), 5, lambda row, language: listing(row.waits_for, language)),
    Column("help", say("做什么", "What to do"), 28, lambda row, language: row.help),
    Column("done_when", say("怎样算完成", "Done when"), 22, lambda row, language: row.done_when),
)
