"""The state of a pilot: frozen, folded from its events by `engine.pilot.fold`. Knows nothing of the playbook's text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from engine.frozen import cached, frozen
from engine.pilot.events import Erased


@frozen
class Ratio:
    """A percent value: it keeps its numerator and its base. `points` is numerator / base × 100."""

    numerator: Decimal
    base: Decimal

    @property
    def points(self) -> Decimal:
        return self.numerator / self.base * 100

    def __str__(self) -> str:
        return f"{self.numerator.normalize():f}/{self.base.normalize():f}"


# text, choice, person, file, ref: str (a file is the evidence number as "E3", a ref is the row number as str);
# number, money: Decimal; percent: Ratio; date: date; list: tuple of str.
Value = str | Decimal | Ratio | date | tuple[str, ...] | Erased

TaskStatus = Literal["open", "in_progress", "done", "skipped"]
PilotStatus = Literal["running", "on_hold", "finished"]


@frozen
class TaskState:
    status: TaskStatus = "open"
    at: datetime | None = None  # of the last change
    by: str = ""
    signer: str = ""
    reason: str | Erased = ""
    person: str = ""  # assigned to this one task; otherwise the role's people
    evidence: tuple[int, ...] = ()


@frozen
class Evidence:
    number: int
    name: str | Erased
    sha256: str
    size: int
    media: str
    task: str | None
    field: str | None
    at: datetime
    by: str
    erased: bool = False


@frozen
class Note:
    number: int
    text: str | Erased
    task: str | None
    at: datetime
    by: str


@frozen
class Link:
    """A child (`relation` child) or a pilot that was started from this one (successor)."""

    relation: Literal["child", "successor"]
    pilot: str
    playbook: str
    name: str
    outcome: str | None = None  # None while it runs


@frozen
class FinalDocument:
    document: str
    sha256: str
    at: datetime
    by: str
    files: tuple[str, ...] = ()


@frozen
class Import:
    """A file taken into the ledger. `rows` as counted then; `until`: when its event rows are deleted."""

    number: int
    kind: str
    name: str | Erased
    rows: int
    first: date
    last: date
    at: datetime
    by: str
    until: date | None = None
    withdrawn: bool = False


@frozen
class Counted:
    """Where a counted field comes from: the days asked for, the days that had rows, how many rows."""

    start: date | None
    end: date | None
    first: date | None
    last: date | None
    rows: int


@frozen
class Group:
    """What was counted in one channel. `persons`: event rows went into it, so small numbers are not shown."""

    side: str
    persons: bool
    values: Mapping[str, Value]


@frozen
class Firing:
    """A rule that fired and has not cleared since. `values` are what it saw, as shown."""

    rule: str
    group: str
    then: str
    at: datetime
    values: Mapping[str, str]


@frozen
class Hold:
    """A pause: from when, and the leaf stages to come back to. `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@frozen
class OpenFinding:
    """A finding of the last check that nobody has waived. `mark` stands for the phrase without repeating it; `start` and
    `end` count characters of the text at `at` ("" for a field, `ROW.COLUMN` in a record)."""

    rule: str
    severity: str
    at: str
    start: int
    end: int
    mark: str


@frozen
class CheckedContent:
    """The last check of a content: of which text, when, against which pack, until when it is good, what it found."""

    digest: str
    on: datetime
    pack: str
    findings: tuple[OpenFinding, ...] = ()
    until: date | None = None


@frozen
class Waiver:
    """A finding that somebody answers for as a false one: the rule, the phrase's mark, who, why, when."""

    content: str
    rule: str
    mark: str
    by: str
    reason: str | Erased
    at: datetime


@frozen
class FunnelState:
    """What a funnel showed when it was counted last: the field of the link that holds the others up ("" for none), and
    whether bookings rose while arrivals did not."""

    bottleneck: str = ""
    reputation: bool = False


@frozen
class Pilot:
    """`at` holds the active leaf stages; `entered` the last entry of every stage that was ever entered (also outer ones).

    `tasks` is keyed by task id, or `id@item` for one instance of a `for_each` task; a task never touched is absent (open).
    `rows` maps record → row number → column → value.
    """

    id: str
    name: str
    playbook: str
    version: str
    pin: str
    started: date
    at: tuple[str, ...]
    seq: int
    last_at: datetime
    status: PilotStatus = "running"
    outcome: str | None = None
    entered: Mapping[str, datetime] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    tasks: Mapping[str, TaskState] = field(default_factory=dict)
    fields: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, Mapping[int, Mapping[str, Value]]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: Mapping[int, Evidence] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    finals: Mapping[str, FinalDocument] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    back: tuple[str, ...] = ()  # the leaf stages to return to, while on hold
    parent: str | None = None
    origin: str | None = None
    next_rows: Mapping[str, int] = field(default_factory=dict)  # numbers are never used twice
    next_evidence: int = 1
    next_note: int = 1
    imports: Mapping[int, Import] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    counted_on: date | None = None
    firings: Mapping[tuple[str, str], Firing] = field(default_factory=dict)
    funnels: Mapping[str, FunnelState] = field(default_factory=dict)
    checked: Mapping[str, CheckedContent] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)  # content → digest of the text that was signed

    @property
    def live_imports(self) -> tuple[Import, ...]:
        """What the ledger is made of now."""
        return tuple(one for one in self.imports.values() if not one.withdrawn)

    @cached
    def memory(self) -> dict[Hashable, object]:
        """What was worked out about this state, by whoever did; a state does not change, so it stays true."""
        return {}
