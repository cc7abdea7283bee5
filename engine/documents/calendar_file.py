"""Dates as a calendar file (RFC 5545), each with a reminder. An entry keeps its UID, so a newer file replaces the older.

Entries, not to-dos: many calendar programs ignore VTODO.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from engine.frozen import frozen

if TYPE_CHECKING:
    from icalendar import Event

_MORNING_BEFORE = timedelta(hours=-15)  # nine o'clock on the day before, counted from midnight
_HOURS_BEFORE = timedelta(hours=-2)


@frozen
class Entry:
    """`when`: a day, or a moment. `key` tells it from the pilot's other dates and never changes; `seq` is the number of
    the pilot's last event."""

    pilot_id: str
    pilot: str
    key: str
    seq: int
    when: date | datetime
    title: str
    description: str
    category: str

    @property
    def uid(self) -> str:
        """The same for the same date of the same pilot, in whichever file it stands; ASCII, whatever the key is made of."""
        return f"{sha256(f'{self.pilot_id} {self.key}'.encode()).hexdigest()[:32]}@playbook"


def calendar_file(name: str, product: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """`name` is what the calendar is called where it is imported, `product` what made it."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//playbook//{product}//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for one in entries:
        made.add_component(_event(one, stamp))
    return bytes(made.to_ical())


def _event(one: Entry, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", one.seq)
    if isinstance(one.when, datetime):
        event.add("dtstart", one.when.astimezone(UTC))
    else:
        event.add("dtstart", one.when)
        event.add("dtend", one.when + timedelta(days=1))
    event.add("summary", f"{one.title} · {one.pilot}")
    event.add("description", one.description)
    event.add("categories", [one.category])
    event.add("transp", "TRANSPARENT")  # a date to keep in mind, not time that is taken
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    alarm.add("trigger", _HOURS_BEFORE if isinstance(one.when, datetime) else _MORNING_BEFORE)
    event.add_component(alarm)
    return event
