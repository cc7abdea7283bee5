"""A question at the terminal, answered in either language. Where nobody can answer, the answer is no."""

from __future__ import annotations

import sys

from engine.text import Message

_YES = ("y", "yes", "是", "好", "对", "确认")


def watched() -> bool:
    """Is there a person who reads what is printed and can answer?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: Message, *, default: bool) -> bool:
    """Ask; an empty answer is `default`, anything but a yes is no. False where nobody watches."""
    if not watched():
        return False
    choice = "[Y/n]" if default else "[y/N]"
    try:
        answer = input(f"{question} {choice} ").strip().lower()
    except EOFError:
        print()
        return False
    return answer in _YES if answer else default
