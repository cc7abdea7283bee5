"""How people write numbers, ratios, dates, options and lists, in Chinese and in English; full width or half.

Everything is exact, and nothing is guessed: what could mean two things is refused with what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from engine.text import Message, entitled, listed, say

# Far beyond any figure of a hospital, and exact in every calculation with the default decimal context (28 digits).
_WHOLE, _FRACTION = 15, 8  # digits before and after the point
_EXACT = 28
_LONGEST = 60  # characters of a number

_POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
# Thousands may be set apart by commas, or by spaces in complete groups; "46 50" is two numbers.
_NUMBER = r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d+)? ?(千万|百万|亿|万|千|百)?"
_DATE = r"(\d{4}) ?([-/.年]) ?(\d{1,2}) ?([-/.月]) ?(\d{1,2}) ?(日|号)?"
_COMPACT = r"(\d{4})(\d{2})(\d{2})"
_DAY = r"(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]"
_SHOWN = r"[\d.]+ ?% ?\(([^()]*)\)"
_SPLIT = r"[、,，;；\n]"
_MINUS = str.maketrans("−–", "--")
_DAYS = {
    "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class ValueProblem(ValueError):
    """A text that is no value for its field; `message` says why and what is expected."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as plain ones; without surrounding space."""
    return unicodedata.normalize("NFKC", text).strip()


def plain_number(value: Decimal) -> str:
    """Thousands separated, no exponent, no trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(text: str, *affixes: str) -> Decimal:
    """`12`, `1,200`, `3.5万`, with one of `affixes` (units, currency signs; lower case) before or after it."""
    bare = narrow(text).translate(_MINUS)
    if len(bare) > _LONGEST:
        raise _no_number(text)
    match = re.fullmatch(_NUMBER, _without(bare, affixes))
    if match is None or not (match[2] or match[3]):
        raise _no_number(text)
    digits = (match[2] or "0").replace(",", "").replace(" ", "") + (match[3] or "")
    # Counted before it is scaled: decimal arithmetic would round what is longer without a word.
    value = _settled(Decimal(digits[:_EXACT]).scaleb(_POWERS[match[4] or ""]))
    if len(digits) > _EXACT or value >= 10**_WHOLE or value != round(value, _FRACTION):
        raise ValueProblem(
            say(
                "“{t}”位数太多（整数最多{w}位，小数最多{f}位）",
                "'{t}' has too many digits (at most {w} before and {f} after the point)",
                t=text.strip()[:30],
                w=_WHOLE,
                f=_FRACTION,
            )
        )
    return -value if match[1] == "-" and value else value


def unit_endings(unit: str) -> tuple[str, ...]:
    """What may follow a figure whose unit is `unit`. With 万元 as the unit, `3万` and `3万元` both mean 3."""
    if not unit:
        return ()
    power = next((p for p in ("千万", "百万", "亿", "万", "千") if unit.startswith(p) and unit != p), "")
    return (unit.casefold(), power) if power else (unit.casefold(),)


def ratio(text: str) -> tuple[Decimal, Decimal]:
    """`46/50` → (46, 50). A percentage without its base is refused."""
    bare = narrow(text).replace("÷", "/").replace("\N{DIVISION SLASH}", "/").replace("\N{FRACTION SLASH}", "/")
    shown = re.fullmatch(_SHOWN, bare)
    parts = (shown[1] if shown else bare).split("/")
    if len(parts) != 2:
        raise ValueProblem(
            say(
                "要写成“分子/分母”，例如 46/50：百分比不能脱离基数",
                "write numerator/base, such as 46/50: a percentage never stands without its base",
            )
        )
    numerator, base = number(parts[0]), number(parts[1])
    if base <= 0:
        raise ValueProblem(say("分母要大于0", "the base must be more than 0"))
    if numerator < 0:
        raise ValueProblem(say("分子不能是负数", "the numerator must not be negative"))
    return numerator, base


def day(text: str, today: date) -> date:
    """`2026-03-02`, `2026/3/2`, `2026年3月2日`, `3月2日` (this year), `20260302`, `今天`, `明天` …"""
    bare = narrow(text).casefold()
    if bare in _DAYS:
        return today + timedelta(days=_DAYS[bare])
    if (match := re.fullmatch(_DATE, bare)) and (match[2] == match[4] or (match[2], match[4]) == ("年", "月")):
        parts = match[1], match[3], match[5]
    elif match := re.fullmatch(_COMPACT, bare):
        parts = match[1], match[2], match[3]
    elif match := re.fullmatch(_DAY, bare):
        parts = str(today.year), match[1], match[2]
    else:
        raise ValueProblem(
            say("“{t}”不是日期（例如 2026-03-02）", "'{t}' is not a date (such as 2026-03-02)", t=text.strip()[:30])
        )
    try:
        found = date(*map(int, parts))
    except ValueError:
        raise ValueProblem(say("没有“{t}”这一天", "there is no such day: '{t}'", t=text.strip()[:30])) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueProblem(
            say(
                "年份要在{a}到{b}之间：“{t}”",
                "the year must lie between {a} and {b}: '{t}'",
                a=_FIRST_YEAR,
                b=_LAST_YEAR,
                t=text.strip()[:30],
            )
        )
    return found


def option(text: str, options: Mapping[str, str]) -> str:
    """The id of the option that is called so, by id or title, in upper or lower case."""
    wanted = narrow(text).casefold()
    # Ids first: a title that equals the id of another option must not take its place.
    names = {narrow(title).casefold(): key for key, title in options.items()}
    names |= {key.casefold(): key for key in options}
    if wanted in names:
        return names[wanted]
    known = listed(entitled(key, title) for key, title in options.items())
    message = say(
        "没有“{t}”这个选项；可选：{all}", "'{t}' is not an option; there are: {all}", t=wanted[:30], all=known
    )
    from difflib import get_close_matches

    near = get_close_matches(wanted[:60], names, n=1)
    if near:
        key = names[near[0]]
        message = say(
            "{m}；是不是 {id}（{title}）？",
            "{m}; did you mean {id} ({title})?",
            m=message,
            id=key,
            title=options[key],
        )
    raise ValueProblem(message)


def items(text: str) -> tuple[str, ...]:
    """The items of a list, each once, in order; separated by `、`, commas, semicolons or line ends."""
    found = (" ".join(item.split()) for item in re.split(_SPLIT, text))
    return tuple(dict.fromkeys(item for item in found if item))


def _no_number(text: str) -> ValueProblem:
    return ValueProblem(
        say(
            "“{t}”不是数字（例如 12、1,200、3.5万）",
            "'{t}' is not a number (such as 12, 1,200, 3.5万)",
            t=text.strip()[:30],
        )
    )


def _without(text: str, affixes: tuple[str, ...]) -> str:
    """`text` without one sign in front of the figure (`¥12`, `-¥12`) and one unit behind it."""
    longest_first = sorted((narrow(a) for a in affixes), key=len, reverse=True)
    sign, rest = (text[0], text[1:].lstrip()) if text[:1] in ("-", "+") else ("", text)
    lower = rest.casefold()
    if len(lower) != len(rest):  # a letter that folds to two: no unit has one
        return text
    front = next((a for a in longest_first if lower.startswith(a)), "")
    rest, lower = rest[len(front) :].lstrip(), lower[len(front) :].lstrip()
    back = next((a for a in longest_first if lower.endswith(a)), "")
    return sign + rest[: len(rest) - len(back)].rstrip()


def _settled(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros behind the point, so that equal values look equal."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole and whole < 10**_WHOLE else value
