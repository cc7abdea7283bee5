"""A paper → PDF, with the number of its pages; a chart → PNG for programs that know no SVG."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from engine.documents.charts.measure import fit
from engine.documents.pdf.glyphs import fonts_folder, rare, undrawable
from engine.documents.pdf.nodes import nodes_of, stretches
from engine.errors import UserError
from engine.frozen import frozen
from engine.text import say

if TYPE_CHECKING:
    from engine.documents.render import Paper


@frozen
class Pdf:
    """The file, how many pages it has, and characters that no font here can draw."""

    content: bytes
    pages: int
    undrawable: str = ""


def to_pdf(paper: Paper) -> Pdf:
    """The paper as PDF. The same paper gives the same bytes. Raises UserError `no-typst` where typst is not installed."""
    typst = _typst()
    above = " · ".join(part for part in (paper.hospital, paper.pilot) if part)
    data = {
        "title": paper.title,
        "hospital": paper.hospital,
        "head": fit(paper.hospital or paper.pilot, 30, 1),  # these three in ems, on one line of 56
        "running": fit(paper.title, 22, 1),
        "foot": fit(paper.pilot, 42, 1),
        "above": stretches(above, ""),
        "draft": paper.draft,
        "language": paper.language,
        "year": paper.day.year,
        "month": paper.day.month,
        "day": paper.day.day,
        "blocks": nodes_of(paper.markdown),
        "charts": dict(paper.charts),
    }
    shown = "".join([paper.markdown, paper.title, above, *paper.charts.values()])
    content = typst.compile(
        _template(),
        font_paths=[str(fonts_folder())],
        ignore_system_fonts=not rare(shown),  # with the shipped fonts alone, the same on every machine
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
    )
    assert isinstance(content, bytes)
    return Pdf(content, page_count(content), undrawable(shown))


def page_count(content: bytes) -> int:
    """The pages of a PDF that typst made. Follows the file's own table to its page tree: what a text or a title says of
    pages is not looked at. Raises ValueError for a file that is not built so."""
    table = content[_number(rb"startxref\s+(\d+)\s+%%EOF\s*$", content[-64:]) :]
    first = re.match(rb"xref\s+0 \d+\s+", table)
    if first is None:
        raise ValueError("no table of objects")
    rows = table[first.end() :]

    def thing(number: int) -> bytes:
        """An object from its head on; each row of the table has 20 bytes and begins with where the object is."""
        return content[int(rows[20 * number : 20 * number + 10]) :][:4000]

    root = thing(_number(rb"/Root (\d+) 0 R", table[table.rindex(b"trailer") :]))
    return _number(rb"/Count (\d+)", thing(_number(rb"/Pages (\d+) 0 R", root)))


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"not in the PDF: {pattern!r}")
    return int(found[1])


def svg_to_png(svg: str, pixels: int = 1280) -> bytes:
    """A chart as PNG, `pixels` wide."""
    typst = _typst()
    source = (
        "#set page(width: 640pt, height: auto, margin: 0pt, fill: white)\n"
        '#set text(font: ("Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"))\n'
        '#image(bytes(sys.inputs.svg), format: "svg", width: 640pt)'
    )
    made = typst.compile(
        source.encode(),
        format="png",
        ignore_system_fonts=not rare(svg),
        ppi=72 * pixels / 640,
        font_paths=[str(fonts_folder())],
        sys_inputs={"svg": svg},
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return (resources.files("engine.documents.pdf") / "paper.typ").read_bytes()


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise UserError(
            "no-typst",
            say("这台电脑上没有排版程序 typst，写不了 PDF", "typst is not installed; no PDF can be made"),
            say("pip install typst；Word 格式不受影响", "pip install typst; Word is not affected"),
        ) from None
    return typst
