"""A funnel: rates from link to link, what each link contributed to a change, which link holds the others up.

Arithmetic on counts only. It says where a change sits, never why it came about, and it looks at links, not at people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from engine.frozen import frozen
from engine.results.intervals import Interval, newcombe, wilson

BottleneckKind = Literal["below_target", "fell_most", "lowest_gain"]
_EXACT = Context(prec=60)  # so that contributions add up far beyond what anybody prints
_TENTH = Fraction(1, 10)


@frozen
class Link:
    """One link: its id, its title, how many came so far."""

    id: str
    title: str
    count: int


@frozen
class Rate:
    """How many of the link before reached this one: `numerator` of `base`."""

    link: Link
    numerator: int
    base: int

    @property
    def rate(self) -> Fraction | None:
        """None for a base of 0; above 1 only where `anomalies` reports the link."""
        return Fraction(self.numerator, self.base) if self.base else None


@frozen
class Anomaly:
    """A link that counts more than the one before it: counted differently, or an entry that skipped a link."""

    link: Link
    earlier: Link


@frozen
class Contribution:
    """What one step contributed to the change at the end of the funnel, in units of its last link.

    `step` 0 is the volume of the first link; step i the rate from link i - 1 to link i. `before` and `after` are that
    volume or rate; None for a rate without a base.
    """

    step: int
    before: Fraction | None
    after: Fraction | None
    amount: Decimal


@frozen
class Bottleneck:
    """The link that holds the others up, and why.

    `now` is its rate; `interval` its Wilson interval, for `fell_most` that of its fall (now less then). `then` is its
    rate in the baseline (`fell_most`), `target` the rate to reach (`below_target`).
    `gain`: how many more would come out at the end of the funnel if the link reached its target, went back to its
    baseline, or (`lowest_gain`) kept one in ten of those it loses, the rates of the other links staying as they are;
    None where nothing comes through to tell.
    `beyond_chance`: its interval lies below the target, below no change, or below the intervals of all other links.
    """

    kind: BottleneckKind
    step: int
    now: Rate
    interval: Interval
    then: Rate | None = None
    target: Fraction | None = None
    gain: Fraction | None = None
    beyond_chance: bool = False


@frozen
class ReputationSign:
    """Bookings rose and arrivals did not: (bookings, arrivals) before and after. `fall` is the difference of the two
    shares that arrived with its interval, where each share can be formed."""

    before: tuple[int, int]
    after: tuple[int, int]
    fall: Interval | None

    @property
    def beyond_chance(self) -> bool:
        return self.fall is not None and self.fall.high < 0


def funnel_rates(counts: Sequence[Link]) -> tuple[Rate, ...]:
    """Each link against the one before it; one fewer than there are links."""
    return tuple(Rate(link, link.count, earlier.count) for earlier, link in pairwise(counts))


def anomalies(counts: Sequence[Link]) -> tuple[Anomaly, ...]:
    """Links larger than their earlier link."""
    return tuple(Anomaly(link, earlier) for earlier, link in pairwise(counts) if link.count > earlier.count)


def decompose(before: Sequence[int], after: Sequence[int]) -> tuple[Contribution, ...]:
    """How much of the change in the last link each step contributed; the amounts add up to the change.

    Additive LMDI (Ang, Energy Policy 32 (2004) 1131-1139) on last link = volume * rate * rate ...: each factor gets
    L(after, before) * ln(factor after / factor before), L the logarithmic mean of the last link. Both periods should be
    equally long. Where the last link is 0 in one period only, the analytical limit of that formula for a vanishing
    count stands (Ang & Liu, Energy Policy 35 (2007) 238-246): all of the change belongs to the first link that is
    empty, because behind it there was nothing to come through.
    Empty, "cannot be decomposed", where a later link counts something though an earlier one is empty: no rate says how.
    Raises ValueError for lists of different length, no links, or a count below 0.
    """
    if len(before) != len(after) or not before:
        raise ValueError("a funnel has the same links before and after, and at least one")
    if min((*before, *after)) < 0:
        raise ValueError("a count is not below 0")
    if _has_hole(before) or _has_hole(after):
        return ()
    start, end = before[-1], after[-1]
    if start and end:
        amounts = _shares(before, after)
    else:
        amounts = [Decimal(0)] * len(before)
        if start != end:
            amounts[list(after if start else before).index(0)] = Decimal(end - start)
    factors = zip(_factors(before), _factors(after), amounts, strict=True)
    return tuple(
        # A factor that did not change contributed nothing, not the dust that logarithms leave.
        Contribution(step, then, now, Decimal(0) if then == now else amount)
        for step, (then, now, amount) in enumerate(factors)
    )


def bottleneck(
    counts: Sequence[Link], targets: Mapping[str, Fraction], before: Sequence[int] | None = None
) -> Bottleneck | None:
    """The link that holds the others up. `targets` by link id (0.15 for 15 %); `before` counts the same links earlier.

    With targets: of the links below theirs the one for which reaching it would add most at the end of the funnel. When
    none is below, or no target is given, and there is a baseline: the link whose rate fell most, as a proportion (by its
    logarithm, so that falls along the funnel can be compared). With neither: the link whose rate is lowest even at the
    upper bound of its Wilson interval, which keeps a link with few people from being named by chance; links of different
    kinds have different natural rates, so that this is a place to look first and not a verdict.
    Against a target or a baseline a link that lets nobody through comes before all others. Links without a base, and
    those `anomalies` reports, are not judged. None when no link is to be named.
    Raises ValueError when `before` has not as many links as `counts`.
    """
    if before is not None and len(before) != len(counts):
        raise ValueError("a funnel has the same links before and after")
    rates = [(step, rate) for step, rate in enumerate(funnel_rates(counts), 1) if 0 <= rate.numerator <= rate.base > 0]
    end = counts[-1].count if counts else 0
    found = _below_target(rates, targets, end)
    if found is None and before is not None:
        found = _fell_most(rates, before, end)
    if found is None and before is None and not targets:
        found = _lowest(rates, end)
    return found


def reputation_sign(before: tuple[int, int], after: tuple[int, int]) -> ReputationSign | None:
    """The sign of S4 that points at reputation: of (bookings, arrivals) in two equally long periods the first rose and the
    second did not. None without it. Late arrivals give the same picture: let those booked have had time to come."""
    if after[0] <= before[0] or after[1] > before[1]:
        return None
    (booked, came), (booked_before, came_before) = after, before
    formed = 0 <= came <= booked and 0 <= came_before <= booked_before and booked_before > 0
    return ReputationSign(before, after, newcombe(came, booked, came_before, booked_before) if formed else None)


def _below_target(rates: Sequence[tuple[int, Rate]], targets: Mapping[str, Fraction], end: int) -> Bottleneck | None:
    found: list[tuple[Fraction | None, Bottleneck]] = []
    for step, rate in rates:
        target, now = targets.get(rate.link.id), Fraction(rate.numerator, rate.base)
        if target is None or now >= target:
            continue
        factor = target / now if now else None
        interval = wilson(rate.numerator, rate.base)
        sure = interval.high < target
        found.append((factor, Bottleneck("below_target", step, rate, interval, None, target, _gain(end, factor), sure)))
    return _foremost(found)


def _fell_most(rates: Sequence[tuple[int, Rate]], before: Sequence[int], end: int) -> Bottleneck | None:
    found: list[tuple[Fraction | None, Bottleneck]] = []
    for step, rate in rates:
        then = Rate(rate.link, before[step], before[step - 1])
        now, earlier = Fraction(rate.numerator, rate.base), then.rate
        if earlier is None or not now < earlier <= 1:
            continue
        factor = earlier / now if now else None
        fall = newcombe(rate.numerator, rate.base, then.numerator, then.base)
        found.append((factor, Bottleneck("fell_most", step, rate, fall, then, None, _gain(end, factor), fall.high < 0)))
    return _foremost(found)


def _lowest(rates: Sequence[tuple[int, Rate]], end: int) -> Bottleneck | None:
    known = [(step, rate, wilson(rate.numerator, rate.base)) for step, rate in rates]
    step, rate, interval = min(known, key=lambda one: one[2].high, default=(0, None, None))
    if rate is None or interval is None or interval.estimate == 1:
        return None
    now = interval.estimate
    factor = 1 + _TENTH * (1 - now) / now if now else None
    others = [other.low for _, found, other in known if found is not rate]
    sure = bool(others) and interval.high < min(others)
    return Bottleneck("lowest_gain", step, rate, interval, None, None, _gain(end, factor), sure)


def _foremost(found: Sequence[tuple[Fraction | None, Bottleneck]]) -> Bottleneck | None:
    """The largest factor, which is also the largest gain; None, a link that lets nobody through, before any other."""
    closed = [one for factor, one in found if factor is None]
    if closed:
        return closed[0]
    best = max((factor for factor, _ in found if factor is not None), default=None)
    return next((one for factor, one in found if factor == best), None)


def _gain(end: int, factor: Fraction | None) -> Fraction | None:
    return end * (factor - 1) if end and factor is not None else None


def _has_hole(counts: Sequence[int]) -> bool:
    return any(not earlier and later for earlier, later in pairwise(counts))


def _factors(counts: Sequence[int]) -> list[Fraction | None]:
    return [Fraction(counts[0]), *(Fraction(c, base) if base else None for base, c in pairwise(counts))]


def _shares(before: Sequence[int], after: Sequence[int]) -> list[Decimal]:
    """Without a 0 anywhere."""
    with localcontext(_EXACT):
        # ln(after / before) of each count: the logarithm of a rate's change is the step between two of them.
        logs = [Decimal(now).ln() - Decimal(then).ln() for then, now in zip(before, after, strict=True)]
        change = Decimal(after[-1] - before[-1])
        mean = change / logs[-1] if change else Decimal(after[-1])
        return [mean * step for step in (logs[0], *(later - earlier for earlier, later in pairwise(logs)))]
