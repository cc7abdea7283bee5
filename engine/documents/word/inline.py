"""Inline Markdown as runs of Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn
from markdown_it.token import Token

from engine.documents.markdown import is_cjk
from engine.documents.word.look import AMBER, MONO, MUTED, TEAL
from engine.documents.word.xml import run

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def runs(
    tokens: Sequence[Token], *, color: str | None = None, size: float | None = None, code: str = TEAL
) -> Iterator[Any]:
    """`w:r` elements. Strong is bold; emphasis is grey, for slanted Chinese reads badly; both together call attention;
    `code` is the colour of code.

    Links show their text only: a paper is printed. HTML is left out.
    """
    strong = emphasis = strike = 0
    for index, token in enumerate(tokens):
        if token.type == "strong_open":
            strong += 1
        elif token.type == "strong_close":
            strong -= 1
        elif token.type == "em_open":
            emphasis += 1
        elif token.type == "em_close":
            emphasis -= 1
        elif token.type == "s_open":
            strike += 1
        elif token.type == "s_close":
            strike -= 1
        elif token.type == "code_inline":
            yield run(visible(token.content), font=MONO, size=9, color=code)
        elif token.type == "hardbreak":
            yield run("\n")
        elif token.type in ("text", "softbreak"):
            text = visible(token.content) if token.type == "text" else _joint(tokens, index)
            if text:
                shade = AMBER if strong and emphasis else MUTED if emphasis else color
                yield run(text, bold=bool(strong), strike=bool(strike), color=shade, size=size)
        elif token.children:
            yield from runs(token.children, color=color, size=size, code=code)


def visible(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _joint(tokens: Sequence[Token], index: int) -> str:
    """A line end in the source is a space, except between Chinese characters."""
    before = next((t.content[-1:] for t in reversed(tokens[:index]) if t.content), "")
    after = next((t.content[:1] for t in tokens[index + 1 :] if t.content), "")
    return "" if is_cjk(before) or is_cjk(after) else " "


def trim_start(paragraph: Any, characters: int) -> None:
    """Take characters away from the front of a paragraph's text (the `[ ] ` of a check box)."""
    for text in paragraph.iter(qn("w:t")):
        taken = min(characters, len(text.text or ""))
        text.text = (text.text or "")[taken:]
        characters -= taken
        if not characters:
            return
