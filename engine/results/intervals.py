"""How sure a figure is: intervals for rates, ratios, their changes and growth.

Estimates are exact fractions, so that a figure is the same wherever it stands; bounds are floats. Each value keeps the
numbers it was made from, under names that `metric --explain` prints. Nothing here knows what a figure means.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import copysign, exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Literal

from engine.frozen import frozen

Number = int | Decimal | Fraction | float
Method = Literal[
    "wilson", "newcombe", "ratio_delta", "did_normal", "did_ratio", "growth_counts", "growth_amounts",
    "fixed_over_days", "days_over_fixed"
]  # fmt: skip
FEWEST_CLUSTERS = 5  # below that a spread between days says too little about the spread there is
_TINY = 1e-300


@frozen
class Interval:
    """An estimate with its bounds at `level` (0.95: 95 %). `method` is a short id of the formula. `made_from` names the
    numbers it was worked out from, in the order in which a reader would write them down."""

    estimate: Fraction
    low: float
    high: float
    level: float
    method: Method
    made_from: tuple[tuple[str, Number], ...]

    def number(self, name: str) -> Number:
        """One of `made_from`. Raises KeyError for a name that is not there."""
        return dict(self.made_from)[name]


def wilson(successes: int, trials: int, level: float = 0.95) -> Interval:
    """The share successes/trials with its score interval, within [0, 1].

    Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212. Raises ValueError unless 0 <= successes <= trials and trials > 0.
    """
    low, high = _score(successes, trials, level)
    numbers = (("successes", successes), ("trials", trials))
    return _interval(Fraction(successes, trials), low, high, level, "wilson", numbers)


def newcombe(s1: int, n1: int, s2: int, n2: int, level: float = 0.95) -> Interval:
    """The difference s1/n1 - s2/n2 of two independent shares (give the later one first), within [-1, 1].

    Method 10 of Newcombe, Stat. Med. 17 (1998) 873-890: the two score intervals joined. Raises ValueError as `wilson`.
    """
    (l1, u1), (l2, u2) = _score(s1, n1, level), _score(s2, n2, level)
    p1, p2 = s1 / n1, s2 / n2
    numbers = (("s1", s1), ("n1", n1), ("s2", s2), ("n2", n2))
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    difference = Fraction(s1, n1) - Fraction(s2, n2)
    return _interval(difference, max(-1.0, low), min(1.0, high), level, "newcombe", numbers)


def ratio_interval(pairs: Sequence[tuple[Decimal | int, Decimal | int]], level: float = 0.95) -> Interval | None:
    """sum(n) / sum(d) over (n, d) of each day (or week), in units of n per d: cost per patient, return on spend.

    The days are the clusters: variance m/(m-1) * sum((n - R d)^2) / sum(d)^2 of the ratio estimator (Cochran, Sampling
    Techniques, 3rd ed. 1977, 2.11 and 6.3, without the correction for a finite population), Student's t with m - 1
    degrees of freedom. Days on which both are 0 tell nothing of the ratio and are left out.
    None for fewer than `FEWEST_CLUSTERS` days, a base of 0, or days that all agree exactly: there is no spread then to
    judge by. Raises ValueError for a base below 0.
    """
    found = _ratio(pairs)
    if found is None:
        return None
    reach = student_t(level, found.clusters - 1) * sqrt(found.variance)
    numbers = (
        ("numerator", found.numerator),
        ("base", found.base),
        ("clusters", found.clusters),
        ("standard_error", sqrt(found.variance)),
    )
    ratio = found.ratio
    return _interval(ratio, float(ratio) - reach, float(ratio) + reach, level, "ratio_delta", numbers)


def difference_in_differences(
    before: tuple[int, int],
    after: tuple[int, int],
    control_before: tuple[int, int],
    control_after: tuple[int, int],
    level: float = 0.95,
) -> Interval:
    """(after - before) - (control_after - control_before) of shares, each given as (successes, trials); in [-2, 2].

    Normal interval, variance the sum of the four p(1-p)/n (Angrist & Pischke, Mostly Harmless Econometrics, 2009, 5.2,
    for the contrast). A share of 0 or 1 would count as certain; its variance is taken at (s+1)/(n+2) instead (Agresti &
    Caffo, Am. Stat. 54 (2000) 280-288). Raises ValueError as `wilson`.
    """
    cells = (after, before, control_after, control_before)
    for s, n in cells:
        _whole(s, n)
    a, b, ca, cb = (Fraction(s, n) for s, n in cells)
    estimate = (a - b) - (ca - cb)
    reach = NormalDist().inv_cdf((1 + _level(level)) / 2) * sqrt(sum(_binomial_variance(s, n) for s, n in cells))
    names = ("after", "before", "control_after", "control_before")
    numbers = tuple(
        (f"{part}_{name}", value)
        for name, cell in zip(names, cells, strict=True)
        for part, value in zip(("s", "n"), cell, strict=True)
    )
    low, high = float(estimate) - reach, float(estimate) + reach
    return _interval(estimate, max(-2.0, low), min(2.0, high), level, "did_normal", numbers)


def difference_in_differences_of_ratios(
    before: Sequence[tuple[Decimal | int, Decimal | int]],
    after: Sequence[tuple[Decimal | int, Decimal | int]],
    control_before: Sequence[tuple[Decimal | int, Decimal | int]],
    control_after: Sequence[tuple[Decimal | int, Decimal | int]],
    level: float = 0.95,
) -> Interval | None:
    """The same contrast of four ratios, each given by its days as in `ratio_interval`; None when one of them has none.

    The four delta variances added; degrees of freedom after Satterthwaite, Biometrics Bull. 2 (1946) 110-114.
    """
    cells = [_ratio(pairs) for pairs in (after, before, control_after, control_before)]
    found = [cell for cell in cells if cell is not None]
    if len(found) < len(cells):
        return None
    a, b, ca, cb = (cell.ratio for cell in found)
    estimate = (a - b) - (ca - cb)
    reach = _welch(level, [(cell.variance, cell.clusters) for cell in found])
    numbers: list[tuple[str, Number]] = []
    for name, cell in zip(("after", "before", "control_after", "control_before"), found, strict=True):
        numbers += [(f"numerator_{name}", cell.numerator), (f"base_{name}", cell.base)]
        numbers += [(f"clusters_{name}", cell.clusters), (f"standard_error_{name}", sqrt(cell.variance))]
    low, high = float(estimate) - reach, float(estimate) + reach
    return _interval(estimate, low, high, level, "did_ratio", tuple(numbers))


def growth_interval(before: Sequence[int], after: Sequence[int], level: float = 0.95) -> Interval | None:
    """Counts per day after, divided by counts per day before (1.15: 15 % more); one number for each day, the
    periods need not be equally long.

    On the log scale, variance phi * (1/sum(after) + 1/sum(before)). phi is Pearson's over-dispersion of the days around
    the mean of their own period, never taken below 1 (McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989,
    6.2.3); Student's t with the days less 2. Days are taken as independent: a trend within a period, or weekdays that
    differ, make phi and so the interval larger. None for fewer than `FEWEST_CLUSTERS` days in a period or a total of 0.
    Raises ValueError for a count below 0.
    """
    if min((*before, *after), default=0) < 0:
        raise ValueError("a count is not below 0")
    if min(len(before), len(after)) < FEWEST_CLUSTERS or not sum(before) or not sum(after):
        return None
    free = len(before) + len(after) - 2
    pearson = sum(
        float(sum(((y - mean) ** 2 for y in days), Fraction(0)) / mean) for days, mean in _means(before, after)
    )
    phi = max(1.0, pearson / free)
    reach = student_t(level, free) * sqrt(phi * (1 / sum(after) + 1 / sum(before)))
    numbers = (*_periods(before, after), ("dispersion", phi))
    return _grown(before, after, reach, level, "growth_counts", numbers)


def growth_of_amounts(
    before: Sequence[Decimal | int], after: Sequence[Decimal | int], level: float = 0.95
) -> Interval | None:
    """The same for amounts of money per day, whose spread no count tells: the variance of each mean from its own days.

    Delta method on the log scale (Cochran 1977, 6.3), degrees of freedom after Satterthwaite (1946). None for fewer than
    `FEWEST_CLUSTERS` days in a period, a total of 0 or less, or days that are all alike.
    """
    if min(len(before), len(after)) < FEWEST_CLUSTERS or sum(before) <= 0 or sum(after) <= 0:
        return None
    parts = []
    for days, mean in _means(before, after):
        spread = sum(((y - mean) ** 2 for y in days), Fraction(0)) / (len(days) - 1)
        parts.append((float(spread / len(days) / mean**2), len(days)))
    if not any(variance for variance, _ in parts):
        return None
    return _grown(before, after, _welch(level, parts), level, "growth_amounts", _periods(before, after))


def fixed_amount(
    amount: Decimal | int, daily: Sequence[Decimal | int], *, over: bool, counts: bool, level: float = 0.95
) -> Interval | None:
    """A ratio of which one side is an amount we set ourselves (what was spent) and the other what came day by day:
    amount / sum(daily) with `over` (cost per patient), else sum(daily) / amount (revenue per yuan spent).

    Only what came is uncertain: spending comes in a few lumps, whose spread between days says nothing. On the log scale,
    relative variance of a sum of `counts` phi / sum with phi as in `growth_interval`, of amounts m s^2 / sum^2 (delta
    method, Cochran 1977, 6.3); Student's t with the days less 1. None for fewer than `FEWEST_CLUSTERS` days, an amount or a
    sum that is not above 0, or days that are all alike. Raises ValueError for a count below 0.
    """
    if counts and min(*daily, 0) < 0:
        raise ValueError("a count is not below 0")
    if len(daily) < FEWEST_CLUSTERS or sum(daily) <= 0 or amount <= 0:
        return None
    [(days, mean)] = _means(daily)
    free, whole = len(days) - 1, Fraction(sum(daily))
    spread = sum(((y - mean) ** 2 for y in days), Fraction(0))
    if counts:
        variance = max(1.0, float(spread / mean) / free) / float(whole)
    else:
        variance = float(spread / free * len(days) / whole**2)
    if not variance:
        return None
    estimate = Fraction(amount) / whole if over else whole / Fraction(amount)
    reach = student_t(level, free) * sqrt(variance)
    top, base = (amount, sum(daily)) if over else (sum(daily), amount)
    numbers = (("numerator", top), ("base", base), ("days", len(days)), ("relative_error", sqrt(variance)))
    method: Method = "fixed_over_days" if over else "days_over_fixed"
    high = exp(reach) if reach < 700 else inf
    return _interval(estimate, float(estimate) * exp(-reach), float(estimate) * high, level, method, numbers)


@lru_cache(maxsize=256)
def student_t(level: float, free: float) -> float:
    """t with P(-t < T < t) = level for Student's T with `free` degrees of freedom (any positive number), to 1e-9.

    Through the incomplete beta function (Abramowitz & Stegun, 26.7.1 and 26.5.8) and bisection. Raises ValueError.
    """
    _level(level)
    if not free > 0:
        raise ValueError("degrees of freedom are above 0")
    if free > 1e7:  # as good as normal: the two differ by less than 1e-6
        return NormalDist().inv_cdf((1 + level) / 2)
    low, high = 0.0, 1.0
    while _within(high, free) < level and high < 1e150:
        low, high = high, high * 2
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _within(middle, free) < level else (low, middle)
    return (low + high) / 2


def _within(t: float, free: float) -> float:
    """P(-t < T < t)."""
    x, a, b = t * t / (free + t * t), 0.5, free / 2
    if not x:
        return 0.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * (-log1p(t * t / free)))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(free / (free + t * t), b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction 26.5.8 of the incomplete beta function, evaluated from the front (Lentz 1976)."""
    numerator, denominator = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    value = denominator
    for m in range(1, 20_000):
        before = value
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            denominator = 1 / _apart(1 + step * denominator)
            numerator = _apart(1 + step / numerator)
            value *= numerator * denominator
        if abs(value - before) <= 1e-15 * abs(value):
            break
    return value


