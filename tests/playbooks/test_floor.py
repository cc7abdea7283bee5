"""The floor of the domain: what the shipped playbooks must hold, whatever else changes in them."""

from __future__ import annotations

import pytest

from engine.model import Bounds
from tests.playbooks.reading import book, condition, gate, task

S1, S2 = "four-step-pilot", "phased-plan"


# S1, the four-step pilot


def test_pilot_goes_through_the_four_steps_to_an_end() -> None:
    stages = book(S1).stages
    steps = ["team"]
    while (onward := stages[steps[-1]].next) is not None:
        steps.append(onward)
    assert steps == ["team", "showcase", "accounting", "replication", "done"]
    assert stages["done"].final == "succeeded"
    assert stages["stopped"].final == "stopped"


@pytest.mark.parametrize(
    ("role", "bounds"),
    [
        ("ops_lead", Bounds(1, 1)),
        ("director", Bounds(1, 2)),
        ("publicist", Bounds(1, 1)),
        ("analyst", Bounds(1, 1)),
        ("assistant", Bounds(1, 1)),
        ("leadership", Bounds(1, 1)),
    ],
)
def test_pilot_role_has_its_bounds_and_duties(role: str, bounds: Bounds) -> None:
    found = book(S1).roles[role]
    assert found.count == bounds
    assert found.duties


def test_pilot_assistant_translates_experiences_and_records() -> None:
    assert [duty[:2] for duty in book(S1).roles["assistant"].duties] == ["翻译", "体验", "记录"]


@pytest.mark.parametrize("task_id", ["translate_package", "walk_journey", "record_channels", "collect_feedback"])
def test_pilot_assistant_does_what_the_role_says(task_id: str) -> None:
    assert task(S1, task_id).role == "assistant"


def test_pilot_spend_counts_from_the_start() -> None:
    """What was made before the doors opened was spent too; leaving it out would flatter the cost per patient."""
    assert "启动" in book(S1).fields["spend"].help


def test_pilot_team_gate_asks_for_every_role() -> None:
    item = gate(S1, "team", "everyone_in")
    assert (item.kind, item.names) == ("roles", ())


def test_pilot_authorisation_is_recorded_signed_and_in_date() -> None:
    fields = ("authorisation_scope", "authorisation_resources", "authorisation_budget", "authorisation_ends")
    assert set(fields) <= set(task(S1, "draft_authorisation").sets)
    assert all(book(S1).fields[f].required for f in fields)
    signing = task(S1, "sign_authorisation")
    assert (signing.role, signing.approval, signing.required) == ("leadership", True, True)
    assert condition(S1, "team", "authorisation_valid") == "fields.authorisation_ends >= today"
    assert condition(S1, "showcase", "authorisation_running") == "fields.authorisation_ends >= today"
    assert 'started + duration("8784h")' in condition(S1, "team", "authorisation_temporary")


def test_pilot_department_must_be_willing() -> None:
    assert condition(S1, "team", "willing_department") == 'fields.willingness != "assigned"'


def test_pilot_runs_both_layers_and_the_sample_at_once() -> None:
    assert list(book(S1).stages["showcase"].regions) == ["strategy", "clinical", "sample"]


@pytest.mark.parametrize(("stage", "item"), [("labelling", "labels_one_or_two"), ("showcase", "labels_still_focused")])
def test_pilot_has_one_or_two_labels(stage: str, item: str) -> None:
    found = gate(S1, stage, item)
    assert (found.record, found.bounds) == ("labels", Bounds(1, 2))
    assert book(S1).records["labels"].maximum > 2, "a third label must be a finding, not impossible to write down"


@pytest.mark.parametrize(("stage", "item"), [("education", "themes_serve_a_label"), ("showcase", "themes_still_serve")])
def test_pilot_theme_serves_a_label(stage: str, item: str) -> None:
    assert gate(S1, stage, item).record == "themes"
    assert condition(S1, stage, item) == "row.filled.label"
    assert book(S1).records["themes"].columns["label"].to == "labels"


def test_pilot_labels_come_from_reading_the_market() -> None:
    assert set(task(S1, "read_market").sets) == {"crowded_fields", "open_fields", "strengths_needs"}
    assert task(S1, "choose_tracks").needs == ("read_market",)
    assert set(task(S1, "choose_tracks").sets) == {"safest", "distinctive"}
    assert task(S1, "set_labels").needs == ("choose_tracks",)


