"""The decisions: (playbook, pilot, command, now, calendar, actor) → events, or a refusal that says what is missing.

Pure: no clock, no disk, no database, no randomness. `decide` is the one door; each kind of command has one function,
listed in the visible table below. A refused command raises `Refused` with every reason and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.calendar import Calendar
from engine.model import Playbook
from engine.pilot.events import NewEvent
from engine.pilot.state import Pilot
from engine.process import commands as c
from engine.process.advance import advance, settle
from engine.process.context import Context, Decision, Spawn
from engine.process.fields import set_fields
from engine.process.links import finalise, record_link, record_link_finished
from engine.process.people import assign, assign_task
from engine.process.records import add_row, edit_row, remove_row
from engine.process.start import start
from engine.process.tasks import add_note, attach, begin_task, complete_task, reopen_task, skip_task
from engine.text import Message


def decide(
    book: Playbook,
    pilot: Pilot | None,
    command: c.Command,
    now: datetime,
    calendar: Calendar,
    actor: str,
) -> Decision:
    """What `command` does to `pilot` (None only for Start). Raises Refused, or UserError for a name nobody knows."""
    if isinstance(command, c.Start):
        return start(book, command, now, calendar, actor)
    if pilot is None:
        raise ValueError("only Start needs no pilot")
    return _decide(Context(book, pilot, now, calendar, actor), command)


def _decide(context: Context, command: c.Command) -> Decision:
    return _DECIDERS[type(command)](context, command)


def _batch(context: Context, command: c.Batch) -> Decision:
    """Each command sees what the ones before it did; one refusal refuses them all, and all refusals are told at once."""
    from engine.pilot.blockers import Blocker, Refused

    events: list[NewEvent] = []
    spawns: list[Spawn] = []
    notices: list[Message] = []
    refused: list[Blocker] = []
    for one in command.commands:
        try:
            decision = _decide(context, one)
        except Refused as refusal:
            refused.extend(refusal.blockers)
            continue
        context = context.after(decision.events)
        events.extend(decision.events)
        spawns.extend(decision.spawns)
        notices.extend(decision.notices)
    if refused:
        raise Refused(tuple(refused))
    return Decision(tuple(events), tuple(spawns), tuple(notices))


def _tick(context: Context, command: c.Tick) -> Decision:
    """Timers first; then the rules, on where the pilot stands by then."""
    settled = settle(context)
    if not context.book.rules:
        return settled
    from engine.process.rules import judge

    rules = judge(context.after(settled.events))
    return Decision((*settled.events, *rules.events), settled.spawns, (*settled.notices, *rules.notices))


def _content(name: str) -> Callable[[Context, Any], Decision]:
    """A decision about contents, loaded when there is one to make."""

    def decided(context: Context, command: c.Command) -> Decision:
        from engine.process import content

        found: Decision = getattr(content, name)(context, command)
        return found

    return decided


def _ledger(name: str) -> Callable[[Context, Any], Decision]:
    """A decision about ledgers: loaded when there is one to make, which most commands never do."""

    def decided(context: Context, command: c.Command) -> Decision:
        from engine.process import ledger

        found: Decision = getattr(ledger, name)(context, command)
        return found

    return decided


def _carry_over(context: Context, command: c.CarryOver) -> Decision:
    """Loaded when a pilot is replicated, which most commands never do."""
    from engine.process.carry import carry_over

    return carry_over(context, command)


_DECIDERS: dict[type, Callable[[Context, Any], Decision]] = {
    c.Assign: assign,
    c.AssignTask: assign_task,
    c.SetFields: set_fields,
    c.AddRow: add_row,
    c.EditRow: edit_row,
    c.RemoveRow: remove_row,
    c.BeginTask: begin_task,
    c.CompleteTask: complete_task,
    c.SkipTask: skip_task,
    c.ReopenTask: reopen_task,
    c.Attach: attach,
    c.AddNote: add_note,
    c.Advance: advance,
    c.CarryOver: _carry_over,
    c.Tick: _tick,
    c.RecordLink: record_link,
    c.RecordLinkFinished: record_link_finished,
    c.Finalise: finalise,
    c.RecordImport: _ledger("record_import"),
    c.RecordWithdrawal: _ledger("record_withdrawal"),
    c.RecordErasure: _ledger("record_erasure"),
    c.Recount: _ledger("recount"),
    c.RecordCheck: _content("record_check"),
    c.Waive: _content("waive"),
    c.Batch: _batch,
}

__all__ = ["Context", "Decision", "Spawn", "decide"]
