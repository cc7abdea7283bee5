"""Which pilot, which argument: the pilot may be left out, so the first word has to be told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from engine.commands._session import Session
from engine.errors import UserError
from engine.text import Message, say


def split(
    session: Session,
    words: Sequence[str],
    pilot: str | None,
    *,
    least: int = 0,
    means: Callable[[str], bool] | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """(pilot or None for the current one, the verb's own words).

    `least` is how many words the verb itself needs: with so many there is none left for a pilot. Otherwise the first
    word is a pilot when it is exactly a pilot's name, or when it begins one and `means` (what it could be within the
    current pilot: a task, a role, a record) does not know it. Names of pilots are never numbers and hold no `=`.
    """
    chosen, rest = _split(session, tuple(words), pilot, least, means)
    session.ref = chosen
    return chosen, rest


def _split(
    session: Session, words: tuple[str, ...], pilot: str | None, least: int, means: Callable[[str], bool] | None
) -> tuple[str | None, tuple[str, ...]]:
    if pilot is not None or len(words) <= least or not words:
        return pilot, words
    first = words[0]
    if "=" in first or first.replace(".", "").isdigit():
        return None, words
    found = session.desk().store.find(first)
    if not found:
        # With nothing else it could be, a word that is no pilot is a misspelt pilot: that is the better complaint.
        return (first, words[1:]) if means is None and least == 0 else (None, words)
    exact = any(first in (row.name, row.pilot) for row in found)
    if not exact and means is not None and means(first):
        return None, words
    return first, words[1:]


def knows_task(session: Session) -> Callable[[str], bool]:
    """Is a word a task of the current pilot (number, id, beginning of a title)?"""

    def means(word: str) -> bool:
        from engine.pilot.view import find_task

        try:
            return bool(find_task(session.desk().view(None).tasks, word))
        except UserError:
            return False

    return means


def knows(session: Session, *kinds: str) -> Callable[[str], bool]:
    """Is a word the id or title of one of the current playbook's `kinds` (`roles`, `records`, `fields`, `documents`)?"""

    def means(word: str) -> bool:
        try:
            book = session.desk().view(None).book
        except UserError:
            return False
        return any(word in (i, x.title) for kind in kinds for i, x in getattr(book, kind).items())

    return means


def pairs(words: Sequence[str], what: Message | None = None) -> dict[str, str]:
    """`字段=内容` words as a map. The full-width `＝` counts. Raises a usage error for a word without one."""
    found: dict[str, str] = {}
    for word in words:
        name, sign, text = word.replace("＝", "=", 1).partition("=") if "=" not in word else word.partition("=")
        if not sign or not name.strip():
            expected = what or say("字段=内容", "FIELD=VALUE")
            raise click.UsageError(
                str(
                    say(
                        "“{word}”应写成 {what}，含空格时加引号",
                        "'{word}' should read {what}; quote it when it has spaces",
                        word=word,
                        what=expected,
                    )
                ),
                click.get_current_context(silent=True),
            )
        if name.strip() in found:
            raise click.UsageError(
                str(say("“{name}”写了两次", "'{name}' is given twice", name=name.strip())),
                click.get_current_context(silent=True),
            )
        found[name.strip()] = text.strip()
    return found


def by_title(values: dict[str, str], titles: dict[str, str]) -> dict[str, str]:
    """The same values with a field's title replaced by its id, so that people may write either."""
    ids = {title: name for name, title in titles.items()}
    return {name if name in titles else ids.get(name, name): text for name, text in values.items()}


def need(count: int, words: Sequence[str], usage: Message) -> None:
    """A usage error when there are fewer words than the verb needs."""
    if len(words) < count:
        raise click.UsageError(
            str(say("还缺内容，应写成：{usage}", "something is missing; write: {usage}", usage=usage)),
            click.get_current_context(silent=True),
        )