def test_pilot_education_is_checked_and_carries_no_entry() -> None:
    assert condition(S1, "education", "themes_reviewed") == 'row.reviewed == "yes"'
    assert condition(S1, "education", "themes_clean") == 'row.clean == "yes"'
    assert task(S1, "publish_education").evidence == "required"
    assert "ask_source" in task(S1, "publish_education").needs, "arrivals are attributed by asking at reception"


def test_pilot_package_has_value_and_difference() -> None:
    assert {"package_value", "package_difference"} <= set(task(S1, "design_package").sets)


@pytest.mark.parametrize(("stage", "item"), [("package", "promises_backed"), ("showcase", "promises_still_backed")])
def test_pilot_promise_has_a_standard_behind_it(stage: str, item: str) -> None:
    assert gate(S1, stage, item).record == "promises"
    assert condition(S1, stage, item) == "row.filled.standard"
    assert book(S1).records["promises"].columns["standard"].to == "standards"


def test_pilot_patients_are_matched_to_capacity() -> None:
    assert condition(S1, "package", "capacity_matched") == "fields.expected_per_week <= fields.capacity_per_week"


def test_pilot_existing_patients_are_led_to_the_service() -> None:
    assert task(S1, "plan_existing").sets == ("existing_path",)


def test_pilot_every_launch_is_walked_as_a_patient() -> None:
    assert condition(S1, "showcase", "launches_walked") == 'row.walked == "yes"'


@pytest.mark.parametrize(("stage", "item"), [("walk", "breakpoints_closed"), ("showcase", "no_open_breakpoint")])
def test_pilot_leaves_no_breakpoint_open(stage: str, item: str) -> None:
    assert condition(S1, stage, item) == 'row.state == "closed"'
    assert {"enquiry", "booking", "reception", "treatment", "follow_up"} <= set(
        book(S1).records["breakpoints"].columns["scene"].options
    )


def test_pilot_hears_its_patients() -> None:
    assert gate(S1, "walk", "feedback_heard").bounds == Bounds(1, None)


@pytest.mark.parametrize(
    ("item", "record"),
    [
        ("has_case", "cases"),
        ("has_doctor_note", "doctor_notes"),
        ("has_improvement", "improvements"),
        ("has_channel", "channels"),
    ],
)
def test_pilot_collects_evidence_of_each_kind(item: str, record: str) -> None:
    found = gate(S1, "proof", item)
    assert (found.kind, found.record, found.bounds) == ("count", record, Bounds(1, None))


def test_pilot_cases_have_consent_and_stay_inside_by_default() -> None:
    columns = book(S1).records["cases"].columns
    assert {"consent", "consent_scope", "consent_on", "consent_until", "deidentified", "use"} <= set(columns)
    assert columns["consent"].default == "none"
    assert columns["consent_scope"].default == "internal"
    assert columns["use"].default == "training"
    assert condition(S1, "showcase", "consents_valid") == 'row.consent == "signed" && row.consent_until >= today'
    assert condition(S1, "proof", "cases_deidentified") == 'row.deidentified == "yes"'
    assert "public_education" in condition(S1, "proof", "cases_within_consent")


def test_pilot_defines_quality_before_it_counts() -> None:
    definition = book(S1).fields["quality_definition"].help
    assert all(part in definition for part in ("到院", "适应证", "开始治疗"))
    assert task(S1, "define_quality").stage == "package", "it comes before the service opens"
    assert condition(S1, "accounting", "definition_before_counting") == "fields.quality_fixed_on <= fields.period_start"


@pytest.mark.parametrize(
    "field",
    [
        "spend",
        "enquiries",
        "bookings",
        "arrivals",
        "new_patients",
        "quality_patients",
        "growth_revenue",
        "baseline_revenue",
        "satisfaction",
    ],
)
def test_pilot_figure_is_entered_with_evidence(field: str) -> None:
    setting = [t for t in book(S1).tasks.values() if field in t.sets]
    assert [t.stage for t in setting] == ["accounting"]
    assert setting[0].evidence == "required"


