"""Words in two languages.

Every sentence a person may see is written once, in Chinese and in English side by side, so that neither can be
missing or fall behind. Core code returns `Message` values; only the shell chooses a language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.frozen import frozen

Language = Literal["zh", "en"]

_language: Language = "zh"


@frozen
class Message:
    """One sentence in both languages, already filled in."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if _language == "zh" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


def say(zh: str, en: str, /, **values: object) -> Message:
    """Fill both sentences with the same `values` (str.format fields; a `Message` value keeps its own language)."""
    if not values:
        return Message(zh, en)
    return Message(
        zh.format(**{k: v.zh if isinstance(v, Message) else v for k, v in values.items()}),
        en.format(**{k: v.en if isinstance(v, Message) else v for k, v in values.items()}),
    )


def plain(text: str) -> Message:
    """Text that came from a person or a playbook: the same in both languages."""
    return Message(text, text)


def listed(words: Iterable[str | Message]) -> Message:
    """Words in a row: `甲、乙`, `one, two`; a dash when there are none."""
    found = list(words)
    if not found:
        return Message("—", "—")
    return join((w if isinstance(w, Message) else Message(w, w) for w in found), "、")


def join(parts: Iterable[Message], zh: str = "，", en: str = ", ") -> Message:
    """Messages one after the other, with the mark of each language between them; nothing for none."""
    found = list(parts)
    return Message(zh.join(p.zh for p in found), en.join(p.en for p in found))


def entitled(name: str, title: str) -> Message:
    """An id with its title behind it: `lead（负责人）`, `lead (Lead)`."""
    return Message(f"{name}（{title}）", f"{name} ({title})")


def use_language(language: Language) -> None:
    """Choose the language of the screen for this process (the shell does this once, before it prints)."""
    global _language  # noqa: PLW0603 - one screen, one language; set once by the shell
    _language = language


def current_language() -> Language:
    return _language


def language_from_environment(environ: dict[str, str]) -> Language:
    """`PLAYBOOK_LANG` first, then the locale; Chinese where nothing says English."""
    for name in ("PLAYBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"
