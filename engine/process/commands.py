"""Commands: what a person asks for. Values are still text as typed; deciding parses and checks them.

Named tuples rather than dataclasses: twenty small classes are made at every start of the program, and a dataclass takes
seven times as long to make (measured: 0.65 ms against 0.09 ms).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

NOTHING: Mapping[str, str] = MappingProxyType({})


class Start(NamedTuple):
    """Start a pilot. `values` are fields set at once; `parent` and `origin` are pilot ids."""

    pilot: str
    name: str
    pin: str
    day: date
    parent: str | None = None
    origin: str | None = None
    values: Mapping[str, str] = NOTHING
    people: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Assign(NamedTuple):
    """People to a role: added, or (`remove`) taken away."""

    role: str
    people: tuple[str, ...]
    remove: bool = False


class AssignTask(NamedTuple):
    task: str
    person: str


class SetFields(NamedTuple):
    """Field id → text as typed; an empty text clears the field. A `file` field takes an evidence ref such as `E3`."""

    values: Mapping[str, str]


class AddRow(NamedTuple):
    record: str
    values: Mapping[str, str]


class EditRow(NamedTuple):
    record: str
    row: int
    values: Mapping[str, str]


class RemoveRow(NamedTuple):
    record: str
    row: int


class BeginTask(NamedTuple):
    task: str


class CompleteTask(NamedTuple):
    """`values` are fields set on the way; `attachments` are evidence already taken in by the shell."""

    task: str
    values: Mapping[str, str] = NOTHING
    signer: str = ""
    attachments: tuple[Attachment, ...] = ()


class SkipTask(NamedTuple):
    task: str
    reason: str


class ReopenTask(NamedTuple):
    task: str
    reason: str = ""


class Attachment(NamedTuple):
    """A file the shell has read and hashed: its name as shown, its content's hash, its size in bytes, its media type."""

    name: str
    sha256: str
    size: int
    media: str


class Attach(NamedTuple):
    attachment: Attachment
    task: str | None = None
    field: str | None = None


class AddNote(NamedTuple):
    text: str
    task: str | None = None


class Advance(NamedTuple):
    """Take a transition (`next` by default). `stage` picks one of several active stages."""

    to: str = "next"
    reason: str = ""
    stage: str | None = None


class Tick(NamedTuple):
    """Settle timers that are due."""


class RecordLink(NamedTuple):
    relation: str
    pilot: str
    playbook: str
    name: str


class RecordLinkFinished(NamedTuple):
    pilot: str
    outcome: str


class Finalise(NamedTuple):
    """Record a final document. `words` was counted on the rendered text."""

    document: str
    sha256: str
    words: int
    files: tuple[str, ...] = ()


class Batch(NamedTuple):
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
    | Tick
    | RecordLink
    | RecordLinkFinished
    | Finalise
    | Batch
)
