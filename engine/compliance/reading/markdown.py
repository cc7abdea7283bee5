"""Markdown → what a reader of the page sees, each character with the line and column it has in the source.

Marks are left out, nothing is moved, line ends stay. So do the marks of headings, list items and cells, for they tell what
belongs together; and where a link leads, and what a comment or an attribute of a tag says: addresses and numbers like to
stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal

from engine.compliance.reading.encoding import Decoded
from engine.compliance.reading.extracted import Gatherer, Reading, Spot
from engine.compliance.reading.plain import lines_of
from engine.text import Message, say

# (start, end, what to do): leave out, put a sign there instead, or read as an entity.
_Edit = tuple[int, int, str]
_DROP: Literal["drop"] = "drop"

_FENCE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)*[ \t]*(`{3,}|~{3,})")
_RULE = re.compile(r"^[ \t]{0,3}(?:=+|(?:-[ \t]?){2,}|(?:\*[ \t]?){3,}|(?:_[ \t]?){3,})[ \t]*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(\[[ xX]\][ \t]+)?")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]")
_HEADING_END = re.compile(r"[ \t]#+[ \t]*$")
_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<open>!?\[)"
    r"|\]\([ \t]*<?(?P<link>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000}){0,5})>?"
    r"(?:[ \t]+[\"'(](?P<title>[^\"')]{0,500})[\"')])?[ \t]*\)"
    r"|(?P<reference>\]\[[^\[\]]{0,200}\])"
    r"|(?P<close>\])"
    r"|<(?P<auto>(?:https?:|mailto:|tel:)[^\s<>]{1,2000})>"
    r"|(?P<comment><!--|-->)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]{0,20}(?:[ \t/][^<>]{0,2000})?>)"
    r"|(?P<stars>\*+|~~)"
    r"|(?P<lines>_{1,3})"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_ATTRIBUTE = re.compile(
    r"\b(?:href|alt|title|content|value|placeholder)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_BLOCK = re.compile(r"</?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|section|blockquote|hr)\b", re.IGNORECASE)

_BRACKETS = ("open", "close", "reference", "link", "title")


def read_markdown(decoded: Decoded, name: str) -> Reading:
    made = Gatherer()
    fence, pictures = "", 0
    for number, start, line in lines_of(decoded.text):
        body = line.rstrip("\r\n")
        mark = _FENCE.match(body)
        if mark and (not fence or (mark[1].startswith(fence) and not body[mark.end() :].strip())):
            fence = "" if fence else mark[1]
            edits: list[_Edit] = [(0, len(body), _DROP)]
        elif fence:
            edits = []
        elif _TABLE_RULE.match(body) or _RULE.match(body):
            edits = [(0, len(body), _DROP)]
        else:
            edits, shown = _edits(body)
            pictures += shown
        _write(made, number, start, line, edits)
    left: tuple[Message, ...] = ()
    if pictures:
        left = (say("{n} 处图片没有查看", "{n} pictures were not looked at", n=pictures),)
    return Reading(name, "markdown", made.text, tuple(made.pieces), left, decoded.encoding)


def _edits(body: str) -> tuple[list[_Edit], int]:
    """What is done to a line, from left to right; and how many pictures it shows."""
    edits: list[_Edit] = []
    at, end = 0, len(body)
    if match := _QUOTE.match(body):
        edits.append((0, match.end(), _DROP))
        at = match.end()
    if match := _BULLET.match(body, at):
        at = match.end()
        if match[1]:
            edits.append((match.start(1), at, _DROP))
    if (match := _HEADING.match(body, at)) and (closing := _HEADING_END.search(body, match.end() - 1)):
        end = closing.start()
        edits.append((end, len(body), _DROP))
    marks = list(_INLINE.finditer(body, at, end))
    if not marks:
        return edits, 0
    links, pictures = _links(body, marks)
    edits += links
    for match in marks:
        if match.lastgroup not in _BRACKETS:
            edits.extend(_plain_mark(body, match))
    return sorted(edits), pictures


def _links(body: str, marks: list[re.Match[str]]) -> tuple[list[_Edit], int]:
    """The marks of links and pictures: an opening bracket is one only when its closing one is followed by an address."""
    edits: list[_Edit] = []
    opened: list[tuple[int, int]] = []
    pictures = 0
    for match in marks:
        if match.lastgroup == "open":
            opened.append(match.span())
        elif match.lastgroup in _BRACKETS and opened:
            first, last = opened.pop()
            if match.lastgroup == "close":
                continue
            picture = body[first] == "!"
            pictures += picture
            edits.append((first, last, _DROP))
            edits.extend(_link(match, picture) if match["link"] is not None else [(*match.span(), _DROP)])
    return edits, pictures


def _link(match: re.Match[str], picture: bool) -> Iterator[_Edit]:
    """`](where "title")`: where a link leads is kept, where a picture lies is not."""
    kept = [match.span("link")] if not picture and not match["link"].startswith("#") else []
    if match["title"]:
        kept.append(match.span("title"))
    yield from _keeping(match.start(), match.end(), kept)


def _plain_mark(body: str, match: re.Match[str]) -> Iterator[_Edit]:
    kind, (first, last) = match.lastgroup, match.span()
    if kind == "auto":
        yield from ((first, first + 1, _DROP), (last - 1, last, _DROP))
    elif kind == "escape":
        yield first, first + 1, _DROP
    elif kind == "tag":
        kept = [a.span(1 if a[1] is not None else 2) for a in _ATTRIBUTE.finditer(body, first, last)]
        yield from _keeping(first, last, kept, "\n" if _BLOCK.match(match[0]) else "")
    elif kind == "entity":
        if unescape(match[0]) != match[0]:
            yield first, last, "entity"
    elif kind in ("stars", "lines"):
        before, after = body[first - 1 : first], body[last : last + 1]
        if kind == "stars" and not (before.strip() or after.strip()):
            return  # a sign of its own, as in 2 * 3
        if kind == "lines" and (_inside(before, after) or "_" in (before, after)):
            return  # part of a name, or a blank to be filled in
        yield first, last, _DROP
    else:
        yield first, last, _DROP


def _inside(before: str, after: str) -> bool:
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _keeping(first: int, last: int, kept: list[tuple[int, int]], sign: str = "") -> Iterator[_Edit]:
    """Leave out a stretch but for some parts of it, which are set apart by spaces."""
    at = first
    for start, end in kept:
        yield at, start, " "
        at = end
    yield at, last, (" " if kept else sign or _DROP)


def _write(made: Gatherer, number: int, start: int, line: str, edits: list[_Edit]) -> None:
    at = 0
    for first, last, what in edits:
        if first < at:
            continue
        made.add(line[at:first], Spot(line=number, col=at + 1), start + at)
        if what == "entity":
            made.add(
                unescape(line[first:last]), Spot(line=number, col=first + 1), start + first, start + last, whole=True
            )
        elif what != _DROP:
            made.join(what)
        at = last
    made.add(line[at:], Spot(line=number, col=at + 1), start + at)
