"""Fields counted from the ledger, and the windows they are counted in."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import key_place, value_place
from engine.errors import Problem
from engine.model import Field, Playbook
from engine.nearest import suggestion
from engine.results.vocabulary import MEASURES
from engine.text import say

CODES = ("unknown-window", "window-circle", "wrong-counting")


def check(book: Playbook) -> Iterator[Problem]:
    for window in book.windows.values():
        if window.last is not None and window.before == "started":
            continue
        if window.before is not None and window.before not in book.windows:
            yield _unknown(book, ("windows", window.id, "before"), window.before, window.place)
        elif _circles(book, window.id):
            message = say("时间段“{w}”绕回了自己", "the window '{w}' leads back to itself", w=window.id)
            hint = say("至少有一段要写明 from 或 last", "one of them needs from or last")
            yield Problem(key_place(book, ("windows", window.id), window.place), CODES[1], message, hint)
    for field in book.counted.values():
        yield from _counted(book, field)


def _counted(book: Playbook, field: Field) -> Iterator[Problem]:
    counting = field.ledger
    assert counting is not None
    path = ("fields", field.id, "ledger")
    if counting.during is not None and counting.during not in book.windows:
        yield _unknown(book, (*path, "during"), counting.during, counting.place)
    kind = MEASURES[counting.measure].type if counting.measure in MEASURES else None
    wanted = "percent" if counting.over else "money" if kind == "money" else "number"
    if kind is not None and field.type != wanted:
        reasons = {
            "percent": say("有 over 的计数是百分比", "a count with `over` is a percentage"),
            "money": say("“{m}”是金额", "'{m}' is money", m=counting.measure),
            "number": say("“{m}”是个数", "'{m}' is a number", m=counting.measure),
        }
        if field.type == "percent":
            message = say(
                "百分比要有分母：ledger 里写 over，指明是哪一列",
                "a percentage needs its base: say with `over` which column that is",
            )
            hint = say("例如 {{sum: satisfied, over: surveyed}}", "such as {{sum: satisfied, over: surveyed}}", n="")
            yield Problem(value_place(book, path, field.place), CODES[2], message, hint)
            return
        message = say("{why}，字段要用 {t} 类型", "{why}; the field must be of type {t}", why=reasons[wanted], t=wanted)
        yield Problem(value_place(book, path, field.place), CODES[2], message)


def _unknown(book: Playbook, path: tuple[str | int, ...], name: str, around: object) -> Problem:
    message = say("没有“{n}”这个时间段", "there is no window '{n}'", n=name)
    return Problem(
        value_place(book, path, around),  # type: ignore[arg-type]
        CODES[0],
        message,
        suggestion(name, dict.fromkeys(book.windows), say("时间段", "windows")),
    )


def _circles(book: Playbook, start: str) -> bool:
    seen, here = {start}, book.windows[start].before
    while here is not None and here in book.windows:
        if here == start:
            return True
        if here in seen:
            return False
        seen.add(here)
        here = book.windows[here].before
    return False
