"""Tables: widths from what stands in them, header rows that repeat, rows that stay whole; and cards for key figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from markdown_it.token import Token

from engine.documents.markdown import plain
from engine.documents.word.look import PALE, TEXT_WIDTH
from engine.documents.word.whole import held, is_whole, keep_whole, room
from engine.documents.word.xml import element, twips
from engine.errors import width

Filler = Callable[[Any, Token, str], None]  # (paragraph, inline token, style id)
_MOST_COLUMNS_OF_TEXT = 44  # a longer cell wraps; beyond this its length says nothing about the width it needs
_COLUMN = 100  # twips that one column of text takes
_SHORT = 14  # lines of text in a table that is not torn apart; a taller one would leave half a page empty
_TINY = 6  # columns of text: three Chinese characters
_INSETS = 2 * _COLUMN  # left and right of the text in a cell
_CARD_INSETS = 200 + 108
_CARD_POINTS, _UNIT_POINTS = 18.0, 10.5  # of the figure of a card and of its unit
_HEAD_LINES = 3
_LEAST = 8  # columns of text that any other column keeps
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Grid:
    """A table as read: rows of inline tokens, the alignment of each column."""

    rows: list[list[Token]] = field(default_factory=list)
    aligns: list[str] = field(default_factory=list)


def read(tokens: Sequence[Token]) -> Grid:
    """The rows between `table_open` and `table_close`."""
    grid = Grid()
    for token in tokens:
        if token.type == "tr_open":
            grid.rows.append([])
        elif token.type in ("th_open", "td_open") and len(grid.rows) == 1:
            style = str(token.attrGet("style") or "")
            grid.aligns.append(style.rpartition(":")[2])
        elif token.type == "inline":
            grid.rows[-1].append(token)
    return grid


def column_widths(grid: Grid, shares: Sequence[float] = (), width_cm: float = TEXT_WIDTH) -> list[int]:
    """Widths in twips that fill `width_cm`: by the shares given, else by the text in each column; in either case no
    figure is torn where the other columns have room to spare."""
    total = twips(width_cm)
    count = len(grid.aligns)
    columns = [[plain(row[i].children or ()) for row in grid.rows if i < len(row)] for i in range(count)]
    if len(shares) == count:
        made = [round(total * share / sum(shares)) for share in shares]
        made[-1] += total - sum(made)
    else:
        longest = [max(min(width(text), _MOST_COLUMNS_OF_TEXT) for text in texts) for texts in columns]
        if count == 2:  # a name and what it is: the name takes what it needs
            return _pair(longest[0], total)
        made = _by_text(longest, [_is_dates(texts[1:]) for texts in columns], total)
    return _whole(made, [_least(texts[0], texts[1:]) for texts in columns])


def _is_dates(texts: Sequence[str]) -> bool:
    """A column of dates, which would break at their hyphens."""
    filled = [text for text in texts if text not in ("", "—")]
    return bool(filled) and all(map(_DATE.fullmatch, filled))


def _least(head: str, texts: Sequence[str]) -> int:
    """The width in which no figure or date of a column is torn; a short head takes one line, any other at most three."""
    figures = [room(text) for text in texts if is_whole(text)]
    figures += [room(text[a:b]) for text in texts if not is_whole(text) for a, b in held(text)]
    inside = max(figures) if figures else min(max(map(width, texts), default=0), _LEAST) * _COLUMN
    size = width(head)
    return max(inside, size * _COLUMN if size <= _LEAST else (-(-size // _HEAD_LINES) + 1) * _COLUMN) + _INSETS


def _whole(widths: list[int], least: Sequence[int]) -> list[int]:
    """Columns that are too narrow get what they need from those that have more than they need, where there is enough."""
    lacking = sum(max(need - size, 0) for size, need in zip(widths, least, strict=True))
    spare = sum(max(size - need, 0) for size, need in zip(widths, least, strict=True))
    if not lacking or spare < lacking:
        return widths
    made = [
        need if size < need else size - round((size - need) * lacking / spare)
        for size, need in zip(widths, least, strict=True)
    ]
    made[widths.index(max(widths))] += sum(widths) - sum(made)
    return made


def _by_text(longest: Sequence[int], dates: Sequence[bool], total: int) -> list[int]:
    """The shortest columns (numbers of rows, yes or no) and dates take what they need; the others share what is left.

    A long column wraps, so it gets less than its length asks for.
    """
    tiny = [(size + 4) * _COLUMN if size <= _TINY or date else 0 for size, date in zip(longest, dates, strict=True)]
    if all(tiny) or sum(tiny) > total // 2:
        tiny = [0] * len(longest)
    shares = [
        0 if t else size + 3 if size <= 20 else 23 + (size - 20) * 0.7 for size, t in zip(longest, tiny, strict=True)
    ]
    rest = total - sum(tiny)
    widths = [t or round(rest * share / sum(shares)) for t, share in zip(tiny, shares, strict=True)]
    widths[-1] += total - sum(widths)
    return widths


def _pair(longest: int, total: int) -> list[int]:
    first = min(max((longest + 6) * _COLUMN, total // 5), total * 2 // 5)
    return [first, total - first]


def _lines(grid: Grid, widths: Sequence[int]) -> int:
    """How many lines of text the rows take, about."""
    return sum(
        max(
            -(-(width(plain(cell.children or ())) + 2) * _COLUMN // size)
            for cell, size in zip(row, widths, strict=False)
        )
        for row in grid.rows
        if row
    )


def table(
    grid: Grid, fill: Filler, *, shares: Sequence[float] = (), roomy: bool = False, width_cm: float = TEXT_WIDTH
) -> Any:
    """`w:tbl`. `roomy` makes rows high enough to write in by hand."""
    widths = column_widths(grid, shares, width_cm)
    made = _frame("PaperTable", widths)
    last = len(grid.rows) - 1
    short = (last + 1) * (2 if roomy else 1) <= _SHORT and _lines(grid, widths) <= _SHORT
    for index, row in enumerate(grid.rows):
        line = element("w:tr")
        shape = element("w:trPr")
        shape.append(element("w:cantSplit"))
        if roomy and index:
            shape.append(element("w:trHeight", val=twips(0.95), hRule="atLeast"))
        if not index:
            shape.append(element("w:tblHeader"))
        line.append(shape)
        for column, size in enumerate(widths):
            token = row[column] if column < len(row) else None
            head = not index
            # A short table stays on one page; of a longer one, the header stays with its first row.
            together = short and index < last
            parts = [(token, "TableText")]
            line.append(
                _cell(size, parts, fill, align=grid.aligns[column], middle=roomy or head, lead=together or head)
            )
        made.append(line)
    return made


def cards(grid: Grid, fill: Filler, *, ground: str = PALE, width_cm: float = TEXT_WIDTH) -> Any:
    """A row of cards on `ground`: the header is the label, the first row the figure, the second a remark."""
    count = len(grid.aligns)
    total = twips(width_cm)
    widths = [total // count] * count
    made = _frame("TableNormal", widths)
    shape = made.find(qn("w:tblPr"))
    edges = "".join(
        f'<w:{e} w:val="single" w:sz="36" w:space="0" w:color="FFFFFF"/>' for e in ("left", "right", "insideV")
    )
    shape.insert(3, parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    line = element("w:tr")
    line.append(element("w:trPr"))
    line[0].append(element("w:cantSplit"))
    styles = ("CardLabel", "CardValue", "CardLabel")
    for column, size in enumerate(widths):
        parts = [(row[column], style) for row, style in zip(grid.rows, styles, strict=False) if row[column].content]
        line.append(_cell(size, parts, fill, fill_color=ground))
    made.append(line)
    return made


def card_fits(number: str, rest: str, count: int, width_cm: float = TEXT_WIDTH) -> bool:
    """Has one of so many cards room for its figure in large letters and what belongs to it in one line?"""
    return room(number, _CARD_POINTS) + room(rest, _UNIT_POINTS) <= twips(width_cm) // count - _CARD_INSETS


def around(paragraph: Any, width_cm: float = TEXT_WIDTH) -> Any:
    """A table without lines that holds one paragraph: LibreOffice keeps a heading with a table, but not with a picture."""
    size = twips(width_cm)
    made = _frame("TableNormal", [size])
    line, shape, cell, room_there = (element(name) for name in ("w:tr", "w:trPr", "w:tc", "w:tcPr"))
    shape.append(element("w:cantSplit"))
    room_there.append(element("w:tcW", w=size, type="dxa"))
    cell.extend([room_there, paragraph])
    line.extend([shape, cell])
    made.append(line)
    return made


def _frame(style: str, widths: Sequence[int]) -> Any:
    made = element("w:tbl")
    shape = element("w:tblPr")
    shape.append(element("w:tblStyle", val=style))
    shape.append(element("w:tblW", w=sum(widths), type="dxa"))
    shape.append(element("w:jc", val="center"))
    shape.append(element("w:tblLayout", type="fixed"))
    shape.append(
        element("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    )
    made.append(shape)
    grid = element("w:tblGrid")
    grid.extend([element("w:gridCol", w=size) for size in widths])
    made.append(grid)
    return made


def _cell(
    size: int,
    parts: Sequence[tuple[Token | None, str]],
    fill: Filler,
    *,
    align: str = "",
    fill_color: str = "",
    middle: bool = False,
    lead: bool = False,
) -> Any:
    cell = element("w:tc")
    shape = element("w:tcPr")
    shape.append(element("w:tcW", w=size, type="dxa"))
    if fill_color:
        shape.append(element("w:shd", val="clear", color="auto", fill=fill_color))
        shape.append(
            parse_xml(
                f'<w:tcMar {nsdecls("w")}><w:top w:w="110" w:type="dxa"/><w:left w:w="200" w:type="dxa"/>'
                '<w:bottom w:w="110" w:type="dxa"/></w:tcMar>'
            )
        )
    if middle:
        shape.append(element("w:vAlign", val="center"))
    cell.append(shape)
    for token, style in parts or [(None, "TableText")]:
        paragraph = element("w:p")
        look = element("w:pPr")
        look.append(element("w:pStyle", val=style))
        if lead:
            look.append(element("w:keepNext"))
        if align in ("right", "center"):
            look.append(element("w:jc", val=align))
        paragraph.append(look)
        if token is not None:
            fill(paragraph, token, style)
            if style == "CardValue":
                keep_whole(paragraph, size - _CARD_INSETS, _CARD_POINTS)
            elif style == "TableText":
                keep_whole(paragraph, size - _INSETS)
        cell.append(paragraph)
    return cell


_FIGURE = re.compile(r"^([¥￥+\-−]?[\d,.]+)(.*)$")


def split_figure(text: str) -> tuple[str, str]:
    """`8.6万元` → (`8.6`, `万元`), so that a card can show the unit smaller."""
    found = _FIGURE.match(text)
    return (found[1], found[2]) if found else ("", text)
