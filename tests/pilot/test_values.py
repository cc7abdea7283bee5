import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Field, FieldType
from engine.pilot.events import ERASED
from engine.pilot.state import Ratio, Value
from engine.pilot.values import ValueProblem, clean, decode, encode, parse_value, show

TODAY = date(2026, 3, 2)
TYPES: tuple[FieldType, ...] = get_args(FieldType)
READABLE: tuple[FieldType, ...] = ("number", "money", "date", "choice", "percent")
OPTIONS = {"open": "未解决", "closed": "已解决"}


def field(kind: FieldType, **more: Any) -> Field:
    return Field("f", "字段", kind, options=OPTIONS if kind == "choice" else {}, **more)


def parse(kind: FieldType, text: str, **more: Any) -> Value:
    return parse_value(field(kind, **more), text, today=TODAY)


def reason(kind: FieldType, text: str, **more: Any) -> str:
    with pytest.raises(ValueProblem) as caught:
        parse(kind, text, **more)
    return caught.value.message.zh


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " 一句话\r\n第二句 ", "一句话\n第二句"),
        ("number", "3.5万", Decimal(35000)),
        ("money", "8.6万", Decimal("86000.00")),
        ("money", "¥1,200.50", Decimal("1200.50")),
        ("money", "￥１，２００", Decimal(1200)),
        ("money", "86000元", Decimal(86000)),
        ("money", "-¥5", Decimal(-5)),
        ("money", "RMB 86,000元整", Decimal(86000)),
        ("percent", "46/50", Ratio(Decimal(46), Decimal(50))),
        ("date", "3月2日", TODAY),
        ("choice", "未解决", "open"),
        ("person", " 欧阳\n娜娜", "欧阳 娜娜"),
        ("file", "E3", "E3"),
        ("list", "公众号、视频号，公众号", ("公众号", "视频号")),
        ("ref", "2", "2"),
    ],
)
def test_parse_reads_each_type_as_people_write_it(kind: FieldType, text: str, value: Value) -> None:
    assert parse(kind, text) == value


@pytest.mark.parametrize("kind", TYPES)
def test_parse_refuses_nothing_and_what_looks_like_nothing(kind: FieldType) -> None:
    for text in ("", "  \n", "\u200b\u202e"):
        assert reason(kind, text) == "不能为空"


def test_parse_keeps_to_the_limits() -> None:
    assert reason("number", "4", minimum=Decimal(5), unit="人") == "不能小于5人"
    assert reason("number", "20000.5", maximum=Decimal(20000)) == "不能大于20,000"
    assert reason("number", "1.5", integer=True) == "要填整数"
    assert parse("number", "1.0", integer=True) == 1
    assert reason("money", "3万", maximum=Decimal(20000)) == "不能大于20,000元"
    assert reason("money", "0.001") == "金额最多两位小数"
    assert reason("percent", "44/50", minimum=Decimal(90)) == "不能小于90%"
    assert parse("percent", "27/30", minimum=Decimal(90), maximum=Decimal(90))
    assert reason("date", "2026-03-01", minimum="today") == "不能早于2026-03-02"
    assert reason("date", "2026-03-03", maximum="today") == "不能晚于2026-03-02"
    assert reason("date", "2027-01-01", maximum="2026-12-31") == "不能晚于2026-12-31"
    assert parse("date", "2026-12-31", minimum="2026-12-31", maximum="2026-12-31")
    assert reason("text", "四个字啊", max_length=3) == "最多3字，现在4字"
    assert reason("person", "长" * 41) == "姓名最多40字"
    assert reason("list", "a、b、c", max_items=2) == "最多2项，现在3项"
    assert "太长" in reason("list", "a、" + "长" * 101)
    assert reason("list", "、、") == "不能为空"


