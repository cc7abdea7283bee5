"""Against published values, against closed forms, and against what an interval promises: how often it is right."""

from decimal import Decimal
from fractions import Fraction
from math import exp, log, pi, sqrt, tan
from random import Random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.results.intervals import (
    FEWEST_CLUSTERS,
    difference_in_differences,
    difference_in_differences_of_ratios,
    growth_interval,
    growth_of_amounts,
    newcombe,
    ratio_interval,
    student_t,
    wilson,
)

levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
shares = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
days = st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**5)), min_size=5, max_size=40)
counts = st.lists(st.integers(0, 10**5), min_size=5, max_size=40)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [  # Newcombe, Stat. Med. 17 (1998) 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_published(successes: int, trials: int, low: float, high: float) -> None:
    found = wilson(successes, trials)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.estimate == Fraction(successes, trials) and found.method == "wilson" and found.level == 0.95
    assert found.number("successes") == successes and found.number("trials") == trials


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [  # Newcombe, Stat. Med. 17 (1998) 873-890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_published(cells: tuple[int, int, int, int], low: float, high: float) -> None:
    found = newcombe(*cells)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.estimate == Fraction(cells[0], cells[1]) - Fraction(cells[2], cells[3])


@pytest.mark.parametrize(
    ("level", "free", "t"),
    [  # the usual table, with more decimals
        (0.95, 1, 12.7062047362),
        (0.95, 2, 4.3026527297),
        (0.95, 4, 2.7764451052),
        (0.95, 9, 2.2621571628),
        (0.95, 20, 2.0859634473),
        (0.95, 100, 1.9839715185),
        (0.99, 1, 63.6567411629),
        (0.99, 10, 3.1692726726),
        (0.90, 5, 2.0150483733),
        (0.95, 1e12, 1.9599639845),
    ],
)
def test_student_t_table(level: float, free: float, t: float) -> None:
    assert student_t(level, free) == pytest.approx(t, abs=1e-6)


@given(st.floats(0.01, 0.999))
def test_student_t_closed_forms(level: float) -> None:
    assert student_t(level, 1) == pytest.approx(tan(pi * level / 2), rel=1e-8)
    assert student_t(level, 2) == pytest.approx(level * sqrt(2 / (1 - level * level)), rel=1e-8)


@given(st.floats(0.05, 0.999), st.floats(1, 1e6))
def test_student_t_is_wider_than_normal_and_narrows(level: float, free: float) -> None:
    normal = NormalDist().inv_cdf((1 + level) / 2)
    assert normal - 1e-9 <= student_t(level, free * 2) <= student_t(level, free) + 1e-9


@pytest.mark.parametrize(("level", "free"), [(0.0, 3), (1.0, 3), (0.95, 0), (0.95, -1)])
def test_student_t_out_of_range(level: float, free: float) -> None:
    with pytest.raises(ValueError, match=r"level|freedom"):
        student_t(level, free)


@pytest.mark.parametrize(("s", "n"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_share_that_is_none(s: int, n: int) -> None:
    with pytest.raises(ValueError, match="successes"):
        wilson(s, n)
    with pytest.raises(ValueError, match="successes"):
        newcombe(1, 2, s, n)
    with pytest.raises(ValueError, match="successes"):
        difference_in_differences((1, 2), (1, 2), (s, n), (1, 2))


@given(shares, levels)
def test_wilson_holds_estimate_and_stays_within_one(share: tuple[int, int], level: float) -> None:
    found = wilson(*share, level)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high


@given(shares, st.integers(2, 50), levels)
def test_wilson_shrinks_with_n(share: tuple[int, int], times: int, level: float) -> None:
    few, many = wilson(*share, level), wilson(share[0] * times, share[1] * times, level)
    assert many.high - many.low < few.high - few.low


@given(shares)
def test_wilson_mirrors(share: tuple[int, int]) -> None:
    s, n = share
    one, other = wilson(s, n), wilson(n - s, n)
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


@given(shares, shares, levels)
def test_newcombe_holds_estimate_and_turns_round(a: tuple[int, int], b: tuple[int, int], level: float) -> None:
    found, turned = newcombe(*a, *b, level), newcombe(*b, *a, level)
    assert -1 <= found.low <= found.estimate <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low), abs=1e-12)


@given(shares, shares, shares, shares, st.integers(4, 50))
def test_did_holds_estimate_and_shrinks(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int], times: int
) -> None:
    found = difference_in_differences(a, b, c, d)
    assert -2 <= found.low <= found.estimate <= found.high <= 2
    more = difference_in_differences(*((s * times, n * times) for s, n in (a, b, c, d)))
    assert more.estimate == found.estimate
    assert more.high - more.low <= found.high - found.low + 1e-12


def test_did_by_hand() -> None:
    found = difference_in_differences((18, 200), (30, 200), (20, 200), (22, 200))
    reach = 1.959963985 * sqrt((0.09 * 0.91 + 0.15 * 0.85 + 0.1 * 0.9 + 0.11 * 0.89) / 200)
    assert found.estimate == Fraction(5, 100)
    assert (found.low, found.high) == pytest.approx((0.05 - reach, 0.05 + reach))
    assert [found.number(n) for n in ("s_before", "n_after", "s_control_after")] == [18, 200, 22]


def test_did_without_any_success_is_not_certain() -> None:
    found = difference_in_differences((0, 10), (0, 10), (0, 10), (0, 10))
    assert found.low < -0.2 and found.high > 0.2


def test_ratio_by_hand() -> None:
    """With equal bases the ratio is a mean, and its interval the textbook one: 10 ± t * s / sqrt(5)."""
    found = ratio_interval([(80, 8), (88, 8), (72, 8), (96, 8), (64, 8)])
    assert found is not None and found.estimate == 10
    reach = 2.7764451052 * sqrt(2.5 / 5)
    assert (found.low, found.high) == pytest.approx((10 - reach, 10 + reach))
    assert found.number("clusters") == 5 and found.number("base") == 40


def test_ratio_keeps_money_exact() -> None:
    pairs = [(Decimal("100.10"), 1), (Decimal("0.20"), 2), (Decimal(30), 0), (Decimal(5), 3), (Decimal(7), 1)]
    found = ratio_interval(pairs)
    assert found is not None
    assert found.estimate == Fraction("142.30") / 7 and found.number("numerator") == Decimal("142.30")


@pytest.mark.parametrize(
    "pairs",
    [
        [(1, 1)] * (FEWEST_CLUSTERS - 2) + [(2, 1)],
        [(5, 0), (6, 0), (7, 0), (8, 0), (9, 0)],
        [(1, 2), (2, 4), (3, 6), (4, 8), (5, 10)],
        [(0, 0)] * 10 + [(1, 2), (3, 1), (4, 4), (2, 2)],
        [],
    ],
    ids=["few days", "no base", "days all agree", "empty days do not count", "nothing"],
)
def test_ratio_without_interval(pairs: list[tuple[int, int]]) -> None:
    assert ratio_interval(pairs) is None
    good = [(1, 1), (2, 1), (1, 1), (2, 1), (3, 1)]
    assert ratio_interval(good) is not None
    assert difference_in_differences_of_ratios(good, good, good, pairs) is None


def test_ratio_of_negative_base() -> None:
    with pytest.raises(ValueError, match="base"):
        ratio_interval([(1, 1)] * 5 + [(1, -1)])


@given(days, levels, st.randoms(use_true_random=False))
def test_ratio_holds_estimate_in_any_order(pairs: list[tuple[int, int]], level: float, random: Random) -> None:
    found = ratio_interval(pairs, level)
    mixed = [*pairs, (0, 0)]
    random.shuffle(mixed)
    assert ratio_interval(mixed, level) == found
    if found is not None:
        assert found.low <= found.estimate <= found.high
        assert found.estimate == Fraction(sum(n for n, _ in pairs), sum(d for _, d in pairs))


@given(days)
def test_ratio_shrinks_with_days(pairs: list[tuple[int, int]]) -> None:
    few, many = ratio_interval(pairs), ratio_interval(pairs * 3)
    assert (few is None) <= (many is None) or len([p for p in pairs if any(p)]) < FEWEST_CLUSTERS
    if few is not None and many is not None:
        assert many.high - many.low < few.high - few.low


def test_did_of_ratios_by_hand() -> None:
    """Four equal spreads: the standard error doubles, and Satterthwaite gives four times the degrees of freedom."""
    pairs = [(80, 8), (88, 8), (72, 8), (96, 8), (64, 8)]
    risen = [(n + 16, d) for n, d in pairs]
    found = difference_in_differences_of_ratios(pairs, risen, pairs, pairs)
    assert found is not None and found.estimate == 2
    reach = student_t(0.95, 16) * 2 * sqrt(0.5)
    assert (found.low, found.high) == pytest.approx((2 - reach, 2 + reach))
    assert found.number("base_control_before") == 40 and found.number("clusters_after") == 5


def test_growth_by_hand() -> None:
    """Days that do not differ: no less than a Poisson count's spread is assumed."""
    found = growth_interval([100] * 10, [115] * 10)
    assert found is not None and found.estimate == Fraction(115, 100) and found.number("dispersion") == 1
    reach = 2.1009220402 * sqrt(1 / 1000 + 1 / 1150)
    assert (log(found.low), log(found.high)) == pytest.approx((log(1.15) - reach, log(1.15) + reach))


def test_growth_counts_days_not_totals() -> None:
    found = growth_interval([10] * 20, [10] * 5)
    assert found is not None and found.estimate == 1 and found.number("days_before") == 20


def test_growth_widens_with_spread() -> None:
    calm, wild = growth_interval([50] * 10, [50] * 10), growth_interval([10, 90] * 5, [90, 10] * 5)
    assert calm is not None and wild is not None and calm.estimate == wild.estimate
    # Pearson: 20 days with (40 * 40 / 50) each, over 18 degrees of freedom
    assert wild.number("dispersion") == pytest.approx(20 * 32 / 18)
    assert log(wild.high) / log(calm.high) == pytest.approx(sqrt(20 * 32 / 18))


@pytest.mark.parametrize(("before", "after"), [([1] * 4, [1] * 9), ([0] * 9, [1] * 9), ([1] * 9, [0] * 9), ([], [])])
def test_growth_without_interval(before: list[int], after: list[int]) -> None:
    assert growth_interval(before, after) is None
    assert growth_of_amounts(before, after) is None


def test_growth_of_negative_counts() -> None:
    with pytest.raises(ValueError, match="count"):
        growth_interval([1] * 6, [1] * 6 + [-1])


@given(counts, counts, levels)
def test_growth_holds_estimate_and_turns_round(before: list[int], after: list[int], level: float) -> None:
    for grow in (growth_interval, growth_of_amounts):
        found, turned = grow(before, after, level), grow(after, before, level)
        assert (found is None) == (turned is None)
        if found is not None and turned is not None:
            assert 0 <= found.low <= found.estimate <= found.high
            if found.high < 1e200:
                assert found.low * turned.high == pytest.approx(1)


def test_growth_of_amounts_by_hand() -> None:
    """Relative spreads of 0.1 around both means, 5 days: standard error of the logarithm sqrt(2 * v / 5)."""
    days = [Decimal(90), Decimal(110), Decimal(90), Decimal(110), Decimal(100)]
    found = growth_of_amounts(days, [2 * d for d in days])
    assert found is not None and found.estimate == 2
    reach = student_t(0.95, 8) * sqrt(2 * 0.01 / 5)
    assert (found.low, found.high) == pytest.approx((2 * exp(-reach), 2 * exp(reach)))
    assert growth_of_amounts([Decimal(5)] * 9, [Decimal(7)] * 9) is None


def covered(random: Random, method: str) -> bool:
    """One imagined hospital whose true figure is known: does the interval hold it? Days differ more than chance would."""

    def day(rate: float) -> int:
        return sum(random.random() < rate / 400 for _ in range(400))

    def visits(mean: float) -> int:
        return day(mean * random.choice((0.7, 1.0, 1.3)))

    if method == "growth":
        found = growth_interval([visits(20) for _ in range(14)], [visits(26) for _ in range(14)])
        truth = 1.3
    else:
        base = [visits(30) for _ in range(14)]
        found = ratio_interval([(sum(random.choice((40, 160)) for _ in range(d)), d) for d in base])
        truth = 100.0
    assert found is not None
    return found.low <= truth <= found.high


@pytest.mark.parametrize("method", ["growth", "ratio"])
def test_interval_is_right_about_as_often_as_it_says(method: str) -> None:
    random = Random(20241120)
    hits = sum(covered(random, method) for _ in range(300))
    assert 0.91 <= hits / 300 <= 0.985
