"""Taking back: a compensating event that names what it takes back. History stays; nothing that others rest on is undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model import Playbook
from engine.pilot.events import Event, NewEvent
from engine.pilot.fold import undone_seqs
from engine.process.context import Decision, Trouble, refuse
from engine.text import Message, say

# An import is withdrawn, not undone: its rows are in the ledger, not in the events. What was counted and which rules
# fired follow from the ledger and from what remains; they are worked out anew, not taken back.
_NEVER = ("started", "undone", "erased", "linked", "link_finished", "imported", "withdrawn", "touches_erased")
_KEPT = ("counted", "rule_fired", "rule_cleared", "content_checked")
_FREE = ("noted", "erased", "undone", "link_finished", "imported", "withdrawn", "touches_erased", *_KEPT)


def undo(book: Playbook, events: Sequence[Event], reason: str, command: str | None = None) -> Decision:
    """Take back one command (its command id, the beginning of it, or `#N`, the number of one of its events); by default the last that can be.

    Refused with a list when later events rest on it.
    """
    trouble = Trouble()
    trouble.text("reason", reason)
    if not reason.strip():
        trouble.add(
            "reason-missing",
            "undo",
            say("撤销要写明原因", "taking back takes a reason"),
            commands=("undo --reason 原因",),
        )
    trouble.stop()
    gone = undone_seqs(events)
    live = [e for e in events if e.seq not in gone]
    target = _target(live, command)
    group = [e for e in live if e.command == target and e.type not in _KEPT]
    stuck = [e for e in group if e.type in _NEVER]
    if stuck:
        raise refuse(
            "cannot-undo",
            f"#{stuck[0].seq}",
            say(
                "第{n}号记录（{what}）不能撤销",
                "record {n} ({what}) cannot be taken back",
                n=stuck[0].seq,
                what=describe(stuck[0]),
            ),
            commands=("history",),
        )
    seqs = {e.seq for e in group}
    later = [e for e in live if e.seq > min(seqs) and e.seq not in seqs]
    resting = [e for e in later if any(_rests_on(book, e, earlier) for earlier in group if earlier.seq < e.seq)]
    if resting:
        raise refuse(
            "later-events",
            f"#{min(seqs)}",
            say("后面的记录建立在它之上，请先撤销这些", "later records rest on it; take these back first"),
            commands=tuple(dict.fromkeys(f"undo --command {e.seq} --reason 原因" for e in reversed(resting))),
            detail=tuple(
                say(
                    "第{n}号：{what}（{day}）", "record {n}: {what} ({day})", n=e.seq, what=describe(e), day=e.at.date()
                )
                for e in resting
            ),
        )
    data = {"command": target, "seqs": sorted(seqs)}
    return Decision((NewEvent("undone", data, {"reason": reason.strip()}),))


def _target(live: Sequence[Event], command: str | None) -> str:
    if command is None:
        for event in reversed(live):
            if event.type not in _NEVER and event.type not in _KEPT:
                return event.command
        raise refuse("nothing-to-undo", "undo", say("没有可以撤销的操作", "there is nothing to take back"))
    if command.startswith("#") and command[1:].isdigit():
        found = {e.command for e in live if e.seq == int(command[1:])}
    else:
        found = {e.command for e in live if e.command == command} or {
            e.command for e in live if e.command.startswith(command)
        }
    if len(found) != 1:
        raise refuse(
            "unknown-command",
            command,
            say("找不到可撤销的操作“{name}”", "there is no single command '{name}' to take back", name=command),
            commands=("history",),
        )
    return found.pop()


def _subjects(event: Event) -> Iterator[str]:
    """What an event is about, as comparable names."""
    data = event.data
    if "task" in data:
        yield f"task:{data['task']}"
    if data.get("field"):
        yield f"field:{data['field']}"
    if "record" in data:
        yield f"row:{data['record']}:{data['row']}"
    if event.type == "assigned":
        yield f"role:{data['role']}"
    if event.type == "attached":
        yield f"evidence:{data['evidence']}"
    if event.type == "document_final":
        yield f"document:{data['document']}"
    if event.type == "field_set" and data.get("type") == "file":
        yield f"evidence:{str(data.get('value', '')).removeprefix('E')}"


def _rests_on(book: Playbook, later: Event, earlier: Event) -> bool:
    if later.type in _FREE or earlier.type == "noted":
        return False
    if set(_subjects(later)) & set(_subjects(earlier)):
        return True
    if later.type in ("advanced", "finished"):
        # What was done before a gate opened may be what opened it.
        return True
    if earlier.type == "row_added" and later.type in ("row_added", "row_edited"):
        return _refers(book, later, earlier.data["record"], earlier.data["row"])
    if earlier.type == "advanced":
        if later.type in ("document_final", "linked"):
            return True
        task = str(later.data.get("task", "")).partition("@")[0]
        return task in book.tasks and book.tasks[task].stage in earlier.data["entered"]
    return False


def _refers(book: Playbook, event: Event, record: str, row: int) -> bool:
    holder = book.records.get(event.data["record"])
    if holder is None:
        return False
    return any(
        event.data["values"].get(c.id) == str(row)
        for c in holder.columns.values()
        if c.type == "ref" and c.to == record
    )


def describe(event: Event) -> Message:
    """One event in a few words (the kind of thing, and its subject)."""
    kinds = {
        "started": say("启动", "started"),
        "assigned": say("安排人员", "people assigned"),
        "task_assigned": say("指定任务负责人", "task assigned"),
        "field_set": say("填写", "field set"),
        "row_added": say("添加一行", "row added"),
        "row_edited": say("修改一行", "row edited"),
        "row_removed": say("删除一行", "row removed"),
        "task_begun": say("开始任务", "task begun"),
        "task_done": say("完成任务", "task done"),
        "task_skipped": say("跳过任务", "task skipped"),
        "task_reopened": say("重开任务", "task reopened"),
        "attached": say("附证据", "evidence attached"),
        "noted": say("备注", "note"),
        "advanced": say("推进", "advanced"),
        "finished": say("结束", "finished"),
        "linked": say("启动关联试点", "linked pilot started"),
        "link_finished": say("关联试点结束", "linked pilot finished"),
        "document_final": say("文件定稿", "document final"),
        "imported": say("导入台账", "ledger imported"),
        "withdrawn": say("撤回导入", "import withdrawn"),
        "counted": say("重新计数", "counted"),
        "touches_erased": say("删除逐人记录", "event rows deleted"),
        "rule_fired": say("规则触发", "rule fired"),
        "rule_cleared": say("规则解除", "rule cleared"),
        "undone": say("撤销", "taken back"),
        "erased": say("抹除内容", "content erased"),
    }
    data = event.data
    subject = next(
        (str(data[k]) for k in ("task", "field", "record", "role", "document", "transition", "name") if data.get(k)), ""
    )
    kind = kinds[event.type]
    return say("{kind} {subject}", "{kind} {subject}", kind=kind, subject=subject) if subject else kind
