"""A durable advance in-process (find, settle, gate, machine, events, projection, commit) against the bare SQLite
transaction that writes the very same rows, WAL and synchronous=FULL both."""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from bench.figures import Figure, in_turn
from engine.process.commands import Advance, CompleteTask
from engine.service import Desk
from engine.workspace import init_workspace

_STEPS = 40  # advances per round
_ROUNDS = 31
_LOOP = """
playbook: loop
version: 1.0.0
title: 来回
roles: {lead: {title: 负责人}}
fields:
  budget: {title: 预算, type: money}
  ends: {title: 到期日, type: date}
records:
  cases: {title: 案例, columns: {name: {title: 名称, type: text}, state: {title: 状态, type: choice, options: {ok: 可用, no: 不可用}}}}
stages:
  a:
    title: 甲
    tasks:
      one: {title: 第一件, role: lead, due: 5 workdays}
      two: {title: 第二件, role: lead, due: 3 workdays after one, required: false}
    gate:
      - {id: team, roles: [lead]}
      - {id: cheap, when: fields.budget <= 20000 && fields.ends >= today, else: 太贵}
      - {id: each, each: cases, when: row.state == "ok", else: 有案例不可用}
    next: b
  b:
    title: 乙
    tasks:
      three: {title: 第三件, role: lead, due: 2 weeks}
    gate:
      - {id: known, when: filled.budget && size(records.cases) >= 1, else: 没有案例}
    next: a
    transitions: {finish: {to: end}}
  end: {title: 完, final: succeeded}
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        desk = prepared(folder)
        count = [0]

        def ours() -> None:
            for _ in range(_STEPS):
                desk.run("来回一", Advance())

        ours()
        event, pilot = _last_rows(desk)
        raw = _raw(folder / "raw.db", desk)
        # Rows as ours are: one pilot, numbers going up, and a command id and a hash that never came before.
        fresh = iter([(secrets.token_hex(8), secrets.token_hex(32)) for _ in range(_STEPS * (_ROUNDS + 1))])

        def floor() -> None:
            for _ in range(_STEPS):
                count[0] += 1
                command, digest = next(fresh)
                raw.execute("BEGIN IMMEDIATE")
                raw.execute(
                    "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (event[0], count[0], *event[2:5], command, *event[6:8], digest),
                )
                raw.execute("INSERT OR REPLACE INTO pilots VALUES (?, ?, ?, ?, ?, ?, ?)", pilot)
                raw.execute("COMMIT")

        a, b, ratio = in_turn(ours, floor, _ROUNDS)
        desk.close()
        raw.close()
    title = "durable advance in-process, steps/s"
    return [Figure(title, _STEPS / a, _STEPS / b, "/s", 1 / ratio, 0.5, at_least=True)]


def prepared(folder: Path) -> Desk:
    init_workspace(folder, me="王蕾")
    (folder / "playbooks" / "loop.yaml").write_text(_LOOP, encoding="utf-8")
    desk = Desk.open(folder)
    values = {"budget": "1.2万", "ends": "2099-01-01"}
    desk.start("loop", "来回一", values=values, people={"lead": ("王蕾",)})
    from engine.process.commands import AddRow

    desk.run(None, AddRow("cases", {"name": "一", "state": "ok"}))
    desk.run(None, CompleteTask("one"))
    desk.run(None, Advance())
    desk.run(None, CompleteTask("three"))
    return desk


def _last_rows(desk: Desk) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What the last advance wrote: its event's row, and the pilot's row."""
    db = desk.store._db
    event: tuple[Any, ...] = db.execute("SELECT * FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    pilot: tuple[Any, ...] = db.execute("SELECT * FROM pilots").fetchone()
    return event, pilot


def _raw(path: Path, desk: Desk) -> sqlite3.Connection:
    """A database of the same tables and indexes, without anything of ours around it."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    for (sql,) in desk.store._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        db.execute(sql)
    return db
