"""Values of fields and columns: from what people type, to JSON and back, to what people read.

Exact throughout: numbers and money are Decimal, a percentage keeps its numerator and its base, dates are dates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.model import Field, FieldType
from engine.pilot import reading
from engine.pilot.events import Erased, Json
from engine.pilot.reading import ValueProblem, narrow, plain_number
from engine.pilot.state import Ratio, Value
from engine.text import say

_CENT = Decimal("0.01")
_CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元"}
_SIGNS = {
    "CNY": ("¥", "￥", "人民币", "rmb", "cny", "元整", "元", "块钱", "块"),
    "USD": ("us$", "$", "usd", "美元"),
    "EUR": ("€", "eur", "欧元"),
    "HKD": ("hk$", "hkd", "港元", "港币"),
}
_NAME_LIMIT = 40
_ITEM_LIMIT = 100


def parse_value(field: Field, text: str, *, today: date) -> Value:
    """What a person typed → a value of the field's type within its limits. Raises ValueProblem."""
    text = clean(text).strip()
    if not text:
        raise ValueProblem(say("不能为空", "must not be empty"))
    return _PARSERS[field.type](field, text, today)


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


def clean(text: str) -> str:
    """Without control characters and direction marks (line breaks and tabs stay): they can only hide something."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))


def _bounded(field: Field, value: Decimal, unit: str = "") -> None:
    low, high = field.minimum, field.maximum
    if isinstance(low, Decimal) and value < low:
        raise ValueProblem(say("不能小于{n}{u}", "must not be less than {n}{u}", n=plain_number(low), u=unit))
    if isinstance(high, Decimal) and value > high:
        raise ValueProblem(say("不能大于{n}{u}", "must not be more than {n}{u}", n=plain_number(high), u=unit))


def _number(field: Field, text: str, today: date) -> Value:
    value = reading.number(text, *reading.unit_endings(narrow(field.unit)))
    if field.integer and value != value.to_integral_value():
        raise ValueProblem(say("要填整数", "must be a whole number"))
    _bounded(field, value, field.unit)
    return value


def _money(field: Field, text: str, today: date) -> Value:
    value = reading.number(text, *_SIGNS.get(field.currency, (field.currency.casefold(),)))
    if value != value.quantize(_CENT):
        raise ValueProblem(say("金额最多两位小数", "money has at most two decimals"))
    _bounded(field, value, _CURRENCIES.get(field.currency, field.currency))
    return value.quantize(_CENT)


def _percent(field: Field, text: str, today: date) -> Value:
    numerator, base = reading.ratio(text)
    found = Ratio(numerator, base)
    _bounded(field, found.points, "%")
    return found


def _date(field: Field, text: str, today: date) -> Value:
    value = reading.day(text, today)
    low = today if field.minimum == "today" else _limit(field.minimum)
    high = today if field.maximum == "today" else _limit(field.maximum)
    if low is not None and value < low:
        raise ValueProblem(say("不能早于{d}", "must not be before {d}", d=low))
    if high is not None and value > high:
        raise ValueProblem(say("不能晚于{d}", "must not be after {d}", d=high))
    return value


def _limit(limit: object) -> date | None:
    return None if limit is None else date.fromisoformat(str(limit))


def _choice(field: Field, text: str, today: date) -> Value:
    return reading.option(text, field.options)


def _text(field: Field, text: str, today: date) -> Value:
    if len(text) > field.max_length:
        raise ValueProblem(
            say("最多{n}字，现在{m}字", "at most {n} characters, not {m}", n=field.max_length, m=len(text))
        )
    return text


def _person(field: Field, text: str, today: date) -> Value:
    name = " ".join(text.split())
    if len(name) > _NAME_LIMIT:
        raise ValueProblem(say("姓名最多{n}字", "a name has at most {n} characters", n=_NAME_LIMIT))
    return name


def _as_is(field: Field, text: str, today: date) -> Value:
    """A file is named by its evidence number and a row by its own; who calls knows which exist."""
    return text


def _list(field: Field, text: str, today: date) -> Value:
    items = reading.items(text)
    if not items:
        raise ValueProblem(say("不能为空", "must not be empty"))
    if len(items) > field.max_items:
        raise ValueProblem(say("最多{n}项，现在{m}项", "at most {n} items, not {m}", n=field.max_items, m=len(items)))
    long = next((item for item in items if len(item) > _ITEM_LIMIT), None)
    if long:
        raise ValueProblem(
            say(
                "“{t}…”太长，每项最多{n}字",
                "'{t}…' is too long; an item has at most {n} characters",
                t=long[:20],
                n=_ITEM_LIMIT,
            )
        )
    return items


_PARSERS: dict[FieldType, Callable[[Field, str, date], Value]] = {
    "text": _text,
    "number": _number,
    "money": _money,
    "percent": _percent,
    "date": _date,
    "choice": _choice,
    "person": _person,
    "file": _as_is,
    "list": _list,
    "ref": _as_is,
}

__all__ = ["ValueProblem", "clean", "decode", "encode", "parse_value", "plain_number", "show"]
