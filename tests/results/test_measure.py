"""Metrics of the shipped samples against a recomputation with pandas, which shares no code with the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from engine.pilot.state import Ratio
from engine.resources import playbooks_folder
from engine.results.measure import Measured
from engine.service import Desk
from engine.service.ledger import Taking, import_ledger
from engine.service.results import Results, results_of
from engine.workspace import init_workspace

SAMPLES = playbooks_folder() / "samples"
NOW = datetime(2026, 8, 31, 4, tzinfo=UTC)


def imported(folder: Path, playbook: str, file: Path, started: str, given: dict[str, str], **fields: str) -> Results:
    init_workspace(folder, "市一院", "王蕾")
    desk = Desk.open(folder, "王蕾", lambda: NOW)
    desk.start(playbook, "试点", day=date.fromisoformat(started), values=fields)
    import_ledger(desk, "试点", file, Taking(given=given))
    return results_of(desk, desk.view("试点"))


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    return imported(
        tmp_path_factory.mktemp("s1"),
        "four-step-pilot",
        SAMPLES / "four-step-pilot" / "ledger" / "渠道日报.csv",
        "2026-03-02",
        {},
        department="皮肤科",
        period_start="2026-04-13",
        period_end="2026-06-12",
    )


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    return imported(
        tmp_path_factory.mktemp("s2"),
        "phased-plan",
        SAMPLES / "phased-plan" / "ledger" / "全院渠道明细.xlsx",
        "2026-03-01",
        {},
        target_department="康复科",
    )


def daily() -> pd.DataFrame:
    path = SAMPLES / "four-step-pilot" / "ledger" / "渠道日报.csv"
    rows = pd.read_csv(path, encoding="gb18030", skiprows=1)
    rows = rows[rows["日期"] != "合计"].copy()
    rows["日期"] = pd.to_datetime(rows["日期"])
    return rows


def within(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    return rows[(rows["日期"] >= first) & (rows["日期"] <= last)]


def counts(measured: Measured) -> tuple[Decimal, Decimal]:
    parts = [p.value for p in measured.now.parts]
    if isinstance(parts[0], Ratio):
        return parts[0].numerator, parts[0].base
    assert isinstance(parts[0], Decimal) and isinstance(parts[1], Decimal)
    return parts[0], parts[1]


@pytest.mark.parametrize(
    ("metric", "top", "base"),
    [
        ("booking_rate", "预约量", "咨询量"),
        ("arrival_rate", "到诊人数", "预约量"),
        ("treatment_rate", "开始治疗", "到诊人数"),
        ("quality_rate", "优质患者", "初诊人数"),
        ("revisit_rate", "按期复诊", "应复诊人数"),
        ("satisfaction_rate", "满意份数", "收回份数"),
    ],
)
def test_rates_of_the_pilot(pilot: Results, metric: str, top: str, base: str) -> None:
    own = within(daily()[daily()["科室"] == "皮肤科"], "2026-04-13", "2026-06-12")
    measured = pilot.metrics[metric]
    assert counts(measured) == (Decimal(int(own[top].sum())), Decimal(int(own[base].sum())))
    assert measured.now.value == counts(measured)[0] / counts(measured)[1] * 100


def test_money_of_the_pilot(pilot: Results) -> None:
    own = daily()[daily()["科室"] == "皮肤科"]
    period, before = within(own, "2026-04-13", "2026-06-12"), within(own, "2026-02-11", "2026-04-12")
    named = period[period["来源渠道"].notna()]
    revenue, spend = named["业务收入（元）"].sum(), within(own, "2026-03-02", "2026-06-12")["花费（元）"].sum()
    assert float(pilot.metrics["return_on_spend"].now.value or 0) == pytest.approx(revenue / spend)
    assert float(pilot.metrics["cost_per_patient"].now.value or 0) == pytest.approx(spend / period["初诊人数"].sum())
    level = period["业务收入（元）"].sum() / before["业务收入（元）"].sum() * 100
    assert float(pilot.metrics["revenue_level"].now.value or 0) == pytest.approx(level)


def test_before_and_beside_other_departments(pilot: Results) -> None:
    rows = daily()
    measured = pilot.metrics["booking_rate"]
    shares = {}
    for name, department in (("own", "皮肤科"), ("other", "眼科")):
        for when, first, last in (("then", "2026-02-11", "2026-04-12"), ("now", "2026-04-13", "2026-06-12")):
            part = within(rows[rows["科室"] == department], first, last)
            shares[name, when] = part["预约量"].sum() / part["咨询量"].sum()
    assert measured.before is not None and measured.change is not None and measured.beside is not None
    assert float(measured.before.value or 0) == pytest.approx(shares["own", "then"] * 100)
    assert float(measured.change.estimate) == pytest.approx(shares["own", "now"] - shares["own", "then"])
    difference = (shares["own", "now"] - shares["own", "then"]) - (shares["other", "now"] - shares["other", "then"])
    assert float(measured.beside.estimate) == pytest.approx(difference)


def test_channels_of_the_pilot(pilot: Results) -> None:
    own = within(daily()[daily()["科室"] == "皮肤科"], "2026-04-13", "2026-06-12")
    by = own.groupby("来源渠道")[["咨询量", "初诊人数"]].sum()
    assert {r.title: (int(r.values["enquiries"]), int(r.values["new_patients"])) for r in pilot.channels} == {  # type: ignore[call-overload]
        name: (int(row["咨询量"]), int(row["初诊人数"])) for name, row in by.iterrows()
    }


def test_the_quarter_of_the_plan(plan: Results) -> None:
    file = SAMPLES / "phased-plan" / "ledger" / "全院渠道明细.xlsx"
    rows = pd.read_excel(file, sheet_name="渠道月报明细", skiprows=1, engine="openpyxl")
    quarter = within(rows, "2026-06-01", "2026-08-31")
    before = within(rows, "2025-12-01", "2026-02-28")
    own, own_before = (part[part["就诊科室"] == "康复科"] for part in (quarter, before))
    fields = plan.view.pilot.fields
    assert fields["enquiries_now"] == own[own["类别"] == "线上"]["有效对话"].sum()
    assert fields["enquiries_before"] == own_before[own_before["类别"] == "线上"]["有效对话"].sum()
    assert fields["arrivals_now"] == quarter["到院人数"].sum()
    assert float(str(fields["revenue_total"])) == pytest.approx(quarter["实收金额"].sum())
    share = quarter["投放费用"].sum() / quarter["实收金额"].sum() * 100
    assert float(plan.metrics["cost_share"].now.value or 0) == pytest.approx(share)
    assert {rule.id for rule, _ in plan.firings} >= {"stop_loss"}


def test_typed_figures_have_no_interval_of_money_but_rates_do(tmp_path: Path) -> None:
    init_workspace(tmp_path, "院", "王蕾")
    desk = Desk.open(tmp_path, "王蕾", lambda: NOW)
    values = {"enquiries": "100", "bookings": "40", "spend": "5000", "new_patients": "20"}
    desk.start("four-step-pilot", "试点", values=values)
    results = results_of(desk, desk.view("试点"))
    rate, cost = results.metrics["booking_rate"], results.metrics["cost_per_patient"]
    assert rate.now.interval is not None and rate.now.value == 40 and rate.before is None
    assert cost.now.interval is None and cost.now.value == 250 and cost.few
    desk.close()


def test_papers_and_screen_say_the_same_figures(pilot: Results) -> None:
    from engine.documents.figures import metric_views

    views = metric_views(pilot.view.book, pilot.view.pilot, "zh")
    for name, measured in pilot.metrics.items():
        if measured.now.value is None:
            continue
        top, base = counts(measured) if len(measured.now.parts) == 2 or measured.shape == "rate" else (None, None)
        shown = str(views[name]["value"]).replace(",", "")
        if measured.metric.unit == "percent" and top is not None and base is not None:
            assert shown.endswith(f"（{top.normalize():f}/{base.normalize():f}）")
