"""A pilot with a ledger in memory: rows go in by the file, figures come out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.frozen import replace
from engine.pilot.state import Pilot, Value
from engine.results.counting import Counts, count
from engine.results.intake import Bad, staged_rows
from engine.results.reading import open_ledger
from engine.results.vocabulary import LedgerKind
from engine.store.ledger import Clash
from engine.store.sqlite import SqliteStore
from tests.process.world import Bench, book_of
from tests.results.ledgers import TODAY, csv_text

BOOK = """
playbook: clinic
version: 1.0.0
title: 门诊
roles: {lead: {title: 负责人}}
fields:
  department: {title: 科室, type: text}
  first: {title: 开始, type: date}
  last: {title: 结束, type: date}
  budget: {title: 预算, type: money}
  enquiries: {title: 咨询, type: number, unit: 人, ledger: {sum: enquiries, during: period}}
  bookings: {title: 预约, type: number, unit: 人, ledger: {sum: bookings, during: period}}
  arrivals: {title: 到诊, type: number, unit: 人, ledger: {sum: arrivals, during: period}}
  quality: {title: 优质, type: number, unit: 人, ledger: {sum: quality_patients, during: period}}
  revenue: {title: 收入, type: money, ledger: {sum: revenue, during: period}}
  before: {title: 之前收入, type: money, ledger: {sum: revenue, during: baseline}}
  spend: {title: 花费, type: money, ledger: {sum: spend, within: budget}}
  online: {title: 线上花费, type: money, ledger: {sum: spend, where: {side: online}}}
  all_spend: {title: 全院花费, type: money, ledger: {sum: spend, departments: all}}
  happy: {title: 满意度, type: percent, ledger: {sum: satisfied, over: surveyed, during: period}}
windows:
  period: {from: first, to: last}
  baseline: {before: period}
  month: {last: 1 months}
  prior: {last: 3 months, before: started}
  whole: {from: started, to: today}
ledger:
  department: department
  channels:
    search: {title: 搜索, side: online, names: [百度]}
    fair: {title: 健康节, side: offline}
funnels: {way: {title: 漏斗, links: [enquiries, {field: bookings, target: 40}, arrivals]}}
metrics:
  booking_rate: {title: 预约率, unit: percent, numerator: bookings, denominator: enquiries, kpi: true, target: 40}
  cost: {title: 每位到诊花费, unit: 元/人, numerator: spend, denominator: arrivals, direction: down}
  growth: {title: 收入相当于之前, unit: percent, numerator: revenue, denominator: before}
  happiness: {title: 满意度, unit: percent, numerator: happy}
decisions:
  move:
    title: 下一步
    each: channel
    hit: first
    inputs: {spend: {title: 花费, value: row.spend}, arrivals: {title: 到诊, value: row.arrivals}}
    outputs: {what: {title: 动作, options: {stop: 止损, keep: 维持}}}
    rows: [{spend: ">= 100", arrivals: "0", what: stop}, {what: keep}]
rules:
  silent: {title: 没人来, each: channel, when: decisions.move.what == "stop", message: 花了钱没人来, by: lead}
  low: {title: 预约率低, when: metrics.booking_rate < 40, then: task, task: look}
  dear: {title: 太贵, when: fields.spend > fields.budget, then: block, stage: run, transition: next, fix: 加预算}
  again: {title: 再来, when: metrics.happiness < 90, then: recommend, stage: run, transition: redo}
stages:
  run:
    title: 进行
    tasks: {look: {title: 看一看, role: lead, required: false}}
    next: end
    transitions: {redo: {to: run, title: 重来}}
  end: {title: 完, final: succeeded}
"""
HEAD = ["日期", "科室", "渠道", "明细", "咨询", "预约", "到诊", "收入", "花费", "收回份数", "满意份数"]


class World:
    """`take` imports rows of text as one file; `pilot` is as of the last count."""

    def __init__(self, **fields: Value) -> None:
        self.book = book_of(BOOK)
        self.store = SqliteStore(":memory:")
        base: dict[str, Value] = {
            "department": "皮肤科",
            "first": date(2026, 4, 1),
            "last": date(2026, 4, 30),
        }
        self.pilot: Pilot = replace(Bench().pilot, started=date(2026, 3, 2), fields={**base, **fields})
        self.number = 0

    def take(
        self,
        folder: Path,
        rows: Sequence[Sequence[object]],
        *,
        head: Sequence[str] = HEAD,
        kind: LedgerKind = "aggregate",
    ) -> tuple[int, list[Clash], list[Clash]]:
        """(rows repeated, clashes in the file, contradictions with earlier imports); taken in whatever they say."""
        self.number += 1
        path = folder / f"{self.number}.csv"
        path.write_text(csv_text([list(head), *rows]), encoding="utf-8")
        ledger, bad = self.store.ledger, Bad()
        with open_ledger(path, kind, today=TODAY) as file:
            ledger.stage(kind, staged_rows(self.book, kind, file, bad, None))
        assert not bad.rows, bad.rows
        repeated, clashes = ledger.repeated(kind)
        against = ledger.contradictions("p", kind)
        if not clashes:
            with self.store.transaction():
                ledger.take("p", self.number, kind, str(self.number), date(2027, 1, 1) if kind == "events" else None)
        ledger.drop()
        return repeated, clashes, against

    def counts(self) -> Counts:
        return count(self.book, self.pilot, self.store.ledger.of("p"), TODAY)

    def figures(self) -> dict[str, str]:
        """Counted values that there are, as text."""
        return {name: str(one.value) for name, one in self.counts().fields.items() if one.value is not None}
