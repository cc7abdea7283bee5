"""Rules on numbers: once per crossing, with what they saw, and what they make of the way on."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.pilot.blockers import Refused
from engine.process import commands as c
from engine.process import decide
from engine.process.ledger import recount
from tests.process.world import Bench
from tests.results.world import BOOK, World


class Clinic(Bench):
    """The clinic's pilot with a ledger: `takes` takes rows in and counts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(BOOK, "2026-04-20")
        self.folder, self.world = folder, World()
        self.do(c.SetFields({"department": "皮肤科", "first": "2026-04-01", "last": "2026-04-20", "budget": "1000"}))

    def takes(self, **values: object) -> list[str]:
        """Types of the events that one more row led to."""
        names = ("channel", "line", "enquiries", "bookings", "arrivals", "revenue", "spend", "surveyed", "satisfied")
        before = len(self.events)
        row = ["2026-04-02", "皮肤科", *(values.get(name, "") for name in names)]
        self.world.take(self.folder, [row])
        self.world.pilot = self.pilot
        self.do(
            c.RecordImport(self.world.number, "aggregate", "a.csv", "0" * 64, 1, self.now.date(), self.now.date(), ())
        )
        self.do(c.Recount(self.world.counts()))
        return [event.type for event in self.events[before + 1 :]]

    def refusable(self) -> list[str]:
        """Items that block `next` now."""
        try:
            decide(self.book, self.pilot, c.Advance(), self.now, self.calendar, self.actor)
        except Refused as refused:
            return [b.item for b in refused.blockers]
        return []