def test_pilot_satisfaction_keeps_its_base() -> None:
    assert book(S1).fields["satisfaction"].type == "percent"


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator"),
    [
        ("cost_per_patient", "spend", "new_patients"),
        ("cost_per_quality_patient", "spend", "quality_patients"),
        ("booking_rate", "bookings", "enquiries"),
        ("arrival_rate", "arrivals", "bookings"),
        ("quality_rate", "quality_patients", "new_patients"),
        ("growth_rate", "growth_revenue", "baseline_revenue"),
    ],
)
def test_pilot_metric_is_declared(metric: str, numerator: str, denominator: str) -> None:
    found = book(S1).metrics[metric]
    assert (found.numerator, found.denominator) == (numerator, denominator)


def test_pilot_brief_is_short_final_and_accepted() -> None:
    assert book(S1).documents["brief"].max_words == 1200
    assert gate(S1, "accounting", "brief_final").document == "brief"
    accepting = task(S1, "accept_brief")
    assert (accepting.role, accepting.approval, accepting.stage) == ("leadership", True, "accounting")


def test_pilot_can_go_back_or_stop_with_a_reason() -> None:
    rework = book(S1).stages["accounting"].transitions["rework"]
    assert (rework.to, rework.reason) == ("showcase", "required")
    assert "fix_breakpoints" in rework.reopens
    for name, to in (("stop", "stopped"), ("pause", "paused")):
        found = book(S1).transitions[name]
        assert (found.to, found.reason) == (to, "required")
    paused = book(S1).stages["paused"]
    assert paused.holds
    assert paused.transitions["resume"].to == "back"


def test_pilot_hands_over_what_worked() -> None:
    assert gate(S1, "replication", "guide_final").document == "guide"
    assert gate(S1, "replication", "department_invited").bounds == Bounds(1, None)
    successors = gate(S1, "replication", "next_pilot_started")
    assert (successors.kind, successors.bounds) == ("successors", Bounds(1, None))
    assert task(S1, "director_story").role == "director"
    assert task(S1, "hold_showcase").evidence == "required"
    assert "配合" in task(S1, "hold_showcase").help, "how departments worked together is what is shown"
    assert {"finish_guide", "invite_departments"} <= set(task(S1, "start_next").needs)


# S2, the phased plan


def test_plan_goes_through_its_phases() -> None:
    stages = book(S2).stages
    assert [stages[s].next for s in ("prep", "launch")] == ["launch", "optimise"]
    assert [str(stages[s].takes) for s in ("prep", "launch")] == ["2 months", "4 months"]
    assert stages["optimise"].takes is None, "it is open-ended"
    assert list(stages["launch"].regions) == ["brand", "channels", "service"]


def test_plan_review_comes_each_quarter_and_can_end() -> None:
    operate, review = book(S2).all_stages["operate"], book(S2).all_stages["review"]
    assert [(str(t.wait), t.to) for t in operate.timers] == [("3 months", "review")]
    assert review.transitions["another_quarter"].to == "optimise"
    assert review.next == "achieved"
    assert book(S2).stages["optimise"].transitions["conclude"].reason == "required"


def test_plan_has_a_clinical_and_marketing_team_with_advisers() -> None:
    roles = book(S2).roles
    assert {"plan_lead", "leadership", "marketer", "clinician", "service_lead", "analyst", "it_lead"} <= set(roles)
    assert roles["adviser"].count == Bounds(0, 2)


@pytest.mark.parametrize(
    ("item", "parts"),
    [
        ("reserve_tenth", ("budget_reserve", "budget_total * 0.1")),
        ("brand_30", ("budget_brand", "(fields.budget_total - fields.budget_reserve) * 0.3")),
        ("channels_50", ("budget_channels", "(fields.budget_total - fields.budget_reserve) * 0.5")),
        ("service_20", ("budget_service", "(fields.budget_total - fields.budget_reserve) * 0.2")),
        ("online_60", ("budget_online", "budget_channels * 0.6")),
        ("offline_40", ("budget_offline", "budget_channels * 0.4")),
    ],
)
def test_plan_budget_number_is_held_by_a_gate(item: str, parts: tuple[str, ...]) -> None:
    found = condition(S2, "prep", item)
    assert all(part in found for part in parts)
    assert "<=" in found
    assert ">=" in found


def test_plan_says_that_the_order_of_the_split_is_a_reading() -> None:
    assert "我们的读法" in book(S2).fields["budget_reserve"].help


