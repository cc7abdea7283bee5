"""How single things are written in a paper: dates, figures, states. Always in the paper's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.model import Due, Duration, Field, Playbook
from engine.pilot.events import Erased
from engine.pilot.state import Value
from engine.pilot.values import show
from engine.text import Language, Message, say

TASK_STATES: dict[str, Message] = {
    "open": say("未开始", "open"),
    "in_progress": say("进行中", "in progress"),
    "done": say("已完成", "done"),
    "skipped": say("已跳过", "skipped"),
}
PILOT_STATES: dict[str, Message] = {
    "running": say("进行中", "running"),
    "on_hold": say("暂停中", "on hold"),
    "finished": say("已结束", "finished"),
}
OUTCOMES: dict[str, Message] = {"succeeded": say("成功", "succeeded"), "stopped": say("终止", "stopped")}


def in_language(message: Message, language: Language) -> str:
    return message.zh if language == "zh" else message.en


def day_text(day: date, language: Language, hour: str = "") -> str:
    """A day, with the `hour` (`14:30`) where one counts."""
    text = f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()
    return f"{text} {hour}".rstrip()


def figure(number: Decimal, places: int = 2) -> str:
    """`1,234.5`: rounded half up to at most `places` decimals, thousands apart."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def value_text(found: Field, value: Value | None, language: Language) -> str:
    """A value of a field as people read it; empty while there is none."""
    if value is None:
        return ""
    if isinstance(value, Erased):
        return "（已按要求删除）" if language == "zh" else "(erased on request)"
    if isinstance(value, date):
        return day_text(value, language)
    shown = show(found, value)
    if language == "en" and not isinstance(value, str | tuple):
        shown = re.sub(r"元$", " CNY", shown).replace("（", " (").replace("）", ")")
    # Whole amounts read better without their zeros; the figure is the same.
    return re.sub(r"\.00(?=\D*$)", "", shown) if found.type == "money" else shown


_UNITS = {"workdays": "个工作日", "days": "天", "weeks": "周", "months": "个月", "hours": "小时"}


def duration_text(duration: Duration | None, language: Language) -> str:
    """`10 个工作日`; empty for none."""
    if duration is None:
        return ""
    return f"{duration.amount} {_UNITS[duration.unit]}" if language == "zh" else str(duration)


def due_rule(due: Due | None, book: Playbook, language: Language) -> str:
    """The rule behind a due date, for a reader who has no dates yet: `“写一页授权书”完成后 3 个工作日`; empty for none."""
    if due is None:
        return ""
    length = duration_text(due.offset, language)
    zh, ref = language == "zh", due.ref or ""
    if due.anchor == "task" and ref in book.tasks:
        title = book.tasks[ref].title
        anchor = f"“{title}”完成" if zh else f"'{title}' is done"
    elif due.anchor == "field" and ref in book.fields:
        title = book.fields[ref].title
        anchor = f"“{title}”" if zh else f"'{title}'"
    elif due.anchor == "pilot":
        anchor = "启动" if zh else "the start"
    else:
        anchor = "进入本阶段" if zh else "entering the stage"
    if zh:
        return f"{anchor}{'前' if due.before else '后'} {length}"
    return f"{length} {'before' if due.before else 'after'} {anchor}"


def listing(items: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(items)
