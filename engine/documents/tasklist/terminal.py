"""The task list on the screen. Colour only where it was asked for; what it says is always there in words too."""

from __future__ import annotations

import io
from itertools import groupby

from engine.documents.tasklist.columns import evidence_text, required_text, state_text
from engine.documents.tasklist.rows import TaskList, TaskRow
from engine.documents.words import in_language, listing
from engine.text import Language, Message, say

_LEAST = 60  # columns; below that a table cannot be read


def to_terminal(tasks: TaskList, width: int = 96, color: bool = False) -> str:
    """A table per stage, `width` columns wide at most."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    language = tasks.language

    def word(message: Message) -> str:
        return in_language(message, language)

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _LEAST),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for _, group in groupby(tasks.rows, key=lambda row: row.stage):
        rows = list(group)
        console.print(Text(_stage_line(rows, language), style="bold" if rows[0].active else "dim"))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
        table.add_column(word(say("编号", "No.")), no_wrap=True)
        table.add_column(word(say("任务", "Task")), overflow="fold", ratio=3)
        table.add_column(word(say("负责", "Who")), overflow="fold", ratio=2)
        table.add_column(word(say("截止", "Due")), no_wrap=True)
        table.add_column(word(say("状态", "Status")), no_wrap=True)
        table.add_column(word(say("要求", "Asks for")), overflow="fold")
        for row in rows:
            cells = (
                row.number,
                row.title,
                _who(row, language),
                f"{row.due.isoformat()} {row.hour}".rstrip() if row.due else "",
                state_text(row, language),
                _asks(row, language),
            )
            table.add_row(*map(Text, cells), style=_style(row))
        console.print(table)
        console.print()
    if not tasks.rows:
        console.print(word(say("没有符合条件的任务", "no tasks match")))
    for note in tasks.notes:
        console.print(Text(word(note), style="dim"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _stage_line(rows: list[TaskRow], language: Language) -> str:
    if rows[0].active:
        mark = say("（进行中）", " (now)")
    elif rows[0].reached:
        mark = say("（走过）", " (been there)")
    else:
        mark = say("（未到）", " (not reached)")
    settled = sum(not row.is_open for row in rows)
    return f"{rows[0].stage_title}{in_language(mark, language)} {settled}/{len(rows)}"


def _who(row: TaskRow, language: Language) -> str:
    people = listing(row.people, language)
    return f"{row.role_title}：{people}" if people and language == "zh" else f"{row.role_title} {people}".strip()


def _asks(row: TaskRow, language: Language) -> str:
    parts = [] if row.required else [required_text(row, language)]
    if row.evidence != "none" or row.attached:
        name = in_language(say("证据", "evidence"), language)
        parts.append(f"{name}{'' if language == 'zh' else ' '}{evidence_text(row, language)}")
    if row.waits_for:
        waits = say("先做 {n}", "after {n}", n=listing(row.waits_for, language))
        parts.append(in_language(waits, language))
    return listing(parts, language)


def _style(row: TaskRow) -> str:
    if row.overdue:
        return "red"
    return "" if row.is_open else "green" if row.status == "done" else "dim"
