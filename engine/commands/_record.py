"""Records and columns by the names people use."""

from __future__ import annotations

from engine.commands._pilot import by_title
from engine.commands._shared import usage
from engine.model import Playbook
from engine.text import say


def find_record(book: Playbook, word: str) -> str:
    """A record's id from its id or title; the word itself when nothing fits (the decision then says what exists)."""
    return next((r.id for r in book.records.values() if word in (r.id, r.title)), word)


def columns_by_title(book: Playbook, record: str, values: dict[str, str]) -> dict[str, str]:
    if record not in book.records:
        return values
    return by_title(values, {c.id: c.title for c in book.records[record].columns.values()})


def row_number(word: str) -> int:
    """A row's number as typed: `2`, `#2`, `第2行`."""
    bare = word.strip("#第行 ")
    if not bare.isdecimal() or len(bare) > 6:
        raise usage(say("“{word}”不是行号", "'{word}' is not the number of a row", word=word))
    return int(bare)
