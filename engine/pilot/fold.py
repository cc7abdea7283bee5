"""Fold: a pilot is what its events say, in order. Needs no playbook, no clock and no disk.

Events taken back by an `undone` event are left out of the fold; they stay in the history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine.frozen import replace
from engine.model import FieldType
from engine.pilot.events import ERASED, Erased, Event
from engine.pilot.state import (
    CheckedContent,
    Counted,
    Evidence,
    FinalDocument,
    Firing,
    FunnelState,
    Group,
    Hold,
    Import,
    Link,
    Note,
    OpenFinding,
    Pilot,
    TaskState,
    TaskStatus,
    Value,
    Waiver,
)
from engine.pilot.values import decode


def fold(events: Sequence[Event]) -> Pilot:
    """The state after `events` (the first must be `started`). Raises ValueError on an empty sequence."""
    if not events:
        raise ValueError("a pilot has at least one event")
    taken_back = undone_seqs(events)
    pilot: Pilot | None = None
    for event in events:
        if event.seq not in taken_back:
            pilot = apply(pilot, event)
    assert pilot is not None  # `started` cannot be undone
    # The sequence number and time are those of the log, also when its last events were taken back.
    return replace(pilot, seq=events[-1].seq, last_at=events[-1].at)


def undone_seqs(events: Iterable[Event]) -> frozenset[int]:
    """Sequence numbers of events that a later `undone` event took back."""
    return frozenset(seq for event in events if event.type == "undone" for seq in event.data["seqs"])


def apply(pilot: Pilot | None, event: Event) -> Pilot:
    """The state after one more event."""
    if event.type == "started":
        return _started(event)
    if pilot is None:
        raise ValueError(f"event {event.seq} comes before the pilot was started")
    changed = _APPLY[event.type](pilot, event)
    return replace(pilot, **changed, seq=event.seq, last_at=event.at)


def _started(event: Event) -> Pilot:
    data = event.data
    moment = datetime.fromisoformat(data["moment"])
    return Pilot(
        id=data["pilot"],
        name=data["name"],
        playbook=data["playbook"],
        version=data["version"],
        pin=data["pin"],
        started=date.fromisoformat(data["day"]),
        at=tuple(data["at"]),
        seq=event.seq,
        last_at=event.at,
        entered=dict.fromkeys(data["entered"], moment),
        visits=dict.fromkeys(data["entered"], 1),
        parent=data.get("parent"),
        origin=data.get("origin"),
    )


def value_of(kind: FieldType, data: Any, text: str | Erased | None) -> Value | None:
    """A value from its two halves: `data` from the chain, `text` from beside it. None when it was cleared."""
    if isinstance(text, Erased):
        return text
    if text is not None:
        return tuple(json.loads(text)) if kind == "list" else text
    return None if data is None else decode(kind, data)


def _assigned(pilot: Pilot, event: Event) -> dict[str, Any]:
    return {"people": {**pilot.people, event.data["role"]: tuple(event.data["people"])}}


def _task(pilot: Pilot, event: Event, **changes: Any) -> dict[str, Any]:
    key = event.data["task"]
    old = pilot.tasks.get(key, TaskState())
    return {"tasks": {**pilot.tasks, key: replace(old, **changes)}}


def _task_assigned(pilot: Pilot, event: Event) -> dict[str, Any]:
    return _task(pilot, event, person=event.data["person"])


def _moved(status: TaskStatus) -> Callable[[Pilot, Event], dict[str, Any]]:
    def step(pilot: Pilot, event: Event) -> dict[str, Any]:
        return _task(
            pilot,
            event,
            status=status,
            at=event.at,
            by=event.actor,
            signer=event.data.get("signer", ""),
            reason=event.texts.get("reason", ""),
        )

    return step


def _field_set(pilot: Pilot, event: Event) -> dict[str, Any]:
    name = event.data["field"]
    value = value_of(event.data["type"], event.data.get("value"), event.texts.get("value"))
    fields = {**pilot.fields}
    if value is None:
        fields.pop(name, None)
    else:
        fields[name] = value
    return {"fields": fields}


def _row_values(event: Event) -> dict[str, Value]:
    values = event.data["values"]
    found: dict[str, Value] = {}
    for column, kind in event.data["types"].items():
        value = value_of(kind, values.get(column), event.texts.get(column))
        if value is not None:
            found[column] = value
    return found


def _with_row(pilot: Pilot, record: str, row: int, values: Mapping[str, Value] | None) -> dict[str, Any]:
    rows = {**pilot.rows.get(record, {})}
    if values is None:
        rows.pop(row, None)
    else:
        rows[row] = values
    return {"rows": {**pilot.rows, record: rows}}


def _row_added(pilot: Pilot, event: Event) -> dict[str, Any]:
    record, row = event.data["record"], event.data["row"]
    return {
        **_with_row(pilot, record, row, _row_values(event)),
        "next_rows": {**pilot.next_rows, record: max(row + 1, pilot.next_rows.get(record, 1))},
    }


def _row_edited(pilot: Pilot, event: Event) -> dict[str, Any]:
    record, row = event.data["record"], event.data["row"]
    old = {k: v for k, v in pilot.rows[record][row].items() if k not in event.data.get("cleared", ())}
    return _with_row(pilot, record, row, {**old, **_row_values(event)})


def _row_removed(pilot: Pilot, event: Event) -> dict[str, Any]:
    return _with_row(pilot, event.data["record"], event.data["row"], None)


def _attached(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    number = data["evidence"]
    item = Evidence(
        number=number,
        name=event.texts.get("name", ""),
        sha256=data["sha256"],
        size=data["size"],
        media=data["media"],
        task=data.get("task"),
        field=data.get("field"),
        at=event.at,
        by=event.actor,
        erased=isinstance(event.texts.get("name"), Erased),
    )
    changed: dict[str, Any] = {
        "evidence": {**pilot.evidence, number: item},
        "next_evidence": max(number + 1, pilot.next_evidence),
    }
    if item.task is not None:
        old = pilot.tasks.get(item.task, TaskState())
        changed["tasks"] = {**pilot.tasks, item.task: replace(old, evidence=(*old.evidence, number))}
    return changed


def _noted(pilot: Pilot, event: Event) -> dict[str, Any]:
    number = event.data["note"]
    note = Note(number, event.texts.get("text", ERASED), event.data.get("task"), event.at, event.actor)
    return {"notes": (*pilot.notes, note), "next_note": max(number + 1, pilot.next_note)}


def _advanced(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    moment = datetime.fromisoformat(data["effective"])
    visits = {**pilot.visits}
    for stage in data["entered"]:
        visits[stage] = visits.get(stage, 0) + 1
    changed: dict[str, Any] = {
        "at": tuple(data["at"]),
        "entered": {**pilot.entered, **dict.fromkeys(data["entered"], moment)},
        "visits": visits,
    }
    if data.get("reopened"):
        tasks = {**pilot.tasks}
        for key in data["reopened"]:
            tasks[key] = replace(tasks.get(key, TaskState()), status="open", at=event.at, by=event.actor, signer="")
        changed["tasks"] = tasks
    if data.get("hold") == "began":
        changed |= {"status": "on_hold", "back": pilot.at, "holds": (*pilot.holds, Hold(moment))}
    elif data.get("hold") == "ended":
        ended = replace(pilot.holds[-1], until=moment)
        changed |= {"status": "running", "back": (), "holds": (*pilot.holds[:-1], ended)}
    return changed


def _finished(pilot: Pilot, event: Event) -> dict[str, Any]:
    return {"status": "finished", "outcome": event.data["outcome"]}


def _linked(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    return {"links": (*pilot.links, Link(data["relation"], data["pilot"], data["playbook"], data["name"]))}


def _link_finished(pilot: Pilot, event: Event) -> dict[str, Any]:
    return {
        "links": tuple(
            replace(link, outcome=event.data["outcome"]) if link.pilot == event.data["pilot"] else link
            for link in pilot.links
        )
    }


def _document_final(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    final = FinalDocument(data["document"], data["sha256"], event.at, event.actor, tuple(data.get("files", ())))
    return {"finals": {**pilot.finals, data["document"]: final}}


def _erased(pilot: Pilot, event: Event) -> dict[str, Any]:
    # Texts are already gone from the events themselves; only evidence carries a mark of its own.
    gone = set(event.data.get("evidence", ()))
    return {
        "evidence": {n: replace(e, erased=True, name=ERASED) if n in gone else e for n, e in pilot.evidence.items()}
    }


def _imported(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    number = data["import"]
    one = Import(
        number=number,
        kind=data["kind"],
        name=event.texts.get("name", ""),
        rows=data["rows"],
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        at=event.at,
        by=event.actor,
        until=_day(data.get("until")),
    )
    return {"imports": {**pilot.imports, number: one}}


def _withdrawn(pilot: Pilot, event: Event) -> dict[str, Any]:
    number = event.data["import"]
    return {"imports": {**pilot.imports, number: replace(pilot.imports[number], withdrawn=True)}}


def _counted(pilot: Pilot, event: Event) -> dict[str, Any]:
    fields, counted = {**pilot.fields}, {**pilot.counted}
    for name, found in event.data["fields"].items():
        value = value_of(found["type"], found["value"], None)
        if value is None:
            # What was counted and no longer is leaves nothing behind; what somebody typed was overwritten before.
            fields.pop(name, None)
            counted.pop(name, None)
            continue
        fields[name] = value
        start, end, first, last = (_day(found.get(key)) for key in ("from", "to", "first", "last"))
        counted[name] = Counted(start, end, first, last, found["rows"])
    types = {name: found["type"] for name, found in event.data["fields"].items()}
    groups = {
        title: Group(
            group["side"],
            group["persons"],
            {name: decode(types[name], value) for name, value in group["fields"].items()},
        )
        for title, group in event.data["groups"].items()
    }
    funnels = {name: FunnelState(**found) for name, found in event.data.get("funnels", {}).items()}
    return {
        "fields": fields,
        "counted": counted,
        "groups": groups,
        "funnels": funnels,
        "counted_on": _day(event.data["day"]),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rule_fired(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    firing = Firing(data["rule"], data["group"], data["then"], event.at, data["values"])
    return {"firings": {**pilot.firings, (firing.rule, firing.group): firing}}


def _rule_cleared(pilot: Pilot, event: Event) -> dict[str, Any]:
    gone = (event.data["rule"], event.data["group"])
    return {"firings": {key: one for key, one in pilot.firings.items() if key != gone}}


def _done(pilot: Pilot, event: Event) -> dict[str, Any]:
    changes = _moved("done")(pilot, event)
    signed = event.data.get("signed")
    return {**changes, "signed": {**pilot.signed, **signed}} if signed else changes


def _content_checked(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    findings = tuple(OpenFinding(**found) for found in data["findings"])
    one = CheckedContent(data["digest"], event.at, data["pack"], findings, _day(data.get("until")))
    return {"checked": {**pilot.checked, data["content"]: one}}


def _finding_waived(pilot: Pilot, event: Event) -> dict[str, Any]:
    data = event.data
    one = Waiver(data["content"], data["rule"], data["mark"], data["by"], event.texts.get("reason", ""), event.at)
    return {"waivers": (*pilot.waivers, one)}


def _nothing(pilot: Pilot, event: Event) -> dict[str, Any]:
    return {}


_APPLY: dict[str, Callable[[Pilot, Event], dict[str, Any]]] = {
    "assigned": _assigned,
    "task_assigned": _task_assigned,
    "field_set": _field_set,
    "row_added": _row_added,
    "row_edited": _row_edited,
    "row_removed": _row_removed,
    "task_begun": _moved("in_progress"),
    "task_done": _done,
    "task_skipped": _moved("skipped"),
    "task_reopened": _moved("open"),
    "attached": _attached,
    "noted": _noted,
    "advanced": _advanced,
    "finished": _finished,
    "linked": _linked,
    "link_finished": _link_finished,
    "document_final": _document_final,
    "imported": _imported,
    "withdrawn": _withdrawn,
    "counted": _counted,
    "touches_erased": _nothing,
    "rule_fired": _rule_fired,
    "rule_cleared": _rule_cleared,
    "content_checked": _content_checked,
    "finding_waived": _finding_waived,
    "undone": _nothing,
    "erased": _erased,
}
