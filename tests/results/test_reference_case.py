"""S4's reported result as a reference case, every figure worked out a second time with pandas and numpy.

Two hospitals, ten days before a change and ten after, the same spend: visits and enquiries rose by 11 % in one and by
15 % in the other, where the booking rate also went from 9 % to 15 %. The source proves no cause, and nothing here says so.
The numbers themselves are made up: only the proportions are those of the source.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from engine.results.funnel import Link, anomalies, bottleneck, decompose, funnel_rates, reputation_sign
from engine.results.funnel_words import bottleneck_words, decomposition_words
from engine.results.intervals import (
    Interval,
    difference_in_differences,
    growth_interval,
    newcombe,
    ratio_interval,
    wilson,
)
from engine.results.plain_words import NO_CAUSE, SOURCE_PROVES_NO_CAUSE, Words, changed, sure
from engine.results.vocabulary import MEASURES
from engine.text import say

STEPS = ("clicks", "enquiries", "bookings", "arrivals")
TURN = date(2024, 11, 11)  # the first of the ten days after
TOTALS = {  # hospital → before, after
    "steady": ((20000, 2000, 200, 100), (22200, 2220, 222, 111)),
    "pressed": ((4000, 400, 36, 24), (4600, 460, 69, 46)),
}
WEIGHTS = (9, 11, 13, 8, 10, 12, 7, 10, 11, 9)  # days differ, and not in the same way for each measure
SPEND = Decimal("12000.00")
TARGETS = {"enquiries": Fraction(10, 100), "bookings": Fraction(15, 100), "arrivals": Fraction(60, 100)}
Z = 1.959963984540054


def spread(total: int, turn: int) -> list[int]:
    """A total over ten days and two channels, in whole numbers that add up to it."""
    weights = [w * share for w in WEIGHTS[turn:] + WEIGHTS[:turn] for share in (2, 1)]
    marks = np.floor(np.cumsum(weights) * total / sum(weights) + 0.5).astype(int)
    return [int(n) for n in np.diff(marks, prepend=0)]


def ledger() -> Iterator[dict[str, object]]:
    """Aggregate rows in the measures of the vocabulary: day, channel, counts, spend."""
    for hospital, periods in TOTALS.items():
        for start, totals in zip((TURN - timedelta(days=10), TURN), periods, strict=True):
            columns = [spread(total, turn) for turn, total in enumerate(totals)]
            for i, counts in enumerate(zip(*columns, strict=True)):
                day, channel = start + timedelta(days=i // 2), ("搜索", "本地生活")[i % 2]
                row: dict[str, object] = {"hospital": hospital, "day": day, "channel": channel, "spend": SPEND / 20}
                yield row | dict(zip(STEPS, counts, strict=True))


ROWS = list(ledger())
FRAME = pd.DataFrame(ROWS).astype({"spend": float})
FRAME["after"] = FRAME["day"] >= TURN


def totals(hospital: str, *, after: bool) -> list[int]:
    """With the standard library, from the rows: what the engine is given."""
    chosen = [r for r in ROWS if r["hospital"] == hospital and (r["day"] >= TURN) == after]
    return [sum(int(str(r[step])) for r in chosen) for step in STEPS]


def links(counts: list[int]) -> list[Link]:
    return [Link(step, MEASURES[step].title.zh, count) for step, count in zip(STEPS, counts, strict=False)]


def by_day(hospital: str, measure: str, *, after: bool) -> list[int]:
    chosen = [r for r in ROWS if r["hospital"] == hospital and (r["day"] >= TURN) == after]
    return [sum(int(str(r[measure])) for r in chosen if r["day"] == day) for day in sorted({r["day"] for r in chosen})]


def frame_of(hospital: str, *, after: bool) -> pd.DataFrame:
    return FRAME[(FRAME["hospital"] == hospital) & (FRAME["after"] == after)]


def score_bounds(s: float, n: float) -> tuple[float, float]:
    """Wilson's interval as what it is by definition: the roots p of (s/n - p)^2 = z^2 p (1 - p) / n."""
    low, high = sorted(np.roots([1 + Z**2 / n, -(2 * s / n + Z**2 / n), (s / n) ** 2]).real)
    return float(low), float(high)


