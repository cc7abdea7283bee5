"""Child pilots that a stage asks for: those started on entering it, and those that are offered while it is active."""

from __future__ import annotations

from collections.abc import Iterator

from engine.frozen import frozen
from engine.machine import Move
from engine.pilot.view import active_stages
from engine.process.context import Context, Spawn


@frozen
class Offer:
    """A child that may be started now (`auto: false`): its playbook, and what it is called there."""

    playbook: str
    title: str


def spawns_on_entry(context: Context, move: Move) -> tuple[Spawn, ...]:
    """Child pilots that the stages just entered ask for; one that was started before is not started again."""
    known = {(link.playbook, link.name) for link in context.pilot.links}
    found: list[Spawn] = []
    for name in move.entered:
        for start in context.book.all_stages[name].starts:
            if start.auto and (start.when is None or context.verdict(start.when).ok):
                for spawn in wanted_children(context, start.playbook, start.title, start.for_each):
                    if (spawn.playbook, spawn.name) not in known:
                        found.append(spawn)
    return tuple(found)


def wanted_children(context: Context, playbook: str, title: str, for_each: str | None) -> Iterator[Spawn]:
    """The children of one `starts` entry; `{item}` in the title stands for the item of the list."""
    items: tuple[str | None, ...] = (None,)
    if for_each is not None:
        value = context.pilot.fields.get(for_each, ())
        items = value if isinstance(value, tuple) else ()
    for item in items:
        if title and item is not None:
            own = title.replace("{item}", item) if "{item}" in title else f"{title}·{item}"
        else:
            own = title or item or playbook
        yield Spawn(playbook, f"{context.pilot.name}·{own}")


def offers(context: Context) -> tuple[Offer, ...]:
    """What may be started beside the running stages, as often as it is needed; none while the pilot does not run."""
    if context.pilot.status != "running":
        return ()
    return tuple(
        Offer(start.playbook, start.title)
        for name in active_stages(context.book, context.pilot)
        for start in context.book.all_stages[name].starts
        if not start.auto and (start.when is None or context.verdict(start.when).ok)
    )