@pytest.mark.parametrize(
    ("metric", "target", "direction"),
    [
        ("enquiry_level", 130, "up"),
        ("satisfaction", 90, "up"),
        ("revisit_rate", 60, "up"),
        ("revenue_level", 130, "up"),
        ("cost_share", 8, "down"),
    ],
)
def test_plan_target_is_a_metric(metric: str, target: int, direction: str) -> None:
    found = book(S2).metrics[metric]
    assert found.target == target
    assert found.direction == direction


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("enquiries_up_30", "metrics.enquiry_level >= 130"),
        ("satisfaction_90", "fields.satisfaction_score >= 90"),
        ("revisit_60", "metrics.revisit_rate >= 60"),
        ("awareness_up_20", "fields.awareness_now >= fields.awareness_before * 1.2"),
        ("revenue_up_30", "metrics.revenue_level >= 130"),
        ("cost_within_8", "metrics.cost_share <= 8"),
    ],
)
def test_plan_ends_only_with_its_targets_met(item: str, when: str) -> None:
    assert condition(S2, "review", item) == when


def test_plan_enquiries_are_measured_over_three_months() -> None:
    assert str(book(S2).metrics["enquiry_level"].window) == "3 months"


@pytest.mark.parametrize("item", ["three_groups_asked", "three_groups_described"])
def test_plan_asks_three_patient_groups(item: str) -> None:
    found = condition(S2, "prep", item)
    assert all(f'"{group}"' in found for group in ("acute", "chronic", "healthy"))


def test_plan_differs_in_technology_service_and_humane_experience() -> None:
    assert {"difference_technology", "difference_service", "difference_humane"} <= set(task(S2, "set_positioning").sets)


def test_plan_scans_the_market_and_itself() -> None:
    assert set(task(S2, "scan_market").sets) == {
        "policy_findings",
        "competitor_findings",
        "patient_findings",
        "market_gaps",
    }
    assert set(task(S2, "diagnose_hospital").sets) == {
        "key_specialties",
        "star_doctors",
        "equipment",
        "dormant_strengths",
    }


def test_plan_needs_its_handbook() -> None:
    assert gate(S2, "prep", "handbook_final").document == "handbook"
    assert task(S2, "approve_handbook").approval


def test_plan_starts_a_pilot_per_willing_department() -> None:
    start, *companions = book(S2).stages["launch"].starts
    assert (start.playbook, start.for_each, start.auto) == (S1, "pilot_departments", True)
    assert [one.playbook for one in companions] == ["service-products", "social-media", "patient-funnel"]
    assert not book(S2).tasks["choose_companions"].required
    assert book(S2).fields["pilot_departments"].type == "list"
    started = gate(S2, "launch", "pilots_started")
    assert (started.playbook, started.state, started.bounds) == (S1, "started", Bounds(1, None))
    ended = gate(S2, "review", "pilot_succeeded")
    assert (ended.playbook, ended.state, ended.bounds) == (S1, "succeeded", Bounds(1, None))


def test_plan_brings_up_three_to_five_doctors() -> None:
    found = gate(S2, "channel_building", "three_to_five_doctors")
    assert (found.record, found.bounds) == ("doctor_ips", Bounds(3, 5))


def test_plan_referrals_are_unpaid_and_ads_reviewed() -> None:
    assert condition(S2, "launch", "alliances_unpaid") == 'row.paid == "no"'
    assert condition(S2, "launch", "ads_reviewed") == "row.filled.approval"


def test_plan_books_in_slots_of_thirty_minutes() -> None:
    assert condition(S2, "service_rebuilding", "slots_of_30_minutes") == "fields.slot_minutes <= 30"


def test_plan_joins_booking_groups_and_opinion_watch() -> None:
    found = condition(S2, "service_rebuilding", "systems_ready")
    assert all(f'"{function}"' in found for function in ("booking", "groups", "opinion"))


def test_plan_decisions_take_a_reason() -> None:
    columns = book(S2).records["decisions"].columns
    assert columns["reason"].required
    assert {"stop", "increase"} <= set(columns["decision"].options)


@pytest.mark.parametrize("metric", ["conversion", "online_roi", "offline_roi", "recommendation_rate", "arrival_level"])
def test_plan_dashboard_has_its_figures(metric: str) -> None:
    assert metric in book(S2).metrics


