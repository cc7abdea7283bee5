"""From Markdown tokens to a Word document, block by block."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from engine.documents.markdown import SHORT_LIST, SHORT_TEXT, parser, plain
from engine.documents.render import Paper
from engine.documents.word.frame import contents, properties
from engine.documents.word.inline import runs, trim_start
from engine.documents.word.letterhead import head_and_foot
from engine.documents.word.look import AMBER, TEXT_WIDTH
from engine.documents.word.package import fixed
from engine.documents.word.styles import BULLETS, CHAPTERS, NUMBERS, add_number, prepare
from engine.documents.word.tables import around, card_fits, cards, read, split_figure, table
from engine.documents.word.template import OURS, restyle, take
from engine.documents.word.xml import check_box, element, run, twips
from engine.errors import width

_BOXES = {"[ ]": False, "[x]": True, "[X]": True}
_PICTURE = 0.84  # of the text's width, how wide a chart is: its smallest letters are then seven points high
_SOFT, _LINE = 30, 90  # lines that stay where they are behind a soft page break; columns of text in one
_DENSE = "\n<!-- dense -->\n"
_FIRST_LIST = 10  # numbering ids below belong to the styles


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX. The same paper gives the same bytes.

    Comments in the Markdown steer the layout: `<!-- toc -->` (`toc 1`: chapters only), `<!-- pagebreak -->`
    (`pagebreak soft`: only where what follows would be torn),
    `<!-- numbered -->` (chapters get numbers from here on), `<!-- dense -->` (everything closer), and before a table `<!-- cards -->`, `<!-- form -->` (rows
    to write in; widths may follow) or `<!-- widths 1 3 2 -->`.
    """
    document = Document()
    prepare(
        document,
        paper.look,
        dense=paper.most_pages is not None or _DENSE in paper.markdown,
        language=paper.language,
    )
    taken = take(document, paper.look.word) if paper.look.word else OURS
    properties(document, paper)
    head_and_foot(document, paper, taken)
    Writer(document, paper, taken.width).write()
    restyle(document, taken)
    raw = io.BytesIO()
    document.save(raw)
    return fixed(raw.getvalue(), paper.day)


