"""Events: what happened to a pilot, in order, never changed afterwards.

An event's `data` is in the hash chain for good, so it holds only what may stay for good: ids, numbers, dates, names of
staff who acted. Free text (notes, reasons, text fields, text columns, names of files) is in `texts`: the store keeps it
beside the chain, the chain holds its salted hash, and it can be erased (`ERASED` is then what a reader sees).

| type | data | texts |
|---|---|---|
| started | pilot, name, playbook, version, pin (sha-256 of the pinned text), day (ISO date), moment, at (leaf stages), entered (stages), parent?, origin? | |
| assigned | role, people (the whole new list) | |
| task_assigned | task, person | |
| field_set | field, type, value (encoded, see `engine.pilot.values`; absent for free text and when cleared), from? (carried from a parent: pilot, field) | value (a list as JSON text) |
| row_added / row_edited | record, row (number), types (column → field type, of every column set), values (encoded columns without free text), cleared (columns emptied by an edit), from? (carried from a parent: pilot, record, row, columns) | one entry per text or list column |
| row_removed | record, row | |
| task_begun / task_done / task_skipped / task_reopened | task (instance key), signer? | reason? |
| attached | evidence (number), task?, field?, sha256 (of the salted content: see store), size, media | name |
| noted | note (number), task? | text |
| advanced | transition, stage (where it is declared; null for one of the whole playbook), source (leaf stages before), at (leaf stages now), left, entered, effective (moment), reopened (task keys), hold? (`began`, `ended`) | reason? |
| finished | outcome | |
| linked | relation (child or successor), pilot, playbook, name | |
| link_finished | pilot, outcome | |
| document_final | document, sha256, words, files (names of written files) | |
| undone | command (the command id taken back), seqs (its events) | reason |
| imported | import (number), kind, rows, first, last (days), columns, file (sha-256), skipped, repeated, replaced, until? | name |
| withdrawn | import, kind, rows | reason |
| counted | day, fields (field → type, value (null: nothing counted), first, last, from, to, rows), groups (channel → side, persons, fields) | |
| touches_erased | rows, why (`key`, `expired`), import? | reason? |
| rule_fired / rule_cleared | rule, group (channel or ""), then, values (name → shown value) | |
| erased | item, contents (list of [seq, key]), evidence (list of numbers) | reason |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Final, Literal

from engine.frozen import frozen

EventType = Literal[
    "started",
    "assigned",
    "task_assigned",
    "field_set",
    "row_added",
    "row_edited",
    "row_removed",
    "task_begun",
    "task_done",
    "task_skipped",
    "task_reopened",
    "attached",
    "noted",
    "advanced",
    "finished",
    "linked",
    "link_finished",
    "document_final",
    "imported",
    "withdrawn",
    "counted",
    "touches_erased",
    "rule_fired",
    "rule_cleared",
    "content_checked",
    "finding_waived",
    "undone",
    "erased",
]


class Erased:
    """What stands where a text was erased. One instance, `ERASED`; false in a condition, never equal to a text."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ERASED"


ERASED: Final = Erased()
Json = Any  # plain JSON data: dict, list, str, int, float, bool, None


@frozen
class NewEvent:
    """An event a decision wants written. `data` is JSON data; `texts` is free text kept beside the chain."""

    type: EventType
    data: Mapping[str, Json]
    texts: Mapping[str, str] = field(default_factory=dict)


@frozen
class Event:
    """An event as stored. `seq` counts from 1 within the pilot; `at` is aware; `command` groups what one command did."""

    seq: int
    type: EventType
    at: datetime
    actor: str
    command: str
    data: Mapping[str, Json]
    texts: Mapping[str, str | Erased] = field(default_factory=dict)


@frozen
class Envelope:
    """Who did it, when, and under which command id (the same id twice is one command)."""

    actor: str
    at: datetime
    command: str
