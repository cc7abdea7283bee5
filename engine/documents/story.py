"""What happened: stages with their dates, the moves between them with their reasons, tasks, people, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from engine.calendar import Calendar
from engine.documents.views import Named, View
from engine.documents.words import OUTCOMES, TASK_STATES, day_text, due_rule, duration_text, in_language
from engine.model import BACK, NEXT, Playbook, Role, Stage
from engine.pilot.events import Erased, Event
from engine.pilot.fold import undone_seqs
from engine.pilot.state import Evidence, Note, Pilot
from engine.pilot.view import TaskView, active_stages
from engine.text import Language, Message, say

_NOTHING = say("", "")
_OPTIONAL = say("可选", "optional")
_LEFT_UNDONE = say("可选，没有做", "optional, not done")
_STAGE_STATES = {
    "active": say("进行中", "active"),
    "done": say("已完成", "done"),
    "returned": say("已退回", "sent back"),
    "ahead": say("未开始", "ahead"),
}


def note_visits(event: Event, visited: dict[str, int]) -> None:
    """`visited`: every stage that was entered, with its turn among the first visits."""
    if event.type in ("started", "advanced"):
        for name in event.data["entered"]:
            visited.setdefault(name, len(visited))


def goes_back(event: Event, visited: Mapping[str, int]) -> bool:
    """Does this move lead to a stage that came before the one it leaves (and is not the end of a pause)?

    On the way forward again, every stage was visited before; going there is no return.
    """
    if event.data.get("hold") or event.data["transition"] == NEXT:
        return False
    again = [visited[name] for name in event.data["entered"] if name in visited]
    left = [visited[name] for name in event.data["left"] if name in visited]
    return bool(again) and (not left or min(again) <= min(left))


def kept(text: str | Erased, language: Language) -> str:
    """A text, or the words that stand where it was erased."""
    if isinstance(text, str):
        return text
    return "（已按要求删除）" if language == "zh" else "(erased on request)"


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that were not taken back."""
    every = tuple(events)
    gone = undone_seqs(every)
    return tuple(event for event in every if event.seq not in gone)


def task_view(book: Playbook, view: TaskView, calendar: Calendar, language: Language) -> View:
    """One task; `box` is a check box in Markdown, ticked when the task is settled; `fate` is what it does
    not say: optional, left undone, skipped."""
    due = calendar.today(view.due) if view.due else None
    names = [kept(item.name, language) for item in view.evidence if not item.erased]
    return {
        "key": view.key,
        "id": view.task.id,
        "number": view.number,
        "title": view.title,
        "help": view.task.help,
        "done_when": view.task.done_when,
        "role_id": view.task.role,
        "role": view.role_title,
        "people": list(view.people),
        "stage_id": view.stage,
        "stage": view.stage_title,
        "due": day_text(due, language, view.hour) if due else "",
        "due_rule": due_rule(view.task.due, book, language),
        "overdue": view.overdue,
        "status": view.status,
        "status_text": in_language(TASK_STATES[view.status], language),
        "fate": in_language(_fate(view), language),
        "done": view.status == "done",
        "done_on": day_text(calendar.today(view.state.at), language) if view.state.at and not view.is_open else "",
        "by": view.state.by,
        "signer": view.state.signer,
        "reason": kept(view.state.reason, language),
        "required": view.task.required,
        "needs": [book.tasks[need].title for need in view.task.needs if need in book.tasks],
        "evidence": names,
        "evidence_required": view.task.evidence == "required",
        "active": view.active,
        "reached": view.reached,
        "box": Markup("[x]" if not view.is_open else "[ ]"),
        "declared": True,
    }


def _fate(view: TaskView) -> Message:
    """What a box, ticked or not, does not say of a task: that it may be left undone, was left undone, or was skipped."""
    if not view.is_open:
        return TASK_STATES["skipped"] if view.status == "skipped" else _NOTHING
    if view.task.required:
        return _NOTHING
    return _LEFT_UNDONE if view.reached and not view.active else _OPTIONAL