def test_money_takes_only_its_own_currency() -> None:
    assert parse("money", "US$ 1,200", currency="USD") == 1200
    assert parse("money", "9 CHF", currency="CHF") == 9
    assert "不是数字" in reason("money", "$100")
    assert "不是数字" in reason("money", "100元", currency="USD")


@pytest.mark.parametrize("kind", ["number", "money", "percent"])
@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", "-inf", "1/0", "9" * 500])
def test_what_is_no_figure_is_refused(kind: FieldType, text: str) -> None:
    with pytest.raises(ValueProblem):
        parse(kind, text)


def test_a_percentage_never_stands_without_its_base() -> None:
    assert reason("percent", "92%") == "要写成“分子/分母”，例如 46/50：百分比不能脱离基数"


figures = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)
bases = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=Decimal("0.01"), max_value=10**9)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), min_size=1, max_size=30)
values: dict[FieldType, st.SearchStrategy[Value]] = {
    "text": words,
    "number": figures,
    "money": figures,
    "percent": st.builds(Ratio, bases, bases),
    "date": st.dates(),
    "choice": st.sampled_from(list(OPTIONS)),
    "person": words,
    "file": st.just("E3"),
    "list": st.lists(words).map(tuple),
    "ref": st.integers(1, 500).map(str),
}


@given(st.sampled_from(TYPES).flatmap(lambda kind: st.tuples(st.just(kind), values[kind])))
def test_decode_undoes_encode_through_json(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    assert decode(kind, json.loads(json.dumps(encode(value)))) == value


@given(st.sampled_from(READABLE).flatmap(lambda kind: st.tuples(st.just(kind), values[kind])))
def test_what_is_shown_reads_as_itself(pair: tuple[FieldType, Value]) -> None:
    kind, value = pair
    if isinstance(value, date) and not 1900 <= value.year <= 2199:
        return
    assert parse(kind, show(field(kind), value)) == value


@given(st.sampled_from(TYPES), st.text(max_size=80))
def test_parse_gives_a_value_or_says_why_not(kind: FieldType, text: str) -> None:
    try:
        value = parse(kind, text)
    except ValueProblem as problem:
        assert problem.message.zh and problem.message.en
    else:
        assert decode(kind, encode(value)) == value


@given(st.sampled_from(["number", "money"]), st.text("0123456789.,-+万亿¥元 ", max_size=40))
def test_figures_are_exact_or_refused(kind: FieldType, text: str) -> None:
    try:
        value = parse(kind, text)
    except ValueProblem:
        return
    assert isinstance(value, Decimal) and value.is_finite() and len(value.as_tuple().digits) <= 28


def test_erased_content_is_shown_as_such_and_never_encoded() -> None:
    assert show(field("text"), ERASED) == "（内容已抹除）"
    with pytest.raises(TypeError):
        encode(ERASED)


def test_show_writes_for_people() -> None:
    assert show(field("money"), Decimal(86000)) == "86,000.00元"
    assert show(field("money", currency="CHF"), Decimal(1)) == "1.00CHF"
    assert show(field("number", unit="人"), Decimal("35000.0")) == "35,000人"
    assert show(field("percent"), Ratio(Decimal("46.0"), Decimal(50))) == "92.0%（46/50）"
    assert show(field("date"), TODAY) == "2026-03-02"
    assert show(field("choice"), "closed") == "已解决"
    assert show(field("choice"), "gone") == "gone"
    assert show(field("list"), ("甲", "乙")) == "甲、乙"
    assert show(field("text"), "话") == "话"


def test_clean_takes_away_what_cannot_be_seen() -> None:
    assert clean("甲\u202e乙\u200b\x00丙\t丁\n戊") == "甲乙丙\t丁\n戊"
    assert clean("平常") == "平常"


def test_no_float_anywhere() -> None:
    source = sys.modules["engine.pilot.values"].__file__
    assert source is not None
    for name in (source, source.replace("values.py", "reading.py")):
        assert "float" not in Path(name).read_text(encoding="utf-8")
