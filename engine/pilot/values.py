"""Values of fields and columns: from what people type, to JSON and back, to what people read.

Exact throughout: numbers and money are Decimal, a percentage keeps its numerator and its base, dates are dates.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from engine.model import Field, FieldType
from engine.pilot.events import Erased, Json
from engine.pilot.state import Ratio, Value
from engine.text import Message, say

_UNITS = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NUMBER = re.compile(r"^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(千万|百万|亿|万|千)?$")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})日$")
_SPLIT = re.compile(r"[、,，;；\n]")
_CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元"}
_LONGEST = 60  # characters of a number; far beyond any real one, and short enough to be read at once


class ValueProblem(ValueError):
    """A text that is no value for its field; `message` says why and what is expected."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


def parse_value(field: Field, text: str, *, today: date) -> Value:
    """What a person typed → a value of the field's type within its limits. Raises ValueProblem."""
    text = text.strip()
    if not text:
        raise ValueProblem(say("不能为空", "must not be empty"))
    value: Value = _PARSERS[field.type](field, text, today)
    return value


def encode(value: Value) -> Json:
    """A value as JSON data (Decimal as text, Ratio as numerator and base)."""
    if isinstance(value, Ratio):
        return {"n": str(value.numerator), "d": str(value.base)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Erased):
        raise TypeError("erased content has no encoding")
    return value


def decode(kind: FieldType, data: Json) -> Value:
    """The inverse of `encode` for a field of type `kind`."""
    if kind in ("number", "money"):
        return Decimal(data)
    if kind == "percent":
        return Ratio(Decimal(data["n"]), Decimal(data["d"]))
    if kind == "date":
        return date.fromisoformat(data)
    return tuple(data) if kind == "list" else str(data)


def show(field: Field, value: Value) -> str:
    """A value as people read it: `86,000.00元`, `92.0%（46/50）`, the title of a choice."""
    if isinstance(value, Erased):
        return str(say("（内容已抹除）", "(content erased)"))
    if isinstance(value, Ratio):
        points = value.points.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{points}%（{value}）"
    if isinstance(value, Decimal):
        if field.type == "money":
            return f"{value:,.2f}{_CURRENCIES.get(field.currency, field.currency)}"
        return f"{plain_number(value)}{field.unit}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(value)
    return field.options.get(value, value) if field.type == "choice" else value


