"""Long work says how far it is, on a terminal only: one line that is written over and gone at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from engine.commands._session import Session
from engine.errors import width
from engine.text import Message

_EVERY = 0.2  # seconds between two looks; what is over before the first one shows nothing


def progress(session: Session, what: Message) -> Callable[[int, int], None] | None:
    """Something to call with (done, of how many); None where nobody watches (piped, --json)."""
    if session.json or not sys.stderr.isatty():
        return None
    began = last = monotonic()
    shown = 0

    def tell(done: int, total: int) -> None:
        nonlocal last, shown
        now = monotonic()
        if done >= total:
            if shown:
                sys.stderr.write(f"\r{' ' * shown}\r")
                sys.stderr.flush()
            return
        if now - last < _EVERY:
            return
        last = now
        rest = (now - began) / done * (total - done) if done else 0
        line = (
            f"{what} {done}/{total}（{rest:.0f}s）" if str(what) == what.zh else f"{what} {done}/{total} ({rest:.0f} s)"
        )
        shown = max(shown, width(line))
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()

    return tell
