"""Where a template of a workspace was copied from: a mark in its first line, with the hash of the original as it was then.

The mark is a comment of Jinja's, so it prints nothing and goes wherever the file goes.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from engine.frozen import frozen

ENGINE: Final = "engine"
_MARK = re.compile(r"\A\{# 抄自 / copied from: (?P<origin>[a-z0-9_-]+) sha256:(?P<digest>[0-9a-f]{64}) #\}\n")


@frozen
class Origin:
    """`source`: `engine` or the id of a playbook; `digest`: of the original's text when it was copied; `changed`: the copy
    is not that text any more."""

    source: str
    digest: str
    changed: bool


def marked(text: str, source: str) -> str:
    """A template's text as a copy."""
    return f"{{# 抄自 / copied from: {source} sha256:{digest_of(text)} #}}\n{text}"


def origin_of(text: str) -> Origin | None:
    """Where a copy comes from; None for a text without a mark."""
    found = _MARK.match(text)
    if found is None:
        return None
    return Origin(found["origin"], found["digest"], digest_of(text[found.end() :]) != found["digest"])


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()
