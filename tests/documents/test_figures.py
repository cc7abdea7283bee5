"""Figures: never a percentage without its base, never a metric without its parts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.documents.figures import field_views, metric_views, record_views
from engine.model import Field, Metric, Record
from engine.pilot.events import ERASED
from tests.documents import sample


def metric(numerator: str | None, denominator: str | None, **changes: Any) -> Any:
    made = Metric("m", "指标", "percent", numerator, denominator)
    book = sample.book(metrics={"m": replace(made, **changes)})
    return metric_views(
        book, sample.pilot(fields={"load": Decimal(11), "cost": Decimal(40), "scans": Decimal(0)}), "zh"
    )["m"]


def test_percent_metric_shows_its_base() -> None:
    assert metric("load", "cost")["value"] == "27.5%（11/40）"


def test_a_formula_does_not_repeat_the_figure() -> None:
    assert metric("load", "cost")["formula"].count("÷") == 1
    assert metric("load", None)["formula"] == "取“地面承重”"


def test_metric_without_a_part_says_which() -> None:
    found = metric("load", "passed")
    assert (found["value"], found["empty"], found["lacks"]) == ("—", True, ["passed"])
    assert found["reason"] == "缺“质控合格率”"
    assert metric("load", "scans")["reason"] == "分母为零，无法计算"


@pytest.mark.parametrize(
    ("direction", "target", "met", "text"),
    [
        ("up", 27, True, "不低于27%"),
        ("up", 28, False, "不低于28%"),
        ("down", 28, True, "不高于28%"),
        ("down", 27, False, "不高于27%"),
    ],
)
def test_target_met_by_direction(direction: Any, target: int, met: bool, text: str) -> None:
    found = metric("load", "cost", direction=direction, target=Decimal(target))
    assert (found["met"], found["target"]) == (met, text)


def test_baseline_and_change() -> None:
    found = metric("cost", None, unit="元", baseline="load")
    assert (found["value"], found["change"]) == ("40元", "+29")


def test_fields_show_choices_dates_and_erasure() -> None:
    pilot = sample.pilot(fields={**sample.pilot().fields, "model": "b", "opened": ERASED})
    views = field_views(sample.book(), pilot, "zh")
    assert (views["model"]["value"], views["model"]["option"]) == ("乙型", "b")
    assert views["opened"]["value"] == "（已按要求删除）" and not views["opened"]["empty"]
    assert views["scans"]["empty"] and views["scans"]["value"] == ""
    assert "46/50" in views["passed"]["value"]


def test_rows_resolve_references_and_keep_option_ids() -> None:
    (row,) = record_views(sample.book(), sample.pilot(), "zh")["faults"]["rows"]
    assert row["cells"] == {"what": "漏水", "room": "一号机房", "state": "已修"}
    assert (row["label"], row["options"]["state"], row["refs"]["room"], row["number"]) == ("漏水", "closed", 1, 1)


def test_a_reference_to_a_row_that_is_gone_shows_its_number() -> None:
    pilot = sample.pilot(rows={"faults": {1: {"what": "漏水", "room": "7"}}})
    (row,) = record_views(sample.book(), pilot, "zh")["faults"]["rows"]
    assert row["cells"]["room"] == "#7"


def test_dates_in_tables_are_short() -> None:
    faults = sample.book().records["faults"]
    columns = {**faults.columns, "day": replace(sample.book().fields["opened"], id="day")}
    book = sample.book(records={"faults": replace(faults, columns=columns)})
    pilot = sample.pilot(rows={"faults": {1: {"what": "漏水", "day": date(2026, 6, 8)}}})
    assert record_views(book, pilot, "zh")["faults"]["rows"][0]["cells"]["day"] == "2026-06-08"


def test_percent_in_english_uses_english_brackets() -> None:
    made = Metric("m", "Rate", "percent", "load", "cost")
    pilot = sample.pilot(fields={"load": Decimal(11), "cost": Decimal(40)})
    assert metric_views(sample.book(metrics={"m": made}), pilot, "en")["m"]["value"] == "27.5% (11/40)"


def test_money_and_shares_in_english() -> None:
    views = field_views(sample.book(), sample.pilot(), "en")
    assert [views[name]["value"] for name in ("cost", "passed")] == ["86,000 CNY", "92.0% (46/50)"]


def test_records_sum_their_amounts() -> None:
    columns = {"name": Field("name", "名称", "text"), "cost": Field("cost", "花费", "money")}
    book = sample.book(records={"rooms": Record("rooms", "房间", columns, "name")})
    rows = {"rooms": {1: {"name": "甲", "cost": Decimal(1200)}, 2: {"name": "乙"}, 3: {"cost": Decimal("0.50")}}}
    assert record_views(book, sample.pilot(rows=rows), "zh")["rooms"]["totals"] == {"cost": "1,200.50元"}
    assert record_views(book, sample.pilot(rows={}), "zh")["rooms"]["totals"] == {}


def test_columns_of_a_table_know_their_choices() -> None:
    columns = {c["id"]: c for c in record_views(sample.book(), sample.pilot(), "zh")["faults"]["columns"]}
    assert columns["state"]["options"] == [{"id": "open", "title": "未修"}, {"id": "closed", "title": "已修"}]
    assert columns["what"]["options"] == []
