from decimal import Decimal
from fractions import Fraction
from math import log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.results.funnel import Link, anomalies, bottleneck, decompose, funnel_rates, reputation_sign

NAMES = ("clicks", "enquiries", "bookings", "arrivals", "treatments")
# Real funnels narrow; a ledger kept by three departments does not always.
any_counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=5)
narrowing = st.lists(st.integers(0, 10**6), min_size=2, max_size=5).map(lambda c: sorted(c, reverse=True))
two_periods = st.integers(1, 5).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 10**9), min_size=n, max_size=n)] * 2)
)


def links(*counts: int) -> list[Link]:
    return [Link(name, name.title(), count) for name, count in zip(NAMES, counts, strict=False)]


def test_rates_against_the_link_before() -> None:
    rates = funnel_rates(links(4000, 400, 36, 0, 0))
    assert [(r.link.id, r.numerator, r.base) for r in rates] == [
        ("enquiries", 400, 4000),
        ("bookings", 36, 400),
        ("arrivals", 0, 36),
        ("treatments", 0, 0),
    ]
    assert [r.rate for r in rates] == [Fraction(1, 10), Fraction(9, 100), 0, None]
    assert funnel_rates(links(5)) == () and funnel_rates([]) == ()


def test_anomalies_are_links_larger_than_their_earlier() -> None:
    found = anomalies(links(100, 120, 120, 0, 3))
    assert [(a.link.id, a.link.count, a.earlier.count) for a in found] == [
        ("enquiries", 120, 100),
        ("treatments", 3, 0),
    ]
    assert anomalies(links(100, 100, 9)) == ()


@given(any_counts)
def test_no_rate_above_one_without_an_anomaly(counts: list[int]) -> None:
    chain = links(*counts)
    above = {r.link.id for r in funnel_rates(chain) if r.numerator > r.base or (r.rate is not None and r.rate > 1)}
    assert above == {a.link.id for a in anomalies(chain)}


def test_decompose_by_hand() -> None:
    """Bookings 36 → 69: visits +15 %, enquiries per visit as before, booking rate 9 % → 15 %."""
    parts = decompose([4000, 400, 36], [4600, 460, 69])
    mean = 33 / log(69 / 36)
    assert [float(p.amount) for p in parts] == pytest.approx([mean * log(1.15), 0, mean * log(15 / 9)])
    assert [(p.step, p.before, p.after) for p in parts] == [
        (0, 4000, 4600),
        (1, Fraction(1, 10), Fraction(1, 10)),
        (2, Fraction(9, 100), Fraction(15, 100)),
    ]


def test_decompose_without_change_at_the_end() -> None:
    """A lost rate and a gained volume that make up for one another are both shown."""
    parts = decompose([100, 50], [200, 50])
    assert [float(p.amount) for p in parts] == pytest.approx([50 * log(2), -50 * log(2)])


@given(two_periods)
def test_decompose_adds_up(periods: tuple[list[int], list[int]]) -> None:
    before, after = periods
    parts = decompose(before, after)
    holes = any(not c[i] and c[i + 1] for c in periods for i in range(len(before) - 1))
    assert (parts == ()) == holes
    if parts:
        assert len(parts) == len(before)
        assert abs(sum((p.amount for p in parts), Decimal(0)) - (after[-1] - before[-1])) < Decimal("1e-9")


@given(two_periods)
def test_decompose_backwards_is_the_opposite(periods: tuple[list[int], list[int]]) -> None:
    there, back = decompose(*periods), decompose(*reversed(periods))
    assert len(there) == len(back)
    assert all(abs(a.amount + b.amount) < Decimal("1e-9") for a, b in zip(there, back, strict=True))


@given(st.lists(st.integers(1, 10**6), min_size=3, max_size=3), st.integers(2, 50))
def test_decompose_gives_a_sole_change_to_its_step(before: list[int], times: int) -> None:
    grown = decompose(before, [c * times for c in before])
    assert grown[0].amount == pytest.approx(Decimal(before[-1] * (times - 1))) and grown[1].amount == 0
    better = decompose(before, [before[0], before[1], before[2] * times])
    assert [better[0].amount, better[1].amount] == [0, 0] and better[2].amount > 0


@pytest.mark.parametrize(
    ("before", "after", "amounts"),
    [
        ([100, 10, 0], [100, 20, 5], [0, 0, 5]),
        ([100, 0, 0], [100, 20, 5], [0, 5, 0]),
        ([0, 0, 0], [100, 20, 5], [5, 0, 0]),
        ([100, 20, 5], [90, 0, 0], [0, -5, 0]),
        ([100, 20, 0], [90, 0, 0], [0, 0, 0]),
    ],
)
def test_decompose_where_the_end_was_empty(before: list[int], after: list[int], amounts: list[int]) -> None:
    assert [p.amount for p in decompose(before, after)] == amounts


def test_decompose_limit_is_that_of_the_formula() -> None:
    """The stated limit is what a vanishing count comes to: scaled up, one in 10^300 stands for none."""
    big = 10**300
    parts = decompose([100 * big, 10 * big, 1], [100 * big, 20 * big, 5 * big])
    stated = decompose([100, 10, 0], [100, 20, 5])
    for near, limit in zip(parts, stated, strict=True):
        assert float(near.amount / big) == pytest.approx(float(limit.amount), abs=0.01)


@pytest.mark.parametrize(("before", "after"), [([5, 0, 3], [5, 4, 3]), ([5, 4, 3], [0, 4, 3])])
def test_decompose_across_an_empty_link_cannot_be(before: list[int], after: list[int]) -> None:
    assert decompose(before, after) == ()


