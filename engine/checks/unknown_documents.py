"""A document that is not declared, in a gate."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Reference, stages_of, unknown
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("unknown-document",)


def check(book: Playbook) -> Iterator[Problem]:
    yield from unknown(book, _references(book), book.documents, CODES[0], say("文件", "document"))


def _references(book: Playbook) -> Iterator[Reference]:
    for path, stage in stages_of(book):
        for index, item in enumerate(stage.gate):
            if item.document is not None:
                yield item.document, (*path, "gate", index, "document"), item.place
