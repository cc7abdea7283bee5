"""A blocker: one thing that stands in the way, who can remove it, and the command that does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from engine.frozen import frozen
from engine.text import Message, current_language

EMPTY = Message("还没有填写", "is not filled in")
# What stands in a command for something only the person knows, and its English.
PLACEHOLDERS = {
    "数字": "NUMBER",
    "金额": "AMOUNT",
    "分子/分母": "PART/WHOLE",
    "年-月-日": "YYYY-MM-DD",
    "选项": "OPTION",
    "姓名": "NAME",
    "签字人": "SIGNER",
    "签字页文件": "SIGNED_PAGE",
    "文件": "FILE",
    "文件路径": "FILE",
    "甲、乙": "ONE,TWO",
    "内容": "TEXT",
    "原因": "REASON",
    "行号": "ROW",
    "方案id": "PLAYBOOK",
    "试点名称": "NAME",
}


@frozen
class Blocker:
    """`code` is stable (`task-open`, `field-empty`, `condition`, `signer`, …); `item` is the id of the task, field,
    gate item or transition it is about. `roles` are role ids who can supply it, `people` the names that fill them.
    `commands` are complete command lines without the leading program name (`done 3`, `set authorisation_ends=`)."""

    code: str
    item: str
    message: Message
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    due: date | None = None
    commands: tuple[str, ...] = ()
    detail: tuple[Message, ...] = ()
    hour: str = ""  # `14:30`: of the day it is due, where an hour counts

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "item": self.item,
            "message": str(self.message),
            "roles": list(self.roles),
            "people": list(self.people),
            "due": self.due.isoformat() if self.due else None,
            "due_time": self.hour or None,
            "commands": [command_words(command) for command in self.commands],
            "detail": [str(m) for m in self.detail],
        }


def told_once(blockers: Iterable[Blocker]) -> tuple[Blocker, ...]:
    """The blockers as a person reads them: what another one has said already, with its command, is left out."""
    found = tuple(blockers)
    asked = {word for b in found for c in b.commands for word in re.findall(r' --set ("[^"]*"|\S+)', c)}
    shown: dict[tuple[str, tuple[str, ...]], Blocker] = {}
    for blocker in found:
        values = [c.removeprefix("set ") for c in blocker.commands]
        plainly = bool(values) and all(c.startswith("set ") for c in blocker.commands)
        plainly = plainly and all(m.en.endswith(EMPTY.en) for m in blocker.detail)
        if not (plainly and asked.issuperset(values)):
            shown.setdefault((blocker.message.zh, blocker.commands), blocker)
    return tuple(shown.values())


def command_words(command: str) -> str:
    """A command with its placeholders in the language of the screen: `done 1 --set rent=AMOUNT`."""
    if current_language() == "zh":
        return command
    return re.sub(r"(?<![^\s=])[^\s=\"]+(?![^\s\"])", lambda word: PLACEHOLDERS.get(word[0], word[0]), command)


def quoted(text: str) -> str:
    """One word of a command line, for the shells of Windows and Unix alike."""
    return f'"{text}"' if re.search(r"[\s|&<>;()$`'!*?#~^%]", text) else text


class Refused(Exception):
    """A command that may not be done. Nothing was written. All the reasons at once."""

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        super().__init__("; ".join(b.message.en for b in blockers))
        self.blockers = blockers
