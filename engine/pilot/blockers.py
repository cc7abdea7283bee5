"""A blocker: one thing that stands in the way, who can remove it, and the command that does."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.frozen import frozen
from engine.text import Message


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

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "item": self.item,
            "message": str(self.message),
            "roles": list(self.roles),
            "people": list(self.people),
            "due": self.due.isoformat() if self.due else None,
            "commands": list(self.commands),
            "detail": [str(m) for m in self.detail],
        }


class Refused(Exception):
    """A command that may not be done. Nothing was written. All the reasons at once."""

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        super().__init__("; ".join(b.message.en for b in blockers))
        self.blockers = blockers
