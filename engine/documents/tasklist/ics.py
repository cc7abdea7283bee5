"""The task list as a calendar file (RFC 5545): an entry on the due day of each open task, a reminder the day before.

Entries, not to-dos: many calendar programs ignore VTODO. An entry keeps its UID, so a newer file replaces the older.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from hashlib import sha256

from engine.calendar import END_OF_DAY
from engine.documents.tasklist.rows import TaskList, TaskRow
from engine.documents.words import in_language, listing
from engine.text import Message, say

_PRODUCT = "-//playbook//task list//ZH"
_MORNING_BEFORE = timedelta(hours=-15)  # nine o'clock on the day before, counted from midnight
_HOURS_BEFORE = timedelta(hours=-2)


def to_ics(tasks: TaskList) -> bytes:
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", tasks.pilot)
    for row in tasks.rows:
        if row.due is None or row.moment is None or not _ahead(tasks, row):
            continue
        entry = Event()
        entry.add("uid", _uid(tasks, row))
        entry.add("dtstamp", tasks.now.astimezone(UTC).replace(microsecond=0))
        entry.add("sequence", tasks.seq)
        whole_day = row.moment.astimezone(tasks.now.tzinfo).time() == END_OF_DAY
        if whole_day:
            entry.add("dtstart", row.due)
            entry.add("dtend", row.due + timedelta(days=1))
        else:
            entry.add("dtstart", row.moment.astimezone(UTC))
        entry.add("summary", f"{row.title} · {tasks.pilot}")
        entry.add("description", _description(tasks, row))
        entry.add("categories", [row.stage_title])
        entry.add("transp", "TRANSPARENT")  # a date to keep in mind, not time that is taken
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.title)
        alarm.add("trigger", _MORNING_BEFORE if whole_day else _HOURS_BEFORE)
        entry.add_component(alarm)
        made.add_component(entry)
    return bytes(made.to_ical())


def _ahead(tasks: TaskList, row: TaskRow) -> bool:
    """Is it still to be done? What was left open in a stage that lies behind, or in an ended pilot, is not."""
    return row.is_open and tasks.status != "finished" and (row.active or not row.reached)


def _uid(tasks: TaskList, row: TaskRow) -> str:
    """The same for the same task of the same pilot, always; ASCII, whatever the items of a list are called."""
    return f"{sha256(f'{tasks.pilot_id} {row.key}'.encode()).hexdigest()[:32]}@playbook"


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
