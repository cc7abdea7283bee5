"""Where a pilot comes from: its chain of ancestors, and itself beside its parent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.frozen import frozen
from engine.process.inheritance import Inherited, inherited
from engine.service.views import PilotView
from engine.store import BoardRow

if TYPE_CHECKING:
    from engine.service.desk import Desk


@frozen
class Ancestor:
    """A pilot further up. `ended` is the day it finished, None while it runs."""

    pilot: str
    name: str
    title: str
    version: str
    started: date
    ended: date | None
    status: str
    outcome: str | None


def ancestors(desk: Desk, origin: str | None) -> tuple[Ancestor, ...]:
    """The chain of pilots from which one was replicated, the nearest first. A ring (which only a damaged log could hold)
    ends it."""
    found: list[Ancestor] = []
    seen: set[str] = set()
    while origin is not None and origin not in seen:
        seen.add(origin)
        rows = [row for row in desk.store.find(origin) if row.pilot == origin]
        if not rows:
            break
        found.append(_ancestor(desk, rows[0]))
        origin = rows[0].origin
    return tuple(found)


def beside_parent(desk: Desk, view: PilotView) -> tuple[Inherited, ...]:
    """What the pilot took over from the one it replicates; nothing where it replicates none."""
    if view.pilot.origin is None:
        return ()
    rows = [row for row in desk.store.find(view.pilot.origin) if row.pilot == view.pilot.origin]
    parent = desk.playbook(rows[0].pin) if rows else None
    return inherited(view.book, view.pilot, view.events, parent)


def _ancestor(desk: Desk, row: BoardRow) -> Ancestor:
    ended = None
    if row.status == "finished":
        moments = [e.at for e in desk.store.history(row.pilot) if e.type == "finished"]
        ended = desk.calendar.today(moments[-1]) if moments else None
    return Ancestor(row.pilot, row.name, row.title, row.version, row.started, ended, row.status, row.outcome)
