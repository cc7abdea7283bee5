"""The bare libraries at the same work: as many paragraphs, tables, slides and cells with the same words, and nothing else."""

from __future__ import annotations

import io
import json
from typing import Any

from engine.documents.pdf.glyphs import fonts_folder
from engine.documents.pdf.nodes import Node, nodes_of
from engine.documents.tasklist import TaskList
from engine.documents.tasklist.columns import COLUMNS

# Paragraphs and tables, set by typst's own defaults.
_TYPST = """
#set page(paper: "a4")
#set text(10pt, font: "Noto Sans SC")
#for block in json(bytes(sys.inputs.data)) {
  if type(block) == str { par(block) } else { table(columns: block.first().len(), ..block.flatten()) }
}
"""

Flat = list[str | list[list[str]]]


def flat(markdown: str) -> Flat:
    """The paragraphs of a text (a title, a list's item are one each) and its tables as rows of cells."""
    return list(flatten(nodes_of(markdown)))


def flatten(nodes: list[Node]) -> Any:
    for node in nodes:
        if "rows" in node:
            yield [[_words(cell["text"]) for cell in row] for row in node["rows"]]
        elif "text" in node and isinstance(node["text"], list):
            yield _words(node["text"])
        elif "blocks" in node:
            yield from flatten(node["blocks"])
        elif "items" in node:
            for item in node["items"]:
                yield from flatten(item)


def _words(parts: list[Node]) -> str:
    return "".join(part["t"] for part in parts)


def docx(blocks: Flat) -> bytes:
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf(blocks: Flat) -> bytes:
    import typst

    made = typst.compile(
        _TYPST.encode(),
        font_paths=[str(fonts_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(blocks, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


def html(markdown: str) -> bytes:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").render(markdown).encode()


def pptx(slides: list[tuple[str, Flat]]) -> bytes:
    """A slide for each title, with a box of text and its tables."""
    from pptx import Presentation
    from pptx.util import Pt

    presentation = Presentation()
    for title, blocks in slides:
        slide: Any = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(block for block in blocks if isinstance(block, str))
        for block in blocks:
            if not isinstance(block, str):
                table = slide.shapes.add_table(len(block), len(block[0]), Pt(40), Pt(200), Pt(600), Pt(200)).table
                for y, row in enumerate(block):
                    for x, text in enumerate(row):
                        table.cell(y, x).text = text
    made = io.BytesIO()
    presentation.save(made)
    return made.getvalue()


def xlsx(tasks: TaskList) -> bytes:
    """The whole list and a sheet for each role."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    roles = dict.fromkeys(row.role for row in tasks.rows)
    for number, role in enumerate([None, *roles]):
        sheet = book.add_worksheet(f"{number}")
        rows = [row for row in tasks.rows if role in (None, row.role)]
        for y, row in enumerate(rows, 1):
            for x, column in enumerate(COLUMNS):
                sheet.write_string(y, x, str(column.read(row, tasks.language) or ""))
    book.close()
    return made.getvalue()
