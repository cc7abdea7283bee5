"""The one context of a paper: everything a template may say about a pilot, as plain data.

| name | what |
|---|---|
| hospital, today | texts |
| paper | id, title, draft, language |
| pilot | name, id, started, days (since the start), status, outcome, people_count, reworks |
| playbook | id, title, version, purpose |
| stages, tasks, fields, records, roles, metrics | `Named` lists: see `engine.documents.story` and `figures` |
| decisions | decision tables with their rows in words: see `engine.documents.tables` |
| moves | moves between stages with day and reason; `reworks` are those that went back |
| notes, evidence | lists |
| gates, exits | the gates that come next with what is open; the other ways out: see `engine.documents.gates` |
| children, successors | linked pilots: name, playbook, outcome |
| results | ledger, counted_on, sure (metric → sentence), funnels, channels, alerts: see `engine.documents.results` |
| lineage | name of the pilot this one was started from, or "" |
| ancestors, inherited | the chain of pilots it comes from; itself beside its parent: see `engine.documents.family` |
| receiving, only_role | the department and the role the paper is for: see `engine.documents.receiving` |
| missing | what the paper asked for in vain: title, who, command |
| need(), need_metric(), need_rows(), need_people(), blank() | see `engine.documents.asking` |
| decided(table, row) | what a decision table says, in words |
| chart(name) | a picture of the results by name, nothing when there is none: see `engine.documents.pictures` |
| field(), record(), role(), metric(), decision() | the same views by id, for ids a variant may have removed |
| cell(row, column), option(), number() | a cell as shown, the id of its choice, its number, if it has one |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.documents.asking import Asking
from engine.documents.family import ancestor_views, inherited_view
from engine.documents.figures import field_views, metric_views, record_views
from engine.documents.gates import exit_views, gate_views
from engine.documents.more import NOTHING_MORE, More
from engine.documents.pictures import drawings, matrix_drawing
from engine.documents.receiving import receiving_view, role_view
from engine.documents.results import result_views
from engine.documents.story import (
    evidence_view,
    move_views,
    note_view,
    outcome_text,
    role_views,
    stage_views,
    standing,
    task_view,
)
from engine.documents.tables import table_views
from engine.documents.tracing import Trace
from engine.documents.views import Named, View, protect
from engine.documents.words import PILOT_STATES, day_text, in_language
from engine.model import Document
from engine.pilot.events import Event
from engine.pilot.state import Link
from engine.process.context import Context
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results


def build_context(
    context: Context,
    events: Sequence[Event],
    document: Document,
    *,
    hospital: str,
    language: Language,
    draft: bool,
    origin: str = "",
    results: Results | None = None,
    more: More = NOTHING_MORE,
) -> tuple[dict[str, Any], Asking]:
    """The context and the asker whose functions are in it. `origin` is the name of the pilot this one came from;
    without `results` a paper knows what was entered and nothing of a ledger."""
    book, pilot, calendar = context.book, context.pilot, context.calendar
    happened = standing(events)
    tasks = Named({v.key: task_view(book, v, calendar, language) for v in context.views})
    moves = move_views(book, happened, calendar, language)
    data: dict[str, Any] = {
        "hospital": hospital,
        "today": day_text(context.today, language),
        "paper": {
            "id": document.id,
            "title": document.title,
            "draft": draft,
            "language": language,
        },
        "pilot": {
            "id": pilot.id,
            "name": pilot.name,
            "started": day_text(pilot.started, language),
            "days": (context.today - pilot.started).days,
            "status": pilot.status,
            "status_text": in_language(PILOT_STATES[pilot.status], language),
            "outcome": pilot.outcome or "",
            "outcome_text": outcome_text(pilot.outcome, language),
            "people_count": len({person for people in pilot.people.values() for person in people}),
        },
        "playbook": {"id": book.id, "title": book.title, "version": pilot.version, "purpose": book.purpose},
        "tasks": tasks,
        "stages": stage_views(book, pilot, happened, tasks, calendar, language),
        "fields": field_views(book, pilot, language),
        "records": record_views(book, pilot, language),
        "roles": role_views(book, pilot, language),
        "metrics": metric_views(book, pilot, language),
        "decisions": table_views(book, language),
        "moves": moves,
        "reworks": [move for move in moves if move["back"]],
        "gates": gate_views(context, language),
        "exits": exit_views(context, language),
        "notes": [note_view(note, calendar, language) for note in pilot.notes],
        "evidence": [
            evidence_view(book, item, calendar, language) for item in pilot.evidence.values() if not item.erased
        ],
        "children": [_link(link, language) for link in pilot.links if link.relation == "child"],
        "successors": [_link(link, language) for link in pilot.links if link.relation == "successor"],
        "lineage": origin or pilot.origin or "",
        "ancestors": ancestor_views(more.ancestors, language),
        "inherited": inherited_view(book, more.inherited, language),
        "receiving": receiving_view(context, events, more.department, more.start, more.role, language),
        "only_role": role_view(book, more.role),
        "results": result_views(results, language),
        "missing": [],
    }
    drawn = dict(drawings(results, data["results"], language))
    products = matrix_drawing(book, pilot, language)
    if products is not None:
        drawn["matrix"] = products
    data = protect(data)
    asking = Asking(context, data, language, drawn, Trace(data) if more.trace else None)
    return data | asking.functions(), asking


def _link(link: Link, language: Language) -> View:
    return {
        "name": link.name,
        "playbook": link.playbook,
        "outcome": link.outcome or "",
        "outcome_text": outcome_text(link.outcome, language),
    }