@pytest.mark.parametrize("field", ["media_mentions", "papers", "projects", "awareness_now"])
def test_plan_evaluates_the_brand(field: str) -> None:
    assert field in task(S2, "measure_brand").sets


def test_plan_builds_lasting_assets() -> None:
    assert {"case_library", "research"} <= set(book(S2).records)
    assert task(S2, "offer_membership").sets == ("membership_rules",)
    assert book(S2).records["case_library"].columns["use"].default == "training"


def test_plan_chooses_its_touchpoints_before_it_launches() -> None:
    assert task(S2, "plan_touchpoints").fills == ("touchpoints",)
    assert set(task(S2, "plan_touchpoints").needs) == {"describe_needs", "set_positioning"}
    found = condition(S2, "prep", "touchpoints_planned")
    assert '"online"' in found
    assert '"offline"' in found
    assert set(book(S2).records["touchpoints"].columns["kind"].options) == {"online", "offline"}


@pytest.mark.parametrize(("stage", "item"), [("channel_building", "online_live"), ("channel_building", "offline_live")])
def test_plan_goes_live_on_both_sides(stage: str, item: str) -> None:
    found = gate(S2, stage, item)
    assert (found.record, found.bounds) == ("touchpoints", Bounds(1, None))


@pytest.mark.parametrize(
    ("task_id", "words"),
    [
        ("go_online", ("直播", "短视频", "投放")),
        ("go_offline", ("健康节", "社区", "企业")),
        ("measure_patients", ("到诊", "满意度", "复诊", "推荐")),
        ("run_dashboard", ("转化率", "满意度", "投入产出")),
        ("split_budget", ("机动", "品牌", "渠道", "服务", "线上", "线下")),
    ],
)
def test_plan_task_names_what_belongs_to_it(task_id: str, words: tuple[str, ...]) -> None:
    found = task(S2, task_id)
    text = f"{found.title}{found.help}"
    assert [word for word in words if word not in text] == []


def test_plan_writes_a_goal_and_a_department_for_each_phase() -> None:
    assert {"goal_prep", "goal_launch", "goal_optimise", "target_department"} <= set(task(S2, "set_goals").sets)
    found = condition(S2, "prep", "every_phase_assigned")
    assert all(f'"{phase}"' in found for phase in ("prep", "launch", "optimise"))


def test_plan_measures_a_baseline_before_it_promises_growth() -> None:
    before = {"enquiries_before", "arrivals_before", "awareness_before", "revenue_before"}
    assert set(task(S2, "measure_baseline").sets) == before
    assert task(S2, "measure_baseline").evidence == "required"


def test_plan_surveys_each_group_with_its_own_questions() -> None:
    columns = book(S2).records["surveys"].columns
    assert set(columns["group"].options) == {"acute", "chronic", "healthy"}
    assert set(columns["form"].options) == {"interview", "survey"}
    assert columns["questions"].required


def test_plan_rebuilds_booking_results_and_reminders() -> None:
    found = [task(S2, name).sets for name in ("shorten_slots", "push_results", "remind_revisits")]
    assert found == [("slot_minutes",), ("results_channel",), ("reminder_rule",)]


def test_plan_keeps_communities_and_cases_by_consent() -> None:
    assert condition(S2, "channel_building", "communities_informed") == 'row.informed == "yes"'
    assert condition(S2, "review", "cases_kept_lawfully") == 'row.consent == "signed" && row.deidentified == "yes"'


def test_plan_sees_each_channel_and_moves_its_money() -> None:
    columns = book(S2).records["channel_results"].columns
    assert {"spend", "arrivals", "revenue"} <= set(columns)
    assert columns["channel"].to == "touchpoints"
    assert '"stop"' in condition(S2, "review", "freed_money_placed")
    assert task(S2, "decide_channels").approval


def test_plan_evaluates_three_sides_each_with_evidence() -> None:
    sides = [task(S2, name) for name in ("measure_patients", "measure_brand", "measure_business")]
    assert [side.evidence for side in sides] == ["required"] * 3
    assert {"arrivals_now", "satisfaction_score", "revisit_patients", "referred_patients"} <= set(sides[0].sets)
    assert {"revenue_now", "marketing_cost"} <= set(sides[2].sets)
