"""The master and its two layouts in a look, written whole: nothing of python-pptx's sample presentation shows through."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.sax.saxutils import quoteattr

from engine.documents.look import PLAIN, Fonts, Logo, Look, Palette
from engine.documents.slides import look
from engine.documents.slides.xml import NAMESPACES, colour, emu, frame, shape

COVER, CONTENT = 0, 1  # the layouts that stay, in this order
_KEPT = ("Title Slide", "Title Only")
_NAMES = {COVER: "封面 Cover", CONTENT: "标题和内容 Content"}
_FOOT_TOP, _FOOT_HEIGHT = 504, 22
_NUMBER_WIDTH = 50  # points that the number of a slide takes at the right of the footer


def prepare(presentation: Any, dress: Look = PLAIN) -> None:
    """Size, theme, master, layouts, in the colours and fonts of a look, with its logo."""
    colours = dress.colours
    presentation.slide_width, presentation.slide_height = emu(look.WIDTH), emu(look.HEIGHT)
    for layout in list(presentation.slide_layouts):
        if layout.name not in _KEPT:
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    retheme(master.part, dress)
    _write(master, _master_shapes(colours))
    styles = master._element.find(f"{{{_P}}}txStyles")
    styles.getparent().replace(styles, _parsed(_styles(colours)))
    for number, layout in enumerate(presentation.slide_layouts):
        layout.name = _NAMES[number]
        _write(layout, _cover_shapes(dress) if number == COVER else _content_shapes(colours))
        if number == COVER:
            _background(layout, colours.dark)
        if dress.logo:
            _logo(layout, dress.logo, small=number != COVER)


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _parsed(text: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(text.encode())


def retheme(part: Any, dress: Look = PLAIN) -> None:
    """A look's colours and fonts in the theme of a master's part."""
    theme = next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/theme"))
    text = theme.blob.decode("utf-8")
    text = re.sub(r"<a:clrScheme\b.*?</a:clrScheme>", _colours(dress.colours), text, flags=re.DOTALL)
    text = re.sub(r"<a:fontScheme\b.*?</a:fontScheme>", lambda _: _fonts(dress.fonts), text, flags=re.DOTALL)
    if hasattr(theme, "_element"):  # that of the notes is read as elements
        theme._element = _parsed(text)
    else:
        theme._blob = text.encode()


def _colours(colours: Palette) -> str:
    ours = {
        "dk1": look.INK, "lt1": look.WHITE, "dk2": colours.dark, "lt2": colours.pale, "accent1": colours.main,
        "accent2": colours.line, "accent3": look.AMBER, "accent4": look.MUTED, "accent5": colours.dark,
        "accent6": look.bar_on_dark(colours), "hlink": colours.main, "folHlink": look.MUTED,
    }  # fmt: skip
    inside = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in ours.items())
    return f'<a:clrScheme name="playbook">{inside}</a:clrScheme>'


def _fonts(fonts: Fonts) -> str:
    """The Chinese font is named for the theme and for the script; its description tells Office what may stand in."""
    chinese = quoteattr(fonts.chinese)
    one = (
        f"<a:latin typeface={quoteattr(fonts.latin)}/><a:ea typeface={chinese} {look.east_asia_like(fonts)}/>"
        f'<a:cs typeface=""/><a:font script="Hans" typeface={chinese}/>'
    )
    return (
        f'<a:fontScheme name="playbook"><a:majorFont>{one}</a:majorFont><a:minorFont>{one}</a:minorFont></a:fontScheme>'
    )


def _styles(colours: Palette) -> str:
    fonts = '<a:latin typeface="+{0}-lt"/><a:ea typeface="+{0}-ea"/><a:cs typeface="+{0}-cs"/>'

    def level(size: float, shade: str, font: str, bold: str = "") -> str:
        return (
            f'<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="0"><a:buNone/>'
            f'<a:defRPr sz="{round(size * 100)}"{bold} kern="1200">{colour(shade)}{fonts.format(font)}</a:defRPr></a:lvl1pPr>'
        )

    return (
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{level(look.TITLE_SIZES[0], colours.dark, 'mj', ' b=' + chr(34) + '1' + chr(34))}</p:titleStyle>"
        f"<p:bodyStyle>{level(look.BODY_SIZES[0], look.INK, 'mn')}</p:bodyStyle>"
        f"<p:otherStyle>{level(18, look.INK, 'mn')}</p:otherStyle></p:txStyles>"
    )


def _write(part: Any, shapes: list[str]) -> None:
    tree = part.shapes._spTree
    for child in list(tree)[2:]:  # the first two describe the tree itself
        tree.remove(child)
    tree.extend([_parsed(one) for one in shapes])


def _background(part: Any, fill: str) -> None:
    inside = part._element.find(f"{{{_P}}}cSld")
    for old in inside.findall(f"{{{_P}}}bg"):
        inside.remove(old)
    inside.insert(0, _parsed(f"<p:bg {NAMESPACES}><p:bgPr>{colour(fill)}<a:effectLst/></p:bgPr></p:bg>"))


def _bar(number: int, x: float, y: float, width: float, height: float, fill: str) -> str:
    return shape(number, f"line {number}", frame(x, y, width, height), "", fill=fill, text=False)


def _holder(number: int, name: str, kind: str, place: str, size: float, shade: str, *, align: str = "", anchor: str = "ctr", bold: bool = False, sample: str = "") -> str:  # fmt: skip
    """A placeholder with the look of its text; `sample` is what an editor sees in the layout."""
    made = shape(number, name, place, f"<a:p>{sample}</a:p>", kind=kind, anchor=anchor)
    side = f' algn="{align}"' if align else ""
    style = (
        f'<a:lvl1pPr{side}><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{colour(shade)}</a:defRPr></a:lvl1pPr>'
    )
    return made.replace("<a:lstStyle/>", f"<a:lstStyle>{style}</a:lstStyle>")


_NUMBER = (
    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN"/><a:t>‹#›</a:t></a:fld>'
)
_SAMPLE = '<a:r><a:rPr lang="zh-CN"/><a:t>标题 Title</a:t></a:r>'


def _title(number: int, colours: Palette) -> str:
    place = frame(look.SIDE + 16, look.TITLE_TOP, look.TEXT_WIDTH - 16, look.TITLE_HEIGHT)
    return _holder(number, "Title", 'type="title"', place, look.TITLE_SIZES[0], colours.dark, bold=True, sample=_SAMPLE)


def _foot(first: int) -> list[str]:
    left = frame(look.SIDE, _FOOT_TOP, 700, _FOOT_HEIGHT)
    right = frame(look.WIDTH - look.SIDE - 120, _FOOT_TOP, 120, _FOOT_HEIGHT)
    return [
        _holder(first, "Footer", 'type="ftr" sz="quarter" idx="11"', left, 12, look.MUTED),
        _holder(first + 1, "Number", 'type="sldNum" sz="quarter" idx="12"', right, 12, look.MUTED, align="r", sample=_NUMBER),
    ]  # fmt: skip


def _frame_lines(first: int, colours: Palette) -> list[str]:
    return [
        _bar(first, look.SIDE, look.TITLE_TOP + 12, 5, look.TITLE_HEIGHT - 24, colours.main),
        _bar(first + 1, look.SIDE, 498, look.TEXT_WIDTH, 1, colours.line),
    ]


def _master_shapes(colours: Palette) -> list[str]:
    body = frame(look.SIDE, look.TOP, look.TEXT_WIDTH, look.BOTTOM - look.TOP)
    holder = _holder(3, "Text", 'type="body" idx="1"', body, look.BODY_SIZES[0], look.INK, anchor="t", sample=_SAMPLE)
    return [_title(2, colours), holder, *_foot(4)]


def _content_shapes(colours: Palette) -> list[str]:
    return [_title(2, colours), *_frame_lines(3, colours), *_foot(5)]


def _cover_shapes(dress: Look) -> list[str]:
    """With a letterhead or a logo, a white band above: no logo is drawn for a dark ground."""
    place = frame(96, 188, 760, 116)
    band = [_bar(5, 26, 0, look.WIDTH - 26, look.BAND, look.WHITE)] if dress.headed else []
    return [
        _holder(2, "Title", 'type="ctrTitle"', place, look.COVER_TITLE[0], look.WHITE, bold=True, sample=_SAMPLE),
        _bar(3, 96, 312, 120, 4, look.bar_on_dark(dress.colours)),
        _bar(4, 0, 0, 26, look.HEIGHT, dress.colours.main),
        *band,
    ]


def _logo(layout: Any, logo: Logo, *, small: bool) -> None:
    """On the cover at the left of its band, on the others small in the footer, left of the number."""
    frame_of = look.SMALL_LOGO if small else look.COVER_LOGO
    wide, high = logo.fitted(*frame_of)
    x = look.WIDTH - look.SIDE - _NUMBER_WIDTH - wide if small else look.COVER_LEFT
    y = _FOOT_TOP + (_FOOT_HEIGHT - high) / 2 if small else (look.BAND - high) / 2
    _, relation = layout.part.get_or_add_image_part(io.BytesIO(logo.png))
    layout.shapes._spTree.append(
        _parsed(
            f'<p:pic {NAMESPACES}><p:nvPicPr><p:cNvPr id="20" name="logo" descr=""/><p:cNvPicPr><a:picLocks noChangeAspect="1"/>'
            f'</p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            f"</a:stretch></p:blipFill><p:spPr>{frame(x, y, wide, high)}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )
