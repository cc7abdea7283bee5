"""Markdown as plain nodes: what the page layout is given instead of markup, so that no text can ever be a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from engine.documents.markdown import is_cjk, parser, plain

Node = dict[str, Any]
_BOXES = {"[ ]": False, "[x]": True, "[X]": True}
_MOST_COLUMNS = 44  # a longer cell wraps; beyond this its length says nothing about the width it needs


def nodes_of(markdown: str) -> list[Node]:
    """The blocks of a text, in order. `kind`: title, heading, para, check, draft, quote, list, table, cards, form, code,
    rule, pagebreak, image."""
    return list(_Reader().blocks(parser().parse(markdown)))


class _Reader:
    def __init__(self) -> None:
        self.before_table = ""

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Node]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            yield from self._block(token, tokens[index + 1 : end])
            index = end + 1

    def _block(self, token: Token, inside: Sequence[Token]) -> Iterator[Node]:
        if token.type == "heading_open":
            level = int(token.tag[1])
            kind = "title" if level == 1 else "heading"
            yield {"kind": kind, "level": level - 1, "text": inline(inside[0].children or ())}
        elif token.type == "paragraph_open":
            yield from _paragraph(inside[0])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield self._list(token, inside)
        elif token.type == "blockquote_open":
            found = list(self.blocks(inside))
            first = plain(inside[1].children or ()) if len(inside) > 1 else ""
            yield {"kind": "draft" if first.startswith(("草稿", "DRAFT")) else "quote", "blocks": found}
        elif token.type == "table_open":
            yield self._table(inside)
        elif token.type in ("fence", "code_block"):
            yield {"kind": "code", "lines": token.content.rstrip("\n").split("\n")}
        elif token.type == "hr":
            yield {"kind": "rule"}
        elif token.type == "html_block":
            words = token.content.strip().removeprefix("<!--").removesuffix("-->").strip()
            if words == "pagebreak":
                yield {"kind": "pagebreak"}
            elif words.partition(" ")[0] in ("cards", "form", "widths"):
                self.before_table = words

    def _list(self, opening: Token, inside: Sequence[Token]) -> Node:
        items = []
        index = 0
        while index < len(inside):
            end = _closing(inside, index)
            items.append(list(self.blocks(inside[index + 1 : end])))
            index = end + 1
        return {
            "kind": "list",
            "ordered": opening.type == "ordered_list_open",
            "start": int(opening.attrGet("start") or 1),
            "items": items,
        }

    def _table(self, inside: Sequence[Token]) -> Node:
        rows: list[list[Token]] = []
        aligns: list[str] = []
        for token in inside:
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open") and len(rows) == 1:
                aligns.append(str(token.attrGet("style") or "").rpartition(":")[2] or "left")
            elif token.type == "inline":
                rows[-1].append(token)
        asked, self.before_table = self.before_table, ""
        shares = [float(part) for part in asked.split()[1:] if part.replace(".", "", 1).isdigit()]
        kind = asked.partition(" ")[0] if asked.startswith(("cards", "form")) else "table"
        return {
            "kind": kind,
            "aligns": aligns,
            "widths": shares if len(shares) == len(aligns) else _widths(rows, len(aligns)),
            "rows": [[_cell(token) for token in row] for row in rows],
        }


def _cell(token: Token) -> Node:
    box = _BOXES.get(token.content[:3])
    text = inline(token.children or ())
    return {"text": _without_box(text) if box is not None else text, "box": box}


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


def inline(tokens: Sequence[Token]) -> list[Node]:
    """Stretches of text with their look: `s` is "", strong, em, both (calls attention), code or strike; "br" breaks."""
    found: list[Node] = []
    marks = [0, 0, 0]  # strong, emphasis, strike-through
    for index, token in enumerate(tokens):
        if token.type in _MARKS:
            which, step = _MARKS[token.type]
            marks[which] += step
        elif token.type in _PLAIN:
            found.append({"t": token.content, "s": _PLAIN[token.type]})
        elif token.type in ("text", "softbreak"):
            text = token.content if token.type == "text" else _joint(tokens, index)
            found += [{"t": text, "s": _look(*marks)}] if text else []
        elif token.children:
            found += inline(token.children)
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


def _widths(rows: Sequence[Sequence[Token]], count: int) -> list[float]:
    """Shares of the page by what stands in the columns; a long column wraps, so it gets less than its length asks for."""
    from engine.errors import width

    longest = [
        max((min(width(plain(row[i].children or ())), _MOST_COLUMNS) for row in rows if i < len(row)), default=1)
        for i in range(count)
    ]
    return [size + 3 if size <= 20 else 23 + (size - 20) * 0.7 for size in longest]


def _closing(tokens: Sequence[Token], index: int) -> int:
    if tokens[index].nesting != 1:
        return index
    level = 0
    for here in range(index, len(tokens)):
        level += tokens[here].nesting
        if level == 0:
            return here
    return len(tokens) - 1
