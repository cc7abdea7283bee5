from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pilot.reading import ValueProblem, day, items, narrow, number, option, plain_number, ratio, unit_endings

TODAY = date(2026, 3, 2)


def reason(read: Callable[..., object], *given: object) -> str:
    with pytest.raises(ValueProblem) as caught:
        read(*given)
    assert caught.value.message.en and str(caught.value) == caught.value.message.en
    return caught.value.message.zh


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("1,200", "1200"),
        ("１，２００", "1200"),
        ("1 234 567", "1234567"),
        ("3.5万", "35000"),
        ("３．５ 万", "35000"),
        ("1.2亿", "120000000"),
        ("3千万", "30000000"),
        (".5", "0.5"),
        ("-7", "-7"),
        ("−7", "-7"),
        ("+7", "7"),
        ("-0", "0"),
        ("0.10", "0.10"),
        ("007", "7"),
    ],
)
def test_number_reads_what_people_write(text: str, value: str) -> None:
    assert str(number(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一百",
        "12,34",
        "1,2345",
        "46 50",
        "1.2.3",
        "1e3",
        "1e999",
        "NaN",
        "Infinity",
        "inf",
        "0x10",
        "12人",
        "万",
        ".",
        "1_000",
        "5.",
        "12%",
        "¥5",
        "9" * 70,
    ],
)
def test_number_refuses_what_is_none_or_means_two_things(text: str) -> None:
    assert reason(number, text).endswith("不是数字（例如 12、1,200、3.5万）")


@pytest.mark.parametrize("text", ["9" * 16, "1000000000亿", "0.123456789", "1." + "0" * 30 + "1", "9" * 40])
def test_number_refuses_what_it_could_not_keep_exactly(text: str) -> None:
    assert "位数太多" in reason(number, text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("35 人", "人", "35"),
        ("3万人次", "人次", "30000"),
        ("8.6万元", "万元", "8.6"),
        ("8.6万", "万元", "8.6"),
        ("35㎡", "㎡", "35"),
        ("2H", "h", "2"),
        ("95%", "%", "95"),
    ],
)
def test_number_takes_its_unit(text: str, unit: str, value: str) -> None:
    assert str(number(text, *unit_endings(narrow(unit)))) == value


def test_number_does_not_take_another_unit() -> None:
    assert "不是数字" in reason(number, "86000元", *unit_endings("万元"))
    assert unit_endings("") == ()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_number_as_shown_reads_as_itself(value: Decimal) -> None:
    assert number(plain_number(value)) == value


@given(st.integers(0, 10**6), st.sampled_from(["千", "万", "百万", "亿"]))
def test_a_chinese_power_is_exact(n: int, power: str) -> None:
    tens = {"千": 3, "万": 4, "百万": 6, "亿": 8}[power]
    assert number(f"{n}{power}") == Decimal(n) * 10**tens


@pytest.mark.parametrize("text", ["46/50", "46／50", "46 ÷ 50", "４６/５０", "92.0%（46/50）", "46⁄50"])
def test_ratio_reads_numerator_and_base(text: str) -> None:
    assert ratio(text) == (Decimal(46), Decimal(50))


def test_ratio_says_why_a_bare_percentage_is_refused() -> None:
    for text in ("92%", "0.92", "92", "46/50/60", "百分之九十二"):
        assert reason(ratio, text) == "要写成“分子/分母”，例如 46/50：百分比不能脱离基数"
    assert reason(ratio, "46/0") == "分母要大于0"
    assert reason(ratio, "-1/5") == "分子不能是负数"
    assert "不是数字" in reason(ratio, "x/5")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026/3/2", "2026-03-02"),
        ("2026.3.2", "2026-03-02"),
        ("2026年3月2日", "2026-03-02"),
        ("２０２６年３月２日", "2026-03-02"),
        ("2026 年 3 月 2 日", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("3月15日", "2026-03-15"),
        ("3月15号", "2026-03-15"),
        ("今天", "2026-03-02"),
        ("明天", "2026-03-03"),
        ("昨日", "2026-03-01"),
        ("Today", "2026-03-02"),
    ],
)
def test_day_reads_what_people_write(text: str, found: str) -> None:
    assert day(text, TODAY).isoformat() == found


def test_day_refuses_the_rest() -> None:
    for text in ("3/2", "2026-3/2", "下周一", "2026年3月", "02-03-2026", "12", "2026-03-02T10:00"):
        assert "不是日期" in reason(day, text, TODAY)
    for text in ("2026-02-30", "13月1日", "2026年2月29日", "20261301", "0000-01-01"):
        assert reason(day, text, TODAY) == f"没有“{text}”这一天"
    for text in ("0026-03-02", "9999-12-31", "1899-12-31"):
        assert "年份要在1900到2199之间" in reason(day, text, TODAY)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_day_reads_every_day_in_every_way(value: date) -> None:
    for shape in ("{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}"):
        assert day(shape.format(value), TODAY) == value


OPTIONS = {"open": "未解决", "closed": "已解决", "b": "open", "wx": "微信（公众号）"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("open", "open"), ("CLOSED", "closed"), ("已解决", "closed"), (" ｂ ", "b"), ("微信(公众号)", "wx")],
)
def test_option_takes_ids_and_titles(text: str, found: str) -> None:
    assert option(text, OPTIONS) == found


def test_option_says_what_there_is_and_what_is_near() -> None:
    assert reason(option, "Closd", OPTIONS).endswith("是不是 closed（已解决）？")
    assert reason(option, "已解", OPTIONS).endswith("是不是 closed（已解决）？")
    assert reason(option, "zzz", {"a": "甲"}) == "没有“zzz”这个选项；可选：a（甲）"


def test_items_are_separated_by_any_of_the_usual_marks() -> None:
    assert items("眼科、骨科,内科，外科；儿科;急诊\n眼科\n\n 中 医  科 、") == (
        "眼科", "骨科", "内科", "外科", "儿科", "急诊", "中 医 科",
    )  # fmt: skip
    assert items("、，\n") == ()
