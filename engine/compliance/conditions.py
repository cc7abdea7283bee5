"""Rules over facts of a piece: consent, purpose, approval, advertiser, account, labels.

A fact nobody told is unknown: a rule that would need it is reported as not told, never as broken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from engine.compliance.model import ConditionRule, Pack
from engine.frozen import frozen
from engine.text import Message, say

Kind = Literal["flag", "text", "date", "choice"]
Outcome = Literal["broken", "kept", "untold"]


@frozen
class Fact:
    """A fact of a piece: what it is called, of which kind, and what a choice may be."""

    title: Message
    kind: Kind
    options: tuple[str, ...] = ()


FACTS: Mapping[str, Fact] = {
    "approval_number": Fact(say("审查证明文号", "number of the review certificate"), "text"),
    "approval_until": Fact(say("审查证明有效期至", "review certificate valid until"), "date"),
    "approved_text_matches": Fact(say("内容与审查样件一致", "text as approved"), "flag"),
    "advertiser": Fact(say("以谁的名义发布", "advertiser"), "choice", ("institution", "department")),
    "media_for_minors": Fact(say("面向未成年人的媒介", "medium for minors"), "flag"),
    "has_case": Fact(say("含病例或患者故事", "tells a case or a patient's story"), "flag"),
    "consent_id": Fact(say("同意书编号", "id of the consent"), "text"),
    "consent_scope": Fact(say("同意的范围", "scope of the consent"), "choice", ("internal", "academic", "public")),
    "consent_until": Fact(say("同意有效期至", "consent valid until"), "date"),
    "consent_withdrawn": Fact(say("同意已撤回", "consent withdrawn"), "flag"),
    "is_minor": Fact(say("当事人是未成年人", "the person is a minor"), "flag"),
    "guardian_consent": Fact(say("监护人同意", "consent of the guardian"), "flag"),
    "shows_image": Fact(say("含患者影像", "shows an image of a patient"), "flag"),
    "image_consent": Fact(say("影像使用同意", "consent to the image"), "flag"),
    "account_certified": Fact(say("账号已认证", "the account is certified"), "flag"),
    "sources_stated": Fact(say("已注明来源", "sources are stated"), "flag"),
    "ai_made": Fact(say("含人工智能生成的内容", "made with AI"), "flag"),
    "ai_labelled": Fact(say("已标识人工智能生成", "labelled as made with AI"), "flag"),
    "paid_placement": Fact(say("付费推广", "paid placement"), "flag"),
    "marked_ad": Fact(say("已标明“广告”", "marked as an advertisement"), "flag"),
    "cosmetic": Fact(say("医疗美容", "cosmetic medicine"), "flag"),
    "device": Fact(say("涉及医疗器械", "concerns a medical device"), "flag"),
}
_MISSING, _PAST = "missing", "past"


def allowed_value(fact: str, value: str) -> bool:
    """May a condition ask for this value of a fact? `not x` asks for a choice other than x."""
    known = FACTS[fact]
    if known.kind == "flag":
        return value in ("true", "false")
    if known.kind == "date":
        return value in (_MISSING, _PAST)
    if known.kind == "choice":
        return value == _MISSING or value.removeprefix("not ") in known.options
    return value == _MISSING


@frozen
class Judged:
    """A condition rule with its outcome; `untold` names the facts that would decide it."""

    rule: ConditionRule
    outcome: Outcome
    untold: tuple[str, ...] = ()


def judge_conditions(
    pack: Pack, facts: Mapping[str, object], channel: str, purpose: str | None, today: date
) -> tuple[Judged, ...]:
    """Each condition rule that applies to the channel and purpose, judged on what was told."""
    return tuple(
        _judge(rule, facts, channel, purpose, today)
        for rule in pack.conditions
        if channel in rule.channels and (purpose is None or purpose in rule.purposes)
    )


def _judge(rule: ConditionRule, facts: Mapping[str, object], channel: str, purpose: str | None, today: date) -> Judged:
    untold: list[str] = []
    for case in rule.when:
        answers = {name: _holds(name, wanted, facts, today) for name, wanted in case}
        if all(answer is True for answer in answers.values()):
            return Judged(rule, "broken")
        if not any(answer is False for answer in answers.values()):
            untold += [name for name, answer in answers.items() if answer is None]
    if untold:
        return Judged(rule, "untold", tuple(dict.fromkeys(untold)))
    return Judged(rule, "kept")


def _holds(name: str, wanted: str, facts: Mapping[str, object], today: date) -> bool | None:
    """Is the fact as wanted? None when it was not told. A fact that was told empty is missing."""
    if name not in facts:
        return None
    value = facts[name]
    if wanted == _MISSING:
        return value in (None, "", False)
    if value in (None, ""):
        return False
    if wanted == _PAST:
        return isinstance(value, date) and value < today
    if wanted in ("true", "false"):
        return value is (wanted == "true")
    told = str(value)
    return told != wanted.removeprefix("not ") if wanted.startswith("not ") else told == wanted