def _apart(number: float) -> float:
    return number if abs(number) > _TINY else copysign(_TINY, number)


@frozen
class _Ratio:
    numerator: Decimal | int
    base: Decimal | int
    clusters: int
    variance: float

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.numerator) / Fraction(self.base)


def _ratio(pairs: Sequence[tuple[Decimal | int, Decimal | int]]) -> _Ratio | None:
    if any(d < 0 for _, d in pairs):
        raise ValueError("a base is not below 0")
    days = [(Fraction(n), Fraction(d)) for n, d in pairs if n or d]
    numerator, base = sum(n for n, _ in pairs), sum(d for _, d in pairs)
    if len(days) < FEWEST_CLUSTERS or not base:
        return None
    ratio = Fraction(numerator) / Fraction(base)
    spread = sum((n - ratio * d) ** 2 for n, d in days)
    variance = float(Fraction(len(days), len(days) - 1) * spread / Fraction(base) ** 2)
    return _Ratio(numerator, base, len(days), variance) if variance else None


def _welch(level: float, parts: Sequence[tuple[float, int]]) -> float:
    """t times the standard error of independent parts, each (variance, clusters)."""
    variance = sum(v for v, _ in parts)
    free = variance**2 / sum(v**2 / (m - 1) for v, m in parts)
    return student_t(level, free) * sqrt(variance)


