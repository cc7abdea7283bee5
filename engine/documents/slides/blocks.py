"""The blocks of a slide (text, table, cards, chart): how high each is in type of a size, and cutting one to a height."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.documents.pdf.nodes import Node
from engine.documents.slides import look
from engine.documents.slides.measure import lines, shorten, wide
from engine.documents.slides.outline import words
from engine.documents.word.tables import split_figure
from engine.frozen import frozen, replace

Mark = Literal["", "bullet", "number", "box", "ticked"]
_PAD_X, _PAD_Y = 8.0, 5.0  # of a table's cell
CARD_GAP, CARD_PAD = 14.0, 12.0
_SHORT_CELL, _SHORT_SIZE = 8.0, 22.0  # ems that a short cell takes; the largest type of a table
_MOST_HEAD = 3  # lines in the head of a table


@frozen
class Para:
    """A paragraph: `look` is body, head, quote or draft; `mark` stands before it, `level` is how far it is set in."""

    parts: list[Node]
    mark: Mark = ""
    level: int = 0
    look: str = "body"
    number: int = 0


@frozen
class Block:
    """`paras` of a text; `rows` of a table or of cards (cells are stretches); the name of a chart."""

    kind: Literal["text", "table", "cards", "chart"]
    paras: tuple[Para, ...] = ()
    rows: tuple[tuple[list[Node], ...], ...] = ()
    aligns: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    roomy: bool = False
    name: str = ""
    alt: str = ""


def blocks_of(nodes: list[Node], charts: frozenset[str]) -> tuple[Block, ...]:
    """Paragraphs that follow one another are one block. A chart that is not in `charts` is told in words."""
    found: list[Block] = []
    for node in nodes:
        if node["kind"] in ("table", "form", "cards"):
            found.append(_table(node))
        elif node["kind"] == "image" and node["name"] in charts:
            found.append(Block("chart", name=node["name"], alt=node["alt"]))
        else:
            paras = tuple(p for p in paras_of(node) if words(p.parts).strip())
            if found and found[-1].kind == "text":
                found[-1] = replace(found[-1], paras=(*found[-1].paras, *paras))
            elif paras:
                found.append(Block("text", paras))
    return tuple(found)


def _table(node: Node) -> Block:
    rows = tuple(tuple(map(_cell, row)) for row in node["rows"])
    shares = _shares([w / sum(node["widths"]) for w in node["widths"]], rows)
    kind: Literal["cards", "table"] = "cards" if node["kind"] == "cards" else "table"
    return Block(kind, rows=rows, aligns=tuple(node["aligns"]), shares=shares, roomy=node["kind"] == "form")


def _shares(shares: list[float], rows: tuple[tuple[list[Node], ...], ...]) -> tuple[float, ...]:
    """A column of short cells (dates, figures) gets what one line of them takes; the others share what is left."""
    least = [0.0] * len(shares)
    for column in range(len(shares)):
        longest = max((wide(words(row[column])) for row in rows if column < len(row)), default=0.0)
        if longest <= _SHORT_CELL:
            least[column] = (longest * _SHORT_SIZE * 1.06 + 2 * _PAD_X + 2) / look.TEXT_WIDTH
    fixed = {c for c, most in enumerate(least) if most > shares[c]}
    rest = 1 - sum(least[c] for c in fixed)
    others = sum(s for c, s in enumerate(shares) if c not in fixed)
    if not fixed or rest < 0.3 or not others:
        return tuple(shares)
    return tuple(least[c] if c in fixed else s * rest / others for c, s in enumerate(shares))


def _cell(cell: Node) -> list[Node]:
    if cell["box"] is None:
        return list(cell["text"])
    return [{"t": "☑ " if cell["box"] else "☐ ", "s": ""}, *cell["text"]]


def paras_of(node: Node, level: int = 0, style: str = "body") -> Iterator[Para]:
    kind = node["kind"]
    if kind == "para":
        yield Para(node["text"], level=level, look=style)
    elif kind == "check":
        yield Para(node["text"], "ticked" if node["box"] else "box", level, style)
    elif kind == "heading":
        yield Para(node["text"], look="head")
    elif kind in ("quote", "draft"):
        for inner in node["blocks"]:
            yield from paras_of(inner, level, kind)
    elif kind == "list":
        yield from _items(node, level, style)
    elif kind == "code":
        for line in node["lines"]:
            yield Para(line, level=level, look=style)
    elif kind == "image":
        yield Para([{"t": node["alt"], "s": "em"}], level=level, look=style)


def _items(node: Node, level: int, style: str) -> Iterator[Para]:
    """The first paragraph of an item carries its mark."""
    for index, item in enumerate(node["items"]):
        for place, inner in enumerate(item):
            if not place and inner["kind"] == "para":
                mark: Mark = "number" if node["ordered"] else "bullet"
                yield Para(inner["text"], mark, level, style, node["start"] + index)
            else:
                yield from paras_of(inner, level + 1 if inner["kind"] == "list" else level, style)


def size_of(para: Para, size: float) -> float:
    """The size of a paragraph's type beside body text of `size`."""
    if para.look == "head":
        return size + 2
    return max(size - 2, look.TABLE_LEAST) if para.look in ("quote", "draft") or para.level else size


