"""For each part of a paper's context, how to find what is behind a value in it. The table at the end lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.documents.origins import Origins, Source
from engine.documents.tracing import Path
from engine.text import say

# Parts of views that are words of the playbook and say nothing of what happened.
_WRITTEN = frozenset(
    "id title help goal unit needed duties target takes path formula done_when role role_id stage stage_id key depth columns "
    "description type needs version purpose number label_of holds final due_rule source".split()
)


def _field(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.book() if len(path) < 2 or path[1] in _WRITTEN else o.field(path[0])


def _record(o: Origins, path: Path) -> Iterator[Source]:
    record = path[0]
    if len(path) < 2 or path[1] not in ("rows", "totals", "empty"):
        yield from o.book()
        return
    numbers = list(o.context.pilot.rows.get(record, {}))
    if path[1] == "rows" and len(path) > 2 and path[2].isdigit() and int(path[2]) < len(numbers):
        numbers = [numbers[int(path[2])]]
    yield from o.event(*o.where(lambda e: e.data.get("record") == record and e.data.get("row") in numbers))


def _metric(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.book() if len(path) < 2 or path[1] in _WRITTEN - {"formula"} else o.metric(path[0])


def _task(o: Origins, path: Path) -> Iterator[Source]:
    if len(path) < 2 or path[1] in _WRITTEN:
        yield from o.book()
        return
    key = path[0]
    task = o.context.book.tasks.get(key.partition("@")[0])
    seqs = o.where(lambda e: e.data.get("task") == key)
    if path[1] == "people" and task is not None:
        seqs = (*seqs, *o.where(lambda e: e.type == "assigned" and e.data["role"] == task.role))
    if path[1] in ("due", "overdue") and task is not None:
        seqs = (*seqs, *_entered(o, task.stage))
        yield from o.book()
    yield from o.event(*seqs)


def _entered(o: Origins, stage: str) -> tuple[int, ...]:
    return o.where(
        lambda e: e.type in ("started", "advanced") and stage in (*e.data["entered"], *e.data.get("left", ()))
    )


def _stage(o: Origins, path: Path) -> Iterator[Source]:
    if len(path) < 2 or path[1] in _WRITTEN:
        yield from o.book()
    elif path[1] == "tasks" and len(path) > 3:
        stage = o.context.book.all_stages[path[0]]
        keys = [v.key for v in o.context.views if v.stage == stage.id]
        yield from _task(o, (keys[int(path[2])], *path[3:])) if int(path[2]) < len(keys) else ()
    else:
        yield from o.event(*(_entered(o, path[0]) or (1,)))


def _gate(o: Origins, path: Path) -> Iterator[Source]:
    from engine.process.advance import near_ways

    stages = [way.stage or o.context.pilot.at[0] for way in near_ways(o.context)]
    yield from _way(o, path, stages)


def _exit(o: Origins, path: Path) -> Iterator[Source]:
    from engine.model import NEXT
    from engine.process.advance import ways

    yield from _way(o, path, [way.stage or "" for way in ways(o.context) if way.id != NEXT])


def _way(o: Origins, path: Path, stages: Sequence[str]) -> Iterator[Source]:
    """What the playbook asks for there; whether it is open is so on the day of writing, since the stage was entered."""
    yield from o.book()
    if len(path) < 2 or path[1] in _WRITTEN or not path[0].isdigit() or int(path[0]) >= len(stages):
        return
    stage = stages[int(path[0])]
    if path[1] in ("tasks_done", "tasks_all"):
        keys = {view.key for view in o.context.views if view.stage == stage}
        yield from o.event(*o.where(lambda e: e.data.get("task") in keys))
        return
    yield from o.event(*_entered(o, stage))
    yield from _clock(o, path)


def _role(o: Origins, path: Path) -> Iterator[Source]:
    if len(path) < 2 or path[1] in _WRITTEN:
        yield from o.book()
        return
    yield from o.event(*o.where(lambda e: e.type == "assigned" and e.data["role"] == path[0]))


def _nth(kind: str, *more: str) -> Callable[[Origins, Path], Iterator[Source]]:
    """The n-th event of a kind (the order in which the context lists them); all of them for their number."""

    def find(o: Origins, path: Path) -> Iterator[Source]:
        found = [e for e in o.events if e.type in (kind, *more)]
        if path and path[0].isdigit():
            found = found[int(path[0]) : int(path[0]) + 1]
        yield from o.event(*(e.seq for e in found))

    return find


def _link(relation: str) -> Callable[[Origins, Path], Iterator[Source]]:
    def find(o: Origins, path: Path) -> Iterator[Source]:
        found = [e for e in o.events if e.type == "linked" and e.data["relation"] == relation]
        if path and path[0].isdigit():
            found = found[int(path[0]) : int(path[0]) + 1]
        pilots = {e.data["pilot"] for e in found}
        ends = o.where(lambda e: e.type == "link_finished" and e.data["pilot"] in pilots)
        yield from o.event(*(e.seq for e in found), *ends)

    return find


def _rework(o: Origins, path: Path) -> Iterator[Source]:
    from engine.documents.story import goes_back, note_visits

    visited: dict[str, int] = {}
    back: list[int] = []
    for event in o.events:
        if event.type == "advanced" and goes_back(event, visited):
            back.append(event.seq)
        note_visits(event, visited)
    chosen = back[int(path[0]) : int(path[0]) + 1] if path and path[0].isdigit() else back
    yield from o.event(*chosen)


def _evidence(o: Origins, path: Path) -> Iterator[Source]:
    standing = {item.number for item in o.context.pilot.evidence.values() if not item.erased}
    found = [e for e in o.events if e.type == "attached" and e.data["evidence"] in standing]
    if path and path[0].isdigit():
        found = found[int(path[0]) : int(path[0]) + 1]
    yield from o.event(*(e.seq for e in found))


def _pilot(o: Origins, path: Path) -> Iterator[Source]:
    if path[:1] == ("days",):
        yield from o.event(1)
        yield from _clock(o, path)
    elif path[:1] == ("people_count",):
        yield from o.event(*o.where(lambda e: e.type == "assigned"))
    elif path[:1] in (("status_text",), ("outcome_text",), ("status",), ("outcome",)):
        yield from o.event(
            *(o.where(lambda e: e.type == "finished") or o.where(lambda e: e.type == "advanced")[-1:] or (1,))
        )
    else:
        yield from o.event(1)


def _clock(o: Origins, path: Path) -> Iterator[Source]:
    yield Source("clock", say("成文当天（{d}）", "the day it was written ({d})", d=o.context.today))


def _settings(o: Origins, path: Path) -> Iterator[Source]:
    yield Source("settings", say("工作区设置", "the workspace's settings"))


def _book(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.book()


def _started(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.event(1)


def _program(o: Origins, path: Path) -> Iterator[Source]:
    yield Source("program", say("程序的固定说明", "a fixed sentence of the program"))


def _results(o: Origins, path: Path) -> Iterator[Source]:
    part = path[0]
    if path[-1] == "title" and "rows" not in path:
        yield from o.book()
    elif part in ("no_cause", "too_few"):
        yield from _program(o, path)
    elif part in ("sure", "few", "before") and len(path) > 1:
        yield from o.metric(path[1])
    elif part == "funnels" and len(path) > 1 and o.results is not None:
        reports = [one for one in o.results.funnels if one.links]
        for link in reports[int(path[1])].links if int(path[1]) < len(reports) else ():
            yield from o.field(link.id)
    elif part == "channels":
        if path[1:2] == ("hidden",):
            yield from _program(o, path)
        yield from o.event(*o.counts.values())
        if "moves" in path:
            for table in o.context.book.decisions.values():
                yield Source("decision", say("判定表“{t}”", "decision table '{t}'", t=table.title))
    elif part == "alerts" and len(path) > 1 and o.results is not None:
        rule, firing = o.results.firings[int(path[1])]
        yield Source("rule", say("规则“{t}”", "rule '{t}'", t=rule.title))
        fired = o.where(
            lambda e: e.type == "rule_fired" and (e.data["rule"], e.data["group"]) == (firing.rule, firing.group)
        )
        yield from o.event(*fired[-1:])
    else:
        yield from o.ledger()


def _chart(o: Origins, path: Path) -> Iterator[Source]:
    """A picture shows what the results say, which were counted in one go; the matrix shows the rows of a record."""
    if path[:1] == ("matrix",):
        yield from o.event(*o.where(lambda e: "record" in e.data))
    else:
        yield from o.ledger()


def _decided(o: Origins, path: Path) -> Iterator[Source]:
    table = o.context.book.decisions.get(path[0])
    if table is not None:
        yield Source("decision", say("判定表“{t}”", "decision table '{t}'", t=table.title))
    if len(path) > 2:
        yield from _record(o, (path[1], "rows", path[2]))


def _lineage(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.event(1)
    yield Source("program", say("祖先试点自己的记录", "the ancestors' own records"))


def _inherited(o: Origins, path: Path) -> Iterator[Source]:
    yield from o.event(*(o.where(lambda e: "from" in e.data) or (1,)))


FINDERS: dict[str, Callable[[Origins, Path], Iterator[Source]]] = {
    "fields": _field,
    "records": _record,
    "metrics": _metric,
    "tasks": _task,
    "stages": _stage,
    "roles": _role,
    "moves": _nth("advanced"),
    "reworks": _rework,
    "gates": _gate,
    "exits": _exit,
    "notes": _nth("noted"),
    "evidence": _evidence,
    "children": _link("child"),
    "successors": _link("successor"),
    "pilot": _pilot,
    "lineage": _started,
    "ancestors": _lineage,
    "inherited": _inherited,
    "results": _results,
    "chart": _chart,
    "decided": _decided,
    "decisions": _book,
    "only_role": _book,
    "today": _clock,
    "receiving": _settings,
    "hospital": _settings,
    "paper": _book,
    "playbook": _book,
    "missing": _book,
}
