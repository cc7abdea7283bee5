"""Rows and batches for tests of the store, which knows nothing of playbooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.pilot.events import Envelope, NewEvent
from engine.store import Append, BoardRow

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def row(pilot: str = "p1", name: str = "皮肤科", seq: int = 1, **rest: object) -> BoardRow:
    values: dict[str, object] = {
        "pilot": pilot,
        "name": name,
        "playbook": "four-step-pilot",
        "title": "四步走试点",
        "version": "1.0.0",
        "pin": "0" * 64,
        "status": "running",
        "outcome": None,
        "stages": ["team"],
        "stage_titles": ["组建小队"],
        "owners": ["王蕾"],
        "open_tasks": 3,
        "done_tasks": 1,
        "due_days": ["2026-03-06", "2026-03-09"],
        "timer_at": None,
        "blockers": [{"code": "task-open", "item": "authorise", "zh": "未完成", "en": "open"}],
        "written_at": START.isoformat(),
        "seq": seq,
        "parent": None,
        "origin": None,
        "started_on": "2026-03-02",
        "kpi": [["满意度", "92.0%（46/50）", True]],
        "alerts": ["弱渠道"],
    }
    return BoardRow(**(values | rest))  # type: ignore[arg-type]


def batch(
    *events: NewEvent, pilot: str = "p1", name: str = "皮肤科", after: int = 0, command: str = "", minutes: int = 0
) -> Append:
    at = START + timedelta(minutes=minutes)
    return Append(
        pilot,
        after,
        events,
        Envelope("王蕾", at, command or f"c{after}-{minutes}"),
        row(pilot, name, after + len(events)),
    )


def note(text: str, number: int = 1) -> NewEvent:
    return NewEvent("noted", {"note": number}, {"text": text})
