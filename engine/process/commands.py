"""Commands: what a person asks for. Values are still text as typed; deciding parses and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from engine.frozen import frozen

if TYPE_CHECKING:
    from engine.model import Playbook
    from engine.pilot.state import OpenFinding, Pilot
    from engine.results.counting import Counts
    from engine.results.vocabulary import LedgerKind

NOTHING: Mapping[str, str] = MappingProxyType({})


@frozen
class Start:
    """Start a pilot. `values` are fields set at once; `parent` and `origin` are pilot ids."""

    pilot: str
    name: str
    pin: str
    day: date
    parent: str | None = None
    origin: str | None = None
    values: Mapping[str, str] = NOTHING
    people: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@frozen
class Assign:
    """People to a role: added, or (`remove`) taken away."""

    role: str
    people: tuple[str, ...]
    remove: bool = False


@frozen
class AssignTask:
    task: str
    person: str


@frozen
class SetFields:
    """Field id → text as typed; an empty text clears the field. A `file` field takes an evidence ref such as `E3`."""

    values: Mapping[str, str]


@frozen
class AddRow:
    record: str
    values: Mapping[str, str]


@frozen
class EditRow:
    record: str
    row: int
    values: Mapping[str, str]


@frozen
class RemoveRow:
    record: str
    row: int


@frozen
class BeginTask:
    task: str


@frozen
class CompleteTask:
    """`values` are fields set on the way; `attachments` are evidence already taken in by the shell."""

    task: str
    values: Mapping[str, str] = NOTHING
    signer: str = ""
    attachments: tuple[Attachment, ...] = ()


@frozen
class SkipTask:
    task: str
    reason: str


@frozen
class ReopenTask:
    task: str
    reason: str = ""


@frozen
class Attachment:
    """A file the shell has read and hashed: its name as shown, its content's hash, its size in bytes, its media type."""

    name: str
    sha256: str
    size: int
    media: str


@frozen
class Attach:
    attachment: Attachment
    task: str | None = None
    field: str | None = None


@frozen
class AddNote:
    text: str
    task: str | None = None


@frozen
class Advance:
    """Take a transition (`next` by default). `stage` picks one of several active stages."""

    to: str = "next"
    reason: str = ""
    stage: str | None = None


@frozen
class CarryOver:
    """Take over what the parent's playbook says a replica starts with."""

    parent: Pilot
    book: Playbook


@frozen
class Tick:
    """Settle timers that are due."""


@frozen
class RecordLink:
    relation: str
    pilot: str
    playbook: str
    name: str


@frozen
class RecordLinkFinished:
    pilot: str
    outcome: str


@frozen
class Finalise:
    """Record a final document. `words` was counted on the rendered text."""

    document: str
    sha256: str
    words: int
    files: tuple[str, ...] = ()


@frozen
class RecordImport:
    """Record what was taken into the ledger. `first`/`last` are the days of its rows; `until` is when its event rows go."""

    number: int
    kind: LedgerKind
    name: str
    file: str
    rows: int
    first: date
    last: date
    columns: tuple[str, ...]
    skipped: int = 0
    repeated: int = 0
    replaced: int = 0
    until: date | None = None


@frozen
class RecordWithdrawal:
    """Record that the rows of an import were taken out again."""

    number: int
    rows: int
    reason: str


@frozen
class RecordErasure:
    """Record that event rows were deleted: those of one person (`key`), or of an import whose time is over."""

    rows: int
    why: Literal["key", "expired"]
    number: int | None = None
    reason: str = ""


@frozen
class Recount:
    """Take over what was counted from the ledger, and judge the rules on numbers anew."""

    counts: Counts


@frozen
class RecordCheck:
    """A content was scanned: what it was (its digest), with which pack, what was found, until when that is good."""

    content: str
    digest: str
    pack: str
    findings: tuple[OpenFinding, ...] = ()
    until: date | None = None


@frozen
class Waive:
    """Answer for a finding as a false one; `phrase` narrows it down where a rule found several."""

    content: str
    rule: str
    reason: str
    phrase: str = ""


@frozen
class Batch:
    """Several commands as one: all or nothing (the workbook import)."""

    commands: tuple[Command, ...]


Command = (
    Start
    | Assign
    | AssignTask
    | SetFields
    | AddRow
    | EditRow
    | RemoveRow
    | BeginTask
    | CompleteTask
    | SkipTask
    | ReopenTask
    | Attach
    | AddNote
    | Advance
    | CarryOver
    | Tick
    | RecordLink
    | RecordLinkFinished
    | Finalise
    | RecordImport
    | RecordWithdrawal
    | RecordErasure
    | Recount
    | RecordCheck
    | Waive
    | Batch
)
