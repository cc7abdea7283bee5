"""Markdown as the one prose format: other people's text put in so that it stays text, and words counted in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from engine.frozen import frozen

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SHORT_LIST, SHORT_TEXT = 8, 320  # items, and characters in all of them, of a list that a page does not tear apart

# Characters that mean something to Markdown wherever they stand. `$` and `~` mean something to common extensions; a
# last run of `#` behind a space would close a heading and vanish.
_ANYWHERE = re.compile(r"[\\`*\[\]<>|~$]|&(?=#?\w+;)|_(?![0-9A-Za-z])|(?<![0-9A-Za-z])_|(?<= )#(?=#*$)")
# What could begin a heading, a list, a quote, a rule or a table row when it is the first thing on a line.
_LEADING = re.compile(r"^(?:#(?=#*(?:\s|$))|[+-](?=[\s+-]|$)|:(?=-)|[=.)]|\d{1,9}(?=[.)](?:\s|$)))")
# Marks that change the direction of text, or are not seen at all; a zero-width joiner stays (it builds emoji).
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")
_CJK = re.compile(
    "[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]"
)
_WORD = re.compile(r"[^\W_]+(?:[.,'’:/%+&-][^\W_]+)*")


def clean(text: str) -> str:
    """One line of visible characters: line ends and tabs become spaces, control and direction marks go away."""
    text = re.sub(r"[\s\u0085\u2028\u2029]+", " ", text)
    text = _UNSEEN.sub("", text)
    kept = (
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(ch) == "Cs" or (ord(ch) & 0xFFFE) == 0xFFFE else ch
        for ch in text
        if unicodedata.category(ch) != "Cc"
    )
    return "".join(kept).strip()


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly `clean(text)`, in a paragraph, a list item, a heading or a table cell."""
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], clean(text))
    lead = _LEADING.match(line)
    if lead is None:
        return line
    return lead[0] + "\\" + line[lead.end() :] if lead[0][0].isdigit() else "\\" + line


def code(text: str) -> Markup:
    """A code span, for commands. A bar would end a table cell and cannot be escaped in both places: it becomes `/`."""
    line = clean(text).replace("|", "/")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return Markup(f"{fence}{pad}{line}{pad}{fence}" if line else "")


def count_words(text: str) -> int:
    """Chinese characters (also kana and hangul) plus Latin words; a figure such as `1,200.50` is one word."""
    han = len(_CJK.findall(text))
    return han + len(_WORD.findall(_CJK.sub(" ", text)))


def parser() -> MarkdownIt:
    """CommonMark with tables and strike-through. HTML is recognised only so that writers can leave it out."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(tokens: Sequence[Token]) -> str:
    """The visible text of inline tokens."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.children:
            parts.append(plain(token.children))
    return "".join(parts)


@frozen
class Section:
    """A part of a paper: its heading ("" before the first) and its words, heading included."""

    title: str
    words: int


def sections(markdown: str) -> Iterator[Section]:
    """The parts of a paper at its second heading level, with their words; together they are the whole paper."""
    title, words, heading = "", 0, False
    for token in parser().parse(markdown):
        if token.type == "heading_open":
            heading = token.tag == "h2"
        elif token.type == "inline":
            text = plain(token.children or ())
            if heading:
                if words or title:
                    yield Section(title, words)
                title, words = text, 0
            words += count_words(text.removeprefix("[ ] ").removeprefix("[x] "))
            heading = False
        elif token.type in ("fence", "code_block"):
            words += count_words(token.content)
    yield Section(title, words)


def is_cjk(text: str) -> bool:
    """Is this one Chinese character or a full-width mark, next to which a line end is no space?"""
    return bool(text) and (bool(_CJK.match(text)) or unicodedata.east_asian_width(text[0]) in "WF")
