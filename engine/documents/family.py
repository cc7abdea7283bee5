"""Where a pilot comes from, in a paper: the chain of its ancestors, and itself beside its parent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.documents.story import outcome_text
from engine.documents.views import View
from engine.documents.words import PILOT_STATES, day_text, duration_text, in_language, value_text
from engine.model import Due, Playbook
from engine.process.inheritance import FATE_WORDS, FATES, Cell, Inherited
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.lineage import Ancestor


def ancestor_views(chain: Iterable[Ancestor], language: Language) -> list[View]:
    """generation (counted back from here), name, playbook, version, started, ended ("" while it runs), outcome_text: the nearest first."""
    return [
        {
            "generation": str(number),
            "name": one.name,
            "playbook": one.title,
            "version": one.version,
            "started": day_text(one.started, language),
            "ended": day_text(one.ended, language) if one.ended else "",
            "outcome_text": outcome_text(one.outcome, language) or in_language(PILOT_STATES[one.status], language),
        }
        for number, one in enumerate(chain, 1)
    ]


def inherited_view(book: Playbook, found: Iterable[Inherited], language: Language) -> View:
    """items (kind, title, before, after, fate, fate_text) and counts by fate (as `counts.adapted`)."""
    every = list(found)
    return {
        "items": [
            {
                "kind": one.kind,
                "title": f"{one.title} {one.row}" if one.row else one.title,
                "before": _before(book, one, language),
                "after": _after(book, one, language),
                "fate": one.fate,
                "fate_text": in_language(FATE_WORDS[one.fate], language),
            }
            for one in every
        ],
        "counts": {fate: sum(one.fate == fate for one in every) for fate in FATES},
    }


def _before(book: Playbook, one: Inherited, language: Language) -> str:
    if one.kind == "task":
        return _due(book, one.dues[0], language)
    return _cells((Cell(c.field, after=c.before) for c in one.carried), language)


def _after(book: Playbook, one: Inherited, language: Language) -> str:
    if one.fate == "dropped":
        return ""
    return _due(book, one.dues[1], language) if one.kind == "task" else _cells((*one.carried, *one.own), language)


def _cells(cells: Iterable[Cell], language: Language) -> str:
    """A reference reads as its row's number: the label would be another paper's business."""
    shown = [value_text(c.field, c.after, language) for c in cells if c.after is not None and c.field.type != "ref"]
    return ("；" if language == "zh" else "; ").join(shown)


def _due(book: Playbook, due: Due | None, language: Language) -> str:
    if due is None:
        return ""
    length = duration_text(due.offset, language)
    if due.anchor == "stage":
        return f"进入阶段后{length}" if language == "zh" else f"{length} after the stage begins"
    things = book.tasks if due.anchor == "task" else book.fields
    found = things.get(due.ref or "")
    name = found.title if found is not None else ""
    if due.anchor == "pilot":
        name = "启动" if language == "zh" else "the start"
    zh = f"“{name}”{'前' if due.before else '后'}{length}"
    return zh if language == "zh" else f"{length} {'before' if due.before else 'after'} '{name}'"