def indent_of(para: Para, size: float) -> float:
    """How far its text is set in, in points."""
    steps = para.level + (1 if para.mark or para.look in ("quote", "draft") else 0)
    return steps * look.INDENT * size_of(para, size)


def _para_lines(para: Para, size: float, width: float) -> int:
    return lines(para.parts, size_of(para, size), width - indent_of(para, size))


def _para_height(para: Para, size: float, width: float) -> float:
    own = size_of(para, size)
    return _para_lines(para, size, width) * own * look.LEADING + own * look.AFTER


def table_size(size: float) -> float:
    return max(size - look.TABLE_LESS, look.TABLE_LEAST)


def row_heights(block: Block, size: float, width: float) -> list[float]:
    """The height of each row of a table, in points."""
    own = table_size(size)
    least = 2 * own * look.LEADING + 2 * _PAD_Y if block.roomy else 0.0
    made = []
    for number, row in enumerate(block.rows):
        most = max(lines(cell, own, share * width - 2 * _PAD_X) for cell, share in zip(row, block.shares, strict=False))
        made.append(max(most * own * look.LEADING + 2 * _PAD_Y, least if number else 0.0))
    return made


def card_width(block: Block, width: float) -> float:
    count = max(len(block.aligns), 1)
    return (width - CARD_GAP * (count - 1)) / count


def card_sizes(block: Block, column: int, width: float) -> tuple[float, float, float]:
    """Of label, figure, remark: a figure is large where it stands on one line, else it is set as text."""
    values = block.rows[1] if len(block.rows) > 1 else ()
    value = values[column] if column < len(values) else []
    if card_figure(value) == ("", ""):
        inner = card_width(block, width) - 2 * CARD_PAD
        return look.CARD_LABEL, look.CARD_VALUES[0] if lines(value, look.CARD_VALUES[0], inner) == 1 else look.CARD_LONG, look.CARD_REMARK  # fmt: skip
    return look.CARD_LABEL, _figure_size(values, card_width(block, width) - 2 * CARD_PAD), look.CARD_REMARK


def _figure_size(values: tuple[list[Node], ...], inner: float) -> float:
    """One size for all figures of a row of cards."""
    split = [card_figure(value) for value in values]
    widest = max(wide(figure) + look.CARD_UNIT * wide(unit) for figure, unit in split)
    return next((size for size in look.CARD_VALUES if widest * size <= 0.96 * inner), look.CARD_LONG)


def _card_lines(cell: list[Node], size: float, inner: float) -> int:
    figure, unit = card_figure(cell)
    fits = (wide(figure) + look.CARD_UNIT * wide(unit)) * size <= 0.96 * inner
    return 1 if figure and fits else lines(cell, size, inner)


