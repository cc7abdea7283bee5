"""How chapters are numbered, in every format alike: `一、` and `（一）`, in English `1. ` and `1.1 `."""

from __future__ import annotations

from collections.abc import Sequence

from engine.text import Language


def chapter_mark(counts: Sequence[int], level: int, language: Language) -> str:
    """What stands before a heading; `counts`: the number of its chapter (level 1), and of its section in it (level 2)."""
    if language == "en":
        return f"{counts[0]}. " if level == 1 else f"{counts[0]}.{counts[1]} "
    return f"{chinese(counts[0])}、" if level == 1 else f"（{chinese(counts[1])}）"


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十 (up to 99)."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
