"""One cell → the value that goes into the ledger: exact, or refused with what to write instead.

Every parser takes what the file gives (a text from CSV; text, number, date or truth value from XLSX) and returns a value
SQL can take: an ISO day, a whole number (money in hundredths), a text, an option's id; None for an empty cell. It raises
Bad with a code and a sentence. Results of texts are kept, for ledgers say the same things over and over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from engine.pilot.reading import ValueProblem, day, narrow, number
from engine.pilot.values import clean
from engine.privacy import find_identifiers
from engine.results.vocabulary import Column
from engine.text import Message, listed, say

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Stored = str | int | None
Parser = Callable[[Cell], Stored]

_KEPT = 50_000  # texts whose reading is remembered, per column
_MOST = 1_000_000_000  # a larger count is a number of something else
_LONGEST = 100
_FIRST = date(2000, 1, 1)
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar
_UNITS = ("¥", "￥", "人民币", "元", "人次", "人", "次", "份", "个", "条")
_EMPTY = ("", "-", "--", "—", "——", "/", "无", "n/a", "null", "none")


class Bad(Exception):
    """A cell that cannot be taken in."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(code)
        self.code, self.message = code, message


class Identity(Exception):
    """A cell that identifies somebody. What it says is not carried along."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def parser_of(column: Column, factor: int, today: date) -> Parser:
    """The parser of a column. `factor`: what its numbers are multiplied by."""
    if column.type == "day":
        return _remembering(lambda cell: _day(cell, today))
    if column.type in ("count", "money"):
        return _number(column, factor)
    if column.type == "choice":
        options = {narrow(w).casefold(): key for key, words in (column.options or {}).items() for w in (key, *words)}
        return _remembering(lambda cell: _choice(cell, options, column))
    return _remembering(_key if column.type == "key" else _text)


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def identity_of(text: str) -> str | None:
    """The kind of identifier in a text, if there is one."""
    found = find_identifiers(text)
    return found[0].kind if found else None


def plain_text(cell: Cell) -> str:
    """A cell of any kind as text: a whole number without its point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)).strip()


def _remembering(parse: Parser) -> Parser:
    known: dict[Cell, Stored] = {}

    def parser(cell: Cell) -> Stored:
        try:
            return known[cell]
        except KeyError:
            pass
        value = parse(cell)
        if len(known) < _KEPT:
            known[cell] = value
        return value

    return parser


def _unwrapped(cell: str) -> str:
    """`="2026-03-02"`, as some programs write texts for Excel; any other formula is refused."""
    text = cell.strip()
    if not text.startswith("="):
        return text
    inner = re.fullmatch(r'="([^"=]*)"', text)
    if inner is None:
        raise Bad("formula", say("这里是公式，要填数值", "this is a formula; write its value"))
    return inner[1]


def _day(cell: Cell, today: date) -> Stored:
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, bool | time | timedelta):
        raise _no_day(cell)
    elif isinstance(cell, int | float):
        found = _serial(cell)
    else:
        found = _written_day(_unwrapped(cell or ""), today)
    if found > today:
        raise Bad("future", say("{d} 还没有到", "{d} is still to come", d=found))
    if found < _FIRST:
        raise Bad("too-early", say("{d} 太早，应在 2000 年以后", "{d} is too early; days begin with 2000", d=found))
    return found.isoformat()


def _written_day(text: str, today: date) -> date:
    bare = narrow(text)
    if not bare:
        raise Bad("empty", say("缺日期", "the day is missing"))
    if re.fullmatch(r"\d{5}(\.0+)?", bare):
        return _serial(float(bare))
    if re.fullmatch(r"\d{4}\s?[-/.年]\s?\d{1,2}\s?月?", bare):
        raise Bad(
            "month",
            say(
                "“{t}”只到月份，要写到日（可写当月最后一天）",
                "'{t}' is a month; write a day (its last one will do)",
                t=bare,
            ),
        )
    # A time behind the day says nothing here.
    bare = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", bare)
    if not re.search(r"\d{4}", bare):
        raise Bad(
            "no-year", say("“{t}”没有写年份，例如 2026-03-02", "'{t}' has no year; write 2026-03-02", t=bare[:30])
        )
    try:
        return day(bare, today)
    except ValueProblem as problem:
        raise Bad("no-day", problem.message) from None


def _serial(number: float) -> date:
    """A day as Excel counts it; 8 digits are a day written without signs."""
    if float(number).is_integer() and 19000101 <= number <= 21991231:
        text = str(int(number))
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            raise _no_day(text) from None
    if not 32874 <= number <= 73415:  # 1990 to 2100
        raise _no_day(number)
    return _EPOCH + timedelta(days=int(number))


def _no_day(cell: object) -> Bad:
    return Bad(
        "no-day", say("“{t}”不是日期，例如 2026-03-02", "'{t}' is not a date such as 2026-03-02", t=str(cell)[:30])
    )