def stage_views(
    book: Playbook, pilot: Pilot, events: Sequence[Event], tasks: Named, calendar: Calendar, language: Language
) -> Named:
    """id, title, path (outer titles too), goal, help, depth, entered, left, visits, tasks, final, status.

    `status` is done, active, returned (the pilot went back from there) or ahead.
    """
    active = set(active_stages(book, pilot)) if pilot.status != "finished" else set()
    left: dict[str, datetime] = {}
    returned: set[str] = set()
    visited: dict[str, int] = {}
    for event in events:
        if event.type == "advanced":
            left |= {name: datetime.fromisoformat(event.data["effective"]) for name in event.data["left"]}
            returned -= set(event.data["entered"])
            returned |= set(event.data["left"]) if goes_back(event, visited) else set()
        note_visits(event, visited)

    def view(stage: Stage) -> View:
        around = book.ancestors(stage.id)
        entered = pilot.entered.get(stage.id)
        passed = "returned" if stage.id in returned else "done"
        status = "active" if stage.id in active else passed if entered else "ahead"
        gone = left.get(stage.id) if status in ("done", "returned") else None
        text = _STAGE_STATES[status]
        return {
            "id": stage.id,
            "title": stage.title,
            "goal": stage.goal,
            "help": stage.help,
            "takes": duration_text(stage.takes, language),
            "path": " · ".join(book.all_stages[name].title for name in (*reversed(around), stage.id)),
            "depth": len(around),
            "status": status,
            "status_text": in_language(text, language),
            "entered": day_text(calendar.today(entered), language) if entered else "",
            "left": day_text(calendar.today(gone), language) if gone else "",
            "visits": pilot.visits.get(stage.id, 0),
            "tasks": [task for task in tasks if task["stage_id"] == stage.id],
            "final": stage.final or "",
            "holds": stage.holds,
            "declared": True,
        }

    return Named({stage.id: view(stage) for stage in book.all_stages.values()})


def move_views(book: Playbook, events: Sequence[Event], calendar: Calendar, language: Language) -> list[View]:
    """The moves between stages in order: day, title, source, target, reason, back (to a stage visited before), by."""
    moves: list[View] = []
    visited: dict[str, int] = {}
    for event in events:
        if event.type != "advanced":
            note_visits(event, visited)
            continue
        data = event.data
        stage = book.all_stages.get(data.get("stage") or "")
        declared = stage.transitions if stage else book.transitions
        transition = declared.get(data["transition"])
        timer = next((t for t in stage.timers if t.id == data["transition"]), None) if stage else None
        title = (transition.title if transition else timer.title if timer else "") or _move_title(data, language)
        targets = [name for name in data["entered"] if name in book.all_stages] or list(data["at"])
        if stage is not None and targets[0] == stage.id and stage.nested:  # back into the stage that is left: say where
            sources, targets = [name for name in data["source"] if stage.id in book.ancestors(name)], targets[-1:]
        else:  # with stages side by side, the one that was left, not all that were active
            sources = [stage.id] if stage else list(data["source"])
        moves.append(
            {
                "day": day_text(calendar.today(datetime.fromisoformat(data["effective"])), language),
                "id": data["transition"],
                "title": title,
                "source": _titles(book, sources, language),
                "target": _titles(book, targets[:1], language),
                "reason": kept(event.texts.get("reason", ""), language),
                "back": goes_back(event, visited),
                "timed": timer is not None,
                "by": event.actor,
            }
        )
        note_visits(event, visited)
    return moves


def _move_title(data: dict[str, object] | object, language: Language) -> str:
    name = str(data["transition"]) if isinstance(data, dict) else ""
    if name == NEXT:
        return "进入下一步" if language == "zh" else "next"
    if name == BACK:
        return "恢复" if language == "zh" else "resumed"
    return name


def _titles(book: Playbook, names: Iterable[str], language: Language) -> str:
    found = [book.all_stages[name].title for name in names if name in book.all_stages]
    return ("、" if language == "zh" else ", ").join(found)


def role_views(book: Playbook, pilot: Pilot, language: Language) -> Named:
    """id, title, help, duties, people, needed (bounds as text), filled, ok."""

    def view(role: Role) -> View:
        people = pilot.people.get(role.id, ())
        return {
            "id": role.id,
            "title": role.title,
            "help": role.help,
            "duties": list(role.duties),
            "people": list(people),
            "needed": str(role.count),
            "filled": len(people),
            "ok": role.count.holds(len(people)),
            "declared": True,
        }

    return Named({role.id: view(role) for role in book.roles.values()})


def evidence_view(book: Playbook, item: Evidence, calendar: Calendar, language: Language) -> View:
    """number, name, about (the title of the task or field it belongs to), task, field, day, by, erased."""
    task = book.tasks.get((item.task or "").partition("@")[0])
    field = book.fields.get(item.field or "")
    return {
        "about": task.title if task else field.title if field else "",
        "number": f"E{item.number}",
        "name": kept(item.name, language),
        "task": item.task or "",
        "field": item.field or "",
        "day": day_text(calendar.today(item.at), language),
        "by": item.by,
        "erased": item.erased,
    }


def note_view(note: Note, calendar: Calendar, language: Language) -> View:
    return {
        "text": kept(note.text, language),
        "task": note.task or "",
        "day": day_text(calendar.today(note.at), language),
        "by": note.by,
    }


def outcome_text(outcome: str | None, language: Language) -> str:
    if not outcome:
        return ""
    return in_language(OUTCOMES[outcome], language) if outcome in OUTCOMES else outcome
