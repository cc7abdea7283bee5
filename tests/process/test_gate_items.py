"""The kinds of gate items: each says what is wrong with which value or row."""

from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench


def test_condition_over_an_empty_field_says_it_is_empty_and_how_to_fill_it() -> None:
    cheap = Bench().refused(c.Advance())[-1]
    assert str(cheap.message) == "“月租”还没有填写"
    assert cheap.commands == ("set rent=金额",)
    assert cheap.roles == ("owner",)


def test_condition_that_is_false_shows_the_value() -> None:
    bench = Bench().do(c.SetFields({"rent": "30000"}))
    cheap = bench.refused(c.Advance())[-1]
    assert str(cheap.message) == "月租太高"
    assert "30,000" in str(cheap.detail[0]) or "30000" in str(cheap.detail[0])


def test_each_names_the_failing_rows_and_empty_columns() -> None:
    bench = (
        Bench()
        .to_bake()
        .do(
            c.AddRow("breads", {"name": "吐司", "state": "ready", "price": "12"}),
            c.AddRow("breads", {"name": "法棍"}),
            c.AddRow("breads", {"name": "可颂", "state": "可卖"}),
        )
    )
    found = {b.item: b for b in bench.refused(c.Advance())}
    ready = found["ready"]
    assert [str(d) for d in ready.detail] == ["第2行“法棍”：缺价格", "第3行“可颂”：缺价格"]
    assert ready.commands[1] == "edit breads 3 price=金额"
    assert "enough" not in found


def test_count_says_how_many_there_are() -> None:
    found = {b.item: b for b in Bench().to_bake().refused(c.Advance())}
    assert found["enough"].commands == ("add breads name=内容",)
    assert found["liked"].commands == ("set score=分子/分母",)


def test_document_must_be_final_since_the_stage_was_entered() -> None:
    bench = Bench().do(c.Finalise("menu", "0" * 64, 10)).on("2026-03-03").to_bake()
    printed = {b.item: b for b in bench.refused(c.Advance())}["printed"]
    assert printed.commands == ("paper menu --final",)
    bench.on("2026-03-04").do(c.Finalise("menu", "0" * 64, 10))
    assert "printed" not in {b.item for b in bench.refused(c.Advance())}


def test_percent_is_compared_in_points() -> None:
    bench = Bench().to_bake().do(c.SetFields({"score": "45/50"}))
    assert "liked" not in {b.item for b in bench.refused(c.Advance())}
    bench.do(c.SetFields({"score": "44/50"}))
    assert "liked" in {b.item for b in bench.refused(c.Advance())}


LINKED = """
playbook: wide
version: 1.0.0
title: 推广
roles: {lead: {title: 负责人}}
stages:
  go:
    title: 推广
    tasks: {think: {title: 想一想, role: lead, required: false}}
    gate:
      - {id: parts, children: bakery}
      - {id: heirs, successors: 1}
    next: end
  end: {title: 完成, final: succeeded}
"""


def test_missing_pilots_are_started_by_a_command_that_can_be_typed() -> None:
    bench = Bench(LINKED)
    bench.events.clear()
    bench.do(c.Start("p1", "东 区", "pin", bench.now.date()))
    found = {b.item: b.commands for b in bench.refused(c.Advance())}
    assert found == {
        "parts": ('start bakery 试点名称 --parent "东 区"',),
        "heirs": ('start wide 试点名称 --from "东 区"',),
    }


def test_a_running_pilot_that_has_to_succeed_is_looked_at() -> None:
    bench = Bench(LINKED.replace("children: bakery", "children: bakery, state: succeeded"))
    bench.do(c.RecordLink("child", "p2", "bakery", "西 区"))
    found = {b.item: b.commands for b in bench.refused(c.Advance())}
    assert found["parts"] == ('status -p "西 区"',)
