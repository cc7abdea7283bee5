"""A small playbook that has everything once, and a pilot of it in memory to give commands to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.build import build
from engine.calendar import Calendar, calendar_for
from engine.model import Playbook
from engine.pilot.blockers import Blocker, Refused
from engine.pilot.events import Event, NewEvent
from engine.pilot.fold import fold
from engine.pilot.state import Pilot
from engine.process import Context, decide
from engine.process import commands as c
from engine.source import parse

ZONE = ZoneInfo("Asia/Shanghai")

BAKERY = """
playbook: bakery
version: 1.0.0
title: 开一家面包店
roles:
  owner: {title: 店主}
  baker: {title: 面包师, count: 1..2}
  bank: {title: 银行经理}
fields:
  rent: {title: 月租, type: money, min: 0, owner: owner}
  opening: {title: 开业日, type: date}
  score: {title: 试吃满意度, type: percent}
  story: {title: 店铺故事, type: text}
  shifts: {title: 班次, type: list}
  plan: {title: 平面图, type: file}
  size: {title: 规模, type: choice, options: {small: 小店, large: 大店}}
records:
  breads:
    title: 面包
    max: 3
    columns:
      name: {title: 名称, type: text, required: true}
      state: {title: 状态, type: choice, options: {trial: 试做, ready: 可卖}, default: trial}
      price: {title: 价格, type: money}
  complaints:
    title: 意见
    columns:
      text: {title: 内容, type: text, required: true}
      bread: {title: 面包, type: ref, to: breads, required: true}
metrics:
  rent_per_point: {title: 每点租金, unit: 元, numerator: rent, denominator: seats}
documents:
  menu: {title: 价目表, template: tasks.md.j2, max_words: 100}
stages:
  prepare:
    title: 筹备
    takes: 10 workdays
    tasks:
      find_place: {title: 找铺面, role: owner, due: 5 workdays, evidence: required, sets: rent}
      draw: {title: 画平面图, role: baker, needs: [find_place], due: 2 workdays after find_place, sets: plan}
      loan: {title: 批贷款, role: bank, approval: true}
      decorate: {title: 装饰, role: owner, required: false}
    gate:
      - {id: team, roles: [owner, baker]}
      - {id: cheap, when: fields.rent <= 20000, else: 月租太高}
    next: bake
  bake:
    title: 试做
    tasks:
      taste: {title: 试吃, role: baker, for_each: shifts, skippable: true}
    gate:
      - {id: ready, each: breads, when: row.state == "ready" && row.price > 0, else: 有面包还不能卖}
      - {id: enough, count: breads, where: row.state == "ready", min: 1, else: 至少一种能卖}
      - {id: liked, when: fields.score >= 90, else: 满意度不到90}
      - {id: printed, document: menu}
    next: open
    after_time:
      - {id: too_slow, wait: 30 workdays, to: closed, title: 超时关闭}
    transitions:
      rework: {to: prepare, title: 退回, reason: required, reopens: [draw]}
  open: {title: 开业, final: succeeded}
  closed: {title: 关闭, final: stopped}
  rest: {title: 暂停营业, holds: true, transitions: {resume: {to: back, title: 恢复}}}
transitions:
  stop: {to: closed, title: 关店, reason: required}
  pause: {to: rest, title: 暂停}
""".replace("denominator: seats", "denominator: rent")


def book_of(text: str = BAKERY) -> Playbook:
    source = parse(text, "test.yaml")
    return build(source.data, lambda path, kind: (source.keys if kind == "key" else source.values)[path])


def days() -> Calendar:
    return calendar_for(ZONE, (2026,), {})


class Bench:
    """A pilot in memory: `do` a command, look at the state, expect a refusal."""

    def __init__(self, text: str = BAKERY, day: str = "2026-03-02", actor: str = "王蕾") -> None:
        self.book = book_of(text)
        self.calendar = days()
        self.actor = actor
        self.now = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=ZONE)
        self.events: list[Event] = []
        self.count = 0
        self.do(c.Start("p1", "东街店", "pin", self.now.date()))

    @property
    def pilot(self) -> Pilot:
        return fold(self.events)

    @property
    def context(self) -> Context:
        return Context(self.book, self.pilot, self.now, self.calendar, self.actor)

    def on(self, text: str) -> Bench:
        self.now = datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=ZONE)
        return self

    def do(self, *commands: c.Command) -> Bench:
        for command in commands:
            pilot = self.pilot if self.events else None
            self.write(decide(self.book, pilot, command, self.now, self.calendar, self.actor).events)
        return self

    def write(self, events: Sequence[NewEvent]) -> None:
        self.count += 1
        for new in events:
            seq = len(self.events) + 1
            self.events.append(Event(seq, new.type, self.now, self.actor, f"c{self.count}", new.data, new.texts))

    def refused(self, command: c.Command) -> list[Blocker]:
        before = list(self.events)
        with pytest.raises(Refused) as caught:
            self.do(command)
        assert self.events == before
        return list(caught.value.blockers)

    def to_bake(self) -> Bench:
        """The bakery at its second stage, everything before done properly."""
        return self.do(
            c.Assign("owner", ("王蕾",)),
            c.Assign("baker", ("李师傅",)),
            c.CompleteTask("find_place", {"rent": "1.2万"}, attachments=(FILE,)),
            c.CompleteTask("draw", attachments=(FILE,)),
            c.CompleteTask("loan", signer="赵经理"),
            c.SetFields({"shifts": "早班、晚班"}),
            c.Advance(),
        )


FILE = c.Attachment("租约.pdf", "ab" * 32, 2048, "application/pdf")


def codes(blockers: Sequence[Blocker]) -> list[tuple[str, str]]:
    return [(b.code, b.item) for b in blockers]
