"""Gates: each missing thing is named with who can supply it and the command that does."""

from __future__ import annotations

from engine.process import commands as c
from tests.process.world import Bench, codes


def test_default_gate_lists_open_required_tasks_only() -> None:
    found = Bench().refused(c.Advance())
    assert codes(found) == [
        ("task-open", "find_place"),
        ("task-open", "draw"),
        ("task-open", "loan"),
        ("role", "team"),
        ("role", "team"),
        ("condition", "cheap"),
    ]


def test_open_task_says_who_when_and_how() -> None:
    bench = Bench().do(c.Assign("owner", ("王蕾",)))
    first = bench.refused(c.Advance())[0]
    assert first.people == ("王蕾",)
    assert str(first.due) == "2026-03-09"
    assert first.commands == ("done 1 --set rent=金额 --attach 文件路径",)


def test_a_gate_that_holds_lets_through() -> None:
    bench = (
        Bench()
        .to_bake()
        .do(
            c.AddRow("breads", {"name": "吐司", "state": "ready", "price": "12"}),
            c.SetFields({"score": "46/50"}),
            c.CompleteTask("taste@早班"),
            c.SkipTask("taste@晚班", "无人"),
            c.Finalise("menu", "0" * 64, 10),
            c.Advance(),
        )
    )
    assert bench.pilot.at == ("open",)
    assert (bench.pilot.status, bench.pilot.outcome) == ("finished", "succeeded")


def test_too_long_document_is_not_final() -> None:
    found = Bench().refused(c.Finalise("menu", "0" * 64, 101))
    assert codes(found) == [("too-long", "menu")]
