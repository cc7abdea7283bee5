"""The dates of several pilots as one calendar file (RFC 5545), each with a reminder. Entries keep their UID, so a newer
file replaces the older."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from engine.documents.words import in_language, listing
from engine.process.dates import AgendaEntry
from engine.text import Language, Message, say

_PRODUCT = "-//playbook//agenda//ZH"
_MORNING_BEFORE = timedelta(hours=-15)  # nine o'clock on the day before, counted from midnight
_HOURS_BEFORE = timedelta(hours=-2)

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
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    for pilot_id, pilot, seq, one in dates:
        entry = Event()
        entry.add("uid", f"{sha256(f'{pilot_id} {one.key}'.encode()).hexdigest()[:32]}@playbook")
        entry.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        entry.add("sequence", seq)
        if one.whole_day:
            entry.add("dtstart", one.moment.date())
            entry.add("dtend", one.moment.date() + timedelta(days=1))
        else:
            entry.add("dtstart", one.moment.astimezone(UTC))
        title = in_language(one.title, language)
        entry.add("summary", f"{title} · {pilot}")
        who = f"{one.role} {listing(one.people, language)}".strip()
        entry.add("description", "\n".join(line for line in (one.stage, who) if line))
        entry.add("categories", [in_language(KINDS[one.kind], language)])
        entry.add("transp", "TRANSPARENT")  # a date to keep in mind, not time that is taken
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", _MORNING_BEFORE if one.whole_day else _HOURS_BEFORE)
        entry.add_component(alarm)
        made.add_component(entry)
    return bytes(made.to_ical())
