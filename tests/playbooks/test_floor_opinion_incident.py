"""The floor of S3's public-opinion incident: hours, escalation at each step, open response, privacy, nothing suppressed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.decisions.table import decide_table
from tests.playbooks.test_floor import book, condition, gate, task

INCIDENT = "opinion-incident"
STEPS = ("detecting", "verifying", "responding", "following")


def test_incident_detects_verifies_responds_closes() -> None:
    stages = book(INCIDENT).all_stages
    assert stages["detecting"].next == "verifying"
    assert next(iter(stages["handling"].stages)) == "verifying"
    assert [stages[name].next for name in STEPS[1:]] == ["responding", "following", "closed"]
    assert stages["closed"].final == "succeeded"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_hours_and_goes_to_the_leadership_when_they_run_out(step: str) -> None:
    stages = book(INCIDENT).all_stages
    timers = stages[step].timers
    assert {timer.wait.unit for timer in timers} == {"hours"}
    assert {timer.to for timer in timers} == {f"escalated_{step}"}
    assert any(timer.when is None for timer in timers), "the hours of a step run out whatever its grade"
    above = stages[f"escalated_{step}"]
    assert [one.role for one in above.tasks.values()] == ["leadership"]
    assert above.next == step


@pytest.mark.parametrize("step", STEPS)
def test_every_escalation_takes_a_decision_of_its_own(step: str) -> None:
    assert condition(INCIDENT, f"escalated_{step}", f"decided_{step}") == (
        f'size(records.escalations.filter(e, e.step == "{step}")) >= visits.escalated_{step}'
    )


@pytest.mark.parametrize("step", ["verifying", "responding"])
def test_a_major_incident_has_fewer_hours(step: str) -> None:
    graded = {timer.when is not None: timer.wait.amount for timer in book(INCIDENT).all_stages[step].timers}
    assert graded == {True: 4, False: 12}


def test_incident_starts_within_two_hours() -> None:
    (timer,) = book(INCIDENT).all_stages["detecting"].timers
    assert (timer.wait.amount, timer.wait.unit) == (2, "hours")


def test_every_task_of_the_incident_is_due_in_hours() -> None:
    assert {one.due.offset.unit for one in book(INCIDENT).tasks.values() if one.due} == {"hours"}


@pytest.mark.parametrize(
    ("stage", "item"),
    [
        ("verifying", "no_suppression"),
        ("responding", "no_suppression_on_responding"),
        ("following", "no_suppression_on_closing"),
    ],
)
def test_nothing_is_deleted_flooded_or_bought(stage: str, item: str) -> None:
    found = gate(INCIDENT, stage, item)
    assert found.record == "actions"
    assert condition(INCIDENT, stage, item) == (
        '!(row.kind in ["delete_post", "flood", "buy_praise"]) || row.undone == "yes"'
    )


def test_response_tells_nothing_about_a_patient_and_is_signed_twice() -> None:
    assert condition(INCIDENT, "responding", "response_is_private") == 'fields.response_private == "yes"'
    assert condition(INCIDENT, "responding", "response_is_verified") == 'fields.response_within_facts == "yes"'
    signed = {name: task(INCIDENT, name).role for name in ("check_privacy", "approve_response")}
    assert signed == {"check_privacy": "privacy_officer", "approve_response": "leadership"}
    assert all(task(INCIDENT, name).approval for name in signed)
    assert task(INCIDENT, "approve_response").needs == ("check_privacy",)
    assert task(INCIDENT, "publish_response").needs == ("approve_response",)


def test_response_is_open_unless_the_incident_is_general_and_the_person_was_answered() -> None:
    way = book(INCIDENT).all_stages["verifying"].transitions["answer_privately"]
    assert way.when is not None
    assert way.when.source == 'fields.severity == "general" && fields.patient_reached == "yes"'
    assert way.reason == "required"


def test_facts_have_a_basis_and_the_person_is_talked_to_first() -> None:
    assert condition(INCIDENT, "verifying", "facts_have_basis") == "row.filled.basis"
    assert condition(INCIDENT, "verifying", "patient_contacted") == 'fields.patient_reached != "no"'


@pytest.mark.parametrize("stage", ["responding", "following"])
def test_news_sends_it_back_to_verification_with_everything_open(stage: str) -> None:
    back = [way for way in book(INCIDENT).all_stages[stage].transitions.values() if way.to == "handling"]
    assert [(way.reopens, way.reason) for way in back] == [("all", "required")]


def test_lesson_becomes_improvements_with_owner_and_date() -> None:
    assert gate(INCIDENT, "following", "has_improvement").bounds.minimum == 1
    assert condition(INCIDENT, "following", "improvements_owned") == "row.filled.owner && row.filled.due"
    assert task(INCIDENT, "write_report").sets == ("lesson",)


@pytest.mark.parametrize(
    ("harm", "privacy", "media", "spread", "severity"),
    [
        ("yes", "no", "no", 1, "major"),
        ("no", "yes", "no", 1, "major"),
        ("no", "no", "yes", 1, "serious"),
        ("no", "no", "no", 10000, "serious"),
        ("no", "no", "no", 9999, "general"),
    ],
)
def test_incident_is_graded_by_its_table(harm: str, privacy: str, media: str, spread: int, severity: str) -> None:
    given = {"harm": harm, "privacy": privacy, "media": media, "spread": Decimal(spread)}
    assert decide_table(book(INCIDENT).decisions["grade"], given).results["severity"] == (severity,)
