"""The dates of several pilots as one calendar file, each with a reminder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.documents.calendar_file import Entry, calendar_file
from engine.documents.words import in_language, listing
from engine.process.dates import AgendaEntry
from engine.text import Language, Message, say

KINDS: dict[str, Message] = {
    "task": say("任务", "task"),
    "timer": say("时限", "timer"),
    "expiry": say("到期", "expiry"),
    "day": say("日期", "day"),
}


def agenda_ics(
    dates: Iterable[tuple[str, str, int, AgendaEntry]], now: datetime, language: Language, name: str
) -> bytes:
    """`dates`: (pilot id, pilot name, its last event's number, entry)."""

    def entry(pilot_id: str, pilot: str, seq: int, one: AgendaEntry) -> Entry:
        who = f"{one.role} {listing(one.people, language)}".strip()
        return Entry(
            pilot_id=pilot_id,
            pilot=pilot,
            key=one.key.removeprefix("task "),  # as in a task list: whoever imports both has each task once
            seq=seq,
            when=one.moment.date() if one.whole_day else one.moment,
            title=in_language(one.title, language),
            description="\n".join(line for line in (one.stage, who) if line),
            category=in_language(KINDS[one.kind], language),
        )

    return calendar_file(name, "agenda", (entry(*row) for row in dates), now)