@pytest.mark.parametrize(("before", "after"), [([1], [1, 2]), ([], []), ([1, -1], [1, 1]), ([1, 1], [-1, 1])])
def test_decompose_of_no_funnel(before: list[int], after: list[int]) -> None:
    with pytest.raises(ValueError, match=r"funnel|count"):
        decompose(before, after)


def test_bottleneck_is_where_the_target_would_add_most() -> None:
    """Enquiries lack 20 % of their target, bookings 40 % of theirs, though by fewer points."""
    chain = links(1000, 400, 36, 30)
    found = bottleneck(chain, {"enquiries": Fraction(1, 2), "bookings": Fraction(15, 100), "arrivals": Fraction(1, 2)})
    assert found is not None
    assert (found.kind, found.now.link.id, found.step, found.target) == ("below_target", "bookings", 2, Fraction(3, 20))
    assert found.gain == 30 * (Fraction(15, 9) - 1) and found.beyond_chance


def test_bottleneck_below_target_by_chance_is_said() -> None:
    found = bottleneck(links(20, 2), {"enquiries": Fraction(15, 100)})
    assert found is not None and not found.beyond_chance


def test_bottleneck_that_lets_nobody_through_comes_first() -> None:
    chain = links(1000, 10, 0, 0)
    found = bottleneck(chain, {"enquiries": Fraction(1, 2), "bookings": Fraction(1, 10), "arrivals": Fraction(1, 2)})
    assert found is not None and found.now.link.id == "bookings" and found.gain is None
    fallen = bottleneck(chain, {}, [1000, 500, 5, 5])
    assert fallen is not None and fallen.now.link.id == "bookings" and fallen.kind == "fell_most"


def test_bottleneck_with_an_end_of_none_still_weighs_the_others() -> None:
    found = bottleneck(links(1000, 100, 50, 0), {"enquiries": Fraction(2, 10), "bookings": Fraction(6, 10)})
    assert found is not None and found.now.link.id == "enquiries" and found.gain is None


def test_bottleneck_fell_most_in_proportion() -> None:
    """60 % → 45 % is more points than 10 % → 7 %, and less of a loss."""
    found = bottleneck(links(1000, 450, 31), {}, [1000, 600, 60])
    assert found is not None
    assert (found.kind, found.now.link.id) == ("fell_most", "bookings")
    assert found.then is not None and (found.then.numerator, found.then.base) == (60, 600)
    assert found.gain == 31 * (Fraction(60 * 450, 600 * 31) - 1)
    assert found.interval.method == "newcombe" and found.beyond_chance == (found.interval.high < 0)


def test_bottleneck_all_targets_reached() -> None:
    reached = {"enquiries": Fraction(4, 10)}
    assert bottleneck(links(1000, 400, 36), reached) is None
    fallen = bottleneck(links(1000, 400, 36), reached, [1000, 400, 60])
    assert fallen is not None and (fallen.kind, fallen.now.link.id) == ("fell_most", "bookings")
    assert bottleneck(links(1000, 400, 36), reached, [1000, 400, 36]) is None


def test_bottleneck_without_yardstick_is_aware_of_few_people() -> None:
    """0 of 3 is the lowest rate, and 8 of 100 is what is known to be low."""
    found = bottleneck(links(100, 8, 3, 0), {})
    assert found is not None and (found.kind, found.now.link.id) == ("lowest_gain", "enquiries")
    clear = bottleneck(links(1000, 900, 90, 80), {})
    assert clear is not None and clear.now.link.id == "bookings" and clear.beyond_chance
    assert clear.gain == 80 * Fraction(1, 10) * 9


@pytest.mark.parametrize("chain", [links(), links(5), links(0, 0, 0), links(5, 5, 5), links(3, 5)])
def test_bottleneck_nothing_to_name(chain: list[Link]) -> None:
    assert bottleneck(chain, {}) is None


def test_bottleneck_does_not_judge_an_anomaly() -> None:
    """More booked than asked: no booking rate; the baseline's own anomaly is no yardstick either."""
    assert bottleneck(links(100, 10, 12), {"bookings": Fraction(2)}) is None
    assert bottleneck(links(100, 10, 5), {}, [100, 10, 12]) is None


def test_bottleneck_of_two_different_funnels() -> None:
    with pytest.raises(ValueError, match="funnel"):
        bottleneck(links(3, 2), {}, [3, 2, 1])


@given(narrowing, st.lists(st.fractions(0, 1), min_size=4, max_size=4))
def test_bottleneck_below_target_offers_the_largest_gain(counts: list[int], goals: list[Fraction]) -> None:
    chain, targets = links(*counts), dict(zip(NAMES[1:], goals, strict=True))
    assume(counts[-1] > 0)
    found = bottleneck(chain, targets)
    gains = [
        counts[-1] * (targets[r.link.id] / r.rate - 1)
        for r in funnel_rates(chain)
        if r.rate is not None and r.rate < targets[r.link.id]
    ]
    assert (found.gain if found else None) == max(gains, default=None)


def test_reputation_sign() -> None:
    found = reputation_sign((320, 200), (620, 198))
    assert found is not None and found.beyond_chance
    assert found.fall is not None and found.fall.estimate == Fraction(198, 620) - Fraction(200, 320)
    faint = reputation_sign((32, 20), (34, 20))
    assert faint is not None and not faint.beyond_chance


@pytest.mark.parametrize(("before", "after"), [((32, 20), (62, 21)), ((32, 20), (32, 10)), ((32, 20), (20, 5))])
def test_reputation_sign_absent(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert reputation_sign(before, after) is None


@pytest.mark.parametrize(("before", "after"), [((0, 0), (9, 0)), ((3, 5), (9, 5))])
def test_reputation_sign_without_shares(before: tuple[int, int], after: tuple[int, int]) -> None:
    found = reputation_sign(before, after)
    assert found is not None and found.fall is None and not found.beyond_chance
