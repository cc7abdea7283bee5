import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.results.intervals import (
    Interval,
    difference_in_differences,
    difference_in_differences_of_ratios,
    growth_interval,
    growth_of_amounts,
    newcombe,
    ratio_interval,
    wilson,
)
from engine.results.plain_words import (
    NO_CAUSE,
    SOURCE_PROVES_NO_CAUSE,
    TOO_FEW,
    Words,
    changed,
    chosen,
    how,
    number,
    percent,
    signed,
    sure,
)
from engine.text import say

YUAN = Words(unit=say("元", " yuan"))
SPEND = [(Decimal("1500.50"), 12), (1300, 10), (1800, 11), (900, 9), (1600, 14), (1450, 12)]
CLAIMS = re.compile(r"导致|因为|由于|使得|带来|归功|所以|because|caused|due to|thanks to|led to|result of")
many = st.integers(30, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
few = st.integers(1, 29).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def one_of_each() -> list[Interval]:
    doubled = [(n * 2, d) for n, d in SPEND]
    found = [
        wilson(18, 30),
        newcombe(69, 460, 36, 400),
        difference_in_differences((36, 400), (69, 460), (200, 2000), (222, 2220)),
        ratio_interval(SPEND),
        difference_in_differences_of_ratios(doubled, SPEND, SPEND, doubled),
        growth_interval([20, 25, 18, 22, 30, 19], [21, 26, 18, 22, 30, 19]),
        growth_of_amounts([Decimal(d) for d in (2000, 2500, 1800, 2200)] * 2, [Decimal(d) for d in (900, 1100)] * 3),
    ]
    assert all(found)
    return [one for one in found if one]


def test_a_share() -> None:
    found = sure(wilson(18, 30))
    assert found.zh == "30位里有18位（60.0%），考虑到偶然因素，比例在42%到75%之间"
    assert found.en == "18 of 30 people (60.0%); allowing for chance, the share lies between 42% and 75%"


def test_too_few_names_the_count_and_no_percentage() -> None:
    assert sure(wilson(18, 29)).zh == "只有29位，不到30位，太少，还说不准"
    assert sure(wilson(5, 9), fewest=10).en == "only 9 people, fewer than 10: too few to say"
    assert "42%" in sure(wilson(18, 30), fewest=30).zh
    assert sure(None) == TOO_FEW


@given(many, few)
def test_too_few_on_any_side_is_too_few(enough: tuple[int, int], little: tuple[int, int]) -> None:
    for found in (
        newcombe(*enough, *little),
        newcombe(*little, *enough),
        difference_in_differences(enough, enough, enough, little),
        difference_in_differences(little, enough, enough, enough),
    ):
        said = sure(found)
        assert said.zh.startswith(f"只有{little[1]}位") and "%" not in said.zh + said.en


def test_too_few_behind_a_ratio_or_growth() -> None:
    assert "只有12位" in sure(ratio_interval([(8, 2), (9, 2), (7, 2), (10, 2), (8, 2), (3, 2)])).zh
    assert "too few" in sure(growth_interval([2] * 10, [30] * 10)).en
    assert "too few" not in sure(growth_of_amounts([1, 2, 1, 2, 1], [2, 3, 2, 3, 2])).en  # money has no fewest


def test_a_difference_that_chance_would_do_for() -> None:
    found = newcombe(33, 220, 18, 200)
    assert not changed(found)
    assert sure(found).zh == (
        "从9.0%（18/200）到15.0%（33/220），差+6个百分点；考虑到偶然因素，在-0.3到+12.2个百分点之间：看不出变化"
    )
    assert sure(found).en.endswith("no change can be seen")


def test_a_difference_beyond_chance() -> None:
    found = newcombe(69, 460, 36, 400)
    assert changed(found)
    assert sure(found).zh.endswith("：不像是偶然") and "从9.0%（36/400）到15.0%（69/460）" in sure(found).zh
    assert sure(found).en.endswith("unlikely to be chance alone")


@given(many, many)
def test_verdict_follows_from_the_interval_alone(now: tuple[int, int], then: tuple[int, int]) -> None:
    found = newcombe(*now, *then)
    said = sure(found).zh
    assert ("看不出变化" in said) == (found.low <= 0 <= found.high)
    assert ("不像是偶然" in said) == (found.low > 0 or found.high < 0)
    # What is shown may not contradict it: a bound that is not 0 is not shown as 0.
    low, high = re.findall(r"在([+-]?[\d.]+)到([+-]?[\d.]+)个百分点", said)[0]
    assert (float(low) <= 0 <= float(high)) == (found.low <= 0 <= found.high)


def test_difference_in_differences_shows_all_four() -> None:
    said = sure(difference_in_differences((36, 400), (69, 460), (200, 2000), (222, 2220)))
    assert "从9.0%（36/400）到15.0%（69/460），对照从10.0%（200/2,000）到10.0%（222/2,220）" in said.zh
    assert "相差+6个百分点" in said.zh and said.zh.endswith("不像是偶然")
    same = sure(difference_in_differences((36, 400), (69, 460), (36, 400), (69, 460)))
    assert same.zh.endswith("看不出和对照有差别")


def test_cost_per_patient() -> None:
    said = sure(ratio_interval(SPEND), words=YUAN)
    assert said.zh == "125.74元（8,550.5÷68）；按6天的起伏，在105元到147元之间"
    assert said.en == "125.74 yuan (8,550.5 ÷ 68); by the spread of 6 days, between 105 and 147 yuan"


def test_growth() -> None:
    said = sure(growth_interval([20, 25, 18, 22, 30, 19], [30, 33, 25, 31, 40, 29]))
    assert said.zh == (
        "从6天共134位到6天共188位，每天的平均数变化+40.3%；按天与天之间的起伏在+9%到+80%之间：不像是偶然"
    )
    level = growth_interval([20, 25, 18, 22, 30, 19], [21, 26, 18, 22, 30, 19])
    assert level is not None and not changed(level)
    assert sure(level).zh.endswith("看不出变化") and sure(level).en.endswith("no change can be seen")
    weeks = Words(cluster=say("周", "weeks"))
    assert "每周的平均数" in sure(growth_interval([40] * 6, [41] * 6), words=weeks).zh


def test_growth_without_upper_bound_is_said() -> None:
    found = growth_of_amounts([Decimal(1)] * 4 + [Decimal(10) ** 12], [Decimal(1)] * 5, 0.9999999999)
    assert found is not None and "∞" in sure(found).zh


def test_every_kind_has_a_sentence_and_a_method_in_both_languages() -> None:
    kinds = {one.method for one in one_of_each()}
    assert len(kinds) == 7
    for one in one_of_each():
        said, method = sure(one, words=YUAN), how(one)
        for text in (said.zh, said.en, method.zh, method.en):
            assert text and "{" not in text and "None" not in text and "Fraction" not in text
        assert "95%" in method.zh and not re.search("[一-鿿]", said.en)
        assert "\n" not in said.zh and "。" not in said.zh, "one sentence, without its full stop"


def test_no_sentence_claims_a_cause() -> None:
    for one in one_of_each():
        said = sure(one)
        assert not CLAIMS.search(said.zh + said.en)
    assert "不能证明" in NO_CAUSE.zh and "do not prove" in NO_CAUSE.en
    assert "不支持因果" in SOURCE_PROVES_NO_CAUSE.zh and "no causal claim" in SOURCE_PROVES_NO_CAUSE.en


@given(many, many)
def test_a_percentage_stands_with_its_base(now: tuple[int, int], then: tuple[int, int]) -> None:
    share, difference = sure(wilson(*now)), sure(newcombe(*now, *then))
    assert (
        f"{number(now[1])}位里有{number(now[0])}位" in share.zh and f"{number(now[0])} of {number(now[1])}" in share.en
    )
    for s, n in (now, then):
        assert f"%（{number(s)}/{number(n)}）" in difference.zh and f"% ({number(s)}/{number(n)})" in difference.en


@given(many)
def test_a_share_is_shown_as_none_or_all_only_when_it_is(share: tuple[int, int]) -> None:
    found = wilson(*share)
    low, high = re.findall(r"在([\d.]+)%到([\d.]+)%", sure(found).zh)[0]
    assert (low == "0") == (found.low == 0) and (high == "100") == (found.high == 1)
    assert float(low) <= float(percent(found.estimate)[:-1]) + 0.5 and float(high) >= float(low)
    assert (percent(found.estimate) == "0.0%") == (share[0] == 0)
    assert (percent(found.estimate) == "100.0%") == (share[0] == share[1])


def test_a_share_that_was_counted_has_one_decimal_and_one_that_was_set_only_its_own() -> None:
    assert [percent(Decimal(share)) for share in ("0.07", "0.125", "1.11", "0.0004")] == [
        "7.0%",
        "12.5%",
        "111.0%",
        "0.04%",
    ]
    assert [chosen(Decimal(share)) for share in ("0.95", "0.125")] == ["95%", "12.5%"]
    level = growth_interval([40, 44, 36, 40, 42, 38], [20, 22, 18, 20, 21, 19])
    assert level is not None and "变化-50.0%" in sure(level).zh and "95%" in how(level).zh


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Decimal("1540.00"), 2, "1,540"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.001"), 2, "0"),
        (100, 2, "100"),
        (0.0, 0, "0"),
        (float("inf"), 0, "∞"),
        (1e300, 0, "∞"),
    ],
)
def test_number(value: Decimal | float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_signed() -> None:
    assert [signed(n) for n in (6, -0.5, 0, Decimal("0.001"))] == ["+6", "-0.5", "0", "0"]