def test_ledger_is_that_of_the_source() -> None:
    sums = FRAME.groupby(["hospital", "after"])[[*STEPS, "spend"]].sum()
    assert len(FRAME) == 2 * 2 * 10 * 2 and FRAME.groupby(["hospital", "after"])["day"].nunique().eq(10).all()
    assert sums["spend"].eq(float(SPEND)).all()
    for hospital, rise in (("steady", 1.11), ("pressed", 1.15)):
        growth = sums.loc[(hospital, True)] / sums.loc[(hospital, False)]
        assert growth["clicks"] == pytest.approx(rise) and growth["enquiries"] == pytest.approx(rise)
    rates = sums["bookings"] / sums["enquiries"]
    assert rates[("pressed", False)] == pytest.approx(0.09) and rates[("pressed", True)] == pytest.approx(0.15)
    assert rates[("steady", False)] == pytest.approx(rates[("steady", True)])


@pytest.mark.parametrize("hospital", TOTALS)
@pytest.mark.parametrize("after", [False, True])
def test_funnel_equals_pandas(hospital: str, after: bool) -> None:
    counts = totals(hospital, after=after)
    sums = frame_of(hospital, after=after)[list(STEPS)].sum()
    assert counts == sums.tolist() and anomalies(links(counts)) == ()
    again = (sums / sums.shift(1)).dropna()
    assert [float(r.rate or 0) for r in funnel_rates(links(counts))] == pytest.approx(again.tolist())


@pytest.mark.parametrize("hospital", TOTALS)
@pytest.mark.parametrize("end", [3, 4], ids=["bookings", "arrivals"])
def test_decomposition_equals_pandas(hospital: str, end: int) -> None:
    before, after = totals(hospital, after=False)[:end], totals(hospital, after=True)[:end]
    sums = FRAME[FRAME["hospital"] == hospital].groupby("after")[list(STEPS[:end])].sum()
    factors = sums.div(sums.shift(1, axis=1).fillna(1))
    last = sums[STEPS[end - 1]]
    mean = (last[True] - last[False]) / np.log(last[True] / last[False])
    again = mean * np.log(factors.loc[True] / factors.loc[False])
    parts = decompose(before, after)
    assert [float(p.amount) for p in parts] == pytest.approx(again.tolist(), abs=1e-9)
    assert abs(sum((p.amount for p in parts), Decimal(0)) - (after[-1] - before[-1])) < Decimal("1e-9")


def test_most_of_the_pressed_hospitals_rise_sits_in_the_booking_link() -> None:
    before, after = totals("pressed", after=False)[:3], totals("pressed", after=True)[:3]
    volume, enquiries, bookings = decompose(before, after)
    assert float(volume.amount) == pytest.approx(7.09, abs=0.01)
    assert float(bookings.amount) == pytest.approx(25.91, abs=0.01)
    assert enquiries.amount == 0
    said = decomposition_words((volume, enquiries, bookings), links(before), links(after))
    assert said.zh == "“预约”从36到69（+33），拆开算：“点击”的数量+7.1、“咨询”的比例0、“预约”的比例+25.9"


def test_all_of_the_steady_hospitals_rise_sits_in_volume() -> None:
    parts = decompose(totals("steady", after=False)[:3], totals("steady", after=True)[:3])
    assert [round(p.amount, 9) for p in parts] == [22, 0, 0]


def test_bottleneck_before_is_the_booking_link_with_its_reason() -> None:
    counts = totals("pressed", after=False)
    found = bottleneck(links(counts), TARGETS)
    assert found is not None
    assert (found.kind, found.now.link.id, found.target) == ("below_target", "bookings", Fraction(15, 100))
    sums = frame_of("pressed", after=False)[list(STEPS)].sum()
    assert float(found.gain or 0) == pytest.approx(
        sums["arrivals"] * (0.15 / (sums["bookings"] / sums["enquiries"]) - 1)
    )
    assert found.beyond_chance and score_bounds(36, 400)[1] < 0.15
    assert bottleneck_words(found).zh == (
        "“预约”没有达到目标：前一环400位里有36位（9.0%），目标15%（60/400）；达到目标、其他环节的比例不变，末端约多16位"
    )


def test_bottleneck_after_there_is_none_and_reputation_gives_no_sign() -> None:
    before, after = totals("pressed", after=False), totals("pressed", after=True)
    assert bottleneck(links(after), TARGETS, before) is None
    assert reputation_sign((before[2], before[3]), (after[2], after[3])) is None


@pytest.mark.parametrize("hospital", TOTALS)
@pytest.mark.parametrize("after", [False, True])
def test_booking_rate_interval_equals_its_definition(hospital: str, after: bool) -> None:
    _, enquiries, bookings, _ = totals(hospital, after=after)
    found = wilson(bookings, enquiries)
    assert (found.low, found.high) == pytest.approx(score_bounds(bookings, enquiries), abs=1e-9)


