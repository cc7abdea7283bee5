"""A laid-out graph as SVG: no script, no outside font or picture; every text is also readable as text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as escape_html

from engine.analysis.graph import Frame
from engine.analysis.layout import FONT, SMALL, Arrow, Box, Picture, lay_out, text_width
from engine.pilot.values import clean

_MARGIN = 24
_FONTS = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC','Source Han Sans SC',sans-serif"
_STYLE = f"""text{{font-family:{_FONTS};fill:#1f2a37}}
.t{{font-size:{FONT}px;font-weight:600}}.s{{font-size:{SMALL}px;fill:#52606d}}.l{{font-size:{SMALL}px;fill:#334155}}
.stage{{fill:#eef5fb;stroke:#2b6cb0}}.final{{fill:#e8f5ec;stroke:#2f855a}}.stopped{{fill:#fbecec;stroke:#b83232}}.hold{{fill:#fdf4e3;stroke:#b7791f}}
.any{{fill:#fff;stroke:#718096;stroke-dasharray:5 4}}.group{{fill:#f8fafc;stroke:#2b6cb0}}.region{{fill:#fff;stroke:#a0aec0;stroke-dasharray:4 3}}
.next{{stroke:#2b6cb0;stroke-width:2.2}}.way{{stroke:#64748b;stroke-width:1.3}}.timer{{stroke:#b7791f;stroke-width:1.3;stroke-dasharray:6 4}}
path{{fill:none}}rect{{stroke-width:1.4}}"""


def svg(frame: Frame) -> str:
    """The frame as one SVG document, with its title on top."""
    picture = lay_out(frame)
    head = 40 if frame.title else 0
    w = max(picture.w, text_width(frame.title, 18)) + 2 * _MARGIN
    h = picture.h + 2 * _MARGIN + head
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" role="img">',
        f"<title>{escape(frame.title)}</title>",
        f"<style>{_STYLE}</style>",
        "<defs>",
        *(_marker(kind, colour) for kind, colour in (("next", "#2b6cb0"), ("way", "#64748b"), ("timer", "#b7791f"))),
        "</defs>",
        f'<rect width="{w:.0f}" height="{h:.0f}" style="fill:#fff"/>',
    ]
    if frame.title:
        lines.append(
            f'<text x="{_MARGIN}" y="{_MARGIN + 16}" style="font-size:18px;font-weight:700">{escape(frame.title)}</text>'
        )
    lines += _picture(picture, _MARGIN, _MARGIN + head)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _marker(kind: str, colour: str) -> str:
    return (
        f'<marker id="a-{kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" style="fill:{colour}"/></marker>'
    )


def _picture(picture: Picture, x: float, y: float) -> Iterator[str]:
    yield f'<g transform="translate({x:.1f} {y:.1f})">'
    for arrow in picture.arrows:
        yield from _line(arrow)
    for box in picture.boxes:
        yield from _box(box)
    # Labels last: where one meets a line, the label is what must stay readable.
    for arrow in picture.arrows:
        yield from _label(arrow)
    yield "</g>"


def _box(box: Box) -> Iterator[str]:
    node = box.node
    yield f'<g transform="translate({box.x:.1f} {box.y:.1f})">'
    if node.detail:
        yield f"<title>{escape(chr(10).join(node.detail))}</title>"
    radius = 18 if node.kind in ("final", "stopped", "any") else 6
    kind = "group" if box.inside else node.kind
    yield f'<rect class="{kind}" width="{box.w:.1f}" height="{box.h:.1f}" rx="{radius}"/>'
    if node.kind in ("final", "stopped"):
        yield f'<rect class="{node.kind}" x="3" y="3" width="{box.w - 6:.1f}" height="{box.h - 6:.1f}" rx="15"/>'
    middle = box.w / 2
    first = 22.0 if box.inside else box.h / 2 + 5 - 9 * len(node.lines)
    yield f'<text class="t" x="{middle:.1f}" y="{first:.1f}" text-anchor="middle">{escape(node.title)}</text>'
    for number, line in enumerate(node.lines, 1):
        yield f'<text class="s" x="{middle:.1f}" y="{first + 18 * number:.1f}" text-anchor="middle">{escape(line)}</text>'
    for inner in box.inside:
        if inner.frame.title:
            top = inner.y - 24
            yield (
                f'<rect class="region" x="{inner.x - 8:.1f}" y="{top:.1f}" width="{inner.w + 16:.1f}" '
                f'height="{inner.h + 28:.1f}" rx="6"/>'
            )
            yield f'<text class="l" x="{inner.x:.1f}" y="{top + 16:.1f}">{escape(inner.frame.title)}</text>'
        yield from _picture(inner, inner.x, inner.y)
    yield "</g>"


def _line(arrow: Arrow) -> Iterator[str]:
    (x, y), *rest = arrow.points
    path = f"M{x:.1f} {y:.1f}" + "".join(f"L{a:.1f} {b:.1f}" for a, b in rest)
    title = f"<title>{escape(chr(10).join(arrow.edge.detail))}</title>" if arrow.edge.detail else ""
    yield f'<path class="{arrow.edge.kind}" d="{path}" marker-end="url(#a-{arrow.edge.kind})" stroke-linejoin="round">{title}</path>'


def _label(arrow: Arrow) -> Iterator[str]:
    if not arrow.edge.label:
        return
    x, y = arrow.at
    w = text_width(arrow.edge.label, SMALL)
    title = f"<title>{escape(chr(10).join(arrow.edge.detail))}</title>" if arrow.edge.detail else ""
    yield f'<rect x="{x - 2:.1f}" y="{y - 11:.1f}" width="{w + 4:.1f}" height="15" style="fill:#fff;opacity:.9;stroke:none"/>'
    yield f'<text class="l" x="{x:.1f}" y="{y:.1f}">{escape(arrow.edge.label)}{title}</text>'


def escape(text: str) -> str:
    """Text for XML: without what a title can hide and XML cannot hold."""
    return escape_html(clean(text).replace("\ufffe", "").replace("\uffff", ""))
