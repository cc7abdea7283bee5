"""The six steps of the gate, in order, each with what was found and what is still missing.

Nothing found is never called lawful: the best a verdict says is that no known problem was found, and a person signs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from engine.compliance.conditions import FACTS, Judged, judge_conditions
from engine.compliance.model import Finding, Pack, Rule
from engine.compliance.scan import scan
from engine.frozen import frozen
from engine.text import Message, listed, say

StepId = Literal["purpose", "advertisement", "privacy", "text", "evidence", "sign_off"]
State = Literal["stopped", "open", "clear"]
TITLES: Mapping[StepId, Message] = {
    "purpose": say("渠道和目的", "channel and purpose"),
    "advertisement": say("是不是医疗广告", "is it an advertisement"),
    "privacy": say("患者隐私", "privacy"),
    "text": say("文字规则", "text rules"),
    "evidence": say("依据", "evidence"),
    "sign_off": say("具名签字", "named sign-off"),
}
# 认定指南 六、八: what turns information, education and news into advertising.
_SIGNS = frozenset(
    {"MED-SUBJ-01", "MED-EFF-01", "MED-RATE-01", "MED-CMP-01", "MED-CASE-01", "MED-KEPU-01", "MED-NEWS-01"}
)
_OF_ADS = frozenset({"MED-REV-01", "MED-SCOPE-01", "MED-REV-02", "MED-DEPT-01", "AD-MINOR-01", "AD-ID-01"})


@frozen
class Step:
    """One step of the gate. `missing` says what is not known or not there yet."""

    id: StepId
    state: State
    findings: tuple[Finding, ...]
    conditions: tuple[Judged, ...]
    missing: tuple[Message, ...]

    @property
    def title(self) -> Message:
        return TITLES[self.id]


@frozen
class Verdict:
    """What the gate says about a piece."""

    findings: tuple[Finding, ...]
    conditions: tuple[Judged, ...]
    steps: tuple[Step, ...]

    @property
    def blocks(self) -> tuple[str, ...]:
        """Ids of the rules that stop the piece, in the pack's order of findings, each once."""
        return self._rules("block")

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._rules("warn")

    def _rules(self, severity: str) -> tuple[str, ...]:
        found = [f.rule for f in self.findings if f.severity == severity]
        found += [j.rule.id for j in self.conditions if j.outcome == "broken" and j.rule.severity == severity]
        return tuple(dict.fromkeys(found))

    @property
    def stopped(self) -> bool:
        return bool(self.blocks)

    @property
    def summary(self) -> Message:
        if self.blocks:
            return say("拦下：{rules}", "stopped by: {rules}", rules=listed(self.blocks))
        if self.warnings:
            return say("请复核：{rules}", "to be reviewed: {rules}", rules=listed(self.warnings))
        return say("未发现已知问题", "no known problem was found")


def judge(
    pack: Pack,
    text: str,
    channel: str,
    purpose: str | None,
    facts: Mapping[str, object],
    today: date,
    *,
    hospital: str = "",
    evidence: Collection[str] = (),
    signed_by: str = "",
) -> Verdict:
    """Text and facts of a piece judged by a pack on the day `today`."""
    findings = scan(pack, text, channel, purpose, hospital=hospital, evidence=evidence)
    conditions = judge_conditions(pack, facts, channel, purpose, today)
    asked = {rule.id for rule in pack.rules if rule.ask}
    steps = (
        _purpose(channel, purpose),
        _advertisement(channel, findings, conditions),
        _step(
            "privacy", [f for f in findings if _is_privacy(f.rule)], [j for j in conditions if _is_privacy(j.rule.id)]
        ),
        _step(
            "text",
            [f for f in findings if not _is_privacy(f.rule) and f.rule not in asked and f.rule not in _OF_ADS],
            [j for j in conditions if not _is_privacy(j.rule.id) and j.rule.id not in _OF_ADS],
        ),
        _evidence([f for f in findings if f.rule in asked], pack),
        _sign_off(signed_by),
    )
    return Verdict(findings, conditions, steps)


def _is_privacy(rule: str) -> bool:
    return rule.startswith("PI-")


def _step(name: StepId, findings: Sequence[Finding], conditions: Sequence[Judged], *more: Message) -> Step:
    broken = [j for j in conditions if j.outcome == "broken"]
    untold = dict.fromkeys(fact for j in conditions for fact in j.untold)
    missing = (*more, *(say("没有说明：{fact}", "not told: {fact}", fact=FACTS[f].title) for f in untold))
    severities = {f.severity for f in findings} | {j.rule.severity for j in broken}
    state: State = "stopped" if "block" in severities else "open" if severities or missing else "clear"
    return Step(name, state, tuple(findings), tuple(conditions), missing)


def _purpose(channel: str, purpose: str | None) -> Step:
    missing = [] if purpose else [say("没有写目的，按最严处理", "no purpose was given: judged as strictly as can be")]
    return _step("purpose", (), (), *missing)


def _advertisement(channel: str, findings: Sequence[Finding], conditions: Sequence[Judged]) -> Step:
    own = [f for f in findings if f.rule in _OF_ADS]
    about = [j for j in conditions if j.rule.id in _OF_ADS]
    signs = sorted({f.rule for f in findings if f.rule in _SIGNS})
    more = []
    if channel not in ("ad", "internal") and signs:
        more.append(
            say(
                "有 {rules}，会被认定为（变相）医疗广告，要先审查",
                "{rules} would make it a (disguised) medical advertisement, which needs review",
                rules=listed(signs),
            )
        )
    return _step("advertisement", own, about, *more)


def _evidence(findings: Sequence[Finding], pack: Pack) -> Step:
    rules = {rule.id: rule for rule in pack.rules}
    needed = dict.fromkeys(f.rule for f in findings)
    more = [say("{rule}：{what}", "{rule}: {what}", rule=name, what=_rewrite(rules[name])) for name in needed]
    return _step("evidence", findings, (), *more)


def _rewrite(rule: Rule) -> Message:
    return Message(rule.words.rewrite, rule.en.rewrite)


def _sign_off(name: str) -> Step:
    missing = [] if name.strip() else [say("还没有具名人员签字", "nobody has signed by name")]
    return _step("sign_off", (), (), *missing)
