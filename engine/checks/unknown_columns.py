"""The `label` of a record that is none of its columns."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import unknown
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unknown-column",)


def check(book: Playbook) -> Iterator[Problem]:
    for record in book.records.values():
        reference = (record.label, ("records", record.id, "label"), record.place)
        yield from unknown(book, [reference], record.columns, CODES[0], say("列名", "column"))
