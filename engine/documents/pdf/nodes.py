"""Markdown as plain nodes: what the page layout is given instead of markup, so that no text can ever be a command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from engine.documents.chapters import chapter_mark
from engine.documents.markdown import SHORT_LIST, SHORT_TEXT, is_cjk, parser, plain
from engine.documents.pdf.glyphs import BOXES
from engine.errors import width
from engine.text import Language

Node = dict[str, Any]
_BOXES = {"[ ]": False, "[x]": True, "[X]": True}
_DRAWN = re.compile(f"([{''.join(BOXES)}])")
# What no line break falls into. One that is longer than its line is cut into pieces, between which a line may end.
_WHOLE = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U000323af]+")
_LONG = 24  # characters; half a line of a card
_TEXT_WIDTH, _INSETS, _LETTER = 9600, 200, 104  # twips: of a page, of a cell's sides, of a letter in a cell
_TOGETHER = 600  # characters of an item that stays on one page
_SHORT = 14  # lines of a table that is not torn apart; a taller one would leave half a page empty
_PIECE = re.compile(r".{1,3}[/_.,:;?&=#-]?", re.DOTALL)


def nodes_of(markdown: str, language: Language = "zh", *, hold: bool = False) -> list[Node]:
    """The blocks of a text, in order. `kind`: title, heading, para, check, draft, quote, list, table, cards, form, code,
    rule, pagebreak, toc, image, notes. The comments that steer the layout are those of the Word writer. `hold`: mark what must
    not be torn in cells."""
    return _Reader(language, hold).blocks(parser().parse(markdown))


class _Reader:
    def __init__(self, language: Language, hold: bool) -> None:
        self.language, self.hold = language, hold
        self.before_table = ""
        self.chapters: list[int] | None = None  # how many of each level so far, once headings are numbered

    def blocks(self, tokens: Sequence[Token]) -> list[Node]:
        """The blocks; a paragraph before a table, a picture or a list stays with it (`lead`)."""
        found: list[Node] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            found += self._block(token, tokens[index + 1 : end])
            index = end + 1
        for node, after in pairwise(found):
            if node["kind"] == "para" and after["kind"] in ("table", "cards", "form", "image", "list"):
                node["lead"] = True
        return found

    def _block(self, token: Token, inside: Sequence[Token]) -> Iterator[Node]:
        if token.type == "heading_open":
            level = int(token.tag[1]) - 1
            text = inline(inside[0].children or ())
            yield {"kind": "heading" if level else "title", "level": level, "mark": self._number(level), "text": text}
        elif token.type == "paragraph_open":
            yield from _paragraph(inside[0])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield self._list(token, inside)
        elif token.type == "blockquote_open":
            found = self.blocks(inside)
            first = plain(inside[1].children or ()) if len(inside) > 1 else ""
            yield {"kind": "draft" if first.startswith(("草稿", "DRAFT")) else "quote", "blocks": found}
        elif token.type == "table_open":
            yield self._table(inside)
        elif token.type in ("fence", "code_block"):
            lines = token.content.rstrip("\n").split("\n")
            yield {"kind": "code", "lines": [stretches(line, "") for line in lines]}
        elif token.type == "hr":
            yield {"kind": "rule"}
        elif token.type == "html_block":
            yield from self._directive(token.content.strip().removeprefix("<!--").removesuffix("-->").strip())

    def _directive(self, words: str) -> Iterator[Node]:
        """Layout comments; any other HTML is left out."""
        name = words.partition(" ")[0]
        if words in ("pagebreak", "pagebreak soft"):
            yield {"kind": "pagebreak", "soft": words != "pagebreak"}
        elif name == "toc":
            yield {"kind": "toc", "depth": 1 if words == "toc 1" else 2}
        elif words == "numbered":
            self.chapters = [0, 0]
        elif name in ("cards", "form", "widths"):
            self.before_table = words
        elif words.startswith("notes:"):  # what a speaker says beside a slide; other layouts leave it out
            yield {"kind": "notes", "text": words.removeprefix("notes:").strip()}

    def _number(self, level: int) -> str:
        """`一、` or `（一）` before a heading, as Word numbers it; `1. ` or `1.1 ` in English."""
        if self.chapters is None or level not in (1, 2):
            return ""
        self.chapters = [self.chapters[0] + 1, 0] if level == 1 else [self.chapters[0], self.chapters[1] + 1]
        return chapter_mark(self.chapters, level, self.language)

    def _list(self, opening: Token, inside: Sequence[Token]) -> Node:
        items = []
        index = 0
        while index < len(inside):
            end = _closing(inside, index)
            items.append(self.blocks(inside[index + 1 : end]))
            index = end + 1
        return {
            "kind": "list",
            "ordered": opening.type == "ordered_list_open",
            "start": int(opening.attrGet("start") or 1),
            "items": items,
            "whole": [_characters(item) <= _TOGETHER for item in items],
            "together": len(items) <= SHORT_LIST and sum(map(_characters, items)) <= SHORT_TEXT,
        }

    def _table(self, inside: Sequence[Token]) -> Node:
        from engine.documents.word.tables import column_widths, read

        grid = read(inside)
        asked, self.before_table = self.before_table, ""
        shares = [float(part) for part in asked.split()[1:] if part.replace(".", "", 1).isdigit()]
        widths = column_widths(grid, shares)
        if asked.startswith("cards"):  # of one width, and their figures are twice as large
            widths = [_TEXT_WIDTH // 2 // len(grid.aligns)] * len(grid.aligns)
        kind = asked.partition(" ")[0] if asked.startswith(("cards", "form")) else "table"
        return {
            "kind": kind,
            "aligns": [align or "left" for align in grid.aligns],
            "widths": widths,
            "short": _lines(grid.rows, widths) * (2 if kind == "form" else 1) <= _SHORT,
            "rows": [
                [_cell(token, size, self.hold) for token, size in zip(row, widths, strict=False)] for row in grid.rows
            ],
        }


def _characters(blocks: Sequence[Node]) -> int:
    """Of the paragraphs; what holds more than those (a table, a list in the list) is long."""
    if not all(node["kind"] in ("para", "check") for node in blocks):
        return _TOGETHER + 1
    return sum(len(part["t"]) for node in blocks for part in node["text"])


def _lines(rows: Sequence[Sequence[Token]], widths: Sequence[int]) -> int:
    """How many lines of text the rows take, about."""

    def needed(cell: Token, size: int) -> int:
        return -(-width(plain(cell.children or ())) * _LETTER // max(size - _INSETS, _LETTER)) or 1

    return sum(max(map(needed, row, widths), default=1) for row in rows)


def _cell(token: Token, size: int, hold: bool) -> Node:
    """`size`: the width in twips."""
    box = _BOXES.get(token.content[:3])
    text = inline(token.children or (), max((size - _INSETS) // _LETTER, 3))
    text = _held(text, size - _INSETS) if hold else text
    return {"text": _without_box(text) if box is not None else text, "box": box}


def _held(parts: list[Node], most: int) -> list[Node]:
    """The stretches of a cell with what must not be torn (a date, a share, a number with its unit) as "held", if it fits."""
    from engine.documents.word.whole import held, room

    made: list[Node] = []
    for part in parts:
        end, text = 0, part["t"]
        for first, behind in held(text) if part["s"] == "" else ():
            if room(text[first:behind]) <= most:
                made += [{"t": text[end:first], "s": ""}] if first > end else []
                made.append({"t": text[first:behind], "s": "held"})
                end = behind
        made += [{**part, "t": text[end:]}] if end < len(text) or not text else []
    return made


def _paragraph(token: Token) -> Iterator[Node]:
    children = token.children or []
    if len(children) == 1 and children[0].type == "image":
        source = str(children[0].attrGet("src") or "")
        yield {"kind": "image", "name": source.removeprefix("chart:"), "alt": children[0].content}
        return
    box = _BOXES.get(token.content[:3])
    text = inline(token.children or ())
    if box is None:
        yield {"kind": "para", "text": text}
    else:
        yield {"kind": "check", "box": box, "text": _without_box(text)}


def _without_box(text: list[Node]) -> list[Node]:
    if not text:
        return text
    return [{**text[0], "t": text[0]["t"][4:]}, *text[1:]]


_MARKS = {"strong_open": (0, 1), "strong_close": (0, -1), "em_open": (1, 1), "em_close": (1, -1), "s_open": (2, 1), "s_close": (2, -1)}  # fmt: skip
_PLAIN = {"code_inline": "code", "hardbreak": "br", "image": "em"}


def inline(tokens: Sequence[Token], most: int = _LONG) -> list[Node]:
    """Stretches of text with their look: `s` is "", strong, em, both (calls attention), code or strike; "br" breaks,
    "cut" is where a line may end without a sign, "box" and "ticked" are boxes to draw; in cells "held" must not be torn."""
    found: list[Node] = []
    marks = [0, 0, 0]  # strong, emphasis, strike-through
    for index, token in enumerate(tokens):
        if token.type in _MARKS:
            which, step = _MARKS[token.type]
            marks[which] += step
        elif token.type in _PLAIN:
            found += stretches(token.content, _PLAIN[token.type], most) or [{"t": "", "s": "br"}]
        elif token.type in ("text", "softbreak"):
            text = token.content if token.type == "text" else _joint(tokens, index)
            found += stretches(text, _look(*marks), most)
        elif token.children:
            found += inline(token.children, most)
    return found


def stretches(text: str, look: str, most: int = _LONG) -> list[Node]:
    """A text of one look, with its boxes drawn, and places to break in what is longer than `most` and offers none."""
    found: list[Node] = []
    for part in filter(None, _DRAWN.split(text)):
        if part in BOXES:
            found.append({"t": part, "s": "ticked" if BOXES[part] else "box"})
            continue
        end = 0
        for run in _WHOLE.finditer(part):
            if len(run[0]) <= most:
                continue
            found += [{"t": part[end : run.start()], "s": look}] if run.start() > end else []
            for piece in _PIECE.findall(run[0]):
                found += [{"t": piece, "s": look}, {"t": "", "s": "cut"}]
            end = run.end()
        found += [{"t": part[end:], "s": look}] if end < len(part) else []
    return found


def _look(strong: int, emphasis: int, strike: int) -> str:
    if strong:
        return "both" if emphasis else "strong"
    return "em" if emphasis else "strike" if strike else ""


def _joint(tokens: Sequence[Token], index: int) -> str:
    """A line end in the source is a space, except next to Chinese characters."""
    before = next((t.content[-1:] for t in reversed(tokens[:index]) if t.content), "")
    after = next((t.content[:1] for t in tokens[index + 1 :] if t.content), "")
    return "" if is_cjk(before) or is_cjk(after) else " "


def _closing(tokens: Sequence[Token], index: int) -> int:
    if tokens[index].nesting != 1:
        return index
    level = 0
    for here in range(index, len(tokens)):
        level += tokens[here].nesting
        if level == 0:
            return here
    return len(tokens) - 1
