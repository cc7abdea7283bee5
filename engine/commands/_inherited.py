"""A replica beside its parent, on the screen."""

from __future__ import annotations

from engine.analysis.words import due_words
from engine.commands._session import Session
from engine.errors import UserError
from engine.model import Playbook
from engine.pilot.values import show
from engine.process.inheritance import FATE_WORDS, FATES, Cell, Inherited
from engine.service.lineage import ancestors, beside_parent
from engine.service.views import PilotView
from engine.text import Message, join, say


def show_inherited(session: Session, view: PilotView) -> int:
    """Print (or answer) what became of everything that came from the parent."""
    chain = ancestors(session.desk(), view.pilot.origin)
    if not chain:
        raise UserError(
            "no-parent",
            say("“{n}”不是由别的试点复制来的", "'{n}' replicates no other pilot", n=view.pilot.name),
            say("playbook replicate 试点 --department 科室 复制一个", "`playbook replicate PILOT --department NAME` makes one"),
        )  # fmt: skip
    found = beside_parent(session.desk(), view)
    counts = {fate: sum(one.fate == fate for one in found) for fate in FATES}
    session.answer(
        {
            "ok": True,
            "pilot": view.pilot.name,
            "origin": chain[0].name,
            "counts": counts,
            "items": [
                {
                    "kind": one.kind,
                    "about": one.about,
                    "title": one.title,
                    "fate": one.fate,
                    "row": one.row or None,
                    "before": before(view.book, one),
                    "after": after(view.book, one),
                }
                for one in found
            ],
        }
    )
    if session.json:
        return 0
    if not found:
        session.say(say("没有从“{p}”带来任何内容", "nothing came over from '{p}'", p=chain[0].name))
        return 0
    from engine.commands._wrap import room, table

    head: list[str | Message] = [say("内容", "what"), chain[0].name, view.pilot.name, say("对照", "fate")]
    rows = [
        [
            f"{one.title} {one.row}" if one.row else one.title,
            before(view.book, one) or "—",
            after(view.book, one) or "—",
            str(FATE_WORDS[one.fate]),
        ]
        for one in found
    ]
    session.say(*table(rows, head, room()), "")
    parts = [say("{w} {n}", "{n} {w}", w=FATE_WORDS[fate], n=counts[fate]) for fate in FATES]
    session.say(join(parts))
    return 0


def before(book: Playbook, one: Inherited) -> str:
    """What the parent gave."""
    if one.kind == "task":
        old = one.dues[0]
        return (
            str(due_words(book, old))
            if old is not None
            else str(say("（有）", "(there)"))
            if one.fate == "dropped"
            else ""
        )
    return _cells(tuple(Cell(c.field, after=c.before) for c in one.carried))


def after(book: Playbook, one: Inherited) -> str:
    """What stands here now."""
    if one.kind == "task":
        new = one.dues[1]
        return (
            str(due_words(book, new)) if new is not None else str(say("（加）", "(added)")) if one.fate == "new" else ""
        )
    return "" if one.fate == "dropped" else _cells((*one.carried, *one.own))


def _cells(cells: tuple[Cell, ...]) -> str:
    return "；".join(show(c.field, c.after) for c in cells if c.after is not None)
