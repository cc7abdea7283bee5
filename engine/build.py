"""Checked plain data → model. Runs on the data of a file (after `extends` and overlay) and on that of a pinned bundle.

References are not resolved here: a role, field or stage that does not exist is found by the checks, with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, cast

from engine.durations import parse_bounds, parse_due, parse_duration
from engine.errors import NOWHERE, Place
from engine.model import (
    Bounds,
    Carry,
    Channel,
    ChildStart,
    Content,
    Counting,
    DecisionInput,
    DecisionOutput,
    DecisionRow,
    DecisionTable,
    Document,
    Due,
    Duration,
    Expr,
    Field,
    Funnel,
    FunnelLink,
    GateItem,
    LedgerSettings,
    Metric,
    Playbook,
    Record,
    Role,
    Rule,
    Stage,
    Task,
    Timer,
    Transition,
    Where,
    Window,
)

Path = tuple[str | int, ...]
Data = Mapping[str, Any]
# The place of the first character of a text, and of its later stretches (see `engine.scalar.text_places`).
Written = Callable[[Path, str], tuple[Place, tuple[tuple[int, Place], ...]]]

GATE_KINDS: tuple[
    Literal["each", "count", "roles", "fields", "document", "content", "children", "successors", "when"], ...
] = (
    "each",
    "count",
    "roles",
    "fields",
    "document",
    "content",
    "children",
    "successors",
    "when",
)


def _is_id(text: str) -> bool:
    """A name alone; anything else is a condition."""
    return text.isidentifier() and text.isascii()


def nowhere(path: Path, part: Literal["key", "value"]) -> Place:
    """For data that no file holds any more."""
    return NOWHERE


def build(data: Data, place: Where = nowhere, written: Written | None = None) -> Playbook:
    """The playbook in `data`, which is valid against the strict schema. `place` answers NOWHERE for an unknown path.

    `written` places the characters of conditions; without it a condition begins where its value does.
    """
    return _Builder(data, place, written).playbook()


def item_id(kind: str, item: Any, index: int) -> str:
    """The id of an item of a gate or of `after_time`, by which variants and overlays address it: its own, or
    `gate_1`, `timer_1` … counted from 1 in its list."""
    own = item.get("id") if isinstance(item, Mapping) else None
    return own if isinstance(own, str) else f"{kind}_{index + 1}"


class _Builder:
    def __init__(self, data: Data, place: Where, written: Written | None) -> None:
        self.data, self.place, self.written = data, place, written
        self.placed = place is not nowhere
        self.task_ids = frozenset(_task_ids(data.get("stages", {})))
        self.number = 0

    def playbook(self) -> Playbook:
        data = self.data
        return Playbook(
            id=data["playbook"],
            version=data.get("version", ""),
            title=data.get("title", ""),
            purpose=data.get("purpose", ""),
            language=data.get("language", "zh-CN"),
            roles={k: self.role(k, v) for k, v in data.get("roles", {}).items()},
            fields={k: self.field(k, v, ("fields", k)) for k, v in data.get("fields", {}).items()},
            records={k: self.record(k, v) for k, v in data.get("records", {}).items()},
            stages={k: self.stage(k, v, ("stages", k), None) for k, v in data.get("stages", {}).items()},
            transitions=self.transitions(data, ()),
            metrics={k: self.metric(k, v) for k, v in data.get("metrics", {}).items()},
            documents={k: self.document(k, v) for k, v in data.get("documents", {}).items()},
            windows={k: self.window(k, v) for k, v in data.get("windows", {}).items()},
            ledger=self.ledger(data["ledger"]) if "ledger" in data else LedgerSettings(),
            funnels={k: self.funnel(k, v) for k, v in data.get("funnels", {}).items()},
            rules={k: self.rule(k, v) for k, v in data.get("rules", {}).items()},
            decisions={k: self.decision(k, v) for k, v in data.get("decisions", {}).items()},
            content={k: self.content(k, v) for k, v in data.get("content", {}).items()},
            compliance=data.get("compliance", "medical-ads"),
            place=self.place(("playbook",), "key"),
            where=self.place,
        )

    def key(self, path: Path) -> Place:
        return self.place(path, "key") if self.placed else NOWHERE

    def item(self, path: Path) -> Place:
        return self.place(path, "value") if self.placed else NOWHERE

    def expr(self, data: Data, key: str, path: Path) -> Expr | None:
        source = data.get(key)
        if source is None:
            return None
        if self.written is None:
            return Expr(source, self.item((*path, key)))
        place, lines = self.written((*path, key), source)
        return Expr(source, place, lines)

    def role(self, name: str, data: Data) -> Role:
        return Role(
            id=name,
            title=data.get("title", ""),
            count=parse_bounds(data.get("count", 1)),
            duties=tuple(data.get("duties", ())),
            help=data.get("help", ""),
            place=self.key(("roles", name)),
        )

    def field(self, name: str, data: Data, path: Path) -> Field:
        return Field(
            id=name,
            title=data.get("title", ""),
            type=data["type"],
            help=data.get("help", ""),
            required=data.get("required", False),
            owner=data.get("owner"),
            minimum=_limit(data.get("min")),
            maximum=_limit(data.get("max")),
            unit=data.get("unit", ""),
            integer=data.get("integer", False),
            currency=data.get("currency", "CNY"),
            max_length=int(data.get("max_length", 2000)),
            max_items=int(data.get("max_items", 50)),
            options=dict(data.get("options", {})),
            to=data.get("to"),
            default=data.get("default"),
            ledger=self.counting(data["ledger"], (*path, "ledger")) if "ledger" in data else None,
            carry=data.get("carry"),
            place=self.key(path),
        )

    def carry(self, data: Data | bool | None, path: Path) -> Carry | None:
        if not data:
            return None
        if data is True:
            return Carry(place=self.item(path))
        return Carry(
            to=data.get("to"),
            columns=dict(data.get("columns", {})),
            fixed=dict(data.get("set", {})),
            checklist=data.get("checklist", False),
            place=self.item(path),
        )

    def counting(self, data: Data | str, path: Path) -> Counting:
        if isinstance(data, str):  # `ledger: enquiries`
            return Counting(data, place=self.item(path))
        return Counting(
            measure=data["sum"],
            over=data.get("over"),
            during=data.get("during"),
            where={k: _names(v) for k, v in data.get("where", {}).items()},
            everywhere=data.get("departments", "own") == "all",
            within=data.get("within"),
            place=self.item(path),
        )

    def record(self, name: str, data: Data) -> Record:
        path: Path = ("records", name)
        columns = {k: self.field(k, v, (*path, "columns", k)) for k, v in data["columns"].items()}
        return Record(
            id=name,
            title=data.get("title", ""),
            columns=columns,
            label=data.get("label", next(iter(columns), "")),
            help=data.get("help", ""),
            owner=data.get("owner"),
            minimum=int(data.get("min", 0)),
            maximum=int(data.get("max", 1000)),
            carry=self.carry(data.get("carry"), (*path, "carry")),
            place=self.key(path),
        )

    def metric(self, name: str, data: Data) -> Metric:
        target = data.get("target")
        return Metric(
            id=name,
            title=data.get("title", ""),
            unit=data.get("unit", ""),
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            direction=data.get("direction", "up"),
            target=None if target is None else Decimal(str(target)),
            baseline=data.get("baseline"),
            window=_duration(data.get("window")),
            help=data.get("help", ""),
            least=int(data.get("least", 30)),
            kpi=data.get("kpi", False),
            place=self.key(("metrics", name)),
        )

    def window(self, name: str, data: Data) -> Window:
        return Window(
            id=name,
            title=data.get("title", ""),
            start=data.get("from"),
            end=data.get("to"),
            before=data.get("before"),
            last=_duration(data.get("last")),
            place=self.key(("windows", name)),
        )

    def ledger(self, data: Data) -> LedgerSettings:
        return LedgerSettings(
            names={k: _names(v) for k, v in data.get("names", {}).items()},
            channels={
                k: Channel(
                    k,
                    v.get("title", k),
                    v.get("side"),
                    _names(v.get("names")),
                    self.key(("ledger", "channels", k)),
                )
                for k, v in data.get("channels", {}).items()
            },
            department=data.get("department"),
            retain=parse_duration(data.get("retain", "12 months")),
            place=self.key(("ledger",)),
        )

    def funnel(self, name: str, data: Data) -> Funnel:
        links = []
        for index, one in enumerate(data["links"]):
            place = self.item(("funnels", name, "links", index))
            if isinstance(one, str):
                links.append(FunnelLink(one, place=place))
            else:
                links.append(FunnelLink(one["field"], one.get("owner"), _decimal(one.get("target")), place))
        return Funnel(name, data.get("title", ""), tuple(links), data.get("help", ""), self.key(("funnels", name)))

    def rule(self, name: str, data: Data) -> Rule:
        path: Path = ("rules", name)
        when = self.expr(data, "when", path)
        assert when is not None  # the schema asks for it
        return Rule(
            id=name,
            title=data.get("title", ""),
            when=when,
            then=data.get("then", "warn"),
            each=data.get("each"),
            message=data.get("message", ""),
            task=data.get("task"),
            transition=data.get("transition"),
            stage=data.get("stage"),
            by=data.get("by"),
            fix=data.get("fix", ""),
            place=self.key(path),
        )

    def decision(self, name: str, data: Data) -> DecisionTable:
        path: Path = ("decisions", name)
        outputs = data.get("outputs", {})
        return DecisionTable(
            id=name,
            title=data.get("title", ""),
            hit=data.get("hit", "unique"),
            inputs={k: self.input(k, v, (*path, "inputs", k)) for k, v in data.get("inputs", {}).items()},
            outputs={
                k: DecisionOutput(k, v.get("title", ""), dict(v.get("options", {})), self.key((*path, "outputs", k)))
                for k, v in outputs.items()
            },
            rows=tuple(
                DecisionRow(
                    {k: _cell(v) for k, v in row.items() if k not in outputs},
                    {k: _cell(v) for k, v in row.items() if k in outputs},
                    self.item((*path, "rows", index)),
                )
                for index, row in enumerate(data.get("rows", ()))
            ),
            each=data.get("each"),
            help=data.get("help", ""),
            place=self.key(path),
        )

    def input(self, name: str, data: Data, path: Path) -> DecisionInput:
        return DecisionInput(
            id=name,
            title=data.get("title", ""),
            type=data.get("type", "number"),
            value=self.expr(data, "value", path),
            options=dict(data.get("options", {})),
            unit=data.get("unit", ""),
            minimum=_decimal(data.get("min")),
            maximum=_decimal(data.get("max")),
            integer=data.get("integer", False),
            place=self.key(path),
        )

    def document(self, name: str, data: Data) -> Document:
        words = data.get("max_words")
        return Document(
            id=name,
            title=data.get("title", ""),
            template=data["template"],
            formats=tuple(data.get("formats", ("md", "docx"))),
            max_words=None if words is None else int(words),
            max_pages=None if data.get("max_pages") is None else int(data["max_pages"]),
            help=data.get("help", ""),
            place=self.key(("documents", name)),
        )

    def content(self, name: str, data: Data) -> Content:
        facts = data.get("facts", {})
        return Content(
            id=name,
            title=data.get("title", ""),
            channel=data["channel"],
            field=data.get("field"),
            record=data.get("record"),
            columns=tuple(data.get("columns", ())),
            purpose=data.get("purpose"),
            sign=data.get("sign"),
            facts={fact: said for fact, said in facts.items() if _is_id(said)},
            tests={
                fact: cast("Expr", self.expr(facts, fact, ("content", name, "facts")))
                for fact, said in facts.items()
                if not _is_id(said)
            },
            help=data.get("help", ""),
            place=self.key(("content", name)),
        )

    def stage(self, name: str, data: Data, path: Path, parent: str | None) -> Stage:
        # Tasks first, then what is inside: the order in which tasks are numbered.
        tasks = {k: self.task(k, v, name, (*path, "tasks", k)) for k, v in data.get("tasks", {}).items()}
        inner = {
            part: {k: self.stage(k, v, (*path, part, k), name) for k, v in data.get(part, {}).items()}
            for part in ("parallel", "stages")
        }
        return Stage(
            id=name,
            title=data.get("title", ""),
            goal=data.get("goal", ""),
            help=data.get("help", ""),
            takes=_duration(data.get("takes")),
            tasks=tasks,
            gate=tuple(self.gate_item(i, v, (*path, "gate", i)) for i, v in enumerate(data.get("gate", ()))),
            next=data.get("next"),
            final=data.get("final"),
            holds=data.get("holds", False),
            transitions=self.transitions(data, path),
            timers=tuple(self.timer(i, v, (*path, "after_time", i)) for i, v in enumerate(data.get("after_time", ()))),
            starts=tuple(self.child(v, (*path, "starts", i)) for i, v in enumerate(data.get("starts", ()))),
            stages=inner["stages"],
            regions=inner["parallel"],
            parent=parent,
            place=self.key(path),
        )

    def task(self, name: str, data: Data, stage: str, path: Path) -> Task:
        self.number += 1
        return Task(
            id=name,
            title=data.get("title", ""),
            role=data["role"],
            stage=stage,
            help=data.get("help", ""),
            done_when=data.get("done_when", ""),
            due=self.due(data.get("due"), (*path, "due")),
            needs=tuple(data.get("needs", ())),
            required=data.get("required", True),
            skippable=data.get("skippable", False),
            evidence=data.get("evidence", "none"),
            sets=_names(data.get("sets")),
            fills=_names(data.get("fills")),
            for_each=data.get("for_each"),
            approval=data.get("approval", False),
            valid=_duration(data.get("valid")),
            valid_until=data.get("valid_until"),
            number=self.number,
            place=self.key(path),
        )

    def due(self, text: str | None, path: Path) -> Due | None:
        if text is None:
            return None
        return parse_due(text, self.item(path), fields=self.data.get("fields", {}), tasks=self.task_ids)

    def gate_item(self, index: int, data: Data, path: Path) -> GateItem:
        kind = next(k for k in GATE_KINDS if k in data)
        names = data.get(kind) if kind in ("roles", "fields") else None
        return GateItem(
            id=item_id("gate", data, index),
            kind=kind,
            when=self.expr(data, "when", path),
            where=self.expr(data, "where", path),
            record=data[kind] if kind in ("each", "count") else None,
            bounds=_bounds(kind, data),
            names=tuple(names) if isinstance(names, list) else (),
            document=data.get("document"),
            content=data.get("content"),
            signed=data.get("signed", True),
            playbook=data.get("children"),
            state=data.get("state", "started"),
            otherwise=data.get("else", ""),
            by=data.get("by"),
            fix=data.get("fix", ""),
            place=self.item(path),
        )

    def transitions(self, data: Data, path: Path) -> dict[str, Transition]:
        return {k: self.transition(k, v, (*path, "transitions", k)) for k, v in data.get("transitions", {}).items()}

    def transition(self, name: str, data: Data, path: Path) -> Transition:
        reopens = data.get("reopens", "none")
        return Transition(
            id=name,
            to=data["to"],
            title=data.get("title", ""),
            when=self.expr(data, "when", path),
            otherwise=data.get("else", ""),
            reason=data.get("reason", "optional"),
            reopens=cast("Literal['all', 'none']", reopens) if isinstance(reopens, str) else tuple(reopens),
            by=data.get("by"),
            gated=data.get("gated", False),
            place=self.key(path),
        )

    def timer(self, index: int, data: Data, path: Path) -> Timer:
        return Timer(
            id=item_id("timer", data, index),
            wait=parse_duration(data["wait"]),
            to=data["to"],
            title=data.get("title", ""),
            when=self.expr(data, "when", path),
            place=self.item(path),
        )

    def child(self, data: Data, path: Path) -> ChildStart:
        return ChildStart(
            playbook=data["playbook"],
            title=data.get("title", ""),
            for_each=data.get("for_each"),
            when=self.expr(data, "when", path),
            auto=data.get("auto", True),
            place=self.item(path),
        )


def _task_ids(stages: Data) -> Iterable[str]:
    for stage in stages.values():
        yield from stage.get("tasks", ())
        yield from _task_ids(stage.get("parallel", {}))
        yield from _task_ids(stage.get("stages", {}))


def _names(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _duration(text: str | None) -> Duration | None:
    return None if text is None else parse_duration(text)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _cell(value: Any) -> str:
    """A cell of a decision table as text: a number or yes/no may be written plainly."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def _limit(value: float | str | None) -> Decimal | str | None:
    return value if value is None or isinstance(value, str) else Decimal(str(value))


def _bounds(kind: str, data: Data) -> Bounds:
    if kind == "successors":
        return Bounds(int(data["successors"]), None)
    most = data.get("max")
    # `max` alone is about too many; where neither is said, there must be something.
    least = int(data.get("min", 1 if most is None else 0))
    return Bounds(least, None if most is None else int(most))
