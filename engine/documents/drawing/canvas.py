"""Shapes and texts of a chart. Lengths are in pixels of a picture 640 wide, which is the width of a page's text."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from engine.documents.markdown import clean
from engine.documents.word.look import AMBER, DARK, INK, LINE, MUTED, PALE, TEAL
from engine.errors import width as columns

WIDTH = 640
FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Source Han Sans SC, sans-serif"
SIZE = 13  # of the text
_PER_COLUMN = 0.54  # em of a narrow character; a Chinese one takes two columns

_STYLE = (
    f"text{{font-family:{FONT};font-size:{SIZE}px;fill:#{INK}}}"
    f".muted{{fill:#{MUTED}}}.small{{font-size:11.5px}}.strong{{font-weight:700}}.end{{text-anchor:end}}.mid{{text-anchor:middle}}"
    f".on{{fill:#ffffff}}"
)


class Canvas:
    """Collects the parts of one picture."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.height = 0.0

    def down_to(self, y: float) -> None:
        self.height = max(self.height, y)

    def text(self, x: float, y: float, text: str, *classes: str) -> None:
        names = f' class="{" ".join(classes)}"' if classes else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{names}>{safe(text)}</text>')
        self.down_to(y + 4)

    def bar(self, x: float, y: float, width: float, height: float, kind: str = "solid") -> None:
        """`solid`: now; `before`: outlined and hatched; `over`: beyond a limit; `frame`: the room there is."""
        fills = {
            "solid": f'fill="#{TEAL}"',
            "before": f'fill="url(#hatch)" stroke="#{MUTED}" stroke-width="1"',
            "over": f'fill="#{AMBER}" stroke="#{INK}" stroke-width="1.5"',
            "frame": f'fill="#{PALE}" stroke="#{LINE}" stroke-width="1"',
        }
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" {fills[kind]}/>'
        )
        self.down_to(y + height)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False, dark: bool = False) -> None:
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        colour = DARK if dark else LINE
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#{colour}" stroke-width="1.5"{dash}/>'
        )

    def break_mark(self, x: float, y: float, height: float) -> None:
        """Two slanted white strokes through a bar that is longer than can be drawn."""
        for shift in (0, 7):
            self.parts.append(
                f'<line x1="{x + shift:.1f}" y1="{y + height + 2:.1f}" x2="{x + shift + 6:.1f}" y2="{y - 2:.1f}" '
                'stroke="#ffffff" stroke-width="3"/>'
            )

    def svg(self, title: str, description: str) -> str:
        """The picture as one element, with what it shows in words for those who cannot see it."""
        height = round(self.height + 6)
        hatch = (
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="6" height="6" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#{MUTED}" stroke-width="1.6"/>'
            "</pattern></defs>"
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'role="img" aria-label="{safe(description, quote=True)}"><title>{safe(title)}</title><desc>{safe(description)}</desc>'
            f"<style>{_STYLE}</style>{hatch}{''.join(self.parts)}</svg>"
        )


def safe(text: str, *, quote: bool = False) -> str:
    """A text of anybody's as text of an SVG: no markup, no control characters, no direction marks."""
    entities = {'"': "&quot;"} if quote else {}
    return escape(" ".join(clean(text).split()), entities)


def room(text: str, size: float = SIZE) -> float:
    """How wide a text is, about."""
    return columns(text) * size * _PER_COLUMN


def fitted(text: str, most: float, size: float = SIZE) -> str:
    """The text, or as much of it as fits with an ellipsis behind."""
    text = " ".join(clean(text).split())
    if room(text, size) <= most:
        return text
    while text and room(f"{text}…", size) > most:
        text = text[:-1]
    return f"{text}…"


def widest(texts: Iterable[str], most: float, size: float = SIZE) -> float:
    return min(max((room(text, size) for text in texts), default=0), most)