def plain_number(value: Decimal) -> str:
    """Thousands separated, no exponent, no trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _decimal(text: str) -> Decimal:
    bare = _narrow(text).replace(" ", "").strip("¥￥$").removesuffix("元").removesuffix("块")
    match = _NUMBER.match(bare.replace("，", ","))
    if match is None or len(bare) > _LONGEST:
        raise ValueProblem(say("“{t}”不是数字（例如 12、1,200、3.5万）", "'{t}' is not a number (such as 12, 1,200, 3.5万)", t=text[:30]))
    try:
        number = Decimal(match[2].replace(",", "")) * _UNITS[match[3] or ""]
    except InvalidOperation:
        raise ValueProblem(say("“{t}”不是数字", "'{t}' is not a number", t=text[:30])) from None
    return -number if match[1] == "-" else number


def _bounded(field: Field, value: Decimal, unit: str = "") -> None:
    low, high = field.minimum, field.maximum
    if isinstance(low, Decimal) and value < low:
        raise ValueProblem(say("不能小于{n}{u}", "must not be less than {n}{u}", n=plain_number(low), u=unit))
    if isinstance(high, Decimal) and value > high:
        raise ValueProblem(say("不能大于{n}{u}", "must not be more than {n}{u}", n=plain_number(high), u=unit))


def _number(field: Field, text: str, today: date) -> Value:
    narrow = _narrow(text)
    unit = _narrow(field.unit)
    value = _decimal(narrow.removesuffix(unit) if unit else narrow)
    if field.integer and value != value.to_integral_value():
        raise ValueProblem(say("要填整数", "must be a whole number"))
    _bounded(field, value, field.unit)
    return value


def _money(field: Field, text: str, today: date) -> Value:
    value = _decimal(text)
    if value != value.quantize(Decimal("0.01")):
        raise ValueProblem(say("金额最多两位小数", "money has at most two decimals"))
    _bounded(field, value, _CURRENCIES.get(field.currency, field.currency))
    return value.quantize(Decimal("0.01"))


def _percent(field: Field, text: str, today: date) -> Value:
    parts = _narrow(text).replace("÷", "/").split("/")
    if len(parts) != 2:
        raise ValueProblem(
            say("要写成“分子/分母”，例如 46/50：百分比不能脱离基数", "write numerator/base, such as 46/50: a percentage never stands without its base")
        )
    numerator, base = _decimal(parts[0]), _decimal(parts[1])
    if base <= 0:
        raise ValueProblem(say("分母要大于0", "the base must be more than 0"))
    if numerator < 0:
        raise ValueProblem(say("分子不能是负数", "the numerator must not be negative"))
    ratio = Ratio(numerator, base)
    _bounded(field, ratio.points, "%")
    return ratio


def _date(field: Field, text: str, today: date) -> Value:
    value = _parse_date(text, today)
    for limit, before in ((field.minimum, True), (field.maximum, False)):
        if limit is None:
            continue
        edge = today if limit == "today" else date.fromisoformat(str(limit))
        if (value < edge) if before else (value > edge):
            raise ValueProblem(
                say("不能早于{d}", "must not be before {d}", d=edge)
                if before
                else say("不能晚于{d}", "must not be after {d}", d=edge)
            )
    return value


def _parse_date(text: str, today: date) -> date:
    bare = _narrow(text).replace(" ", "")
    words = {"今天": 0, "明天": 1, "后天": 2, "昨天": -1, "today": 0, "tomorrow": 1}
    if bare in words:
        return today + timedelta(days=words[bare])
    try:
        if match := _DATE.match(bare):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY.match(bare):
            return date(today.year, int(match[1]), int(match[2]))
    except ValueError:
        raise ValueProblem(say("没有“{t}”这一天", "there is no such day: '{t}'", t=text[:30])) from None
    raise ValueProblem(say("“{t}”不是日期（例如 2026-03-02）", "'{t}' is not a date (such as 2026-03-02)", t=text[:30]))


def _choice(field: Field, text: str, today: date) -> Value:
    wanted = _narrow(text).casefold()
    for option, title in field.options.items():
        if wanted in (option.casefold(), _narrow(title).casefold()):
            return option
    listed = "、".join(f"{o}（{t}）" for o, t in field.options.items())
    names = {**{t: o for o, t in field.options.items()}, **{o: o for o in field.options}}
    near = [names[n] for n in get_close_matches(text, names, n=1)]
    message = say("没有“{t}”这个选项；可选：{all}", "'{t}' is not an option; there are: {all}", t=text[:30], all=listed)
    if near:
        message = say("{m}；是不是 {near}？", "{m}; did you mean {near}?", m=message, near=near[0])
    raise ValueProblem(message)


def _text(field: Field, text: str, today: date) -> Value:
    if len(text) > field.max_length:
        raise ValueProblem(
            say("最多{n}字，现在{m}字", "at most {n} characters, not {m}", n=field.max_length, m=len(text))
        )
    return clean(text)


def _person(field: Field, text: str, today: date) -> Value:
    if len(text) > 40:
        raise ValueProblem(say("姓名最多40字", "a name has at most 40 characters"))
    return clean(text)


def _file(field: Field, text: str, today: date) -> Value:
    return text


def _list(field: Field, text: str, today: date) -> Value:
    items = tuple(dict.fromkeys(clean(item.strip()) for item in _SPLIT.split(text) if item.strip()))
    if len(items) > field.max_items:
        raise ValueProblem(say("最多{n}项，现在{m}项", "at most {n} items, not {m}", n=field.max_items, m=len(items)))
    long = next((i for i in items if len(i) > 100), None)
    if long:
        raise ValueProblem(say("“{t}…”太长，每项最多100字", "'{t}…' is too long; an item has at most 100 characters", t=long[:20]))
    return items


def clean(text: str) -> str:
    """Without control characters and direction marks (line breaks and tabs stay): they can only hide something."""
    return "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))


_PARSERS: dict[str, Any] = {
    "text": _text,
    "number": _number,
    "money": _money,
    "percent": _percent,
    "date": _date,
    "choice": _choice,
    "person": _person,
    "file": _file,
    "list": _list,
    "ref": _file,
}
