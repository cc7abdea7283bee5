"""The task list as Markdown: a table per stage, ready for a chat or a wiki."""

from __future__ import annotations

from itertools import groupby

from engine.documents.markdown import escape
from engine.documents.tasklist.columns import evidence_text, state_text
from engine.documents.tasklist.rows import TaskList, TaskRow
from engine.documents.words import day_text, in_language, listing
from engine.text import Language, Message, say

_HEADINGS = (
    say("编号", "No."),
    say("任务", "Task"),
    say("负责", "Who"),
    say("截止", "Due"),
    say("状态", "Status"),
    say("证据", "Evidence"),
    say("怎样算完成", "Done when"),
)


def to_markdown(tasks: TaskList) -> str:
    language = tasks.language

    def word(message: Message) -> str:
        return in_language(message, language)

    head = [tasks.playbook, day_text(tasks.day, language), *([tasks.hospital] if tasks.hospital else [])]
    lines = [f"# {escape(tasks.pilot)} · {word(say('任务清单', 'Tasks'))}", "", escape(" · ".join(head)), ""]
    for note in tasks.notes:
        lines += [f"> {escape(word(note))}", ""]
    for _, group in groupby(tasks.rows, key=lambda row: row.stage):
        rows = list(group)
        lines += [f"## {escape(rows[0].stage_title)}", ""]
        lines.append(_line(*(word(h) for h in _HEADINGS)))
        lines.append("|" + "---|" * len(_HEADINGS))
        lines += [_line(*_cells(row, language)) for row in rows]
        lines.append("")
    if not tasks.rows:
        lines += [word(say("没有符合条件的任务", "no tasks match")), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _cells(row: TaskRow, language: Language) -> tuple[str, ...]:
    people = listing(row.people, language)
    who = f"{row.role_title} {people}".strip()
    due = day_text(row.due, language, row.hour) if row.due else ""
    state = escape(state_text(row, language))
    return (
        escape(row.number),
        escape(row.title),
        escape(who),
        escape(due),
        f"**{state}**" if row.overdue else state,
        escape(evidence_text(row, language)),
        escape(row.done_when),
    )


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
