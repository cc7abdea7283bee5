"""What is wrong with a condition, by offset in its text; `check` turns it into a Problem with a place in the file."""

from __future__ import annotations

from engine.errors import Severity
from engine.frozen import frozen
from engine.text import Message


@frozen
class Finding:
    offset: int
    code: str
    message: Message
    hint: Message | None = None
    severity: Severity = "error"
