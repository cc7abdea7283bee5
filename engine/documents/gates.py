"""What a gate meeting is about: the gates that come next, what is open there and who supplies it, the other ways out."""

from __future__ import annotations

from engine.documents.views import View
from engine.documents.words import day_text, in_language, listing
from engine.model import BACK, NEXT
from engine.pilot.blockers import Blocker, told_once
from engine.pilot.facts import settled
from engine.process.advance import Way, near_ways, ways
from engine.process.context import Context
from engine.text import Language


def gate_views(context: Context, language: Language) -> list[View]:
    """One per stage that can be left next: id, title, path, goal, target, free (nothing is open), tasks_done, tasks_all
    (of the required ones), conditions. A condition: text, detail, who (roles), people, due, overdue."""
    return [_gate(context, way, language) for way in near_ways(context)]


def exit_views(context: Context, language: Language) -> list[View]:
    """The ways out besides the gates: id, title, source, target, reason (one must be given), free, conditions."""
    return [_exit(context, way, language) for way in ways(context) if way.id != NEXT]


def _gate(context: Context, way: Way, language: Language) -> View:
    book = context.book
    stage = book.all_stages[way.stage or context.pilot.at[0]]
    required = [task.id for task in stage.tasks.values() if task.required]
    outer = (book.all_stages[name].title for name in reversed(book.ancestors(stage.id)))
    return {
        "id": stage.id,
        "title": stage.title,
        "path": " · ".join((*outer, stage.title)),
        "goal": stage.goal,
        "target": _target(context, way, language),
        "tasks_done": sum(settled(book, context.pilot, task) for task in required),
        "tasks_all": len(required),
        **_open(context, way, language),
    }


def _exit(context: Context, way: Way, language: Language) -> View:
    stage = context.book.all_stages.get(way.stage or "")
    return {
        "id": way.id,
        "title": way.transition.title or way.id,
        "source": stage.title if stage else "",
        "target": _target(context, way, language),
        "reason": way.transition.reason == "required",
        **_open(context, way, language),
    }


def _open(context: Context, way: Way, language: Language) -> View:
    return {
        "free": way.open,
        "conditions": [_condition(context, one, language) for one in told_once(way.blockers)],
    }


def _condition(context: Context, blocker: Blocker, language: Language) -> View:
    return {
        "text": in_language(blocker.message, language),
        "detail": [in_language(one, language) for one in blocker.detail],
        "who": listing((context.role_title(role) for role in blocker.roles), language),
        "people": listing(blocker.people, language),
        "due": day_text(blocker.due, language, blocker.hour) if blocker.due else "",
        "overdue": blocker.due is not None and blocker.due < context.today,
    }


def _target(context: Context, way: Way, language: Language) -> str:
    if way.transition.to == BACK:
        return "原来的阶段" if language == "zh" else "where it came from"
    return context.book.all_stages[way.transition.to].title
