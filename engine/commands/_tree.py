"""`board --tree`: the family of pilots, indented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands._events import outcome_words
from engine.commands._session import Session
from engine.service import family
from engine.service.family import Member
from engine.store import BoardRow
from engine.text import Message, join, listed, plain, say

_STATES = {"running": say("进行中", "running"), "on_hold": say("暂停中", "on hold")}
_DEEPEST = 12  # levels that are indented; a long chain of successors goes on with its number


def show_tree(session: Session, every: Sequence[BoardRow], chosen: Sequence[BoardRow]) -> int:
    """Print (or answer) the chosen pilots with those they hang on; `below` counts everyone, also those left out here."""
    from engine.commands._wrap import room, table

    members = family.shown(family.tree(every), [row.pilot for row in chosen])
    counts = family.totals(members)
    if session.json:
        session.answer({"ok": True, "pilots": [_json(one) for one in members], "totals": counts})
        return 0
    if not members:
        session.say(say("没有符合条件的试点", "no pilot fits"))
        return 0
    head = [
        say("试点", "pilot"),
        say("关系", "relation"),
        say("阶段", "stage"),
        say("启动", "started"),
        say("状态", "state"),
        say("名下", "below"),
    ]
    rows = [
        [
            _indented(one),
            str(_RELATIONS[one.relation]),
            str(listed(one.row.stage_titles)),
            one.row.started_on,
            str(_state(one.row)),
            str(_below(one.below)),
        ]
        for one in members
    ]
    session.say(*table(rows, head, room()), "", _summary(counts))
    return 0


_RELATIONS = {"root": plain(""), "child": say("下级", "part"), "successor": say("复制", "replica")}


def _indented(one: Member) -> str:
    if one.depth == 0:
        return one.row.name
    sign = "└ " if one.last else "├ "
    if one.depth > _DEEPEST:
        return f"{'  ' * (_DEEPEST - 1)}{sign}[{one.depth}] {one.row.name}"
    return f"{'  ' * (one.depth - 1)}{sign}{one.row.name}"


def _state(row: BoardRow) -> Message:
    return outcome_words(row.outcome) if row.status == "finished" else _STATES.get(row.status, plain(row.status))


def _below(counts: Mapping[str, int]) -> Message:
    """`下级2，复制3（成功4，进行中1）`; nothing for nobody."""
    kinds = [say("{k}{n}", "{n} {k}", k=_RELATIONS[k], n=counts[k]) for k in ("child", "successor") if counts.get(k)]
    if not kinds:
        return plain("")
    states = [
        say("{s}{n}", "{n} {s}", s=_STATES.get(s) or outcome_words(s), n=n)
        for s, n in counts.items()
        if s not in ("child", "successor")
    ]
    return say("{k}（{s}）", "{k} ({s})", k=join(kinds), s=join(states))


def _summary(counts: Mapping[str, int]) -> Message:
    return say(
        "共 {n} 个试点：独立 {r}，下级 {c}，复制 {s}；有后代的家族 {f} 个，复制最多到第 {g} 代",
        "{n} pilots: {r} on their own, {c} parts, {s} replicas; {f} families, {g} generations at most",
        n=counts.get("pilots", 0),
        r=counts.get("root", 0),
        c=counts.get("child", 0),
        s=counts.get("successor", 0),
        f=counts.get("families", 0),
        g=counts.get("generations", 0),
    )


def _json(one: Member) -> dict[str, Any]:
    """Flat, in the order of the tree: nesting has no limit in a family, and has one in a parser."""
    row = one.row
    return {
        "id": row.pilot,
        "name": row.name,
        "playbook": row.playbook,
        "depth": one.depth,
        "relation": one.relation,
        "above": one.above,
        "parent": row.parent,
        "origin": row.origin,
        "started": row.started_on,
        "status": row.status,
        "outcome": row.outcome,
        "stages": list(row.stage_titles),
        "below": dict(one.below),
    }