@pytest.mark.parametrize(("hospital", "differs"), [("pressed", True), ("steady", False)])
def test_booking_rate_before_and_after(hospital: str, differs: bool) -> None:
    sums = FRAME[FRAME["hospital"] == hospital].groupby("after")[["enquiries", "bookings"]].sum()
    (n2, s2), (n1, s1) = sums.loc[False], sums.loc[True]
    (l2, u2), (l1, u1) = score_bounds(s2, n2), score_bounds(s1, n1)
    p1, p2 = s1 / n1, s2 / n2
    found = newcombe(int(s1), int(n1), int(s2), int(n2))
    assert found.low == pytest.approx(p1 - p2 - np.hypot(p1 - l1, u2 - p2), abs=1e-9)
    assert found.high == pytest.approx(p1 - p2 + np.hypot(u1 - p1, p2 - l2), abs=1e-9)
    assert changed(found) == differs


def against_the_other() -> Interval:
    pressed, steady = ([totals(h, after=a)[1:3] for a in (False, True)] for h in ("pressed", "steady"))
    (n, s), (n_after, s_after) = pressed
    (m, t), (m_after, t_after) = steady
    return difference_in_differences((s, n), (s_after, n_after), (t, m), (t_after, m_after))


def test_booking_rate_against_the_other_hospital_equals_pandas() -> None:
    sums = FRAME.groupby(["hospital", "after"])[["enquiries", "bookings"]].sum()
    p = sums["bookings"] / sums["enquiries"]
    estimate = p.unstack("after").diff(axis=1)[True].loc[["steady", "pressed"]].diff().iloc[-1]
    reach = Z * np.sqrt((p * (1 - p) / sums["enquiries"]).sum())
    found = against_the_other()
    assert float(found.estimate) == pytest.approx(estimate) and found.estimate == Fraction(6, 100)
    assert (found.low, found.high) == pytest.approx((estimate - reach, estimate + reach))


@pytest.mark.parametrize("hospital", TOTALS)
def test_growth_of_enquiries_equals_pandas(hospital: str) -> None:
    daily = FRAME[FRAME["hospital"] == hospital].groupby(["after", "day"])["enquiries"].sum()
    means, sums = daily.groupby("after").mean(), daily.groupby("after").sum()
    expected = daily.groupby("after").transform("mean")
    phi = max(1, ((daily - expected) ** 2 / expected).sum() / (len(daily) - 2))
    reach = 2.1009220402410382 * np.sqrt(phi * (1 / sums).sum())  # Student's t, 18 degrees of freedom
    found = growth_interval(by_day(hospital, "enquiries", after=False), by_day(hospital, "enquiries", after=True))
    assert found is not None and float(found.estimate) == pytest.approx(means[True] / means[False])
    assert (np.log(found.low), np.log(found.high)) == pytest.approx(
        (np.log(means[True] / means[False]) - reach, np.log(means[True] / means[False]) + reach)
    )


@pytest.mark.parametrize("after", [False, True])
def test_cost_per_booking_equals_pandas(after: bool) -> None:
    daily = frame_of("pressed", after=after).groupby("day")[["spend", "bookings"]].sum()
    ratio = daily["spend"].sum() / daily["bookings"].sum()
    rest = daily["spend"] - ratio * daily["bookings"]
    error = np.sqrt(10 / 9 * (rest**2).sum()) / daily["bookings"].sum()
    reach = 2.2621571628540993 * error  # Student's t, 9 degrees of freedom
    found = ratio_interval([(SPEND / 10, n) for n in by_day("pressed", "bookings", after=after)])
    assert found is not None and float(found.estimate) == pytest.approx(ratio)
    assert (found.low, found.high) == pytest.approx((ratio - reach, ratio + reach))
    said = sure(found, words=Words(unit=say("元", " yuan")))
    assert said.zh.startswith("173.91元（12,000÷69）" if after else "333.33元（12,000÷36）")


def test_the_account_says_how_sure_and_claims_no_cause() -> None:
    _, n, s, _ = totals("pressed", after=False)
    _, n_after, s_after, _ = totals("pressed", after=True)
    said = [sure(newcombe(s_after, n_after, s, n)), sure(against_the_other()), NO_CAUSE, SOURCE_PROVES_NO_CAUSE]
    assert said[0].zh.startswith("从9.0%（36/400）到15.0%（69/460），差+6个百分点") and said[0].zh.endswith(
        "不像是偶然"
    )
    assert said[1].zh.endswith("不像是偶然")
    for one in said[:2]:
        assert not re.search("导致|因为|由于|带来|because|caused|due to|led to", one.zh + one.en)
    assert "不能证明" in said[2].zh and "不支持因果" in said[3].zh
