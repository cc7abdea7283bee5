"""What an import, its withdrawal and a new count do to a pilot. The rows themselves are the store's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from engine.pilot.events import Json, NewEvent
from engine.pilot.state import Counted, Value
from engine.pilot.values import encode
from engine.process.commands import RecordErasure, RecordImport, RecordWithdrawal, Recount
from engine.process.context import Context, Decision, Trouble, must_run, refuse
from engine.process.rules import judge
from engine.text import say

if TYPE_CHECKING:
    from engine.results.counting import Counts


def record_import(context: Context, command: RecordImport) -> Decision:
    """Refused on a finished pilot, and for a file name that holds somebody's identity."""
    must_run(context, also_on_hold=True)
    trouble = Trouble()
    trouble.text("import", command.name)
    trouble.stop()
    data: dict[str, Json] = {
        "import": command.number,
        "kind": command.kind,
        "rows": command.rows,
        "first": command.first.isoformat(),
        "last": command.last.isoformat(),
        "columns": list(command.columns),
        "file": command.file,
        "skipped": command.skipped,
        "repeated": command.repeated,
        "replaced": command.replaced,
    }
    if command.until is not None:
        data["until"] = command.until.isoformat()
    return Decision((NewEvent("imported", data, {"name": command.name}),))


def record_withdrawal(context: Context, command: RecordWithdrawal) -> Decision:
    must_run(context, also_on_hold=True)
    known = context.pilot.imports.get(command.number)
    if known is None or known.withdrawn:
        raise refuse(
            "unknown-import",
            str(command.number),
            say("没有第{n}次导入，或者它已经撤回", "there is no import {n}, or it was withdrawn", n=command.number),
            commands=("import --list",),
        )
    trouble = Trouble()
    trouble.text("reason", command.reason)
    if not command.reason.strip():
        trouble.add(
            "reason-missing",
            "import",
            say("撤回导入要写明原因", "withdrawing an import takes a reason"),
            commands=(f"import --withdraw {command.number} --reason 原因",),
        )
    trouble.stop()
    data = {"import": command.number, "kind": known.kind, "rows": command.rows}
    return Decision((NewEvent("withdrawn", data, {"reason": command.reason.strip()}),))


def record_erasure(context: Context, command: RecordErasure) -> Decision:
    """Also on a finished pilot: a person's right to be erased does not end with it."""
    trouble = Trouble()
    trouble.text("reason", command.reason)
    if command.why == "key" and not command.reason.strip():
        trouble.add("reason-missing", "erase", say("删除要写明原因", "erasing takes a reason"))
    trouble.stop()
    data: dict[str, Json] = {"rows": command.rows, "why": command.why}
    if command.number is not None:
        data["import"] = command.number
    texts = {"reason": command.reason.strip()} if command.reason.strip() else {}
    return Decision((NewEvent("touches_erased", data, texts),))


def recount(context: Context, command: Recount) -> Decision:
    """Nothing is written when the same was counted before and no rule crosses its line."""
    counted = counted_event(context, command.counts)
    events = (counted,) if counted else ()
    after = context.after(events) if events else context
    rules = judge(after)
    return Decision((*events, *rules.events), notices=rules.notices)


def counted_event(context: Context, counts: Counts) -> NewEvent | None:
    pilot, book = context.pilot, context.book
    fields: dict[str, Json] = {}
    for name, one in counts.fields.items():
        known = pilot.counted.get(name)
        if one.value is None and known is None:
            continue  # never counted: what somebody typed stays
        fields[name] = {"type": book.fields[name].type, "value": _encoded(one.value), **_days(one.counted)}
    groups = {
        title: {
            "side": group.side,
            "persons": group.persons,
            "fields": {name: encode(value) for name, value in group.values.items()},
        }
        for title, group in counts.groups.items()
    }
    # Rows outside a window may have changed without any figure changing; the figures are what is recorded.
    same = (
        dict(counts.groups) == dict(pilot.groups)
        and dict(counts.funnels) == dict(pilot.funnels)
        and all(
            pilot.fields.get(name) == one.value and (one.value is None or pilot.counted.get(name) == one.counted)
            for name, one in counts.fields.items()
            if name in fields
        )
    )
    if (same and pilot.counted_on == counts.day) or (not fields and not pilot.counted):
        return None
    data: dict[str, Json] = {"day": counts.day.isoformat(), "fields": fields, "groups": groups}
    if counts.funnels:
        data["funnels"] = {
            name: {"bottleneck": one.bottleneck, "reputation": one.reputation} for name, one in counts.funnels.items()
        }
    return NewEvent("counted", data)


def _encoded(value: Value | None) -> Json:
    return None if value is None else encode(value)


def _days(counted: Counted) -> dict[str, Json]:
    def text(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "from": text(counted.start),
        "to": text(counted.end),
        "first": text(counted.first),
        "last": text(counted.last),
        "rows": counted.rows,
    }
