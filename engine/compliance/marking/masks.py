"""A stretch of text behind a mask of the same length: a star for a star's width."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

# Text → the stretches of it that must not be seen.
Hiding = Callable[[str], Sequence[tuple[int, int]]]


def masked(text: str, spans: Iterable[tuple[int, int]], *, wide: bool = False) -> str:
    """`text` with each span behind stars; spaces and line ends in it stay. `wide`: full-width stars only, for a text in
    which a plain star means something (Markdown)."""
    signs = list(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(signs))):
            if not signs[at].isspace():
                signs[at] = "＊" if wide or unicodedata.east_asian_width(signs[at]) in "WF" else "*"
    return "".join(signs)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, none touching another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def part_of(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """What of the spans (merged ones) is inside `start:end`, counted from its beginning."""
    found = []
    at = bisect_right(spans, start, key=lambda span: span[1])
    while at < len(spans) and spans[at][0] < end:
        found.append((max(spans[at][0], start) - start, min(spans[at][1], end) - start))
        at += 1
    return found


def mask_group(elements: Sequence[object], hide: Hiding) -> bool:
    """Mask what stands in several elements one behind the other, as one text; true when something was masked."""
    texts = [getattr(e, "text", None) or "" for e in elements]
    whole = "".join(texts)
    spans = merged(hide(whole)) if whole else ()
    if not spans:
        return False
    at = 0
    for element, text in zip(elements, texts, strict=True):
        own = part_of(spans, at, at + len(text))
        if own:
            element.text = masked(text, own)  # type: ignore[attr-defined]
        at += len(text)
    return True