def card_figure(cell: list[Node]) -> tuple[str, str]:
    """(figure, unit) of a card's value that is one; else two empty texts."""
    plain = all(
        part["s"] in ("", "cut") for part in cell
    )  # a long figure is cut for narrower columns than cards are here
    found = split_figure(words(cell)) if plain else ("", "")
    return found if found[0] else ("", "")


def _card_height(block: Block, width: float) -> float:
    """Of the highest card."""
    inner = card_width(block, width) - 2 * CARD_PAD

    def card(column: int) -> float:
        cells = [row[column] for row in block.rows if column < len(row)]
        sizes = card_sizes(block, column, width)
        rows = [_card_lines(c, own, inner) for c, own in zip(cells, sizes, strict=False)]
        return sum(count * own * look.LEADING for count, own in zip(rows, sizes, strict=False))

    return 2 * CARD_PAD + max((card(column) for column in range(len(block.aligns))), default=0.0)


def height_of(block: Block, size: float, width: float) -> float:
    """The height of a block of that width with body text of that size, in points."""
    if block.kind == "chart":
        return look.CHART_LEAST
    if block.kind == "cards":
        return _card_height(block, width)
    if block.kind == "table":
        return sum(row_heights(block, size, width))
    return sum(_para_height(para, size, width) for para in block.paras)


def cut_block(block: Block, room: float, size: float, width: float) -> tuple[Block | None, str]:
    """What of the block fits into `room`, and the text that does not."""
    if height_of(block, size, width) <= room:
        return block, ""
    if block.kind == "text":
        return _cut_text(block, room, size, width)
    if block.kind == "table":
        return _cut_table(block, room, size, width)
    if block.kind == "cards":
        return _cut_cards(block, width)
    return None, block.alt


def _cut_text(block: Block, room: float, size: float, width: float) -> tuple[Block | None, str]:
    kept: list[Para] = []
    left: list[str] = []
    for para in block.paras:
        own = size_of(para, size)
        fit = int((room - own * look.AFTER) // (own * look.LEADING))
        if left or fit < 1:
            left.append(words(para.parts))
            continue
        parts, over = shorten(para.parts, fit, own, width - indent_of(para, size))
        kept.append(replace(para, parts=parts))
        left += [over] if over else []
        room -= _para_height(kept[-1], size, width)
    return (replace(block, paras=tuple(kept)) if kept else None), "\n".join(left)


def _cut_table(block: Block, room: float, size: float, width: float) -> tuple[Block | None, str]:
    """Whole rows from the top; a row that is alone and too high is shortened in its cells."""
    own = table_size(size)
    kept: list[tuple[list[Node], ...]] = []
    left: list[str] = []
    for number, row in enumerate(block.rows):
        fit = int((room - 2 * _PAD_Y) // (own * look.LEADING))
        most = min(fit, _MOST_HEAD) if not number else fit
        made = [shorten(cell, most, own, share * width - 2 * _PAD_X) for cell, share in zip(row, block.shares, strict=False)]  # fmt: skip
        over = [rest for _, rest in made if rest]
        if most < 1 or (over and number > 1) or len(left) > 1:
            left.append(" ".join(words(cell) for cell in row))
            continue
        kept.append(tuple(parts for parts, _ in made))
        left += over
        room -= row_heights(replace(block, rows=(kept[-1],)), size, width)[0]
    return (replace(block, rows=tuple(kept)) if kept else None), "\n".join(left)


def _cut_cards(block: Block, width: float) -> tuple[Block, str]:
    inner = card_width(block, width) - 2 * CARD_PAD
    left: list[str] = []
    rows = []
    for row, own, most in zip(block.rows, (look.CARD_LABEL, look.CARD_LONG, look.CARD_REMARK), (2, 3, 2), strict=False):
        made = [shorten(cell, most, own, inner) for cell in row]
        left += [rest for _, rest in made if rest]
        rows.append(tuple(parts for parts, _ in made))
    return replace(block, rows=tuple(rows)), "\n".join(left)
