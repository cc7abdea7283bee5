"""Decision tables in a paper say what `playbook decide` says."""

from engine.documents.context import build_context
from engine.documents.tables import table_views
from engine.model import DecisionInput, DecisionOutput, DecisionRow, DecisionTable
from engine.process.context import Context
from tests.documents import sample

TABLE = DecisionTable(
    "next",
    "下一步",
    "first",
    {"load": DecisionInput("load", "承重", "number", unit="kg"), "room": DecisionInput("room", "房间", "number")},
    {"move": DecisionOutput("move", "做法", {"go": "进场"}), "why": DecisionOutput("why", "理由")},
    (
        DecisionRow({"load": ">= 500"}, {"move": "go", "why": "够重"}),
        DecisionRow({}, {"move": "wait"}),
    ),
    help="门槛由医院改",
)


def test_rows_are_told_in_words_with_their_cells_as_written() -> None:
    view = table_views(sample.book(decisions={"next": TABLE}))["next"]
    assert (view["title"], view["help"]) == ("下一步", "门槛由医院改")
    assert [c["title"] for c in view["inputs"]] == ["承重", "房间"]
    assert view["rows"] == [
        {"cells": {"load": ">= 500", "room": ""}, "results": {"move": "进场", "why": "够重"}},
        {"cells": {"load": "", "room": ""}, "results": {"move": "wait", "why": ""}},
    ]


def test_a_template_asks_for_a_table_that_a_variant_may_have_removed() -> None:
    made = Context(sample.book(decisions={"next": TABLE}), sample.pilot(), sample.NOW, sample.calendar())
    document = sample.book().documents["guide"]
    data, _ = build_context(made, sample.events(), document, hospital="医院", language="zh", draft=True)
    assert len(data["decision"]("next")["rows"]) == 2 and len(data["decisions"]) == 1
    assert data["decision"]("gone")["rows"] == []
