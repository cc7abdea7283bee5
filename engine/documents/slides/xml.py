"""Small pieces of DrawingML and PresentationML as text: runs, paragraphs, shapes. Every text of anybody's is escaped."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from engine.documents.pdf.nodes import Node
from engine.documents.slides import look
from engine.documents.word.inline import visible
from engine.text import Language

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ALIGN = {"right": "r", "center": "ctr"}


def emu(points: float) -> int:
    return round(points * look.POINT)


def colour(value: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{value}"/></a:solidFill>'


def run(
    text: str, size: float, language: Language, *, bold: bool = False, shade: str = "", strike: bool = False
) -> str:
    kind = "zh-CN" if language == "zh" else "en-US"
    more = (' b="1"' if bold else "") + (' strike="sngStrike"' if strike else "")
    fill = colour(shade) if shade else ""
    return f'<a:r><a:rPr lang="{kind}" altLang="en-US" sz="{round(size * 100)}"{more} dirty="0">{fill}</a:rPr><a:t>{escape(visible(text))}</a:t></a:r>'  # fmt: skip


def runs(parts: list[Node], size: float, language: Language, *, code: str, bold: bool = False, shade: str = "") -> str:
    """Stretches of text with their look; emphasis is grey, strong and emphasised calls attention. `code`: its colour."""
    made = []
    for part in parts:
        style, text = part["s"], part["t"]
        if style == "br":
            made.append("<a:br/>")
        elif text:
            own = look.AMBER if style == "both" else look.MUTED if style == "em" and not shade else code if style == "code" else shade  # fmt: skip
            strong = bold or style in ("strong", "both")
            made.append(run(text, size, language, bold=strong, shade=own, strike=style == "strike"))
    return "".join(made)


def paragraph(inside: str, size: float, *, align: str = "", after: float = 0.0, bullet: str = "", indent: float = 0.0, left: float = 0.0) -> str:  # fmt: skip
    """`left` is where the text stands, `indent` how far before it the mark does, in points. Lines have a fixed height, so
    that what was measured is what is shown."""
    where = f' marL="{emu(left)}" indent="{emu(-indent)}"' if left or indent else ' marL="0" indent="0"'
    where += f' algn="{_ALIGN[align]}"' if align in _ALIGN else ""
    height = round(size * look.LEADING * 100)
    return (
        f'<a:p><a:pPr{where}><a:lnSpc><a:spcPts val="{height}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>{bullet or "<a:buNone/>"}</a:pPr>{inside}'
        f'<a:endParaRPr lang="zh-CN" sz="{round(size * 100)}" dirty="0"/></a:p>'
    )


def bullet(character: str, shade: str, font: str) -> str:
    return f'<a:buClr><a:srgbClr val="{shade}"/></a:buClr><a:buFont typeface={quoteattr(font)}/><a:buChar char="{character}"/>'


def numbered(number: int, shade: str, font: str) -> str:
    return f'<a:buClr><a:srgbClr val="{shade}"/></a:buClr><a:buFont typeface={quoteattr(font)}/><a:buAutoNum type="arabicPeriod" startAt="{max(number, 1)}"/>'  # fmt: skip


def frame(x: float, y: float, width: float, height: float, tag: str = "a:xfrm") -> str:
    return f'<{tag}><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></{tag}>'


def shape(
    number: int,
    name: str,
    place: str,
    paragraphs: str,
    *,
    kind: str = "",
    fill: str = "",
    inset: tuple[float, float] = (0.0, 0.0),
    anchor: str = "t",
    text: bool = True,
) -> str:
    """`p:sp`. `kind`: the placeholder it is (`type="title"`), else a box of its own; `place` "" takes the layout's."""
    holder = f"<p:ph {kind}/>" if kind else ""
    own = ' txBox="1"' if not kind and text and not fill else ""
    outline = "" if kind and not place else '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    inside = f"{place}{outline}{colour(fill) if fill else ('' if kind else '<a:noFill/>')}"
    edges = f'lIns="{emu(inset[0])}" tIns="{emu(inset[1])}" rIns="{emu(inset[0])}" bIns="{emu(inset[1])}"'
    body = f'<a:bodyPr wrap="square" {edges} anchor="{anchor}"><a:noAutofit/></a:bodyPr>' if place else "<a:bodyPr/>"
    line = "" if kind else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr{own}>'
        f"{'<a:spLocks noGrp=' + chr(34) + '1' + chr(34) + '/>' if kind else ''}</p:cNvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{inside}{line}</p:spPr><p:txBody>{body}<a:lstStyle/>{paragraphs or '<a:p/>'}</p:txBody></p:sp>"
    )
