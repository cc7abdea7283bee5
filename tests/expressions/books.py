"""A playbook with one of everything a condition can name, and facts for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from engine.errors import Place
from engine.expressions import MISSING, compile_check
from engine.model import Document, Expr, Field, FieldType, Metric, Playbook, Record, Role, Stage, Task


def column(name: str, type_: FieldType, **more: object) -> Field:
    return Field(name, name, type_, **more)  # type: ignore[arg-type]


CASES = Record(
    "cases",
    "案例",
    {
        "consent": column("consent", "choice", options={"yes": "是", "no": "否"}),
        "cost": column("cost", "money"),
        "seen": column("seen", "date"),
        "standard": column("standard", "ref", to="standards"),
    },
    "consent",
)
STANDARDS = Record("standards", "标准", {"name": column("name", "text")}, "name")
TEAM = Stage(
    "team",
    "组队",
    tasks={"authorise": Task("authorise", "取得授权", "director", "team")},
    next="done",
)
BOOK = Playbook(
    "sample",
    "1.0.0",
    "样例",
    roles={"director": Role("director", "科室主任")},
    fields={
        "score": Field("score", "得分", "number"),
        "cost": Field("cost", "费用", "money"),
        "rate": Field("rate", "满意率", "percent"),
        "ends": Field("ends", "到期日", "date"),
        "tier": Field("tier", "档次", "choice", options={"first": "首批", "second": "次批"}),
        "name": Field("name", "名称", "text"),
        "platforms": Field("platforms", "平台", "list"),
    },
    records={"cases": CASES, "standards": STANDARDS},
    metrics={"yield_": Metric("yield_", "产出")},
    documents={"brief": Document("brief", "简报", "brief.md.j2")},
    stages={"team": TEAM, "done": Stage("done", "完成", final="succeeded")},
)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def facts(**values: object) -> Callable[[str], object]:
    """A look-up over `values`, whose keys write a dot as two underscores; everything else is not filled in."""
    known = {key.replace("__", "."): value for key, value in values.items()}
    return lambda name: known.get(name, MISSING)


def complaints(source: str, record: Record | None = None) -> list[tuple[str, int]]:
    """(code, offset) of everything wrong with a condition."""
    found = compile_check(Expr(source, Place("f", 1, 1)), BOOK, record)
    return [(p.code, p.place.col - 1) for p in found]


def row(number: int, **values: object) -> Mapping[str, object]:
    return {"id": float(number)} | values