class Writer:
    """Walks the tokens once and appends to the body."""

    def __init__(self, document: Any, paper: Paper, width_cm: float = TEXT_WIDTH) -> None:
        self.document, self.paper, self.width = document, paper, width_cm
        self.colours = paper.look.colours
        self.body: Any = document.element.body
        self.tokens: list[Token] = parser().parse(paper.markdown)
        self.boxes = 0
        self.lists = _FIRST_LIST
        self.bookmarks = 0
        self.numbered = False
        self.new_page = False
        self.before_table = ""
        self.cards = 1  # in the row of cards that is being made
        self.gap: Any = None  # the empty paragraph behind the newest table

    def write(self) -> None:
        self._blocks(self.tokens, style="Normal")
        if self.gap is not None and self.gap is self.body[-2]:  # behind the last table there is nothing to keep it from
            self.gap.pPr.find(qn("w:spacing")).set(qn("w:line"), "20")

    # Blocks ------------------------------------------------------------------------------------------------------

    def _blocks(self, tokens: Sequence[Token], *, style: str) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            inside = tokens[index + 1 : end]
            if token.type == "heading_open":
                self._heading(int(token.tag[1]), inside[0])
            elif token.type == "paragraph_open" and (chart := _chart_of(inside[0])):
                self._picture(*chart)
            elif token.type == "paragraph_open":
                paragraph = self._paragraph(inside[0], style)
                if _leads_on(tokens[end + 1 :]):
                    _keep_next(paragraph)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._list(token, inside, 0)
            elif token.type == "blockquote_open":
                draft = plain(inside[1].children or ()).startswith(("草稿", "DRAFT")) if len(inside) > 1 else False
                self._blocks(inside, style="DraftNote" if draft else "Quote")
            elif token.type == "table_open":
                self._table(inside)
            elif token.type in ("fence", "code_block"):
                for line in token.content.rstrip("\n").split("\n"):
                    self._add("Code").append(run(line))
            elif token.type == "hr":
                self._rule()
            elif token.type == "html_block":
                self._directive(token.content, tokens[end + 1 :])
            index = end + 1

    def _add(self, style: str) -> Any:
        paragraph = element("w:p")
        shape = element("w:pPr")
        shape.append(element("w:pStyle", val=style))
        if self.new_page:
            shape.append(element("w:pageBreakBefore"))
            self.new_page = False
        paragraph.append(shape)
        self.body.insert(len(self.body) - 1, paragraph)  # the section's properties stay last
        return paragraph

    def _paragraph(self, inline: Token, style: str, *, color: str | None = None) -> Any:
        box = _BOXES.get(inline.content[:3])
        paragraph = self._add(style)
        self._fill(paragraph, inline, style, color=color)
        if box is not None and style == "Normal":
            _restyle(paragraph, "CheckList")
        return paragraph

    def _fill(self, paragraph: Any, inline: Token, style: str, *, color: str | None = None) -> None:
        """Runs into a paragraph; a leading `[ ]` becomes a box to tick."""
        if style == "CardValue":
            number, rest = split_figure(plain(inline.children or ()))
            fits = card_fits(number, rest, self.cards, self.width)
            small = [run(rest, size=10.5 if fits else 8)] if rest else []
            large = run(number, size=None if fits else 14)
            paragraph.extend([large, *small] if number else self._runs(inline, size=12))
            return
        if style == "DraftNote":
            color = AMBER
        made = list(self._runs(inline, color=color))
        checked = _BOXES.get(inline.content[:3])
        if checked is None:
            paragraph.extend(made)
            return
        self.boxes += 1
        label = plain(inline.children or ())[3:].strip() or self.paper.title
        paragraph.append(check_box(self.boxes, checked, label))
        tab = element("w:r")
        tab.append(element("w:tab"))
        words = element("w:p")
        words.extend(made)
        trim_start(words, 4)
        label_runs = [child for child in words if any(t.text for t in child.iter(qn("w:t")))]
        if label_runs:
            paragraph.extend([run(" ") if style == "TableText" else tab, *label_runs])

    def _runs(self, inline: Token, *, color: str | None = None, size: float | None = None) -> Iterator[Any]:
        return runs(inline.children or (), color=color, size=size, code=self.colours.main)

    def _picture(self, name: str, alt: str) -> None:
        """A chart as PNG, with its words for those who cannot see it; where none can be made, the words stand there."""
        paragraph = self._add("Normal")
        svg = self.paper.charts.get(name)
        png = picture(svg) if svg else None
        if png is None:
            paragraph.extend([run(alt)])
            return
        paragraph.pPr.append(element("w:spacing", line=240, lineRule="auto"))  # a line of fixed height would cut it
        paragraph.pPr.append(element("w:jc", val="center"))
        made = Paragraph(paragraph, self.document._body).add_run()
        made.add_picture(io.BytesIO(png), width=Cm(_PICTURE * self.width))
        for shape in paragraph.iter(qn("wp:docPr")):
            shape.set("descr", alt)
            shape.set("name", name)
        if _is_heading(paragraph.getprevious()):
            self.body.insert(self.body.index(paragraph), around(paragraph, self.width))

    def _heading(self, level: int, inline: Token) -> None:
        if level == 1:
            self._title(inline)
            return
        paragraph = self._add(f"Heading{min(level - 1, 4)}")
        if self.numbered and level in (2, 3):
            paragraph.pPr.append(_number(CHAPTERS, level - 2))
        self.bookmarks += 1
        paragraph.append(element("w:bookmarkStart", id=self.bookmarks, name=f"_Toc{self.bookmarks:06}"))
        paragraph.extend(self._runs(inline))
        paragraph.append(element("w:bookmarkEnd", id=self.bookmarks))

    def _title(self, inline: Token) -> None:
        """A band across the page: the hospital and the pilot above, the title below."""
        above = " · ".join(part for part in self.paper.above if part)
        if above:
            self._add("Subtitle").append(run(above))
        self._add("Title").extend(self._runs(inline))

    def _list(self, opening: Token, inside: Sequence[Token], depth: int) -> None:
        if opening.type == "ordered_list_open":
            self.lists += 1
            number = self.lists
            add_number(self.document, number, NUMBERS, restart=True, start=int(opening.attrGet("start") or 1))
        else:
            number = BULLETS
        index, first = 0, len(self.body) - 1
        while index < len(inside):
            end = _closing(inside, index)
            self._item(inside[index + 1 : end], number, min(depth, 2))
            index = end + 1
        if not depth:
            _keep_together(self.body[first : len(self.body) - 1])

    def _item(self, inside: Sequence[Token], number: int, depth: int) -> None:
        """An item; its paragraphs stay on one page."""
        index, first = 0, True
        while index < len(inside):
            token = inside[index]
            end = _closing(inside, index)
            within = inside[index + 1 : end]
            if token.type == "paragraph_open":
                if first:
                    paragraph = self._first(within[0], number, depth)
                else:
                    paragraph = self._paragraph(within[0], "ListContinue")
                    _indent(paragraph, 0.7 * (depth + 1))
                first = False
                if end + 1 < len(inside) and inside[end + 1].type == "paragraph_open":
                    _keep_next(paragraph)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._list(token, within, depth + 1)
            else:
                self._blocks(inside[index : end + 1], style="ListContinue")
            index = end + 1

    def _first(self, inline: Token, number: int, depth: int) -> Any:
        if inline.content[:3] in _BOXES:
            paragraph = self._paragraph(inline, "CheckList")
            if depth:
                _indent(paragraph, 0.7 * (depth + 1), 0.7)
            return paragraph
        paragraph = self._paragraph(inline, "ListParagraph")
        paragraph.pPr.append(_number(number, depth))
        return paragraph

    def _table(self, inside: Sequence[Token]) -> None:
        grid = read(inside)
        asked, self.before_table = self.before_table, ""
        shares = [float(part) for part in asked.split()[1:] if part.replace(".", "", 1).isdigit()]
        if asked.startswith("cards"):
            self.cards = len(grid.aligns)
            made = cards(grid, self._fill, ground=self.colours.pale, width_cm=self.width)
        else:
            roomy = asked.startswith("form")
            made = table(grid, self._fill, shares=shares, roomy=roomy, width_cm=self.width)
        if len(self.body) > 1:
            _space_below(self.body[-2])
        self.body.insert(len(self.body) - 1, made)
        self.gap = self._add("Normal")  # two tables in a row would run together
        self.gap.pPr.append(element("w:spacing", before=0, after=0, line=160, lineRule="exact"))

    def _rule(self) -> None:
        paragraph = self._add("Normal")
        border = element("w:pBdr")
        border.append(element("w:bottom", val="single", sz=4, space=1, color=self.colours.line))
        paragraph.pPr.append(border)

    def _directive(self, comment: str, rest: Sequence[Token]) -> None:
        """Layout comments; any other HTML is left out."""
        words = comment.strip().removeprefix("<!--").removesuffix("-->").strip()
        if words == "pagebreak" or (words == "pagebreak soft" and _part_lines(rest) > _SOFT):
            self.new_page = True
        elif words.partition(" ")[0] == "toc":
            depth = 1 if words == "toc 1" else 2
            self.body[-1].addprevious(contents(self.tokens, self.paper.language, depth))
        elif words == "numbered":
            self.numbered = True
        elif words.partition(" ")[0] in ("cards", "form", "widths"):
            self.before_table = words


