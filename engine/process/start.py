"""Starting a pilot."""

from __future__ import annotations

from datetime import datetime, time

from engine.calendar import Calendar
from engine.machine import flow_of
from engine.model import Playbook
from engine.pilot.events import Event, NewEvent
from engine.pilot.fold import apply
from engine.process.children import spawns_on_entry
from engine.process.commands import Assign, SetFields, Start
from engine.process.context import Context, Decision, Trouble
from engine.process.fields import set_fields
from engine.process.people import assign
from engine.text import say


def start(book: Playbook, command: Start, now: datetime, calendar: Calendar, actor: str) -> Decision:
    """The first events of a pilot: it enters the first stage; given people and fields are set in the same step."""
    trouble = Trouble()
    name = command.name.strip()
    trouble.text("name", name)
    if not name or len(name) > 80 or name.isdigit() or "=" in name:
        trouble.add(
            "bad-name",
            "name",
            say(
                "试点名称应为1–80个字，不能只是数字，不能含“=”",
                "a pilot's name has 1 to 80 characters, is not a number and has no '='",
            ),
        )
    trouble.stop()
    today = calendar.today(now)
    moment = now if command.day == today else datetime.combine(command.day, time(), calendar.zone)
    move = flow_of(book).start()
    data = {
        "pilot": command.pilot,
        "name": name,
        "playbook": book.id,
        "version": book.version,
        "pin": command.pin,
        "day": command.day.isoformat(),
        "moment": moment.isoformat(),
        "at": list(move.at),
        "entered": list(move.entered),
    }
    if command.parent:
        data["parent"] = command.parent
    if command.origin:
        data["origin"] = command.origin
    events = [NewEvent("started", data)]
    pilot = apply(None, Event(1, "started", now, actor, "", data))
    context = Context(book, pilot, now, calendar, actor)
    for role, people in command.people.items():
        done = assign(context, Assign(role, people)).events
        context = context.after(done)
        events.extend(done)
    if command.values:
        done = set_fields(context, SetFields(command.values)).events
        context = context.after(done)
        events.extend(done)
    return Decision(tuple(events), spawns_on_entry(context, move))
