"""Decision tables in a paper say what `playbook decide` says."""

import pytest

from engine.documents.context import build_context
from engine.documents.tables import cell_words, table_views
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
        {
            "cells": {"load": ">= 500", "room": ""},
            "words": {"load": "500kg及以上", "room": ""},
            "results": {"move": "进场", "why": "够重"},
        },
        {"cells": {"load": "", "room": ""}, "words": {"load": "", "room": ""}, "results": {"move": "wait", "why": ""}},
    ]


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        ("< 500", "不到500kg", "under 500kg"),
        ("<= 500", "不超过500kg", "at most 500kg"),
        ("> 1000", "超过1,000kg", "over 1,000kg"),
        ("[500..1000)", "500kg及以上、不到1,000kg", "500kg or more, under 1,000kg"),
        ("(1..3]", "超过1kg、不超过3kg", "over 1kg, at most 3kg"),
        ("1..3", "1kg至3kg", "1kg to 3kg"),
        ("5", "5kg", "5kg"),
        ("not 5", "不是5kg", "not 5kg"),
        ("-", "", ""),
    ],
)
def test_a_cell_is_told_without_brackets(cell: str, zh: str, en: str) -> None:
    column = TABLE.inputs["load"]
    assert (cell_words(column, cell, "zh"), cell_words(column, cell, "en")) == (zh, en)


def test_a_cell_of_choices_is_told_by_their_titles() -> None:
    column = DecisionInput("place", "地点", "choice", options={"a": "东院", "b": "西院", "c": "南院"})
    assert cell_words(column, "a, c", "zh") == "东院、南院"
    assert cell_words(column, "not a", "zh") == "西院、南院"


def test_a_template_asks_for_a_table_that_a_variant_may_have_removed() -> None:
    made = Context(sample.book(decisions={"next": TABLE}), sample.pilot(), sample.NOW, sample.calendar())
    document = sample.book().documents["guide"]
    data, _ = build_context(made, sample.events(), document, hospital="医院", language="zh", draft=True)
    assert len(data["decision"]("next")["rows"]) == 2 and len(data["decisions"]) == 1
    assert data["decision"]("gone")["rows"] == []
