"""What a cell of a workbook shows: texts as they are, numbers as far as their format matters (dates, percentages)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# Formats that Excel knows by number alone: percentages, and dates and times (also the Chinese and Japanese ones).
_PERCENT = {9: "0%", 10: "0.00%"}
_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Formats:
    """The number formats of a workbook, by the style a cell names."""

    def __init__(self, styles: Any | None) -> None:
        self._codes: list[str] = []
        if styles is None:
            return
        own = {f.get("numFmtId"): f.get("formatCode") or "" for f in styles.iter(f"{S}numFmt")}
        cells = styles.find(f"{S}cellXfs")
        for style in cells if cells is not None else ():
            number = style.get("numFmtId") or "0"
            code = own.get(number) or _PERCENT.get(_whole(number), "yyyy-mm-dd" if _whole(number) in _DATES else "")
            self._codes.append(_NOT_FORMAT.sub("", code).split(";")[0].lower())

    def shown(self, value: str, style: str | None) -> str:
        """A number as text: `46083` as a day where its format is a date, `0.95` as `95%`, `1.38E10` written out."""
        index = _whole(style or "0")
        code = self._codes[index] if index < len(self._codes) else ""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > 30:
            return value
        if "%" in code:
            places = len(code.partition(".")[2].partition("%")[0])
            return f"{number * 100:.{min(places, 10)}f}%"
        if re.search(r"[ymd]", code) and 0 < number < 2_958_466:
            day = datetime(1899, 12, 30) + timedelta(days=float(number))  # noqa: DTZ001 - a sheet knows no time zone
            return day.strftime("%Y-%m-%d" if not day.hour and not day.minute else "%Y-%m-%d %H:%M")
        if number == number.to_integral_value():
            return f"{number:.0f}"
        return f"{number.normalize():f}"


def string_texts(item: Any) -> list[Any]:
    """The `t` elements of a shared or inline string: its runs, without the readings above Japanese signs."""
    own = [child for child in item if child.tag == f"{S}t"]
    return own + [t for run in item if run.tag == f"{S}r" for t in run if t.tag == f"{S}t"]


def unescaped(text: str) -> str:
    """`_x000D_` is how a sheet writes a sign that XML does not allow."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else 0
