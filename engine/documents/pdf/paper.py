"""A paper → PDF, with the number of its pages; a chart → PNG for programs that know no SVG."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.documents.charts.measure import fit
from engine.documents.look.font import font_folder
from engine.documents.pdf.glyphs import fonts_folder, lacking, rare, undrawable
from engine.documents.pdf.nodes import Node, nodes_of, stretches
from engine.errors import UserError
from engine.frozen import frozen
from engine.text import say

if TYPE_CHECKING:
    from engine.documents.look import Logo, Look
    from engine.documents.render import Paper

LOGO_WIDE, LOGO_HIGH = 6.0, 1.6  # cm, the frame of a logo


@frozen
class Pdf:
    """The file, how many pages it has, characters that no font here can draw, and those for want of which the hospital's
    own font was not used."""

    content: bytes
    pages: int
    undrawable: str = ""
    lacking: str = ""


def to_pdf(paper: Paper) -> Pdf:
    """The paper as PDF. The same paper gives the same bytes. Raises UserError `no-typst` where typst is not installed."""
    typst = _typst()
    look = paper.look
    above = " · ".join(part for part in paper.above if part)
    data: dict[str, Any] = {
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
        "parts": _parts(nodes_of(paper.markdown, paper.language, hold=True)),
        "charts": dict(paper.charts),
        "colours": {name: f"#{getattr(look.colours, name)}" for name in ("main", "dark", "pale", "line")},
        "letterhead": letterhead(look),
    }
    text = "".join([paper.markdown, paper.title, above, *look.letterhead])
    shown = "".join([text, *paper.charts.values()])
    lacks = lacking(text, Path(look.pdf_fonts[0].path)) if look.pdf_fonts else ""
    own = () if lacks else look.pdf_fonts
    data["fonts"] = [font.family for font in own[:1]]
    with ExitStack() as stack:
        folders = [str(fonts_folder())]
        if own:
            folders.append(stack.enter_context(font_folder(Path(font.path) for font in own)))
        content = typst.compile(
            _template(),
            font_paths=folders,
            ignore_system_fonts=not rare(shown),  # with the shipped fonts alone, the same on every machine
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=0,
        )
    assert isinstance(content, bytes)
    return Pdf(content, page_count(content), undrawable(shown), lacks)


def _parts(blocks: list[Node]) -> list[Node]:
    """The blocks in parts: `whole` is what stands behind a soft page break, to the next one or its chapter's end."""
    parts: list[Node] = [{"whole": False, "blocks": []}]
    for node in blocks:
        soft = node["kind"] == "pagebreak" and node["soft"]
        chapter = node["kind"] == "heading" and node["level"] == 1
        if soft or (parts[-1]["whole"] and (node["kind"] == "pagebreak" or (chapter and parts[-1]["blocks"]))):
            parts.append({"whole": soft, "blocks": []})
        if not soft:
            parts[-1]["blocks"].append(node)
    return parts


def letterhead(look: Look) -> dict[str, Any] | None:
    """What stands at the head of the first page: lines, and the logo as SVG with its size in centimetres."""
    if not look.headed:
        return None
    logo = look.logo
    if logo is None:
        return {"lines": list(look.letterhead), "logo": ""}
    wide, high = logo.fitted(LOGO_WIDE, LOGO_HIGH)
    svg = logo.content.decode("utf-8-sig") if logo.media == "image/svg+xml" else _framed(logo)
    return {"lines": list(look.letterhead), "logo": svg, "wide": wide, "high": high}


def _framed(logo: Logo) -> str:
    """A PNG or JPEG inside an SVG: the page layout is given texts only."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {logo.width:g} {logo.height:g}" width="{logo.width:g}" height="{logo.height:g}">'
        f'<image width="{logo.width:g}" height="{logo.height:g}" xlink:href="{logo.uri}"/></svg>'
    )


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


def drawing_to_png(svg: bytes, pixels: int = 900) -> bytes:
    """A drawing of somebody's as PNG on a transparent ground, `pixels` wide. Raises ValueError where it cannot be drawn."""
    typst = _typst()
    source = (
        "#set page(width: 300pt, height: auto, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 300pt)'
    )
    try:
        made = typst.compile(
            source.encode(),
            format="png",
            ignore_system_fonts=True,
            font_paths=[str(fonts_folder())],
            ppi=72 * pixels / 300,
            sys_inputs={"svg": svg.decode("utf-8-sig")},
        )
    except RuntimeError as error:  # typst's own error is one
        raise ValueError(str(error)) from None
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
