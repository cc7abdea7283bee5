"""The shapes of `--json`: plain data, stable keys, ISO dates, ids beside titles."""

from __future__ import annotations

from typing import Any

from engine.commands._events import describe
from engine.model import Playbook
from engine.pilot.blockers import command_words
from engine.pilot.events import Erased, Event
from engine.pilot.state import Ratio, Value
from engine.pilot.view import TaskView
from engine.service.views import Outcome, PilotView
from engine.store import BoardRow


def pilot_json(view: PilotView) -> dict[str, Any]:
    """Where a pilot stands: id, name, playbook, stages, status, what blocks the way on, the next command."""
    pilot, book = view.pilot, view.book
    return {
        "id": pilot.id,
        "name": pilot.name,
        "playbook": pilot.playbook,
        "version": pilot.version,
        "started": pilot.started.isoformat(),
        "status": pilot.status,
        "outcome": pilot.outcome,
        "stages": [{"id": s, "title": book.all_stages[s].title} for s in pilot.at],
        "seq": pilot.seq,
        "blockers": [b.as_dict() for b in view.blockers],
        "next": f"playbook {command_words(view.next_command)}" if view.next_command else None,
    }


def status_json(view: PilotView) -> dict[str, Any]:
    """Everything `status` knows, for programs."""
    from engine.process.children import offers

    book, pilot = view.book, view.pilot
    return {
        **pilot_json(view),
        "as_of": view.as_of.isoformat(),
        "parent": pilot.parent,
        "origin": pilot.origin,
        "people": {role: list(names) for role, names in pilot.people.items()},
        "fields": {name: value_json(value) for name, value in pilot.fields.items()},
        "rows": {
            record: {str(n): {c: value_json(v) for c, v in row.items()} for n, row in rows.items()}
            for record, rows in pilot.rows.items()
        },
        "tasks": [task_json(t) for t in view.tasks],
        "ways": [
            {
                "id": way.id,
                "stage": way.stage,
                "to": way.transition.to,
                "title": way.transition.title,
                "open": way.open,
                "blockers": [b.as_dict() for b in way.blockers],
            }
            for way in view.ways
        ],
        "offers": [{"playbook": one.playbook, "title": one.title} for one in offers(view.context)],
        "timers": [{"at": at.isoformat(), "stage": stage, "to": to} for at, stage, to in view.timers],
        "links": [
            {"relation": k.relation, "pilot": k.pilot, "playbook": k.playbook, "name": k.name, "outcome": k.outcome}
            for k in pilot.links
        ],
        "documents": {
            d: {"final": d in pilot.finals, "at": pilot.finals[d].at.isoformat() if d in pilot.finals else None}
            for d in book.documents
        },
        "evidence": [
            {
                "number": e.number,
                "name": _text(e.name),
                "task": e.task,
                "field": e.field,
                "size": e.size,
                "erased": e.erased,
            }
            for e in pilot.evidence.values()
        ],
        "ledger": {
            "imports": len(pilot.live_imports),
            "rows": sum(one.rows for one in pilot.live_imports),
            "counted_on": pilot.counted_on,
        },
        "rules": [
            {
                "rule": f.rule,
                "group": f.group or None,
                "then": f.then,
                "since": f.at.isoformat(),
                "values": dict(f.values),
            }
            for f in pilot.firings.values()
        ],
        "notes": [{"number": n.number, "text": _text(n.text), "task": n.task, "by": n.by} for n in pilot.notes],
    }


def task_json(view: TaskView) -> dict[str, Any]:
    return {
        "number": view.number,
        "key": view.key,
        "title": view.title,
        "stage": view.stage,
        "status": view.status,
        "role": view.task.role,
        "people": list(view.people),
        "due": view.due.isoformat() if view.due else None,
        "overdue": view.overdue,
        "required": view.task.required,
        "available": view.available,
        "active": view.active,
        "evidence": [f"E{e.number}" for e in view.evidence],
    }


def event_json(book: Playbook, event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "type": event.type,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "command": event.command,
        "text": str(describe(book, event)),
        "data": dict(event.data),
        "texts": {k: _text(v) for k, v in event.texts.items()},
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The answer to a command: what was written (with `again`: before; with `dry_run`: what would be), and where the pilot now stands."""
    return {
        "ok": True,
        "events": [event_json(outcome.view.book, e) for e in outcome.events],
        "notices": [str(n) for n in outcome.notices],
        "started": list(outcome.started),
        "again": outcome.again,
        "dry_run": outcome.dry_run,
        "pilot": pilot_json(outcome.view),
    }


def row_json(row: BoardRow, overdue: int) -> dict[str, Any]:
    """A row of the board; `overdue` is as of today, blockers are as of the last event (`as_of`)."""
    return {
        "id": row.pilot,
        "name": row.name,
        "playbook": row.playbook,
        "title": row.title,
        "status": row.status,
        "outcome": row.outcome,
        "stages": [{"id": s, "title": t} for s, t in zip(row.stages, row.stage_titles, strict=True)],
        "owners": list(row.owners),
        "open_tasks": row.open_tasks,
        "done_tasks": row.done_tasks,
        "overdue": overdue,
        "next_due": min(row.dues).isoformat() if row.dues else None,
        "blockers": list(row.blockers),
        "as_of": row.as_of.isoformat(),
        "started": row.started.isoformat(),
        "kpi": [{"title": title, "value": text, "met": met} for title, text, met in row.kpi],
        "alerts": list(row.alerts),
    }


def value_json(value: Value) -> Any:
    if isinstance(value, Erased):
        return {"erased": True}
    if isinstance(value, Ratio):
        return {"numerator": str(value.numerator), "base": str(value.base)}
    return list(value) if isinstance(value, tuple) else str(value)


def _text(text: object) -> str | None:
    return None if isinstance(text, Erased) else str(text)
