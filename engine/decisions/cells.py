"""Cells of a decision table: a condition as an author writes it → the set of values it fits.

Numbers: `5`, `<5`, `<=5`, `>5`, `>=5`, `1..3` (both ends belong to it), `[1..3)` and `(1..3]` (a round bracket leaves the
end out), several joined by commas, `not …`; choices: ids or titles, joined by commas, `not …`; `yes`, `no`; `-` or nothing
fits everything. The forms are those of DMN 1.3 (unary tests), with the plain range of people who do not know it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from engine.frozen import frozen
from engine.model import DecisionInput
from engine.pilot.reading import narrow
from engine.text import Message, listed, say

YES_NO = {"yes": say("是", "yes"), "no": say("否", "no")}
_NUMBER = r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
_SIGNS = str.maketrans(
    {"＜": "<", "＞": ">", "≤": "\u2264", "≥": "\u2265", "，": ",", "、": ",", "－": "-", "—": "-", "…": "."}
)


@frozen
class Interval:
    """Numbers from `low` to `high`; None is without end. `open_*`: the end itself does not belong to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: Decimal) -> bool:
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.open_high and value == self.high)))

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))


@frozen
class Numbers:
    """A union of intervals, or everything outside it."""

    intervals: tuple[Interval, ...]
    outside: bool = False

    def holds(self, value: object) -> bool:
        return isinstance(value, Decimal) and any(i.holds(value) for i in self.intervals) != self.outside


@frozen
class Choices:
    """Some ids."""

    ids: frozenset[str]

    def holds(self, value: object) -> bool:
        return value in self.ids


@frozen
class Anything:
    def holds(self, value: object) -> bool:
        return True


CellSet = Numbers | Choices | Anything
ANYTHING = Anything()


class CellProblem(ValueError):
    """A cell that cannot be read; `message` says why, `hint` what may be written."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


def parse_cell(column: DecisionInput, text: str) -> CellSet:
    """What a cell fits. Raises CellProblem."""
    bare = narrow(text.translate(_SIGNS))
    if bare in ("", "-"):
        return ANYTHING
    negated = re.match(r"(?:not\b|非|不是)\s*", bare)
    rest = bare[negated.end() :] if negated else bare
    if column.type == "number":
        return _numbers(rest, bool(negated))
    return _choices(rest, _options(column), bool(negated))


def options_of(column: DecisionInput) -> Mapping[str, str]:
    """id → title of what a choice or yes/no input may be."""
    return _options(column)


def _options(column: DecisionInput) -> Mapping[str, str]:
    return {key: str(word) for key, word in YES_NO.items()} if column.type == "yes_no" else column.options


def _numbers(text: str, outside: bool) -> CellSet:
    # A comma followed by three digits belongs to a number.
    parts = re.split(r",(?!\d{3}(?!\d))", text)
    return Numbers(tuple(_interval(part.strip()) for part in parts), outside)


def _interval(text: str) -> Interval:
    if match := re.fullmatch(rf"([<>]=?|[\u2264\u2265=])?\s*({_NUMBER})", text):
        value = Decimal(match[2].replace(",", ""))
        sign = {"\u2264": "<=", "\u2265": ">="}.get(match[1] or "", match[1] or "=")
        if sign.startswith("<"):
            return Interval(high=value, open_high=sign == "<")
        if sign.startswith(">"):
            return Interval(low=value, open_low=sign == ">")
        return Interval(value, value)
    if match := re.fullmatch(rf"([\[(]?)\s*({_NUMBER})\s*(?:\.\.+|~|至|到)\s*({_NUMBER})\s*([\])]?)", text):
        low, high = Decimal(match[2].replace(",", "")), Decimal(match[3].replace(",", ""))
        found = Interval(low, high, match[1] == "(", match[4] == ")")
        if found.empty:
            raise CellProblem(
                say("“{t}”里没有任何数", "no number lies in '{t}'", t=text),
                say("小的写在前面", "the smaller one comes first"),
            )
        return found
    raise CellProblem(
        say("看不懂条件“{t}”", "'{t}' is not a condition on a number", t=text),
        say("可以写 5、<5、>=60、1..3、[1..3)、-（任意）", "write 5, <5, >=60, 1..3, [1..3), or - for anything"),
    )


def _choices(text: str, options: Mapping[str, str], outside: bool) -> CellSet:
    names = {narrow(title).casefold(): key for key, title in options.items()}
    names |= {key.casefold(): key for key in options}
    if set(options) == {"yes", "no"}:
        names |= {"true": "yes", "false": "no", "是": "yes", "否": "no"}
    ids = set()
    for part in text.split(","):
        wanted = part.strip().casefold()
        if wanted not in names:
            known = listed(options)
            raise CellProblem(
                say("没有“{t}”这个选项", "there is no option '{t}'", t=part.strip()),
                say("可用的有：{k}", "there are: {k}", k=known),
            )
        ids.add(names[wanted])
    return Choices(frozenset(set(options) - ids if outside else ids))
