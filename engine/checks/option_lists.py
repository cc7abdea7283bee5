"""A choice without options, or options where nothing is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import fields_of, key_place, value_place
from engine.errors import Problem
from engine.model import Playbook
from engine.text import say

CODES = ("no-options", "same-option-title")


def check(book: Playbook) -> Iterator[Problem]:
    for path, field in fields_of(book):
        if field.type != "choice":
            continue
        if not field.options:
            message = say("choice 类型要写 options", "a choice needs options")
            hint = say("例如 options: {yes: 是, no: 否}", "for example options: {yes: Yes, no: No}")
            yield Problem(key_place(book, path, field.place), CODES[0], message, hint)
        seen: dict[str, str] = {}
        for id_, title in field.options.items():
            if title in seen:
                message = say(
                    "选项 {a} 和 {b} 的名称都是“{title}”，填写时分不清",
                    "options {a} and {b} are both titled '{title}'",
                    a=seen[title],
                    b=id_,
                    title=title,
                )
                yield Problem(value_place(book, (*path, "options", id_), field.place), CODES[1], message)
            seen.setdefault(title, id_)
