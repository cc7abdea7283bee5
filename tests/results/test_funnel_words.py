import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.results.funnel import Link, anomalies, bottleneck, decompose, reputation_sign
from engine.results.funnel_words import anomaly_words, bottleneck_words, decomposition_words, reputation_words
from engine.results.plain_words import Words, number, signed
from engine.text import say

TITLES = {"clicks": "流量", "enquiries": "咨询", "bookings": "预约", "arrivals": "到诊"}
two_periods = st.tuples(*[st.lists(st.integers(0, 10**6), min_size=4, max_size=4)] * 2)


def links(*counts: int) -> list[Link]:
    return [Link(name, title, count) for (name, title), count in zip(TITLES.items(), counts, strict=False)]


def test_below_target_gives_reason_target_and_gain() -> None:
    found = bottleneck(links(4000, 400, 36), {"bookings": Fraction(15, 100)})
    assert bottleneck_words(found).zh == (
        "“预约”没有达到目标：前一环400位里有36位（9.0%），目标15%（60/400）；达到目标、其他环节的比例不变，末端约多24位"
    )
    assert bottleneck_words(found).en == (
        "'预约' is below its target: 36 of 400 people of the link before (9.0%), the target is 15% (60/400); at its target, "
        "the other rates as they are, about 24 more people at the end"
    )


def test_below_target_that_may_be_chance_says_so() -> None:
    said = bottleneck_words(bottleneck(links(40, 4), {"enquiries": Fraction(12, 100)}), Words(say("人次", " visits")))
    assert "也可能是偶然" in said.zh and "40人次里有4人次（10.0%）" in said.zh and "4 of 40 visits" in said.en


def test_below_target_where_nobody_gets_through() -> None:
    said = bottleneck_words(bottleneck(links(400, 100, 0), {"bookings": Fraction(1, 5)}))
    assert said.zh == "“预约”没有达到目标：前一环100位里有0位（0.0%），目标20%（20/100）；没有人走过这一环"


def test_fell_most_shows_both_rates_with_their_bases() -> None:
    said = bottleneck_words(bottleneck(links(4600, 460, 69, 30), {}, [4000, 400, 36, 27]))
    assert said.zh.startswith("“到诊”退步最多：从75.0%（27/36）到43.5%（30/69）；回到原来的比例")
    assert "也可能是偶然" not in said.zh


def test_without_a_yardstick_it_is_a_place_to_look_first() -> None:
    said = bottleneck_words(bottleneck(links(4000, 800, 36), {}))
    assert said.zh.startswith("没有目标也没有对照期，先看流失最多的“预约”：前一环800位里有36位（4.5%）")
    assert said.en.startswith("without targets or an earlier period, look first")


def test_no_bottleneck() -> None:
    assert bottleneck_words(None).en == "no link stands out"


def test_decomposition_names_every_link() -> None:
    before, after = links(4000, 400, 36, 27), links(4600, 460, 69, 30)
    said = decomposition_words(decompose([b.count for b in before], [a.count for a in after]), before, after)
    assert said.zh == (
        "“到诊”从27到30（+3），拆开算：“流量”的数量+4、“咨询”的比例0、“预约”的比例+14.5、“到诊”的比例-15.5"
    )
    assert said.en.startswith("'到诊' went from 27 to 30 (+3); split by link: the number of '流量' +4, ")


@given(two_periods)
def test_decomposition_as_shown_adds_up(periods: tuple[list[int], list[int]]) -> None:
    before, after = (links(*counts) for counts in periods)
    said = decomposition_words(decompose(*periods), before, after).zh
    change = after[-1].count - before[-1].count
    if "无法拆分" in said:
        assert any(not c[i] and c[i + 1] for c in periods for i in range(3))
    elif change:
        parts = re.findall(r"的(?:数量|比例)([+-]?[\d,.]+)", said)
        assert len(parts) == 4 and sum(Fraction(p.replace(",", "")) for p in parts) == change
        assert f"（{signed(change)}）" in said
    else:
        assert said.endswith("（0）")


def test_anomaly_names_both_links_and_what_to_do() -> None:
    (found,) = anomalies(links(1000, 1200))
    assert anomaly_words(found).zh == ("“咨询”有1,200，比前一环“流量”的1,000还多：两环的统计口径可能不同，先核对")
    assert number(1200) in anomaly_words(found).en


def test_reputation_sign_is_a_place_to_look_and_no_verdict() -> None:
    clear, faint = reputation_sign((320, 200), (620, 198)), reputation_sign((32, 20), (34, 20))
    assert clear and faint
    said = reputation_words(clear)
    assert (
        said.zh.startswith("预约从320到620，到诊从200到198：约的多了，来的没有多，值得先看口碑")
        and "偶然" not in said.zh
    )
    assert "偶然" in reputation_words(faint).zh and "chance" in reputation_words(faint).en


def test_target_in_people_is_enough_to_reach_it() -> None:
    """15 % of 414 are 62.1 people: 62 would still be below."""
    said = bottleneck_words(bottleneck(links(4600, 414, 40), {"bookings": Fraction(15, 100)}))
    assert "目标15%（63/414）" in said.zh and "63/414" in said.en
