"""Rules over facts: broken, kept, or not told."""

from datetime import date

import pytest

from engine.compliance import Pack
from engine.compliance.conditions import judge_conditions

TODAY = date(2026, 11, 25)


def outcome(pack: Pack, rule: str, facts: dict[str, object], channel: str = "ad") -> str:
    (judged,) = (j for j in judge_conditions(pack, facts, channel, None, TODAY) if j.rule.id == rule)
    return judged.outcome


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("PI-CONS-01", {"has_case": True, "consent_id": ""}, "broken"),
        ("PI-CONS-01", {"has_case": True, "consent_id": "C-1", "consent_withdrawn": True}, "broken"),
        ("PI-CONS-01", {"has_case": True, "consent_id": "C-1", "consent_until": date(2026, 11, 24)}, "broken"),
        ("PI-CONS-01", {"has_case": True, "is_minor": True, "guardian_consent": False}, "broken"),
        ("PI-CONS-01", {"shows_image": True, "image_consent": False}, "broken"),
        ("PI-CONS-01", {"has_case": False, "shows_image": False}, "kept"),
        ("PI-CONS-01", {}, "untold"),
        ("MED-REV-02", {"approval_number": "（浙）医广〔2026〕第1号", "approval_until": date(2026, 11, 25), "approved_text_matches": True}, "kept"),
        ("MED-REV-02", {"approval_until": date(2026, 11, 24)}, "broken"),
        ("MED-REV-02", {"approved_text_matches": False}, "broken"),
        ("MED-DEPT-01", {"advertiser": "department"}, "broken"),
        ("MED-DEPT-01", {"advertiser": "institution"}, "kept"),
        ("MED-PURP-01", {"has_case": True, "consent_scope": "academic"}, "broken"),
        ("MED-PURP-01", {"has_case": True, "consent_scope": "public"}, "kept"),
        ("AD-MINOR-01", {"media_for_minors": True}, "broken"),
        ("AI-LABEL-01", {"ai_made": True, "ai_labelled": False}, "broken"),
        ("AD-ID-01", {"paid_placement": True, "marked_ad": True}, "kept"),
        ("COSM-REV-01", {"cosmetic": True}, "broken"),
        ("DEVICE-REV-01", {"device": False}, "kept"),
    ],
)  # fmt: skip
def test_outcomes(medical: Pack, rule: str, facts: dict[str, object], expected: str) -> None:
    assert outcome(medical, rule, facts) == expected


def test_untold_names_the_facts(medical: Pack) -> None:
    (judged,) = (
        j for j in judge_conditions(medical, {"has_case": True}, "news", None, TODAY) if j.rule.id == "MED-PURP-01"
    )
    assert judged.untold == ("consent_scope",)


def test_severities(medical: Pack) -> None:
    blocks = {r.id for r in medical.conditions if r.severity == "block"}
    assert blocks == {"PI-CONS-01", "MED-PURP-01", "MED-REV-02", "MED-DEPT-01", "AD-MINOR-01"}