def test_fires_once_with_its_values_and_clears(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    assert clinic.takes(channel="百度", spend=200) == ["counted"]  # nobody has counted arrivals yet
    assert clinic.takes(channel="健康节", arrivals=3) == ["counted", "rule_fired"]
    [firing] = clinic.pilot.firings.values()
    assert (firing.rule, firing.group, firing.then) == ("silent", "搜索", "warn")
    assert clinic.takes(channel="百度", line="二", spend=300) == ["counted"]
    assert clinic.takes(channel="百度", line="三", arrivals=1) == ["counted", "rule_cleared"]
    assert clinic.pilot.firings == {}


def test_a_task_is_asked_for_and_opened_again(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    assert not [b for b in clinic.refusable() if b == "look"]
    clinic.do(c.CompleteTask("look"))
    assert clinic.takes(enquiries=100, bookings=10) == ["counted", "rule_fired", "task_reopened"]
    assert "look" in clinic.refusable()
    clinic.do(c.CompleteTask("look"))
    assert "look" not in clinic.refusable()


def test_a_way_is_blocked_while_the_rule_fires(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    clinic.takes(spend=1500, arrivals=3)
    [blocker] = clinic.refused(c.Advance())
    assert (blocker.code, blocker.item) == ("rule", "dear") and "1,500.00元" in blocker.message.zh
    assert blocker.detail[0].zh == "加预算"
    clinic.do(c.SetFields({"budget": "2000"}), c.Tick())
    clinic.do(c.Advance())
    assert clinic.pilot.status == "finished"


def test_a_way_is_recommended(tmp_path: Path) -> None:
    from engine.process.rules import recommended

    clinic = Clinic(tmp_path)
    clinic.takes(surveyed=50, satisfied=40)
    [(rule, firing)] = recommended(clinic.context)
    assert rule.id == "again" and firing.values == {"满意度": "80.0%（40/50）"}


def test_the_same_count_again_writes_nothing(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    clinic.takes(enquiries=100, bookings=50)
    clinic.world.pilot = clinic.pilot
    counts = clinic.world.counts()
    from engine.frozen import replace

    same = replace(counts, day=clinic.pilot.counted_on)
    assert recount(clinic.context, c.Recount(same)).events == ()


def test_what_is_counted_is_not_typed_until_it_is_gone(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    clinic.do(c.SetFields({"enquiries": "7"}))
    clinic.takes(enquiries=100)
    assert [b.code for b in clinic.refused(c.SetFields({"enquiries": "8"}))] == ["counted-field"]
    with clinic.world.store.transaction():
        clinic.world.store.ledger.withdraw("p", 1, "aggregate")
    clinic.world.pilot = clinic.pilot
    clinic.do(c.RecordWithdrawal(1, 1, "错"), c.Recount(clinic.world.counts()))
    assert "enquiries" not in clinic.pilot.fields and clinic.pilot.live_imports == ()
    clinic.do(c.SetFields({"enquiries": "8"}))


def test_withdrawing_needs_an_import_and_a_reason(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path)
    assert [b.code for b in clinic.refused(c.RecordWithdrawal(1, 0, "错"))] == ["unknown-import"]
    clinic.takes(enquiries=1)
    assert [b.code for b in clinic.refused(c.RecordWithdrawal(1, 0, " "))] == ["reason-missing"]


def test_undo_takes_back_what_was_typed_and_leaves_counts_alone(tmp_path: Path) -> None:
    from engine.process.undo import undo

    clinic = Clinic(tmp_path)
    clinic.do(c.AddNote("先记一笔"))
    clinic.takes(enquiries=100)
    decision = undo(clinic.book, clinic.events, "写错了")
    gone = [e for e in clinic.events if e.seq in decision.events[0].data["seqs"]]
    assert [e.type for e in gone] == ["noted"]
    with pytest.raises(Refused):
        undo(clinic.book, clinic.events, "写错了", f"#{next(e.seq for e in clinic.events if e.type == 'imported')}")


def test_a_gate_may_ask_a_decision_table(tmp_path: Path) -> None:
    text = BOOK.replace(
        "    next: end\n",
        "    gate: [{id: size, when: 'decisions.size.what == \"small\"', else: 预算太大, by: lead}]\n    next: end\n",
    ).replace(
        "decisions:\n",
        "decisions:\n  size:\n    title: 大小\n    inputs: {b: {title: 预算, value: fields.budget}}\n"
        "    outputs: {what: {title: 大小, options: {small: 小, large: 大}}}\n"
        '    rows: [{b: "< 500", what: small}, {b: ">= 500", what: large}]\n',
    )
    bench = Bench(text, "2026-04-20")
    [blocker] = bench.refused(c.Advance())
    assert blocker.item == "size"
    bench.do(c.SetFields({"budget": "800"}))
    [blocker] = bench.refused(c.Advance())
    assert blocker.message.zh == "预算太大"
    bench.do(c.SetFields({"budget": "300"}), c.Advance())
    assert bench.pilot.status == "finished"


def test_a_gate_asks_a_table_about_each_row_of_a_record() -> None:
    text = """
playbook: topics
version: 1.0.0
title: 选题
roles: {lead: {title: 负责人}}
records:
  topics: {title: 选题, columns: {name: {title: 名称, type: text}, reads: {title: 阅读, type: number}, plan: {title: 打算, type: text}}}
decisions:
  move:
    title: 下一步
    each: topics
    inputs: {reads: {title: 阅读, value: row.reads, min: 0}}
    outputs: {what: {title: 动作, options: {more: 多做, less: 少做}}}
    rows: [{reads: "< 100", what: less}, {reads: ">= 100", what: more}]
stages:
  run:
    title: 进行
    tasks: {t: {title: 事, role: lead, required: false}}
    gate:
      - {id: planned, each: topics, where: decisions.move.what == "more", when: row.filled.plan, else: 该多做的选题还没有打算}
    next: end
  end: {title: 完, final: succeeded}
"""
    bench = Bench(text).do(
        c.AddRow("topics", {"name": "护眼", "reads": "50"}), c.AddRow("topics", {"name": "睡眠", "reads": "150"})
    )
    [blocker] = bench.refused(c.Advance())
    assert [m.zh for m in blocker.detail] == ["第2行“睡眠”"]
    bench.do(c.EditRow("topics", 2, {"plan": "每周一条"}), c.Advance())
    assert bench.pilot.status == "finished"