def _number(column: Column, factor: int) -> Parser:
    money = column.type == "money"
    scale = factor * (100 if money else 1)
    # In a column of 万元, `3万` and `3万元` both mean 3.
    power = {1_000: "千", 10_000: "万", 1_000_000: "百万", 100_000_000: "亿"}.get(factor)
    endings = (*((f"{power}元", power) if power else ()), *_UNITS)
    known: dict[Cell, Stored] = {}

    def parser(cell: Cell) -> Stored:
        if isinstance(cell, str):
            if cell.isascii() and cell.isdigit() and len(cell) <= 9:
                return int(cell) * scale
            found = known.get(cell, ...)
            if found is not ...:
                return found
            value = _of_text(cell, money, scale, endings)
            if len(known) < _KEPT:
                known[cell] = value
            return value
        if cell is None:
            return None
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            raise Bad("no-number", say("“{t}”不是数字", "'{t}' is not a number", t=str(cell)[:30]))
        return _whole(Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell), money, scale, str(cell))

    return parser


def _of_text(cell: str, money: bool, scale: int, endings: tuple[str, ...]) -> Stored:
    text = _unwrapped(cell)
    if narrow(text).casefold() in _EMPTY:
        return None
    if text.startswith("#"):
        raise Bad(
            "error",
            say("“{t}”是 Excel 的错误值，先在表里改好", "'{t}' is an error of Excel; mend it there", t=text[:20]),
        )
    kind = identity_of(text)
    if kind is not None:
        raise Identity(kind)
    try:
        value = number(text, *endings)
    except ValueProblem:
        raise Bad("no-number", say("“{t}”不是数字", "'{t}' is not a number", t=clean(text)[:30])) from None
    return _whole(value, money, scale, text)


def _whole(value: Decimal, money: bool, scale: int, shown: str) -> Stored:
    shown = clean(shown)[:30]
    try:
        scaled = value * scale
    except InvalidOperation:
        raise Bad("no-number", say("“{t}”不是数字", "'{t}' is not a number", t=shown)) from None
    if not scaled.is_finite():
        raise Bad("no-number", say("“{t}”不是数字", "'{t}' is not a number", t=shown))
    if value < 0:
        raise Bad("negative", say("“{t}”是负数；退款等请另行说明", "'{t}' is negative", t=shown))
    if abs(scaled) >= _MOST * (10_000 if money else 1):
        if identity_of(f"{value:f}") is not None:
            raise Identity("mobile")
        raise Bad("too-large", say("“{t}”太大，不像这一列的数", "'{t}' is too large for this column", t=shown))
    rounded = scaled.to_integral_value()
    if money and abs(scaled - rounded) < Decimal("0.000001"):
        scaled = rounded  # 0.1 + 0.2 of a spreadsheet
    if scaled != rounded:
        what = (
            say("金额最多到分", "money has at most two decimals")
            if money
            else say("要填整数", "must be a whole number")
        )
        raise Bad("fraction", say("“{t}”：{w}", "'{t}': {w}", t=shown, w=what))
    return int(rounded)


def _choice(cell: Cell, options: dict[str, str], column: Column) -> Stored:
    text = _unwrapped(plain_text(cell)) if not isinstance(cell, bool) else ("yes" if cell else "no")
    wanted = narrow(text).casefold()
    if wanted in _EMPTY and wanted not in options:
        return None
    if wanted in options:
        return options[wanted]
    if kind := identity_of(text):
        raise Identity(kind)
    known = listed(words[0] for words in (column.options or {}).values())
    raise Bad("no-option", say("“{t}”不在可选项里：{k}", "'{t}' is not one of: {k}", t=text[:30], k=known))


def _text(cell: Cell) -> Stored:
    text = _unwrapped(" ".join(plain_text(cell).split()))
    if kind := identity_of(text):
        raise Identity(kind)
    if len(text) > _LONGEST:
        raise Bad("too-long", say("最多 {n} 个字", "at most {n} characters", n=_LONGEST))
    return "" if narrow(text).casefold() in _EMPTY else text


def _key(cell: Cell) -> Stored:
    text = _unwrapped(plain_text(cell))
    if not text:
        raise Bad("empty", say("缺患者代号", "the key is missing"))
    if kind := identity_of(text):
        raise Identity(kind)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._\-]{1,63}", text):
        # A name is the likeliest thing here that is neither letters nor digits.
        if re.search(r"[\u3400-\u9fff]", text):
            raise Identity("name")
        raise Bad(
            "no-key", say("代号只用字母、数字和 - _ .，2 到 64 位", "a key has 2 to 64 letters, digits and - _ .")
        )
    if text.isdigit() and len(text) >= 6:
        raise Identity("record_number")
    return text
