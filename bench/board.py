"""The board over 10,000 pilots with 1,000,000 events, against the same answer from a window over the events."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.figures import Figure, in_turn
from engine.store import BoardRow
from engine.store.rows import folded, to_json
from engine.store.sqlite import SqliteStore

PILOTS, EVENTS_EACH = 10_000, 100
_START = datetime(2026, 3, 2, tzinfo=UTC)
_TODAY = date(2026, 3, 9)
# The same answer without a projection: of each pilot its last event, which here carries where it stands and what is due.
_WINDOW = """
SELECT pilot, data FROM (
    SELECT pilot, data, ROW_NUMBER() OVER (PARTITION BY pilot ORDER BY seq DESC) AS place FROM events
) WHERE place = 1 ORDER BY pilot
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        store = SqliteStore(Path(folder) / "pilots.db")
        db = store._db
        db.execute("BEGIN")
        db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, '王蕾', ?, ?, '{}', ?)", _events())
        db.executemany("INSERT INTO pilots VALUES (?, ?, ?, ?, ?, NULL, ?)", _rows())
        db.execute("COMMIT")

        def ours() -> int:
            return sum(row.overdue(_TODAY) for row in store.rows())

        def window() -> int:
            found = 0
            for _, data in db.execute(_WINDOW):
                found += sum(date.fromisoformat(day) < _TODAY for day in json.loads(data)["dues"])
            return found

        def figures() -> int:
            return sum(bool(row.kpi) + len(row.alerts) for row in store.rows())

        def bare() -> int:
            return sum(len(text) > 0 for (text,) in db.execute("SELECT row FROM pilots ORDER BY folded").fetchall())

        assert ours() == window() and bare() == PILOTS
        a, b, ratio = in_turn(ours, window, 5)
        c, d, kpi = in_turn(figures, bare, 5)
        store.close()
    title = f"board, {PILOTS:,} pilots, {PILOTS * EVENTS_EACH:,} events"
    return [
        Figure(title, a * 1000, b * 1000, "ms", ratio, 0.25),
        Figure(
            f"board with KPI, {PILOTS:,} pilots, against the bare SQL of the same rows",
            c * 1000,
            d * 1000,
            "ms",
            kpi,
            None,
        ),
    ]


def _dues(pilot: int) -> list[str]:
    return sorted((_START.date() + timedelta(days=(pilot + n) % 14)).isoformat() for n in range(3))


def _events() -> Iterator[tuple[object, ...]]:
    for pilot in range(PILOTS):
        moved = json.dumps({"transition": "next", "at": ["showcase"], "entered": ["showcase"], "dues": _dues(pilot)})
        for seq in range(1, EVENTS_EACH + 1):
            kind, data = ("advanced", moved) if seq % 25 == 0 else ("task_done", '{"task":"authorise"}')
            yield (
                f"p{pilot:05}",
                seq,
                kind,
                (_START + timedelta(minutes=seq)).isoformat(),
                f"c{pilot}-{seq}",
                data,
                "0" * 64,
            )


def _rows() -> Iterator[tuple[object, ...]]:
    for pilot in range(PILOTS):
        row = BoardRow(
            pilot=f"p{pilot:05}",
            name=f"试点{pilot}",
            playbook="four-step-pilot",
            title="四步走试点",
            version="1.0.0",
            pin="0" * 64,
            status="running",
            outcome=None,
            stages=("showcase",),
            stage_titles=("打造样板案例",),
            owners=("王蕾", "李主任"),
            open_tasks=3,
            done_tasks=9,
            due_days=_dues(pilot),
            timer_at=None,
            blockers=({"code": "task-open", "item": "package", "zh": "任务还没有完成", "en": "a task is open"},) * 3,
            written_at=_START.isoformat(),
            seq=EVENTS_EACH,
            parent=None,
            origin=None,
            started_on=_START.date().isoformat(),
            kpi=(
                ("患者满意度", f"9{pilot % 10}.0%（{pilot % 50 + 40}/99）", True),
                ("单位获客成本", f"{pilot % 900}元/人", None),
            ),
            alerts=("花了钱没人来的渠道",) if pilot % 4 == 0 else (),
        )
        yield row.pilot, EVENTS_EACH, row.name, folded(row.name), row.status, to_json(row)
