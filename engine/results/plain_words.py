"""One plain sentence for a figure and how sure it is, for people who read papers and not statistics.

A percentage always stands with the counts behind it. A sentence says what changed and whether chance alone would do;
it never says what brought the change about: counts before and after cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from engine.frozen import frozen
from engine.results.intervals import Interval, Method, Number
from engine.text import Message, say

NO_CAUSE = say(
    "前后的数字只说明变了多少，不能证明是哪项做法带来的",
    "figures before and after say how much changed; they do not prove which measure brought it about",
)
SOURCE_PROVES_NO_CAUSE = say(
    "这个案例的出处只报告了前后的数字，没有对照，不支持因果结论",
    "the source of this case reports figures before and after without a comparison; it supports no causal claim",
)
TOO_FEW = say("数据太少，还说不准", "too few data to say")
_MOST_DIGITS = 4
_WORDLESS = 1e15  # a bound out there says only that there is none


@frozen
class Words:
    """What is counted (`位`, `people`), what a ratio is measured in (`元`, ` yuan`), and over what its spread was taken."""

    counted: Message = say("位", " people")
    unit: Message = say("", "")
    cluster: Message = say("天", "days")


def sure(interval: Interval | None, *, fewest: int = 30, words: Words | None = None) -> Message:
    """The figure and how sure it is. With fewer than `fewest` behind any share, base or total: too few to say, and no
    percentage. `None` (no interval could be formed) is too few as well."""
    if interval is None:
        return TOO_FEW
    words = words or Words()
    least = min((_whole(interval, name) for name in _BASES[interval.method]), default=None)
    if least is not None and least < fewest:
        return say(
            "只有{n}{c}，不到{f}{c}，太少，还说不准",
            "only {n}{c}, fewer than {f}: too few to say",
            n=number(least),
            f=fewest,
            c=words.counted,
        )
    return _SENTENCES[interval.method](interval, words)


def changed(interval: Interval) -> bool:
    """Whether chance alone is an unlikely explanation of the difference or growth: its interval leaves out `no change`."""
    still = 1 if interval.method.startswith("growth") else 0
    return not interval.low <= still <= interval.high


def how(interval: Interval) -> Message:
    """The formula and its level, for `--explain`."""
    return say("{m}，把握{p}", "{m}, level {p}", m=_METHODS[interval.method], p=chosen(interval.level))


def number(value: Number, digits: int = 2) -> str:
    """`1,540`, `51.33`: at most so many decimals, halves up, no idle zeros."""
    if isinstance(value, float) and not abs(value) < _WORDLESS:
        return "∞"
    text = f"{_decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def signed(value: Number, digits: int = 2) -> str:
    """`+6`, `-0.5`, `0`."""
    text = number(value, digits)
    return text if text in ("0", "∞") or text.startswith("-") else f"+{text}"


def percent(share: Number) -> str:
    """`12.5%`, `7.0%`: one decimal as in tables, more where it would otherwise seem to be 0 or 100 and is not."""
    points = _decimal(share) * 100
    digits = next((d for d in range(1, _MOST_DIGITS) if not _seems(points, number(points, d))), _MOST_DIGITS)
    return f"{points.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}%"


def chosen(share: Number) -> str:
    """`95%`: a level or a target, as somebody set it; it was not counted, so it has no decimals of its own."""
    return f"{number(_decimal(share) * 100)}%"


def of_base(successes: int, trials: int) -> Message:
    """`15.0%（33/220）`: a percentage with its base, which is not 0."""
    return say(
        "{p}（{s}/{n}）", "{p} ({s}/{n})", p=percent(Fraction(successes, trials)), s=number(successes), n=number(trials)
    )


def _share(interval: Interval, words: Words) -> Message:
    low, high = _bounds(interval.low * 100, interval.high * 100)
    return say(
        "{n}{c}里有{s}{c}（{p}），考虑到偶然因素，比例在{low}%到{high}%之间",
        "{s} of {n}{c} ({p}); allowing for chance, the share lies between {low}% and {high}%",
        n=number(interval.number("trials")),
        s=number(interval.number("successes")),
        p=percent(interval.estimate),
        low=low,
        high=high,
        c=words.counted,
    )


def _difference(interval: Interval, words: Words) -> Message:
    return say(
        "从{then}到{now}，差{d}个百分点；{between}",
        "from {then} to {now}, a difference of {d} points; {between}",
        then=_part(interval, "s2", "n2"),
        now=_part(interval, "s1", "n1"),
        d=signed(interval.estimate * 100, 1),
        between=_between(interval, 100, _POINTS, _NO_CHANGE),
    )


def _did_shares(interval: Interval, words: Words) -> Message:
    parts = {name: _part(interval, f"s_{name}", f"n_{name}") for name in _CELLS}
    return say(
        "本科室从{before}到{after}，对照从{control_before}到{control_after}，两边的变化相差{d}个百分点；{between}",
        "from {before} to {after} here, from {control_before} to {control_after} in the comparison: the changes differ by {d} points; "
        "{between}",
        **parts,
        d=signed(interval.estimate * 100, 1),
        between=_between(interval, 100, _POINTS, _NO_DIFFERENCE),
    )


def _did_ratios(interval: Interval, words: Words) -> Message:
    parts = {name: _quotient(interval, f"numerator_{name}", f"base_{name}", words) for name in _CELLS}
    return say(
        "本科室从{before}到{after}，对照从{control_before}到{control_after}，两边的变化相差{d}{u}；{between}",
        "from {before} to {after} here, from {control_before} to {control_after} in the comparison: the changes differ by {d}{u}; "
        "{between}",
        **parts,
        d=signed(interval.estimate),
        u=words.unit,
        between=_between(interval, 1, words.unit, _NO_DIFFERENCE),
    )


def _ratio(interval: Interval, words: Words) -> Message:
    low, high = _bounds(interval.low, interval.high)
    return say(
        "{q}；按{m}{k}的起伏，在{low}{u}到{high}{u}之间",
        "{q}; by the spread of {m} {k}, between {low} and {high}{u}",
        q=_quotient(interval, "numerator", "base", words),
        m=number(interval.number("clusters")),
        k=words.cluster,
        low=low,
        high=high,
        u=words.unit,
    )


def _fixed(interval: Interval, words: Words) -> Message:
    low, high = _bounds(interval.low, interval.high)
    return say(
        "{q}；花费是定数，来的人和收入逐{k}有多有少，按{m}{k}的起伏在{low}{u}到{high}{u}之间",
        "{q}; what was spent is fixed, what came varies: by the spread of {m} {k}, between {low} and {high}{u}",
        q=_quotient(interval, "numerator", "base", words),
        m=number(interval.number("days")),
        k=words.cluster,
        low=low,
        high=high,
        u=words.unit,
    )


def _growth(interval: Interval, words: Words) -> Message:
    of = words.counted if interval.method == "growth_counts" else words.unit
    then, now = (
        say(
            "{d}{k}共{t}{c}",
            "{t}{c} in {d} {k}",
            d=number(interval.number(f"days_{name}")),
            t=number(interval.number(f"total_{name}")),
            k=words.cluster,
            c=of,
        )
        for name in ("before", "after")
    )
    low, high = _bounds((interval.low - 1) * 100, (interval.high - 1) * 100, sign=True)
    return say(
        "从{then}到{now}，每{each}的平均数变化{p}；按{k}与{k}之间的起伏在{low}%到{high}%之间：{verdict}",
        "from {then} to {now}, the average of the {k} changed by {p}; by the spread between {k}, between {low}% and {high}%: {verdict}",
        then=then,
        now=now,
        p=_changed_by(interval.estimate - 1),
        each=words.cluster,
        k=words.cluster,
        low=low,
        high=high,
        verdict=_NOT_CHANCE if changed(interval) else _NO_CHANGE,
    )


def _changed_by(share: Number) -> str:
    points = (_decimal(share) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{points:+,f}%" if points else "0.0%"


def _between(interval: Interval, scale: int, unit: Message, still: Message) -> Message:
    low, high = _bounds(interval.low * scale, interval.high * scale, sign=True)
    return say(
        "考虑到偶然因素，在{low}到{high}{u}之间：{verdict}",
        "allowing for chance, between {low} and {high}{u}: {verdict}",
        low=low,
        high=high,
        u=unit,
        verdict=_NOT_CHANCE if changed(interval) else still,
    )


def _part(interval: Interval, successes: str, trials: str) -> Message:
    return of_base(_whole(interval, successes), _whole(interval, trials))


def _quotient(interval: Interval, numerator: str, base: str, words: Words) -> Message:
    top, bottom = interval.number(numerator), interval.number(base)
    return say(
        "{r}{u}（{n}÷{d}）",
        "{r}{u} ({n} ÷ {d})",
        r=number(Fraction(top) / Fraction(bottom)),
        u=words.unit,
        n=number(top),
        d=number(bottom),
    )


def _bounds(low: float, high: float, *, sign: bool = False) -> tuple[str, str]:
    """Both with as many decimals as their distance deserves, and enough that none seems to be 0, or 100, that is not."""
    digits = 0 if high - low >= 10 else 1 if high - low >= 1 else 2
    show: Callable[[Number, int], str] = signed if sign else number
    while digits < _MOST_DIGITS and any(_seems(end, show(end, digits)) for end in (low, high)):
        digits += 1
    return show(low, digits), show(high, digits)


def _seems(points: Number, text: str) -> bool:
    """Whether the text says 0 or 100 and the number is neither."""
    return text.lstrip("+-") in ("0", "100") and abs(points) not in (0, 100)


def _decimal(value: Number) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)


def _whole(interval: Interval, name: str) -> int:
    return int(interval.number(name))


_CELLS = ("before", "after", "control_before", "control_after")
_POINTS = say("个百分点", " points")
_NO_CHANGE = say("看不出变化", "no change can be seen")
_NO_DIFFERENCE = say("看不出和对照有差别", "no difference from the comparison can be seen")
_NOT_CHANCE = say("不像是偶然", "unlikely to be chance alone")
# What must not be few, by the names in `made_from`. Money has no fewest.
_BASES: dict[Method, tuple[str, ...]] = {
    "wilson": ("trials",),
    "newcombe": ("n1", "n2"),
    "ratio_delta": ("base",),
    "did_normal": tuple(f"n_{name}" for name in _CELLS),
    "did_ratio": tuple(f"base_{name}" for name in _CELLS),
    "growth_counts": ("total_after", "total_before"),
    "growth_amounts": (),
    "fixed_over_days": ("base",),
    "days_over_fixed": (),
}
_METHODS: dict[Method, Message] = {
    "wilson": say("Wilson区间（1927）", "Wilson interval (1927)"),
    "newcombe": say("Newcombe方法10（1998）", "Newcombe, method 10 (1998)"),
    "ratio_delta": say("比率估计的线性化方差，t分布", "linearised variance of a ratio, Student's t"),
    "did_normal": say("双重差分，正态区间", "difference in differences, normal interval"),
    "did_ratio": say(
        "比率的双重差分，线性化方差，t分布", "difference in differences of ratios, linearised variance, Student's t"
    ),
    "growth_counts": say(
        "对数尺度，离散程度由每日数估计，t分布", "log scale, over-dispersion from the days, Student's t"
    ),
    "growth_amounts": say("对数尺度，方差由每日金额估计，t分布", "log scale, variance from the days, Student's t"),
    "fixed_over_days": say(
        "对数尺度，花费为定数，方差由每日数估计，t分布",
        "log scale, spending fixed, variance from the days, Student's t",
    ),
    "days_over_fixed": say(
        "对数尺度，花费为定数，方差由每日数估计，t分布",
        "log scale, spending fixed, variance from the days, Student's t",
    ),
}
_SENTENCES: dict[Method, Callable[[Interval, Words], Message]] = {
    "wilson": _share,
    "newcombe": _difference,
    "ratio_delta": _ratio,
    "did_normal": _did_shares,
    "did_ratio": _did_ratios,
    "growth_counts": _growth,
    "growth_amounts": _growth,
    "fixed_over_days": _fixed,
    "days_over_fixed": _fixed,
}
