"""Rules on numbers: judged anew on every import and tick, told once per crossing, with the values that they saw."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions import evaluate, names
from engine.model import Rule
from engine.pilot.blockers import Blocker
from engine.pilot.events import NewEvent
from engine.pilot.facts import instance_keys
from engine.pilot.groups import group_facts, group_record
from engine.pilot.state import Firing
from engine.process.context import Context, Decision
from engine.process.figures import shown_name
from engine.text import Message, plain, say


def judge(context: Context) -> Decision:
    """Rules that cross their line now, in either direction."""
    if context.pilot.status == "finished":
        return Decision(())
    events: list[NewEvent] = []
    notices: list[Message] = []
    seen: set[tuple[str, str]] = set()
    for rule in context.book.rules.values():
        # What has no channel is nobody's to stop or to grow.
        for group in tuple(g for g in context.pilot.groups if g) if rule.each else ("",):
            key = (rule.id, group)
            seen.add(key)
            holds = _holds(context, rule, group)
            if holds and key not in context.pilot.firings:
                values = dict(_values(context, rule, group))
                data = {"rule": rule.id, "group": group, "then": rule.then, "values": values}
                events.append(NewEvent("rule_fired", data))
                events.extend(_reopened(context, rule))
                notices.append(sentence(context, rule, group, values))
            elif not holds and key in context.pilot.firings:
                events.append(_cleared(context.pilot.firings[key]))
    # A channel that is gone from the ledger, a rule that is gone from the playbook.
    events.extend(_cleared(one) for key, one in context.pilot.firings.items() if key not in seen)
    return Decision(tuple(events), notices=tuple(notices))


def sentence(context: Context, rule: Rule, group: str, values: dict[str, str] | None = None) -> Message:
    """`规则“弱渠道止损”（抖音）：……（花费 2,000元，到诊 0人）`"""
    seen = "，".join(f"{title} {text}" for title, text in (values or {}).items())
    said = rule.message or rule.title
    where = say("（{g}）", " ({g})", g=group) if group else say("", "")
    what = say("：{m}", ": {m}", m=said) if said != rule.title else say("", "")
    told = say("（{v}）", " ({v})", v=seen) if seen else say("", "")
    return say("规则“{t}”{w}{s}{v}", "rule '{t}'{w}{s}{v}", t=rule.title, w=where, s=what, v=told)


def demanded(context: Context) -> frozenset[str]:
    """Tasks that a rule asks for while it fires, though the playbook would let them be."""
    rules = context.book.rules
    found = (rules[rule].task for rule, _ in context.pilot.firings if rule in rules and rules[rule].then == "task")
    return frozenset(task for task in found if task)


def rule_blockers(context: Context, stage: str | None, transition: str) -> tuple[Blocker, ...]:
    """The rules that block this way out now."""
    return tuple(_blocking(context, stage, transition))


def recommended(context: Context) -> tuple[tuple[Rule, Firing], ...]:
    """Ways that a firing rule recommends from where the pilot stands."""
    rules = context.book.rules
    return tuple(
        (rules[one.rule], one)
        for one in context.pilot.firings.values()
        if one.rule in rules
        and rules[one.rule].then == "recommend"
        and (rules[one.rule].stage is None or rules[one.rule].stage in context.active)
    )


def _holds(context: Context, rule: Rule, group: str) -> bool:
    if not rule.each:
        return context.verdict(rule.when).ok
    record = group_record(context.book)
    return evaluate(
        context.book, rule.when, context.group_facts(group), group_facts(context.book, context.pilot, group), record
    ).ok


def _values(context: Context, rule: Rule, group: str) -> Iterator[tuple[str, str]]:
    for name in names(rule.when.source):
        shown = shown_name(context.book, context.pilot, name, group)
        if shown is not None:
            yield shown


def _reopened(context: Context, rule: Rule) -> Iterator[NewEvent]:
    """A task that was done is done again: what it decided was decided on other numbers."""
    if rule.then != "task" or rule.task is None or rule.task not in context.book.tasks:
        return
    for key in instance_keys(context.book, context.pilot, rule.task):
        state = context.pilot.tasks.get(key)
        if state is not None and state.status in ("done", "skipped"):
            yield NewEvent("task_reopened", {"task": key}, {"reason": rule.title})


def _cleared(firing: Firing) -> NewEvent:
    return NewEvent(
        "rule_cleared", {"rule": firing.rule, "group": firing.group, "then": firing.then, "values": dict(firing.values)}
    )


def _blocking(context: Context, stage: str | None, transition: str) -> Iterator[Blocker]:
    for one in context.pilot.firings.values():
        rule = context.book.rules.get(one.rule)
        if rule is None or rule.then != "block" or rule.transition != transition or rule.stage != stage:
            continue
        roles = (rule.by,) if rule.by else ()
        yield Blocker(
            code="rule",
            item=rule.id,
            message=sentence(context, rule, one.group, dict(one.values)),
            roles=roles,
            people=context.people(*roles),
            commands=("import 文件路径",),
            detail=(plain(rule.fix),) if rule.fix else (),
        )
