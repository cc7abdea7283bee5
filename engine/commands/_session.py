"""One run of the program: where the workspace is, who acts, how to answer. Opened at need, closed once at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.frozen import changeable
from engine.text import Message, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.service import Desk


@changeable
class Session:
    """`chosen` is true when the language was asked for (--lang or PLAYBOOK_LANG); a workspace's own does not override it.

    `ref` is the pilot the command is about, for whoever reports a refusal. `now` is the clock of the demo.
    """

    folder: str | None = None
    actor: str | None = None
    json: bool = False
    chosen: bool = False
    color: bool = False
    ref: str | None = None
    now: Callable[[], datetime] | None = None
    _desk: Desk | None = field(default=None, repr=False)

    def desk(self) -> Desk:
        """The workspace's desk, opened on first use. Raises UserError `no-workspace`."""
        if self._desk is None:
            from engine.service import Desk

            self._desk = Desk.open(self.folder, self.actor, self.now)
            language = self._desk.workspace.settings.language
            if language and not self.chosen:
                use_language("en" if language.lower().startswith("en") else "zh")
        return self._desk

    @property
    def opened(self) -> Desk | None:
        return self._desk

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def say(self, *lines: str | Message) -> None:
        """Lines for a person; nothing is printed in JSON mode."""
        if not self.json:
            for line in lines:
                print(line)

    def answer(self, document: Mapping[str, Any]) -> None:
        """The one JSON document of this run; nothing is printed for a person."""
        if self.json:
            print(json.dumps(document, ensure_ascii=False, indent=1, default=str))

    def style(self, text: str, code: str) -> str:
        """`text` in a colour (an SGR code such as `32`), on a terminal that wants colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text

    def complain(self, *lines: str | Message) -> None:
        for line in lines:
            print(line, file=sys.stderr)
