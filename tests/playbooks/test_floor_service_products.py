"""The floor of S5, a department's services as products: what the playbook must hold, whatever else changes in it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import calendar_for
from engine.decisions.table import decide_table
from engine.load import load
from engine.model import Bounds, GateItem, Playbook, Task
from engine.privacy import find_identifiers
from engine.resources import playbooks_folder
from engine.scenarios import run_file
from engine.source import read_text

SAMPLE = playbooks_folder() / "samples" / "service-products"
WAYS = {
    "education",
    "disclosure",
    "ad",
    "community",
    "lecture",
    "partner",
    "referral",
    "limited_offer",
    "member",
    "doctor",
    "waiting",
    "consultant",
}


@cache
def book() -> Playbook:
    return load(playbooks_folder() / "service-products.yaml").playbook


def gate(stage: str, item: str) -> GateItem:
    found = {g.id: g for g in book().all_stages[stage].gate}
    assert item in found, f"{stage} has no gate item {item}; it has {', '.join(found)}"
    return found[item]


def source(expression: Any) -> str:
    assert expression is not None
    return " ".join(expression.source.split())


def condition(stage: str, item: str) -> str:
    return source(gate(stage, item).when)


def task(task_id: str) -> Task:
    return book().tasks[task_id]


def tier(price: str, times: str) -> str | None:
    outcome = decide_table(book().decisions["product_tier"], {"price": Decimal(price), "times": Decimal(times)})
    assert not outcome.clash
    return outcome.result("tier")


# The three first-day actions


def test_the_first_tasks_are_the_three_things_of_the_first_day() -> None:
    first = next(iter(book().stages.values()))
    assert list(first.tasks) == ["draw_matrix", "refine_point", "design_activity"]
    assert [str(t.due.offset) for t in first.tasks.values() if t.due] == ["1 workday"] * 3
    assert [t.fills for t in first.tasks.values()] == [("products",), ("points",), ("paths",)]
    assert {(g.record, g.bounds) for g in first.gate} == {(r, Bounds(1, None)) for r in ("products", "points", "paths")}


def test_it_goes_through_matrix_points_paths_and_team_to_an_end() -> None:
    stages = book().stages
    steps = ["first_day"]
    while (onward := stages[steps[-1]].next) is not None:
        steps.append(onward)
    assert steps == ["first_day", "matrix", "refine", "build", "trial", "run"]
    assert list(stages["build"].regions) == ["promotion", "team"]
    assert book().all_stages["review"].next == "established"
    assert stages["established"].final == "succeeded"


# The matrix


def test_products_have_tier_price_basis_frequency_purpose_indication_and_upgrade() -> None:
    columns = book().records["products"].columns
    assert list(columns["tier"].options) == ["traffic", "core", "premium"]
    assert all(columns[c].required for c in ("name", "tier", "price", "times", "purpose", "indication"))
    assert columns["price"].type == "money" and {"price_basis", "upgrade_indication"} <= set(columns)
    assert (columns["upgrade_to"].type, columns["upgrade_to"].to) == ("ref", "products")


@pytest.mark.parametrize(
    ("price", "times", "answer"),
    [
        ("199", "6", "traffic"),  # the nine examples of the source
        ("299", "1", "traffic"),
        ("399", "1", "traffic"),
        ("2000", "4", "core"),
        ("3000", "6", "core"),
        ("5000", "1", "core"),
        ("20000", "1", "premium"),
        ("50000", "1", "premium"),
        ("80000", "12", "premium"),
        ("499.99", "0", "traffic"),  # the bounds
        ("500", "5", "core"),
        ("500", "6", "traffic"),
        ("999.99", "6", "traffic"),
        ("1000", "6", "core"),
        ("5000.01", "2", "core"),
        ("5000.01", "1.5", "premium"),
        ("9999.99", "2", "core"),
        ("10000", "99", "premium"),
    ],
)
def test_the_tier_follows_from_price_and_frequency(price: str, times: str, answer: str) -> None:
    assert tier(price, times) == answer


BANDS = {
    "traffic": (Decimal(0), Decimal(1000)),
    "core": (Decimal(100), Decimal(10000)),
    "premium": (Decimal(1000), None),
}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([Decimal(edge) for edge in (500, 1000, 5000, 10_000)]) | st.decimals(0, 100_000, places=2),
    st.sampled_from([Decimal(2), Decimal(6)]) | st.decimals(0, 60, places=1),
)
def test_the_tier_lies_in_the_band_of_the_source(price: Decimal, times: Decimal) -> None:
    """Traffic tens to hundreds, core hundreds to thousands, premium thousands to tens of thousands."""
    answer = tier(str(price), str(times))
    assert answer is not None
    low, high = BANDS[answer]
    assert price >= low and (high is None or price < high)


def test_the_gates_ask_the_table_about_each_product_and_the_plan_has_the_same_table() -> None:
    table = book().decisions["product_tier"]
    assert table.each == "products"
    for stage, item in (("matrix", "tier_by_table"), ("build", "tiers_still_by_table")):
        when = gate(stage, item).when
        assert gate(stage, item).record == "products" and str(when) == "row.tier == decisions.product_tier.tier"
    plan = load("phased-plan").playbook.decisions["product_tier"]
    assert [(dict(r.cells), dict(r.results)) for r in plan.rows] == [
        (dict(r.cells), dict(r.results)) for r in table.rows
    ]


def test_the_boundaries_are_called_a_reading_and_the_bands_the_source() -> None:
    words = book().decisions["product_tier"].help
    assert "几十到几百元" in words and "几百到几千元" in words and "几千到几万元" in words and "我们的读法" in words


def test_the_matrix_asks_for_three_tiers_an_entrance_upwards_and_a_final_paper() -> None:
    assert all(f'"{name}"' in condition("matrix", "three_tiers") for name in BANDS)
    assert gate("matrix", "upgrade_path").bounds == Bounds(1, None)
    assert gate("matrix", "matrix_final").document == "matrix"
    assert task("approve_matrix").approval and task("approve_matrix").role == "leadership"


def test_a_price_is_an_approved_fee_item() -> None:
    for stage, item in (("matrix", "prices_based"), ("build", "prices_still_based")):
        assert condition(stage, item) == 'row.filled.price_basis && row.price_checked == "yes"'
    assert (task("check_prices").role, task("check_prices").evidence) == ("price_officer", "required")
    assert book().records["products"].columns["price_checked"].default == "no"


def test_an_upgrade_follows_a_medical_indication_and_leads_up() -> None:
    found = gate("matrix", "upgrades_indicated")
    assert (source(found.where), source(found.when)) == ("row.filled.upgrade_to", "row.filled.upgrade_indication")
    assert "p.id == row.upgrade_to" in condition("matrix", "upgrades_lead_up")
    assert condition("review", "upgrades_all_indicated") == "metrics.upgrades_with_indication >= 100"
    assert task("check_upgrades").role == "reviewer" and task("check_upgrades").evidence == "required"


def test_no_refund_depends_on_the_effect() -> None:
    assert condition("matrix", "no_refund_on_effect") == 'row.refund != "effect"'
    assert book().records["products"].columns["refund"].default == "unused"


# Selling points


def test_a_point_has_pain_solution_assurance_and_difference() -> None:
    columns = book().records["points"].columns
    assert all(columns[c].required for c in ("product", "pain", "solution", "difference"))
    assert columns["assurance"].to == "standards"
    assert condition("refine", "points_assured") == "row.filled.assurance"
    assert task("set_standards").id in task("write_points").needs


def test_each_core_product_has_three_to_five_points() -> None:
    found = gate("refine", "three_to_five_points")
    assert (found.record, source(found.where)) == ("products", 'row.tier == "core"')
    assert ">= 3" in source(found.when) and "<= 5" in source(found.when) and "s.product == row.id" in source(found.when)


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("difference_with_self", 'row.against == "own_before"'),
        ("points_credible", "row.filled.proof"),
        ("points_plain", 'row.plain == "yes"'),
        ("points_lawful", 'row.finding == "clean"'),
    ],
)
def test_a_point_is_lawful_simple_and_credible(item: str, when: str) -> None:
    assert condition("refine", item) == when


def test_no_point_passes_unread_and_each_unlawful_form_has_its_name() -> None:
    finding = book().records["points"].columns["finding"]
    assert finding.default == "unchecked"
    assert {"effect", "comparison", "refund"} <= set(finding.options)
    assert (task("review_points").role, task("review_points").approval) == ("reviewer", True)
    assert "test_plain" in task("review_points").needs, "who signs reads the last words"


# Promotion paths


def test_each_way_has_its_lawful_form_warning_and_rule() -> None:
    table = book().decisions["path_rule"]
    ways = book().records["paths"].columns["way"].options
    assert set(ways) == WAYS and table.inputs["way"].options == ways
    for way in ways:
        outcome = decide_table(table, {"way": way})
        texts = [table.outputs[o].options[outcome.result(o) or ""] for o in ("form", "warning", "rule")]
        assert all(len(text) > 8 for text in texts) and len(set(texts)) == 3


@pytest.mark.parametrize("way", ["limited_offer", "partner", "member", "consultant", "doctor", "referral"])
def test_the_riskiest_ways_are_where_the_source_has_them(way: str) -> None:
    table = book().decisions["path_rule"]
    words = {
        "limited_offer": "物价手续",
        "partner": "互不付费",
        "member": "次序和提醒",
        "consultant": "医生判断",
        "doctor": "凭指征",
        "referral": "不返现",
    }
    assert words[way] in table.outputs["form"].options[way]


@pytest.mark.parametrize(
    ("item", "where", "when"),
    [
        ("path_rules_read", None, 'row.rule_read == "yes"'),
        ("nothing_paid", None, 'row.paid == "no"'),
        ("benefits_lawful", None, 'row.benefit != "gift" && (row.benefit != "price" || row.way == "limited_offer")'),
        ("offers_bounded", "limited_offer", "row.filled.basis && row.filled.begins && row.filled.ends"),
        ("members_priority_only", "member", 'row.benefit == "order"'),
        ("partners_written", "partner", "row.filled.basis"),
        ("doctors_on_indication", "doctor", 'row.conduct == "on_indication"'),
        ("consultants_without_quota", "consultant", 'row.conduct == "on_indication"'),
        ("ads_reviewed", "ad", "row.filled.basis"),
        ("education_clean", "education", 'row.clean == "yes"'),
    ],
)
def test_each_risky_path_has_its_gate(item: str, where: str | None, when: str) -> None:
    found = gate("promoting", item)
    assert found.record == "paths" and source(found.when) == when
    assert (source(found.where) if found.where else None) == (f'row.way == "{where}"' if where else None)


@pytest.mark.parametrize(
    ("column", "default"),
    [("paid", "unchecked"), ("conduct", "unchecked"), ("clean", "unchecked"), ("rule_read", "no")],
)
def test_what_nobody_looked_at_does_not_pass(column: str, default: str) -> None:
    assert book().records["paths"].columns[column].default == default


def test_paths_are_online_offline_and_inside_and_every_product_has_one() -> None:
    assert all(f'"{place}"' in condition("promoting", "three_places") for place in ("online", "offline", "inside"))
    assert gate("promoting", "every_product_promoted").record == "products"
    assert (task("approve_paths").role, task("approve_paths").approval) == ("reviewer", True)


# The team


def test_the_chain_has_three_links_and_none_is_missing() -> None:
    found = gate("teaming", "chain_complete")
    assert (found.kind, found.names) == ("roles", ("designer", "consultant", "deliverer"))
    assert book().roles["deliverer"].count == Bounds(2, None), "one who delivers is nobody's successor"
    chain = condition("teaming", "chain_named")
    assert all(f"c.filled.{link}" in chain for link in ("design", "consulting", "delivery"))


def test_a_second_person_is_trained_and_delivers_as_the_proof() -> None:
    assert '"yes"' in condition("teaming", "core_has_sop")
    for stage, item in (("teaming", "second_trained"), ("trial", "replicable")):
        assert "person != fields.lead_doctor" in condition(stage, item)
    assert task("train_second").evidence == task("deliver_by_second").evidence == "required"


def test_work_is_assessed_by_link_and_not_by_pay() -> None:
    assert task("set_pay_rule").sets == ("pay_rule",) and task("set_pay_rule").role == "leadership"
    assert "不与个人收入挂钩" in book().fields["pay_rule"].help


def test_there_are_at_most_eight_roles() -> None:
    assert len(book().roles) <= 8


# Success


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator"),
    [
        ("season_level", "low_month_now", "high_month_now"),
        ("season_level_before", "low_month_before", "high_month_before"),
        ("cost_per_patient", "spend", "new_patients"),
        ("cost_before", "spend_before", "new_before"),
        ("delivered_by_others", "others_share", None),
        ("upgrades_with_indication", "upgrade_audit", None),
    ],
)
def test_success_is_a_metric(metric: str, numerator: str, denominator: str | None) -> None:
    found = book().metrics[metric]
    assert (found.numerator, found.denominator) == (numerator, denominator)


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("income_steadier", "metrics.season_level > metrics.season_level_before"),
        ("acquisition_cheaper", "metrics.cost_per_patient < metrics.cost_before"),
        ("less_dependent", "metrics.delivered_by_others > metrics.delivered_by_others_before"),
    ],
)
def test_success_is_measured_against_the_own_past(item: str, when: str) -> None:
    assert condition("review", item) == when


@pytest.mark.parametrize(
    ("field", "measure", "window"),
    [
        ("low_month_now", "revenue", "low_month"),
        ("high_month_now", "revenue", "high_month"),
        ("spend", "spend", "period"),
        ("new_patients", "new_patients", "period"),
        ("spend_before", "spend", "baseline"),
        ("new_before", "new_patients", "baseline"),
    ],
)
def test_figures_are_counted_from_the_ledger(field: str, measure: str, window: str) -> None:
    ledger = book().fields[field].ledger
    assert ledger is not None
    assert (ledger.measure, ledger.during) == (measure, window)


def test_a_round_can_be_run_again_and_ended_honestly() -> None:
    assert [(str(t.wait), t.to) for t in book().all_stages["operate"].timers] == [("3 months", "review")]
    again = book().all_stages["review"].transitions["another_round"]
    assert again.to == "run" and set(book().all_stages["review"].tasks) <= set(again.reopens)
    assert book().stages["run"].transitions["conclude"].reason == "required"


# The sample


def test_the_sample_runs_to_its_end() -> None:
    calendar = calendar_for(ZoneInfo("Asia/Shanghai"), [2026, 2027], {})
    results = run_file(SAMPLE / "sample.yaml", calendar=calendar)
    assert [f"{r.name}: {p.place} {p.message}" for r in results for p in r.problems] == []
    assert len(results) == 1


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.*")), ids=lambda p: p.name)
def test_the_sample_holds_no_identity_or_phone_numbers(path: Path) -> None:
    assert find_identifiers(read_text(path)) == ()
