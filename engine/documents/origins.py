"""Where a value of a paper comes from: the events, the ledger, the formula, the playbook behind each path of the context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from engine.documents.tracing import Path
from engine.frozen import frozen
from engine.model import Metric
from engine.pilot.events import Erased, Event
from engine.pilot.fold import undone_seqs
from engine.process.context import Context
from engine.text import Message, listed, plain, say

if TYPE_CHECKING:
    from engine.service.results import Results

Kind = Literal["event", "ledger", "metric", "decision", "rule", "playbook", "settings", "clock", "program"]
# Parts of views that are words of the playbook and say nothing of what happened.
_WRITTEN = frozenset(
    "id title help goal unit needed duties target takes path formula done_when role role_id stage stage_id key depth columns "
    "description type needs version purpose number label_of holds final".split()
)


_TITLES = {
    "pilot": say("试点", "the pilot"),
    "hospital": say("医院", "the hospital"),
    "today": say("成文日期", "the day of writing"),
    "lineage": say("前一个试点", "the last pilot"),
    "ancestors": say("来历", "ancestors"),
    "inherited": say("承接与调整", "carried over"),
    "results": say("结果", "results"),
    "chart": say("图", "picture"),
    "decided": say("判定", "decision"),
    "evidence": say("原始材料", "evidence"),
    "moves": say("经过", "moves"),
    "reworks": say("退回", "sent back"),
    "notes": say("备注", "notes"),
    "successors": say("由此复制的试点", "replicas"),
    "children": say("下属试点", "child pilots"),
    "receiving": say("接收科室", "the receiving department"),
    "paper": say("文件", "the paper"),
    "playbook": say("方案", "the playbook"),
    "missing": say("待补充", "to be supplied"),
}


@frozen
class Source:
    """`events` are numbers of records; `words` what a person reads."""

    kind: Kind
    words: Message
    events: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "words": str(self.words), "events": list(self.events)}


class Origins:
    """Answers `of(path)`; one per paper."""

    def __init__(self, context: Context, events: Sequence[Event], results: Results | None) -> None:
        self.context, self.results = context, results
        gone = undone_seqs(events)
        self.events = [e for e in events if e.seq not in gone]
        self.moves = [e for e in self.events if e.type == "advanced"]
        self.fields = {e.data["field"]: e.seq for e in self.events if e.type == "field_set"}
        self.counts = {name: e.seq for e in self.events if e.type == "counted" for name in e.data["fields"]}

    def of(self, path: Path) -> tuple[Source, ...]:
        find = _FINDERS.get(path[0])
        return tuple(find(self, path[1:])) if find is not None else ()

    def title(self, path: Path) -> str:
        """What the value is, in the playbook's words."""
        book = self.context.book
        kinds: dict[str, Mapping[str, Any]] = {
            "fields": book.fields,
            "records": book.records,
            "metrics": book.metrics,
            "roles": book.roles,
            "tasks": book.tasks,
            "stages": book.all_stages,
        }
        if path[:3] == ("results", "channels", "rows") and len(path) > 4 and self.results is not None:
            return self._channel(path[3:])
        name = path[1].partition("@")[0] if len(path) > 1 else ""
        found = kinds.get(path[0], {}).get(name)
        return str(found.title) if found is not None else str(_TITLES.get(path[0], plain(".".join(path))))

    def _channel(self, path: Path) -> str:
        """`短视频·到诊量`: of which channel, and what."""
        rows = self.results.channels if self.results is not None else ()
        row = rows[int(path[0])].title if int(path[0]) < len(rows) else ""
        book = self.context.book
        outputs = {o.id: o for t in book.decisions.values() for o in t.outputs.values()}
        known: tuple[Mapping[str, Any], ...] = (book.fields, book.metrics, outputs)
        found = next((names[path[-1]] for names in known if path[-1] in names), None)
        return f"{row}·{found.title}" if found is not None else row

    # -- what happened

    def event(self, *seqs: int) -> Iterator[Source]:
        found = sorted({seq for seq in seqs if seq})
        if not found:
            return
        by = {e.seq: e for e in self.events}
        calendar = self.context.calendar
        last = by[found[-1]]
        shown = listed(f"#{seq}" for seq in found)
        words = say(
            "记录{n}（{day} {who}）", "record {n} ({day} {who})", n=shown, day=calendar.today(last.at), who=last.actor
        )
        yield Source("event", words, tuple(found))

    def where(self, test: Callable[[Event], bool]) -> tuple[int, ...]:
        return tuple(e.seq for e in self.events if test(e))

    def field(self, name: str) -> Iterator[Source]:
        counted = self.context.pilot.counted.get(name)
        if counted is None:
            yield from self.event(self.fields.get(name, 0))
            return
        imports = self.context.pilot.live_imports
        files = listed(
            say("第{n}次导入{f}{r}行", "import {n}{f}, {r} rows", n=one.number, f=_file(one.name), r=one.rows)
            for one in imports
        )
        span = ""
        if counted.start or counted.end:
            span = f"{counted.start or '…'}–{counted.end or '…'}"
        words = say(
            "台账（{files}）：取{rows}行{span}，记录#{n}",
            "ledger ({files}): {rows} rows{span}, record #{n}",
            files=files,
            rows=counted.rows,
            span=say("，{s}", ", {s}", s=span) if span else plain(""),
            n=self.counts.get(name, 0),
        )
        taken = self.where(lambda e: e.type == "imported" and any(e.data["import"] == i.number for i in imports))
        yield Source("ledger", words, tuple(sorted({*taken, self.counts.get(name, 0)} - {0})))

    def metric(self, name: str) -> Iterator[Source]:
        found = self.context.book.metrics.get(name)
        if found is None:
            return
        parts = [p for p in (found.numerator, found.denominator) if p and p in self.context.book.fields]
        titles = [self.context.book.fields[p].title for p in parts]
        formula = " ÷ ".join(titles)
        yield Source("metric", say("指标“{t}”＝{f}", "metric '{t}' = {f}", t=found.title, f=formula))
        for part in _parts(found, parts):
            yield from self.field(part)

    def ledger(self) -> Iterator[Source]:
        seqs = self.where(lambda e: e.type in ("imported", "withdrawn"))
        last = max(self.counts.values(), default=0)
        yield from self.event(*seqs, last)

    def book(self) -> Iterator[Source]:
        book, pilot = self.context.book, self.context.pilot
        words = say("方案“{t}”{v}", "playbook '{t}' {v}", t=book.title, v=pilot.version)
        yield Source("playbook", words)


def _file(name: str | Erased) -> str:
    return f"（{name}）" if isinstance(name, str) and name else ""


def _parts(metric: Metric, parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*parts, *((metric.baseline,) if metric.baseline else ()))))


def _written(path: Path) -> bool:
    return any(step in _WRITTEN for step in path[1:] if not step.isdigit()) or not path


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
    from engine.documents.story import goes_back

    visited: set[str] = set()
    back: list[int] = []
    for event in o.events:
        if event.type == "advanced" and goes_back(event, visited):
            back.append(event.seq)
        if event.type in ("started", "advanced"):
            visited |= set(event.data["entered"])
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
    """A picture shows what the results say; they were counted in one go."""
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


_FINDERS: dict[str, Callable[[Origins, Path], Iterator[Source]]] = {
    "fields": _field,
    "records": _record,
    "metrics": _metric,
    "tasks": _task,
    "stages": _stage,
    "roles": _role,
    "moves": _nth("advanced"),
    "reworks": _rework,
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
    "today": _clock,
    "receiving": _settings,
    "hospital": _settings,
    "paper": _book,
    "playbook": _book,
    "missing": _book,
}
