"""The event store: what it keeps and what it promises. Implementations stand beside this file.

It knows nothing of playbooks: pins are text, events are data, a row of the board is computed by whoever appends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from engine.frozen import frozen
from engine.pilot.events import Envelope, Event, NewEvent


class BoardRow(NamedTuple):
    """A pilot in one row, as of its last event. Days and moments are kept as ISO text, which is how they are stored and
    compared; the properties give them as dates. `due_days` are those of open tasks of active stages, sorted: what is
    overdue is counted when the row is read. `blockers` are {"code", "item", "zh", "en"}."""

    pilot: str
    name: str
    playbook: str
    title: str
    version: str
    pin: str
    status: str
    outcome: str | None
    stages: Sequence[str]
    stage_titles: Sequence[str]
    owners: Sequence[str]
    open_tasks: int
    done_tasks: int
    due_days: Sequence[str]
    timer_at: str | None
    blockers: Sequence[dict[str, str]]
    written_at: str
    seq: int
    parent: str | None
    origin: str | None
    started_on: str
    # Metrics the playbook wants on the board: [title, value as shown, met (True, False, None: no target)].
    kpi: Sequence[Sequence[Any]] = ()
    alerts: Sequence[str] = ()  # titles of the rules on numbers that fire

    def overdue(self, today: date) -> int:
        """How many open tasks were due before `today`."""
        day = today.isoformat()
        return sum(due < day for due in self.due_days)

    @property
    def dues(self) -> tuple[date, ...]:
        return tuple(map(date.fromisoformat, self.due_days))

    @property
    def timer(self) -> datetime | None:
        return datetime.fromisoformat(self.timer_at) if self.timer_at else None

    @property
    def as_of(self) -> datetime:
        return datetime.fromisoformat(self.written_at)

    @property
    def started(self) -> date:
        return date.fromisoformat(self.started_on)


Progress = Callable[[int, int], None]  # how many are done, of how many


@frozen
class Append:
    """Events for one pilot on top of `expected_seq` (0: a new pilot), with the row they lead to."""

    pilot: str
    expected_seq: int
    events: tuple[NewEvent, ...]
    envelope: Envelope
    row: BoardRow


class Conflict(Exception):
    """Somebody else moved this pilot first; `now` is where it stands. Nothing was written."""

    def __init__(self, pilot: str, now: BoardRow | None) -> None:
        super().__init__(f"pilot {pilot} was moved by somebody else")
        self.pilot, self.now = pilot, now


@frozen
class LogProblem:
    """Something `verify` found: which pilot, which event (0: none in particular), a stable code, words for engineers."""

    pilot: str
    seq: int
    code: str
    detail: str = ""


@frozen
class Erasing:
    """Texts (event number, key) and evidence numbers whose content goes, and the event that says so."""

    contents: tuple[tuple[int, str], ...]
    evidence: tuple[int, ...]
    append: Append = field(repr=False)


class Store(Protocol):
    """What every store does. Methods raise Conflict, or UserError when the database itself is the trouble."""

    def put_pin(self, text: str) -> str: ...
    def pin(self, digest: str) -> str: ...
    def history(self, pilot: str, until: datetime | None = None) -> list[Event]: ...
    def append(self, batches: Sequence[Append]) -> list[list[Event]]: ...
    def seen(self, pilot: str, command: str) -> list[Event]: ...
    def seq(self, pilot: str) -> int: ...
    def rows(self) -> list[BoardRow]: ...
    def find(self, text: str) -> list[BoardRow]: ...
    def find_id(self, text: str) -> tuple[str, int] | None: ...
    def erase(self, erasing: Erasing) -> list[Event]: ...
    def verify(self, pilot: str | None = None, progress: Progress | None = None) -> list[LogProblem]: ...
    def evidence_hash(self, pilot: str, number: int) -> str | None: ...
    def evidence_files(self, pilot: str | None = None) -> list[tuple[str, int, str]]: ...
    def holds_file(self, digest: str) -> bool: ...
    def get_setting(self, key: str) -> Any: ...
    def put_setting(self, key: str, value: Any) -> None: ...
    def close(self) -> None: ...