def _means(*periods: Sequence[Decimal | int]) -> list[tuple[list[Fraction], Fraction]]:
    """The days of each period, exact, with their mean."""
    return [([Fraction(y) for y in days], Fraction(sum(days)) / len(days)) for days in periods]


def _periods(before: Sequence[Decimal | int], after: Sequence[Decimal | int]) -> tuple[tuple[str, Number], ...]:
    return (
        ("total_after", sum(after)),
        ("days_after", len(after)),
        ("total_before", sum(before)),
        ("days_before", len(before)),
    )


def _grown(
    before: Sequence[Decimal | int],
    after: Sequence[Decimal | int],
    reach: float,
    level: float,
    method: Method,
    numbers: tuple[tuple[str, Number], ...],
) -> Interval:
    (_, mean_before), (_, mean_after) = _means(before, after)
    growth = mean_after / mean_before
    high = exp(reach) if reach < 700 else inf
    return _interval(growth, float(growth) * exp(-reach), float(growth) * high, level, method, numbers)


def _binomial_variance(s: int, n: int) -> float:
    p = s / n if 0 < s < n else (s + 1) / (n + 2)
    return p * (1 - p) / n


def _score(s: int, n: int, level: float) -> tuple[float, float]:
    _whole(s, n)
    z = NormalDist().inv_cdf((1 + _level(level)) / 2)
    p, square = s / n, z * z
    centre, reach = p + square / (2 * n), z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    scale = 1 + square / n
    # At none and at all a bound is known exactly; rounding would leave it a hair beside.
    return (0.0 if s == 0 else (centre - reach) / scale), (1.0 if s == n else (centre + reach) / scale)


def _whole(s: int, n: int) -> None:
    if not 0 <= s <= n or n == 0:
        raise ValueError("a share needs 0 <= successes <= trials and trials > 0")


def _level(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    return level


def _interval(
    estimate: Fraction, low: float, high: float, level: float, method: Method, numbers: tuple[tuple[str, Number], ...]
) -> Interval:
    """Bounds that rounding moved past the estimate are put back on it."""
    return Interval(estimate, min(low, float(estimate)), max(high, float(estimate)), level, method, numbers)
