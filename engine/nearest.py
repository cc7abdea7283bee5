"""Did you mean …? The nearest of the names that exist, and a list of them that fits on a screen."""

from __future__ import annotations

from collections.abc import Iterable

from engine.text import Message, say

_SHOWN = 12


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when nothing is near enough to be worth suggesting.

    Words are compared without the dotted beginning they share: `fields.cost` is not like `fields.day`.
    """
    from difflib import SequenceMatcher

    best, score = None, 0.0
    for candidate in candidates:
        mine, other = _tails(word.lower(), candidate.lower())
        ratio = SequenceMatcher(None, mine, other).ratio()
        # One name inside the other (`director` / `head_director`) is a likely slip even when the lengths differ much.
        if mine and (mine in other.split("_") or other in mine.split("_")):
            ratio = max(ratio, 0.7)
        if ratio > score:
            best, score = candidate, ratio
    return best if score >= 0.55 else None


def _tails(one: str, other: str) -> tuple[str, str]:
    a, b = one.split("."), other.split(".")
    while len(a) > 1 and len(b) > 1 and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while len(a) > 1 and len(b) > 1 and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return ".".join(a), ".".join(b)


def suggestion(word: str, candidates: Iterable[str], kind: Message | None = None) -> Message | None:
    """`did you mean 'x'? there are: x, y, z`. `kind` says what is missing altogether when there are no candidates."""
    known = list(dict.fromkeys(candidates))
    if not known:
        if kind is None:
            return None
        return say("这份方案里还没有声明任何{kind}", "this playbook declares no {kind} at all", kind=kind)
    best = nearest(word, known)
    # The likeliest names first, so that a cut list still holds the one that was meant.
    ranked = sorted(known, key=lambda name: name != best) if len(known) > _SHOWN else known
    shown = ranked[:_SHOWN]
    more = len(known) - len(shown)
    rest = say("等 {count} 个", " … {count} in all", count=len(known)) if more else say("", "")
    zh, en = "现有：{zh}{rest}", "there are: {en}{rest}"
    listing = say(zh, en, zh="、".join(shown), en=", ".join(shown), rest=rest)
    if best is None:
        return listing
    return say("是不是 {best}？{listing}", "did you mean '{best}'? {listing}", best=best, listing=listing)
