"""What is wrong with a condition, by offset in its text; `check` turns it into a Problem with a place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Severity
from engine.text import Message


@dataclass(frozen=True, slots=True)
class Finding:
    offset: int
    code: str
    message: Message
    hint: Message | None = None
    severity: Severity = "error"
