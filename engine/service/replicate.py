"""Starting a pilot from another one: lineage, and what the parent hands over, in one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.errors import UserError
from engine.frozen import frozen
from engine.model import Playbook
from engine.process import commands as c
from engine.process import decide
from engine.process.context import Decision
from engine.service.views import PilotView
from engine.text import say

if TYPE_CHECKING:
    from engine.service.desk import Desk


@frozen
class Replica:
    """The new pilot (None after a rehearsal), what was carried into it, what stayed behind and why."""

    view: PilotView | None
    carried: Decision


def department_field(book: Playbook) -> str | None:
    """The field that names the department: the one the ledger is told of, else the one called so."""
    found = book.ledger.department or "department"
    return found if found in book.fields else None


def rehearse(desk: Desk, parent: PilotView, book: Playbook, name: str, department: str) -> Replica:
    """What `replicate` would do with a playbook that is not written yet. Raises Refused as it would."""
    return Replica(None, _carried(desk, parent, book, name, department))


def replicate(
    desk: Desk, parent: PilotView, target: str, book: Playbook, name: str, department: str, day: date | None = None
) -> Replica:
    """Start `name` of the playbook `target` (whose model is `book`) as a successor of `parent`."""
    carried = _carried(desk, parent, book, name, department)
    view = desk.start(
        target,
        name,
        day=day,
        values=_values(book, department),
        origin=parent.pilot.id,
        then=c.CarryOver(parent.pilot, parent.book),
    )
    return Replica(view, carried)


def _carried(desk: Desk, parent: PilotView, book: Playbook, name: str, department: str) -> Decision:
    """Decided on a pilot in memory; deciding is pure, so doing it comes to the same."""
    if not department.strip():
        raise UserError("no-department", say("没有写科室", "no department is named"))
    from engine.pilot.events import Event
    from engine.pilot.fold import apply, fold

    start = c.Start("new", name, "", desk.calendar.today(desk.now), values=_values(book, department))
    first = decide(book, None, start, desk.now, desk.calendar, desk.actor)
    pilot = fold([Event(1, "started", desk.now, desk.actor, "", first.events[0].data)])
    for number, event in enumerate(first.events[1:], 2):
        pilot = apply(pilot, Event(number, event.type, desk.now, desk.actor, "", event.data, event.texts))
    command = c.CarryOver(parent.pilot, parent.book)
    return decide(book, pilot, command, desk.now, desk.calendar, desk.actor)


def _values(book: Playbook, department: str) -> dict[str, str]:
    field = department_field(book)
    return {field: department} if field else {}
