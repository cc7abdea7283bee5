"""The floor of S3's piece of content: from idea to lesson, and nothing goes out that was not reviewed, screened and signed."""

from __future__ import annotations

import pytest

from engine.decisions.table import decide_table
from engine.model import Bounds
from tests.playbooks.test_floor import book, condition, gate, task

PIECE = "content-piece"


def test_piece_goes_from_idea_to_lesson() -> None:
    stages = book(PIECE).all_stages
    way = ["idea"]
    while (onward := stages[way[-1]].next) is not None:
        way.append(onward)
        way.extend(list(stages[onward].stages)[:1])
        while way[-1] in stages and stages[way[-1]].stages:
            way.append(next(iter(stages[way[-1]].stages)))
    steps = [name for name in way if not stages[name].stages]
    assert steps == [
        "idea",
        "drafting",
        "reviewing",
        "screening",
        "signing",
        "publishing",
        "walking",
        "measuring",
        "learning",
        "kept",
        "archived",
    ]
    assert stages["archived"].final == "succeeded"


@pytest.mark.parametrize("role", ["reviewer", "compliance_officer", "signer", "assistant"])
def test_piece_is_seen_by_others_than_its_editor(role: str) -> None:
    assert book(PIECE).roles[role].count.minimum == 1
    assert book(PIECE).roles["editor"].count == Bounds(1, 2)


@pytest.mark.parametrize(("name", "role"), [("check_facts", "reviewer"), ("sign_off", "signer")])
def test_piece_review_and_release_are_signed(name: str, role: str) -> None:
    assert (task(PIECE, name).approval, task(PIECE, name).role) == (True, role)


@pytest.mark.parametrize("field", ["channel", "purpose", "draft", "sources", "ai_use", "quotes_case"])
def test_piece_says_what_a_check_needs_before_it_is_reviewed(field: str) -> None:
    """Channel, purpose, text, sources, AI use and whether a case is quoted are asked for by tasks that must be done."""
    before = [*book(PIECE).all_stages["idea"].tasks.values(), *book(PIECE).all_stages["drafting"].tasks.values()]
    assert any(field in one.sets and one.required for one in before)


def test_piece_channels_and_purposes_are_those_of_the_compliance_pack() -> None:
    fields = book(PIECE).fields
    assert set(fields["channel"].options) == {"ad", "kepu", "self_media", "news", "internal"}
    assert set(fields["purpose"].options) == {"disclosure", "education", "promotion", "training", "academic"}


@pytest.mark.parametrize(
    ("stage", "item", "field"),
    [
        ("reviewing", "reviewed_this_draft", "reviewed_round"),
        ("screening", "screened_this_draft", "screened_round"),
        ("signing", "signed_this_draft", "signed_round"),
    ],
)
def test_piece_opinions_are_of_the_present_draft(stage: str, item: str, field: str) -> None:
    assert condition(PIECE, stage, item) == f"fields.{field} == fields.draft_round"


def test_piece_with_a_block_goes_back_to_draft_and_does_everything_again() -> None:
    item = gate(PIECE, "screening", "blocks_cleared")
    assert (item.record, item.bounds) == ("findings", Bounds(0, 0))
    back = book(PIECE).all_stages["piece"].transitions["back_to_draft"]
    assert (back.to, back.reason, back.reopens) == ("piece", "required", "all")
    assert next(iter(book(PIECE).all_stages["piece"].stages)) == "drafting"


def test_education_carries_no_contact_and_no_entry() -> None:
    assert condition(PIECE, "screening", "education_page_clean") == (
        '(fields.purpose != "education" && fields.channel != "news") || fields.page_clean == "yes"'
    )
    assert "入口" in book(PIECE).fields["page_clean"].help


@pytest.mark.parametrize(
    ("paid", "recommends", "contact", "nature"),
    [
        ("no", "no", "no", "education"),
        ("no", "no", "yes", "disclosure"),
        ("yes", "no", "no", "promotion"),
        ("no", "yes", "yes", "promotion"),
    ],
)
def test_piece_nature_is_judged_before_writing(paid: str, recommends: str, contact: str, nature: str) -> None:
    given = {"paid": paid, "recommends": recommends, "contact": contact}
    assert decide_table(book(PIECE).decisions["nature"], given).results["purpose"] == (nature,)
    assert "judge_nature" in book(PIECE).all_stages["idea"].tasks


def test_piece_that_quotes_a_case_needs_consent_scope_end_and_purpose() -> None:
    assert {"consent_id", "consent_scope", "consent_until", "deidentified", "case_use"} <= set(
        task(PIECE, "record_case").sets
    )
    assert "tasks.record_case.done" in condition(PIECE, "drafting", "case_documented")
    assert 'fields.deidentified == "yes"' in condition(PIECE, "screening", "case_deidentified")
    assert "fields.consent_until >= today" in condition(PIECE, "screening", "case_consent_valid")


def test_case_never_promotes_the_hospital() -> None:
    assert '"promotion"' not in condition(PIECE, "screening", "case_within_scope")
    assert 'fields.names_hospital == "no"' in condition(PIECE, "screening", "case_stays_lawful")


def test_ad_needs_the_hospitals_name_and_a_running_certificate() -> None:
    when = condition(PIECE, "screening", "ad_is_approved")
    assert 'fields.advertiser == "institution"' in when
    assert "fields.approval_until >= today" in when
    assert 'fields.text_as_approved == "yes"' in when


def test_expired_release_leads_to_a_new_review() -> None:
    (timer,) = book(PIECE).all_stages["online"].timers
    assert (timer.wait.amount, timer.wait.unit, timer.to) == (12, "months", "expired")
    renew = book(PIECE).all_stages["expired"].transitions["renew"]
    assert (renew.to, renew.reopens) == ("piece", "all")
    assert "release_until" in task(PIECE, "sign_off").sets
    for stage, item in (("publishing", "release_valid"), ("learning", "release_still_valid")):
        assert condition(PIECE, stage, item) == "tasks.sign_off.done && fields.release_until >= today"


def test_expiry_and_ended_consent_are_told_while_the_piece_is_live() -> None:
    rules = book(PIECE).rules
    assert [(r.then, r.stage, r.transition) for r in rules.values()] == [
        ("recommend", "online", "expire"),
        ("recommend", "piece", "withdraw"),
    ]


def test_live_piece_is_walked_as_a_patient_then_measured() -> None:
    assert task(PIECE, "walk_as_patient").role == "assistant"
    assert condition(PIECE, "walking", "walked_after_live") == "fields.walked_on >= fields.live_on"
    assert {"reads", "shares", "comments"} <= set(task(PIECE, "take_numbers").sets)
    assert task(PIECE, "take_numbers").evidence == "required"
    assert task(PIECE, "write_lesson").sets == ("lesson",)
