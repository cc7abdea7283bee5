"""Checked plain data → the model. Total on data that satisfies the schema; on less, it builds what it can.

The keys read here are held equal to the schema's by tests/test_build.py, so the two can never drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeVar

from engine.durations import parse_bounds, parse_due, parse_duration
from engine.errors import NOWHERE, Place
from engine.model import (
    Bounds,
    ChildStart,
    Document,
    Duration,
    Expr,
    Field,
    GateItem,
    Metric,
    Playbook,
    Record,
    Role,
    Stage,
    Task,
    Timer,
    Transition,
)

Path = tuple[str | int, ...]
Where = Callable[[Path, Literal["key", "value"]], Place]
ExprPlaces = Callable[[Path, str], tuple[Place, tuple[tuple[int, Place], ...]]]
Data = Mapping[str, Any]
T = TypeVar("T")


def build(data: Data, place: Where, expr_places: ExprPlaces | None = None) -> Playbook:
    """A Playbook from data. `place` answers where a key or value stands (NOWHERE for a path no file holds);
    `expr_places` where the characters of a condition stand (see engine.scalar)."""
    return _Builder(place, expr_places).playbook(data)


class _Builder:
    def __init__(self, place: Where, expr_places: ExprPlaces | None) -> None:
        self.place, self.expr_places = place, expr_places
        self.task_count = 0
        self.fields: Mapping[str, Field] = {}

    def playbook(self, data: Data) -> Playbook:
        self.fields = self.each(data, "fields", self.field)
        return Playbook(
            id=_text(data.get("playbook")),
            version=_text(data.get("version")),
            title=_text(data.get("title")),
            purpose=_text(data.get("purpose")),
            language=_text(data.get("language")) or "zh-CN",
            roles=self.each(data, "roles", self.role),
            fields=self.fields,
            records=self.each(data, "records", self.record),
            stages=self.stages(data.get("stages"), ("stages",), None),
            transitions=self.each(data, "transitions", self.transition),
            metrics=self.each(data, "metrics", self.metric),
            documents=self.each(data, "documents", self.document),
            place=self.place(("playbook",), "key"),
            where=self.place,
        )

    def each(self, data: Data, key: str, make: Callable[[str, Data, Path], T], path: Path = ()) -> dict[str, T]:
        found = data.get(key)
        if not isinstance(found, Mapping):
            return {}
        return {str(k): make(str(k), v, (*path, key, k)) for k, v in found.items() if isinstance(v, Mapping)}

    def role(self, id: str, data: Data, path: Path) -> Role:
        return Role(
            id=id,
            title=_text(data.get("title")) or id,
            count=_bounds(data.get("count"), Bounds(1, 1)),
            duties=_texts(data.get("duties")),
            help=_text(data.get("help")),
            place=self.place(path, "key"),
        )

    def field(self, id: str, data: Data, path: Path) -> Field:
        return Field(
            id=id,
            title=_text(data.get("title")) or id,
            type=data.get("type", "text"),
            help=_text(data.get("help")),
            required=data.get("required") is True,
            owner=_name(data.get("owner")),
            minimum=_limit(data.get("min")),
            maximum=_limit(data.get("max")),
            unit=_text(data.get("unit")),
            integer=data.get("integer") is True,
            currency=_text(data.get("currency")) or "CNY",
            max_length=_int(data.get("max_length"), 2000),
            max_items=_int(data.get("max_items"), 50),
            options={str(k): _text(v) for k, v in data["options"].items()} if isinstance(data.get("options"), Mapping) else {},
            to=_name(data.get("to")),
            default=data.get("default"),
            place=self.place(path, "key"),
        )

    def record(self, id: str, data: Data, path: Path) -> Record:
        columns = self.each(data, "columns", self.field, path)
        return Record(
            id=id,
            title=_text(data.get("title")) or id,
            columns=columns,
            label=_text(data.get("label")) or next(iter(columns), ""),
            help=_text(data.get("help")),
            owner=_name(data.get("owner")),
            minimum=_int(data.get("min"), 0),
            maximum=_int(data.get("max"), 1000),
            place=self.place(path, "key"),
        )

    def metric(self, id: str, data: Data, path: Path) -> Metric:
        target = _limit(data.get("target"))
        return Metric(
            id=id,
            title=_text(data.get("title")) or id,
            unit=_text(data.get("unit")),
            numerator=_name(data.get("numerator")),
            denominator=_name(data.get("denominator")),
            direction="down" if data.get("direction") == "down" else "up",
            target=target if isinstance(target, Decimal) else None,
            baseline=_name(data.get("baseline")),
            window=_duration(data.get("window")),
            help=_text(data.get("help")),
            place=self.place(path, "key"),
        )

    def document(self, id: str, data: Data, path: Path) -> Document:
        return Document(
            id=id,
            title=_text(data.get("title")) or id,
            template=_text(data.get("template")) or f"{id}.md.j2",
            formats=_texts(data.get("formats")) or ("md", "docx"),
            max_words=data["max_words"] if isinstance(data.get("max_words"), int) else None,
            help=_text(data.get("help")),
            place=self.place(path, "key"),
        )

    def stages(self, data: Any, path: Path, parent: str | None) -> dict[str, Stage]:
        if not isinstance(data, Mapping):
            return {}
        return {
            str(k): self.stage(str(k), v, (*path, k), parent) for k, v in data.items() if isinstance(v, Mapping)
        }

    def stage(self, id: str, data: Data, path: Path, parent: str | None) -> Stage:
        # Tasks are numbered as they are met: an outer stage's before those of the stages inside it.
        tasks = {
            str(k): self.task(str(k), v, (*path, "tasks", k), id)
            for k, v in (data.get("tasks") or {}).items()
            if isinstance(v, Mapping)
        }
        return Stage(
            id=id,
            title=_text(data.get("title")) or id,
            goal=_text(data.get("goal")),
            help=_text(data.get("help")),
            takes=_duration(data.get("takes")),
            tasks=tasks,
            gate=tuple(
                self.gate_item(n, item, (*path, "gate", n))
                for n, item in enumerate(_list(data.get("gate")))
                if isinstance(item, Mapping)
            ),
            next=_name(data.get("next")),
            final=_name(data.get("final")),
            holds=data.get("holds") is True,
            transitions=self.each(data, "transitions", self.transition, path),
            timers=tuple(
                self.timer(n, item, (*path, "after_time", n))
                for n, item in enumerate(_list(data.get("after_time")))
                if isinstance(item, Mapping)
            ),
            starts=tuple(
                self.child_start(item, (*path, "starts", n))
                for n, item in enumerate(_list(data.get("starts")))
                if isinstance(item, Mapping)
            ),
            stages=self.stages(data.get("stages"), (*path, "stages"), id),
            regions=self.stages(data.get("parallel"), (*path, "parallel"), id),
            parent=parent,
            place=self.place(path, "key"),
        )

    def task(self, id: str, data: Data, path: Path, stage: str) -> Task:
        self.task_count += 1
        due = None
        if data.get("due") is not None:
            try:
                dates = [f.id for f in self.fields.values() if f.type == "date"]
                due = parse_due(_text(data["due"]), fields=dates, place=self.place((*path, "due"), "value"))
            except ValueError:
                due = None  # the schema has reported it
        return Task(
            id=id,
            title=_text(data.get("title")) or id,
            role=_text(data.get("role")),
            stage=stage,
            help=_text(data.get("help")),
            done_when=_text(data.get("done_when")),
            due=due,
            needs=_texts(data.get("needs")),
            required=data.get("required") is not False,
            skippable=data.get("skippable") is True,
            evidence=data.get("evidence", "none"),
            sets=_texts(data.get("sets")),
            fills=_texts(data.get("fills")),
            for_each=_name(data.get("for_each")),
            approval=data.get("approval") is True,
            number=self.task_count,
            place=self.place(path, "key"),
        )

    def gate_item(self, number: int, data: Data, path: Path) -> GateItem:
        kind = next((k for k in _GATE_KINDS if k in data), "when")
        names = data.get(kind) if kind in ("roles", "fields") else ()
        given = data.get("successors") if kind == "successors" else None
        low = given if isinstance(given, int) else _int(data.get("min"), 0 if data.get("max") is not None else 1)
        high = data.get("max") if isinstance(data.get("max"), int) else None
        return GateItem(
            id=_text(data.get("id")) or f"gate_{number + 1}",
            kind=kind,
            when=self.expr(data, "when", path),
            where=self.expr(data, "where", path),
            record=_name(data.get("each")) or _name(data.get("count")),
            bounds=Bounds(low, high),
            names=() if names == "all" else _texts(names),
            document=_name(data.get("document")),
            playbook=_name(data.get("children")),
            state=data.get("state", "started"),
            otherwise=_text(data.get("else")),
            by=_name(data.get("by")),
            fix=_text(data.get("fix")),
            place=self.place(path, "value"),
        )

    def transition(self, id: str, data: Data, path: Path) -> Transition:
        reopens = data.get("reopens", "none")
        return Transition(
            id=id,
            to=_text(data.get("to")),
            title=_text(data.get("title")),
            when=self.expr(data, "when", path),
            otherwise=_text(data.get("else")),
            reason=data.get("reason", "optional"),
            reopens=reopens if reopens in ("all", "none") else _texts(reopens),
            by=_name(data.get("by")),
            gated=data.get("gated") is True,
            place=self.place(path, "key"),
        )

    def timer(self, number: int, data: Data, path: Path) -> Timer:
        return Timer(
            id=_text(data.get("id")) or f"timer_{number + 1}",
            wait=_duration(data.get("wait")) or Duration(0, "days"),
            to=_text(data.get("to")),
            title=_text(data.get("title")),
            when=self.expr(data, "when", path),
            place=self.place(path, "value"),
        )

    def child_start(self, data: Data, path: Path) -> ChildStart:
        return ChildStart(
            playbook=_text(data.get("playbook")),
            title=_text(data.get("title")),
            for_each=_name(data.get("for_each")),
            when=self.expr(data, "when", path),
            auto=data.get("auto") is not False,
            place=self.place(path, "value"),
        )

    def expr(self, data: Data, key: str, path: Path) -> Expr | None:
        if data.get(key) is None:
            return None
        # `when: true` is a YAML boolean; the condition is its text.
        source = str(data[key]).lower() if isinstance(data[key], bool) else str(data[key])
        if self.expr_places is not None:
            place, lines = self.expr_places((*path, key), source)
            return Expr(source, place, lines)
        return Expr(source, self.place((*path, key), "value"))


_GATE_KINDS: tuple[Literal["each", "count", "roles", "fields", "document", "children", "successors", "when"], ...] = (
    "each", "count", "roles", "fields", "document", "children", "successors", "when",
)  # fmt: skip


def nowhere(path: Path, part: Literal["key", "value"]) -> Place:
    """The place of everything in data that came from no file (a pinned playbook)."""
    return NOWHERE


def _text(value: Any) -> str:
    if value is None or isinstance(value, (Mapping, list)):
        return ""
    return str(value).strip()


def _name(value: Any) -> str | None:
    return _text(value) or None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    if value is None or isinstance(value, Mapping):
        return ()
    return tuple(_text(v) for v in value) if isinstance(value, list) else (_text(value),)


def _int(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _limit(value: Any) -> Decimal | str | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return _text(value)


def _duration(value: Any) -> Duration | None:
    try:
        return parse_duration(_text(value)) if value is not None else None
    except ValueError:
        return None


def _bounds(value: Any, default: Bounds) -> Bounds:
    try:
        return parse_bounds(value) if value is not None else default
    except ValueError:
        return default
