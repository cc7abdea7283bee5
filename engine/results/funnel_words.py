"""Sentences about a funnel: which link holds the others up, where a change sits, what does not add up.

They name links, never people, and say where a change sits, never what brought it about.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from engine.results.funnel import Anomaly, Bottleneck, Contribution, Link, ReputationSign
from engine.results.plain_words import Words, chosen, number, of_base, percent, signed
from engine.text import Message, listed, say

_STEP = (say("数量", "the number"), say("比例", "the rate"))
_IF = {
    "below_target": say("达到目标", "at its target"),
    "fell_most": say("回到原来的比例", "back at its earlier rate"),
    "lowest_gain": say("流失的留住一成", "with one in ten of those lost kept"),
}


def bottleneck_words(found: Bottleneck | None, words: Words | None = None) -> Message:
    """Which link, and why it is named."""
    if found is None:
        return say("没有哪一环需要先压上去", "no link stands out")
    counted = (words or Words()).counted
    gain = say("", "")
    if found.gain is not None:
        gain = say(
            "；{if_}、其他环节的比例不变，末端约多{n}{c}",
            "; {if_}, the other rates as they are, about {n} more{c} at the end",
            if_=_IF[found.kind],
            n=number(found.gain, 1 if found.gain < 10 else 0),
            c=counted,
        )
    elif not found.now.numerator:
        gain = say("；没有人走过这一环", "; nobody gets through it")
    doubt = say("", "")
    if not found.beyond_chance:
        doubt = say("（差距不大或人数不多，也可能是偶然）", " (a small gap or few people: it may be chance)")
    return say("{reason}{gain}{doubt}", "{reason}{gain}{doubt}", reason=_reason(found, counted), gain=gain, doubt=doubt)


def decomposition_words(parts: Sequence[Contribution], before: Sequence[Link], after: Sequence[Link]) -> Message:
    """The change at the end of the funnel, split; what is shown adds up to the whole change."""
    if not parts:
        return say(
            "前面的环节是0，后面的环节却有数，无法拆分；先核对数据",
            "an earlier link is 0 and a later one is not: the change cannot be decomposed; check the figures",
        )
    then, now = before[-1].count, after[-1].count
    head = say(
        "“{t}”从{a}到{b}（{d}）",
        "'{t}' went from {a} to {b} ({d})",
        t=after[-1].title,
        a=number(then),
        b=number(now),
        d=signed(now - then),
    )
    if then == now:
        return head
    shown = [
        say("“{t}”的{w}{n}", "{w} of '{t}' {n}", t=after[p.step].title, w=_STEP[p.step > 0], n=signed(n, 1))
        for p, n in zip(parts, _rounded([p.amount for p in parts]), strict=True)
    ]
    return say("{h}，拆开算：{parts}", "{h}; split by link: {parts}", h=head, parts=listed(shown))


def anomaly_words(found: Anomaly) -> Message:
    return say(
        "“{t}”有{n}，比前一环“{e}”的{m}还多：两环的统计口径可能不同，先核对",
        "'{t}' counts {n}, more than the {m} of '{e}' before it: they may be counted differently; check first",
        t=found.link.title,
        n=number(found.link.count),
        e=found.earlier.title,
        m=number(found.earlier.count),
    )


def reputation_words(found: ReputationSign) -> Message:
    doubt = say("", "")
    if not found.beyond_chance:
        doubt = say("；数量不多，也可能是偶然", "; the counts are small and it may be chance")
    return say(
        "预约从{a}到{b}，到诊从{c}到{d}：约的多了，来的没有多，值得先看口碑（也要等约好的人都到了日子）{doubt}",
        "bookings went from {a} to {b}, arrivals from {c} to {d}: more book and no more come. Look at reputation first "
        "(once those booked have had time to come){doubt}",
        a=number(found.before[0]),
        b=number(found.after[0]),
        c=number(found.before[1]),
        d=number(found.after[1]),
        doubt=doubt,
    )


def _reason(found: Bottleneck, counted: Message) -> Message:
    now, title = found.now, found.now.link.title
    if found.kind == "below_target" and found.target is not None:
        return say(
            "“{t}”没有达到目标：前一环{d}{c}里有{n}{c}（{p}），目标{g}（{needed}/{d}）",
            "'{t}' is below its target: {n} of {d}{c} of the link before ({p}), the target is {g} ({needed}/{d})",
            t=title,
            n=number(now.numerator),
            d=number(now.base),
            p=percent(Fraction(now.numerator, now.base)),
            g=chosen(found.target),
            needed=number(ceil(found.target * now.base)),
            c=counted,
        )
    if found.then is not None:
        return say(
            "“{t}”退步最多：从{then}到{now}",
            "'{t}' fell most: from {then} to {now}",
            t=title,
            then=of_base(found.then.numerator, found.then.base),
            now=of_base(now.numerator, now.base),
        )
    return say(
        "没有目标也没有对照期，先看流失最多的“{t}”：前一环{d}{c}里有{n}{c}（{p}）",
        "without targets or an earlier period, look first where most are lost, at '{t}': {n} of {d}{c} of the link "
        "before ({p})",
        t=title,
        n=number(now.numerator),
        d=number(now.base),
        p=percent(Fraction(now.numerator, now.base)),
        c=counted,
    )


def _rounded(amounts: Sequence[Decimal]) -> list[Decimal]:
    """To one decimal so that they still add up: what rounding down left over goes to the largest remainders."""
    tenths = [floor(amount * 10) for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda i: tenths[i] - amounts[i] * 10)
    for i in order[: round(sum(amounts) * 10) - sum(tenths)]:
        tenths[i] += 1
    return [Decimal(n) / 10 for n in tenths]
