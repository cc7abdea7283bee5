"""A small pilot of another field (commissioning a scanner), built by hand: papers know nothing of publicity."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import Calendar
from engine.model import (
    Bounds,
    Document,
    Due,
    Duration,
    Field,
    Metric,
    Playbook,
    Record,
    Role,
    Stage,
    Task,
    Transition,
)
from engine.pilot.events import Event
from engine.pilot.state import Evidence, Note, Pilot, Ratio, TaskState

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, tzinfo=ZONE)
NOW = START + timedelta(days=30)


def book(**changes: Any) -> Playbook:
    tasks = {
        "clear_room": Task(
            "clear_room",
            "清空机房",
            "engineer",
            "site",
            help="搬走旧设备。",
            done_when="机房空置并拍照",
            due=Due(Duration(5, "days")),
            number=1,
            evidence="required",
        ),
        "measure": Task("measure", "测量承重", "engineer", "site", needs=("clear_room",), sets=("load",), number=2),
        "train": Task("train", "培训技师", "physicist", "use", number=3, due=Due(Duration(3, "days"))),
    }
    values: dict[str, Any] = {
        "id": "scanner",
        "version": "1.0.0",
        "title": "磁共振启用",
        "purpose": "把一台新磁共振用起来。",
        "roles": {
            "engineer": Role("engineer", "设备工程师", Bounds(1, 2), ("安装", "验收")),
            "physicist": Role("physicist", "医学物理师"),
        },
        "fields": {
            "load": Field("load", "地面承重", "number", unit="kg", required=True),
            "cost": Field("cost", "改造费用", "money"),
            "scans": Field("scans", "首月检查量", "number", unit="人次", integer=True, owner="physicist"),
            "passed": Field("passed", "质控合格率", "percent"),
            "opened": Field("opened", "启用日期", "date"),
            "model": Field("model", "机型", "choice", options={"a": "甲型", "b": "乙型"}),
        },
        "records": {
            "rooms": Record("rooms", "房间", {"name": Field("name", "名称", "text", required=True)}, "name"),
            "faults": Record(
                "faults",
                "故障",
                {
                    "what": Field("what", "现象", "text", required=True),
                    "room": Field("room", "房间", "ref", to="rooms"),
                    "state": Field("state", "状态", "choice", options={"open": "未修", "closed": "已修"}),
                },
                "what",
            ),
        },
        "stages": {
            "site": Stage(
                "site",
                "场地准备",
                goal="机房可以进场。",
                tasks={k: tasks[k] for k in ("clear_room", "measure")},
                next="use",
            ),
            "use": Stage(
                "use",
                "投入使用",
                tasks={"train": tasks["train"]},
                transitions={"rework": Transition("rework", "site", "退回整改", reason="required")},
                next="end",
            ),
            "end": Stage("end", "完成", final="succeeded"),
        },
        "metrics": {
            "cost_per_scan": Metric("cost_per_scan", "单次成本", "元/人次", "cost", "scans", "down", Decimal(300)),
        },
        "documents": {
            "guide": Document("guide", "启用指南", "guide.md.j2"),
            "brief": Document("brief", "启用简报", "brief.md.j2", max_words=1200),
            "tasks": Document("tasks", "任务清单", "tasks.md.j2"),
        },
    }
    return Playbook(**(values | changes))


def pilot(**changes: Any) -> Pilot:
    values: dict[str, Any] = {
        "id": "p1",
        "name": "东院磁共振",
        "playbook": "scanner",
        "version": "1.0.0",
        "pin": "0" * 64,
        "started": date(2026, 3, 2),
        "at": ("site",),
        "seq": 4,
        "last_at": NOW,
        "entered": {"site": START, "use": START + timedelta(days=10)},
        "visits": {"site": 2, "use": 1},
        "tasks": {"clear_room": TaskState("done", START + timedelta(days=2), "王蕾", evidence=(1,))},
        "fields": {
            "load": Decimal(1200),
            "cost": Decimal("86000.00"),
            "passed": Ratio(Decimal(46), Decimal(50)),
            "opened": date(2026, 4, 1),
            "model": "a",
        },
        "rows": {"rooms": {1: {"name": "一号机房"}}, "faults": {1: {"what": "漏水", "room": "1", "state": "closed"}}},
        "people": {"engineer": ("王蕾", "李想")},
        "evidence": {1: Evidence(1, "空机房.jpg", "0" * 64, 10, "image/jpeg", "clear_room", None, START, "王蕾")},
        "notes": (Note(1, "排水要先改", None, START, "王蕾"),),
    }
    return Pilot(**(values | changes))


def calendar() -> Calendar:
    """Every weekday is a working day."""
    return Calendar(ZONE, frozenset(), frozenset(), date(2026, 1, 1), date(2026, 12, 31))


def events() -> tuple[Event, ...]:
    """Started, went on, was sent back."""

    def advanced(seq: int, day: int, transition: str, source: str, target: str, **texts: str) -> Event:
        moment = START + timedelta(days=day)
        data = {
            "transition": transition,
            "stage": source,
            "source": [source],
            "at": [target],
            "left": [source],
            "entered": [target],
            "effective": moment.isoformat(),
            "reopened": [],
        }
        return Event(seq, "advanced", moment, "王蕾", f"c{seq}", data, texts)

    started = {"pilot": "p1", "name": "东院磁共振", "at": ["site"], "entered": ["site"], "moment": START.isoformat()}
    return (
        Event(1, "started", START, "王蕾", "c1", started),
        advanced(2, 10, "next", "site", "use"),
        advanced(3, 20, "rework", "use", "site", reason="排水不合格"),
    )