def _chart_of(inline: Token) -> tuple[str, str] | None:
    """(name, words) of a paragraph that is one chart."""
    children = inline.children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    return str(children[0].attrGet("src") or "").removeprefix("chart:"), children[0].content


def picture(svg: str) -> bytes | None:
    """A chart as PNG; None where typst, which draws it, is not installed."""
    from engine.documents.pdf import svg_to_png
    from engine.errors import UserError

    try:
        return svg_to_png(svg)
    except UserError:
        return None


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index` (itself, if it opens nothing)."""
    if tokens[index].nesting != 1:
        return index
    level = 0
    for here in range(index, len(tokens)):
        level += tokens[here].nesting
        if level == 0:
            return here
    return len(tokens) - 1


def _part_lines(rest: Sequence[Token]) -> int:
    """About how many lines stand behind a soft page break, up to the next break or chapter."""
    found = 0
    for index, token in enumerate(rest):
        chapter = token.type == "heading_open" and token.tag == "h2"
        if (token.type == "html_block" and "pagebreak" in token.content) or (chapter and index):
            break
        found += 1 + width(token.content) // _LINE if token.type == "inline" and token.content else 0
    return found


def _leads_on(rest: Sequence[Token]) -> bool:
    """Is a table (perhaps behind a layout comment) or a list what comes next? It would begin a page without its words."""
    after = next((token for token in rest if token.type != "html_block"), None)
    return after is not None and after.type in ("table_open", "bullet_list_open", "ordered_list_open")


_LISTED = ("ListParagraph", "ListContinue", "CheckList")


def _space_below(before: Any) -> None:
    """The lines of a list stand close; a table right behind them would touch the last one."""
    shape = before.find(qn("w:pPr"))
    if shape is not None and shape.find(qn("w:pStyle")).get(qn("w:val")) in _LISTED:
        space = element("w:spacing", after=120)
        indent = shape.find(qn("w:ind"))
        shape.append(space) if indent is None else indent.addprevious(space)


def _is_heading(before: Any) -> bool:
    style = None if before is None else before.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and str(style.get(qn("w:val"))).startswith("Heading")


def _keep_next(paragraph: Any) -> None:
    paragraph.pPr.insert(1, element("w:keepNext"))


def _keep_together(made: Sequence[Any]) -> None:
    """A short list is not torn apart."""
    if len(made) > SHORT_LIST or len("".join(text for part in made for text in part.itertext())) > SHORT_TEXT:
        return
    for part in made[:-1]:
        if part.tag == qn("w:p") and part.pPr.find(qn("w:keepNext")) is None:
            _keep_next(part)


def _number(number: int, level: int) -> Any:
    made = element("w:numPr")
    made.append(element("w:ilvl", val=level))
    made.append(element("w:numId", val=number))
    return made


def _restyle(paragraph: Any, style: str) -> None:
    paragraph.pPr.find(qn("w:pStyle")).set(qn("w:val"), style)


def _indent(paragraph: Any, left: float, hanging: float = 0) -> None:
    paragraph.pPr.append(element("w:ind", left=twips(left), hanging=twips(hanging)))
