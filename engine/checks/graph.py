"""The ways between stages, as the checks about reaching and ending see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.model import BACK, Playbook, Stage


def own_ways(stage: Stage) -> list[str]:
    """Targets of the ways out this stage declares, `back` among them."""
    ways = [] if stage.next is None else [stage.next]
    return ways + [t.to for t in stage.transitions.values()] + [t.to for t in stage.timers]


def likely_ways(book: Playbook, stage: Stage) -> list[str]:
    """The ways out of a stage; where it forgot to say, the stage after it in the file. (That it forgot is reported by
    itself; everything behind it should not be reported as well.)"""
    ways = own_ways(stage)
    if ways or stage.final is not None:
        return ways
    siblings = list(book.stages if stage.parent is None else book.all_stages[stage.parent].stages)
    if stage.id not in siblings:
        return []  # a region
    after = siblings.index(stage.id) + 1
    return siblings[after : after + 1]


def entered_with(book: Playbook, stage_id: str) -> set[str]:
    """Every stage that becomes active when `stage_id` is entered: around it, beside it in other regions, inside it."""
    active = {stage_id, *book.ancestors(stage_id)}
    found: set[str] = set()
    pending = list(active)
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        stage = book.all_stages[name]
        pending += stage.regions
        # The first nested stage is entered unless the way led to another one of them.
        if stage.stages and not active.intersection(stage.stages):
            pending.append(next(iter(stage.stages)))
    return found


def reachable(book: Playbook) -> set[str]:
    """Every stage a pilot can come to, conditions aside."""
    found: set[str] = set()
    pending = list(book.stages)[:1]
    while pending:
        for name in entered_with(book, pending.pop()) - found:
            found.add(name)
            stage = book.all_stages[name]
            pending += [to for to in likely_ways(book, stage) if to != BACK]
            if stage.parent is None and stage.final is None and not stage.holds:
                pending += [t.to for t in book.transitions.values()]
    return found


def can_reach(starts: Iterable[str], goals: set[str], ways: Callable[[str], Iterable[str]]) -> set[str]:
    """Those of `starts` from which a goal can be reached along `ways`."""
    nodes = list(starts)
    good = set(goals)
    changed = True
    while changed:
        changed = False
        for node in nodes:
            if node not in good and any(to in good for to in ways(node)):
                good.add(node)
                changed = True
    return good.intersection(nodes)
