"""Condition text → tokens with offsets. What is not CEL becomes a token of kind `other`; nothing is refused here."""

from __future__ import annotations

import re
from typing import Literal

from engine.frozen import frozen

TokenKind = Literal["int", "float", "string", "name", "op", "other", "open_string", "end"]


@frozen
class Token:
    """`start` and `end` are offsets (in characters) into the condition."""

    kind: TokenKind
    text: str
    start: int
    end: int


# Order matters: the longest and most specific first. Numbers as in the CEL specification, "Syntax".
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n\f]+ | //[^\n]*)
  | (?P<string>[rRbB]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
        | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'))
  | (?P<open_string>["'][^\n]*)
  | (?P<float>\d+\.\d+(?:[eE][+-]?\d+)? | \d+[eE][+-]?\d+ | \.\d+(?:[eE][+-]?\d+)?)
  | (?P<int>0[xX][0-9a-fA-F]+[uU]? | \d+[uU]?)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:()\[\]{}.,])
  | (?P<other>[^\x00-\x7f]+ | .)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(source: str) -> list[Token]:
    """All tokens, the last one of kind `end`."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup
        if kind != "space":
            tokens.append(Token(kind, match.group(), match.start(), match.end()))  # type: ignore[arg-type]
    tokens.append(Token("end", "", len(source), len(source)))
    return tokens
