"""What the shell gets back: a pilot with everything a person asks about it, and the outcome of a command."""

from __future__ import annotations

from datetime import datetime

from engine.frozen import cached, frozen
from engine.model import NEXT, Playbook
from engine.pilot.blockers import Blocker
from engine.pilot.events import Event
from engine.pilot.state import Pilot
from engine.pilot.view import TaskView
from engine.process.advance import Way, due_timers, near_blockers, ways
from engine.process.context import Context
from engine.text import Message, say


@frozen
class PilotView:
    """A pilot as of a moment. Everything below is computed when asked for."""

    context: Context
    events: tuple[Event, ...]
    as_of: datetime

    @property
    def book(self) -> Playbook:
        return self.context.book

    @property
    def pilot(self) -> Pilot:
        return self.context.pilot

    @property
    def tasks(self) -> tuple[TaskView, ...]:
        return self.context.views

    @cached
    def ways(self) -> tuple[Way, ...]:
        """Every way on from here with what blocks it."""
        return ways(self.context)

    @cached
    def blockers(self) -> tuple[Blocker, ...]:
        """Everything between here and the next stage."""
        return near_blockers(self.context)

    @cached
    def timers(self) -> tuple[tuple[datetime, str, str], ...]:
        """(moment, stage id, stage id it leads to) of every timer that runs now, earliest first."""
        found = [(moment, stage.id, timer.to) for moment, stage, timer in due_timers(self.context, guarded=False)]
        return tuple(sorted(found))

    @cached
    def next_command(self) -> str | None:
        """The one command to type next, without the program's name; None when the pilot is finished."""
        if self.pilot.status == "finished":
            return None
        if self.pilot.status == "on_hold":
            return next((f"advance --to {way.id}" for way in self.ways), None)
        free = [w for w in self.ways if w.id == NEXT and w.open]
        if free:
            return "advance" if len(free) == 1 else f"advance --stage {free[0].stage}"
        ready = [b for b in self.blockers if b.commands and not b.detail] or [b for b in self.blockers if b.commands]
        if ready:
            return ready[0].commands[0]
        forward = [w for w in self.ways if w.stage is not None and w.open]
        return f"advance --to {forward[0].id}" if forward else None


@frozen
class Outcome:
    """What a command did. `events` is empty when it changed nothing; after a dry run it holds what would have been written. `again`: done before."""

    view: PilotView
    events: tuple[Event, ...] = ()
    notices: tuple[Message, ...] = ()
    started: tuple[str, ...] = ()  # names of child pilots it started
    again: bool = False
    dry_run: bool = False


def nothing_changed() -> Message:
    return say("没有变化", "nothing changed")
