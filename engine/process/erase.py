"""Erasing content (consent withdrawn, retention over): which texts and files an item names. The chain stays whole."""

from __future__ import annotations

from collections.abc import Sequence

from engine.frozen import frozen
from engine.model import Playbook
from engine.pilot.blockers import quoted
from engine.pilot.events import Erased, Event, NewEvent
from engine.process.context import Trouble, refuse
from engine.text import say


@frozen
class Erasure:
    """The event to write, the texts (event number, key) and the evidence numbers whose content goes."""

    event: NewEvent
    contents: tuple[tuple[int, str], ...]
    evidence: tuple[int, ...]


def erase(book: Playbook, events: Sequence[Event], item: str, reason: str) -> Erasure:
    """`item` is `E3` (evidence), `N2` (a note), `#12` (all texts of an event), a field id, or `RECORD/ROW`."""
    trouble = Trouble()
    trouble.text("reason", reason)
    if not reason.strip():
        command = f"erase {quoted(item)} --reason 原因"
        trouble.add("reason-missing", item, say("抹除内容要写明原因", "erasing takes a reason"), commands=(command,))
    trouble.stop()
    contents, evidence = _find(events, item.strip())
    if not contents and not evidence:
        raise refuse(
            "nothing-to-erase",
            item,
            say(
                "找不到可抹除的内容“{item}”。可以写：E3（证据）、N2（备注）、#12（第12号记录）、字段名、表名/行号",
                "there is no content '{item}' to erase; write E3 (evidence), N2 (note), #12 (record), a field, or RECORD/ROW",
                item=item,
            ),
            commands=("history",),
        )
    # What is gone already is not there to go again.
    there = {e.seq: e for e in events}
    contents = tuple((seq, key) for seq, key in contents if not isinstance(there[seq].texts[key], Erased))
    if not contents:
        raise refuse(
            "erased-already", item, say("{item} 的内容已经抹除过", "{item} was erased already", item=item.strip())
        )
    data = {"item": item.strip(), "contents": [list(c) for c in contents], "evidence": list(evidence)}
    return Erasure(NewEvent("erased", data, {"reason": reason.strip()}), contents, evidence)


def _find(events: Sequence[Event], item: str) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
    chosen: list[Event] = []
    evidence: list[int] = []
    if item[:1] in "EN#" and item[1:].isdigit():
        number = int(item[1:])
        for event in events:
            if item[0] == "E" and event.type == "attached" and event.data["evidence"] == number:
                chosen.append(event)
                evidence.append(number)
            elif item[0] == "N" and event.type == "noted" and event.data["note"] == number:
                chosen.append(event)
            elif item[0] == "#" and event.seq == number:
                chosen.append(event)
                if event.type == "attached":
                    evidence.append(event.data["evidence"])
    elif "/" in item:
        record, _, row = item.partition("/")
        chosen = [e for e in events if e.data.get("record") == record and str(e.data.get("row")) == row]
    else:
        chosen = [e for e in events if e.type == "field_set" and e.data["field"] == item]
    contents = tuple((e.seq, key) for e in chosen for key in e.texts if key != "reason" or item[0] == "#")
    return contents, tuple(evidence)
