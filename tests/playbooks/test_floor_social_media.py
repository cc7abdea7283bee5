"""The floor of S3: matrix, lawful loop, local work, co-operation, communities, feedback, education, topics by numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.decisions.table import decide_table
from tests.playbooks.test_floor import book, condition, gate, task

S3 = "social-media"


def test_social_media_prepares_then_runs_by_the_month_to_an_end() -> None:
    stages = book(S3).all_stages
    assert stages["prepare"].next == "running"
    assert list(stages["running"].stages) == ["operate", "review"]
    assert list(stages["operate"].regions) == ["content", "people", "partnership"]
    assert stages["review"].next == "steady"
    assert {stages[name].final for name in ("steady", "concluded", "stopped")} == {"succeeded", "concluded", "stopped"}


def test_platform_has_audience_form_account_certification_owner() -> None:
    columns = book(S3).records["platforms"].columns
    assert {n for n, c in columns.items() if c.required} == {"name", "audience", "form", "account", "owner"}
    assert condition(S3, "prepare", "accounts_certified") == 'row.certified == "yes" && row.certified_until >= today'
    assert gate(S3, "prepare", "two_platforms").bounds.minimum == 2
    assert "q.audience == p.audience && q.form == p.form" in condition(S3, "prepare", "platforms_differ")


@pytest.mark.parametrize("name", ["公众号", "微博", "抖音", "小红书", "知乎"])
def test_matrix_and_ledger_know_the_platforms_of_the_source(name: str) -> None:
    assert name in book(S3).records["platforms"].help
    assert name in {channel.title for channel in book(S3).ledger.channels.values()}


def test_conversion_runs_through_disclosure_pages_and_the_question_at_reception() -> None:
    assert condition(S3, "prepare", "pages_apart") == 'row.same_page == "no"'
    assert condition(S3, "prepare", "source_is_asked") == "fields.source_since <= today"
    assert task(S3, "ask_source").role == task(S3, "count_sources").role == "reception"
    assert [link.field for link in book(S3).funnels["loop"].links] == [
        "reads",
        "page_visits",
        "enquiries",
        "bookings",
        "arrivals",
    ]


def test_each_topic_starts_a_piece_and_an_incident_is_offered() -> None:
    starts = [(s.playbook, s.for_each, s.auto) for s in book(S3).all_stages["operate"].starts]
    assert starts == [("content-piece", "planned_topics", True), ("opinion-incident", None, False)]
    assert "playbook start opinion-incident" in task(S3, "watch_opinion").help


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("partner_qualified", 'row.qualified == "yes"'),
        ("partner_without_commission", 'row.per_patient == "no"'),
        ("partner_endorses_nothing", 'row.endorses == "no"'),
        ("paid_partner_is_ad", 'row.marked_ad == "yes" && row.filled.approval'),
        ("partner_content_reviewed", 'row.review_right == "yes"'),
        ("partner_in_term", "row.ends_on >= today"),
    ],
)
def test_contract_is_checked_for(item: str, when: str) -> None:
    assert gate(S3, "partnering", item).record == "partners"
    assert condition(S3, "partnering", item) == when


def test_contract_states_pay_commission_endorsement_and_end() -> None:
    columns = book(S3).records["partners"].columns
    assert {n for n, c in columns.items() if c.required} == {
        "name",
        "kind",
        "paid",
        "per_patient",
        "endorses",
        "ends_on",
    }
    assert "代言人" in book(S3).records["partners"].help


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("communities_informed", 'row.informed == "yes"'),
        ("communities_sell_nothing", 'row.sells == "no"'),
        ("aftercare_checked", "row.filled.checked_by"),
        ("aftercare_optional", 'row.opt_out == "yes"'),
        ("reviews_from_everyone", 'row.everyone == "yes"'),
        ("reviews_unpaid", 'row.reward == "none"'),
        ("feedback_tracked", "row.filled.improvement"),
    ],
)
def test_patients_are_minded(item: str, when: str) -> None:
    assert condition(S3, "caring", item) == when


def test_education_after_treatment_has_its_kinds() -> None:
    assert list(book(S3).records["aftercare"].columns["kind"].options) == ["recovery", "diet", "medicine", "revisit"]


def test_feedback_becomes_an_improvement_with_owner_and_date() -> None:
    assert book(S3).records["feedback"].columns["improvement"].to == "improvements"
    columns = book(S3).records["improvements"].columns
    assert {n for n, c in columns.items() if c.required} == {"what", "owner", "due"}
    assert condition(S3, "review", "improvements_on_time") == 'row.state == "done" || row.due >= today'
    assert condition(S3, "review", "incidents_taught") == "row.filled.improvement"


def test_local_operation_is_a_topic_news_or_a_filed_clinic() -> None:
    assert list(book(S3).records["local_actions"].columns["kind"].options) == ["topic", "news", "clinic"]
    assert condition(S3, "publishing", "clinics_filed") == 'row.filed == "yes"'


@pytest.mark.parametrize(
    ("reads", "shares", "comments", "move"),
    [
        (299, 0, 19, "wait"),
        (299, 0, 20, "answer"),
        (5000, 200, 20, "answer"),
        (300, 30, 0, "more"),
        (2000, 29, 0, "retell"),
        (1999, 29, 19, "rest"),
    ],
)
def test_reads_shares_and_comments_steer_the_next_topic(reads: int, shares: int, comments: int, move: str) -> None:
    table = book(S3).decisions["topic_next"]
    given = {"reads": Decimal(reads), "shares": Decimal(shares), "comments": Decimal(comments)}
    assert decide_table(table, given).results["move"] == (move,)
    assert table.outputs["move"].options == book(S3).records["topics"].columns["next_move"].options


def test_topics_follow_numbers_before_the_end() -> None:
    assert condition(S3, "review", "topics_steered") == "row.filled.next_move && row.filled.lesson"
    assert condition(S3, "review", "topics_by_table") == (
        "row.next_move == decisions.topic_next.move || row.filled.reason"
    )
    assert book(S3).decisions["topic_next"].each == "topics"
    assert gate(S3, "review", "topic_followed_numbers").bounds.minimum == 1
    assert book(S3).records["topics"].columns["grown_from"].to == "topics"
    assert condition(S3, "review", "two_rounds") == "visits.review >= 2"


def test_another_month_does_the_months_work_again() -> None:
    again = book(S3).all_stages["review"].transitions["another_month"]
    inside = {t.id for t in book(S3).tasks.values() if t.stage != "prepare"}
    assert again.to == "running"
    assert set(again.reopens) == inside


def test_figures_come_from_the_ledger() -> None:
    counted = {field.id for field in book(S3).fields.values() if field.ledger}
    assert {"reads", "page_visits", "enquiries", "bookings", "arrivals", "spend"} <= counted
    assert {rule.id for rule in book(S3).rules.values() if rule.each == "channel"} == {
        "unread_platform",
        "silent_platform",
    }


def test_no_role_is_more_than_a_department_can_fill() -> None:
    assert len(book(S3).roles) <= 8
