"""Plain text: it is its own extraction; places are lines and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.compliance.reading.encoding import Decoded
from engine.compliance.reading.extracted import Gatherer, Reading, Spot

# The line ends of editors. `str.splitlines` also cuts at form feeds and other signs that no editor counts as a line.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def read_plain(decoded: Decoded, name: str) -> Reading:
    made = Gatherer()
    for number, start, line in lines_of(decoded.text):
        made.add(line, Spot(line=number), start)
    return Reading(name, "text", made.text, tuple(made.pieces), encoding=decoded.encoding)


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """(number from 1, offset, the line with its end) of each line; `\\r\\n`, `\\n` and `\\r` end one."""
    number = 0
    for match in _LINE.finditer(text):
        if match[0]:
            number += 1
            yield number, match.start(), match[0]
