"""The task list as a calendar file: an entry on the due day of each open task, with a reminder."""

from __future__ import annotations

from engine.calendar import END_OF_DAY
from engine.documents.calendar_file import Entry, calendar_file
from engine.documents.tasklist.rows import TaskList, TaskRow
from engine.documents.words import in_language, listing
from engine.text import Message, say


def to_ics(tasks: TaskList) -> bytes:
    def entry(row: TaskRow) -> Entry | None:
        if row.due is None or row.moment is None or not _ahead(tasks, row):
            return None
        return Entry(
            pilot_id=tasks.pilot_id,
            pilot=tasks.pilot,
            key=row.key,
            seq=tasks.seq,
            when=row.due if row.moment.astimezone(tasks.now.tzinfo).time() == END_OF_DAY else row.moment,
            title=row.title,
            description=_description(tasks, row),
            category=row.stage_title,
        )

    found = (entry(row) for row in tasks.rows)
    return calendar_file(tasks.pilot, "task list", (one for one in found if one is not None), tasks.now)


def _ahead(tasks: TaskList, row: TaskRow) -> bool:
    """Is it still to be done? What was left open in a stage that lies behind, or in an ended pilot, is not."""
    return row.is_open and tasks.status != "finished" and (row.active or not row.reached)


def _description(tasks: TaskList, row: TaskRow) -> str:
    def word(message: Message) -> str:
        return in_language(message, tasks.language)

    who = f"{row.role_title} {listing(row.people, tasks.language)}".strip()
    lines = [word(say("编号 {n} · {stage}", "No. {n} · {stage}", n=row.number, stage=row.stage_title))]
    lines.append(word(say("负责：{who}", "Who: {who}", who=who)))
    if row.help:
        lines += ["", row.help]
    if row.done_when:
        lines += ["", word(say("怎样算完成：{text}", "Done when: {text}", text=row.done_when))]
    return "\n".join(lines)
