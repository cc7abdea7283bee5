"""A paper → PDF, with the number of its pages; a chart → PNG for programs that know no SVG."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.documents.pdf.nodes import nodes_of
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
        "pilot": paper.pilot,
        "head": paper.hospital or paper.pilot,
        "above": above,
        "draft": paper.draft,
        "language": paper.language,
        "year": paper.day.year,
        "month": paper.day.month,
        "day": paper.day.day,
        "blocks": nodes_of(paper.markdown),
        "charts": dict(paper.charts),
    }
    content = typst.compile(
        _template(),
        font_paths=[str(fonts_folder())],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
    )
    assert isinstance(content, bytes)
    return Pdf(content, page_count(content), undrawable(f"{paper.markdown}{''.join(paper.charts.values())}"))


def page_count(content: bytes) -> int:
    """The pages of a PDF that typst made: its page tree is not compressed away from view."""
    counts = [int(found) for found in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", content)]
    counts += [int(found) for found in re.findall(rb"/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", content)]
    return max(counts, default=0)


def svg_to_png(svg: str, pixels: int = 1280) -> bytes:
    """A chart as PNG, `pixels` wide."""
    typst = _typst()
    source = (
        "#set page(width: 640pt, height: auto, margin: 0pt, fill: white)\n"
        '#set text(font: ("Noto Sans SC", "Noto Sans CJK SC"))\n'
        '#image(bytes(sys.inputs.svg), format: "svg", width: 640pt)'
    )
    made = typst.compile(
        source.encode(),
        format="png",
        ppi=72 * pixels / 640,
        font_paths=[str(fonts_folder())],
        sys_inputs={"svg": svg},
    )
    assert isinstance(made, bytes)
    return made


def undrawable(text: str) -> str:
    """Characters that the shipped font does not have, each once. Fonts of the system may still draw them."""
    drawable = _drawable()
    return "".join(sorted({ch for ch in text if ch.isprintable() and not ch.isspace() and ord(ch) not in drawable}))


def fonts_folder() -> Path:
    return Path(str(resources.files("engine.documents.pdf") / "fonts"))


@cache
def _template() -> bytes:
    return (resources.files("engine.documents.pdf") / "paper.typ").read_bytes()


@cache
def _drawable() -> frozenset[int]:
    """Code points of the regular font, read from its character map (OpenType `cmap`, formats 4 and 12)."""
    return _cmap((fonts_folder() / "NotoSansSC-Regular.ttf").read_bytes())


def _cmap(font: bytes) -> frozenset[int]:
    def u16(at: int) -> int:
        return int.from_bytes(font[at : at + 2], "big")

    def u32(at: int) -> int:
        return int.from_bytes(font[at : at + 4], "big")

    start = next(u32(12 + i * 16 + 8) for i in range(u16(4)) if font[12 + i * 16 : 16 + i * 16] == b"cmap")
    found: set[int] = set()
    for i in range(u16(start + 2)):
        table = start + u32(start + 4 + i * 8 + 4)
        if u16(table) == 12:
            for g in range(u32(table + 12)):
                group = table + 16 + g * 12
                found.update(range(u32(group), u32(group + 4) + 1))
        elif u16(table) == 4:
            segments = u16(table + 6)
            for s in range(0, segments, 2):
                end, first = u16(table + 14 + s), u16(table + 16 + segments + s)
                if first != 0xFFFF:
                    found.update(range(first, end + 1))
    return frozenset(found)


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
