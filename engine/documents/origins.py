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
# What a value is where the playbook has no title for it.
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
    "decisions": say("判定表", "decision tables"),
    "only_role": say("角色", "role"),
    "evidence": say("原始材料", "evidence"),
    "moves": say("经过", "moves"),
    "reworks": say("退回", "sent back"),
    "gates": say("下一道关口", "the next gates"),
    "exits": say("其他出路", "other ways out"),
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
        from engine.documents.finders import FINDERS

        find = FINDERS.get(path[0])
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
