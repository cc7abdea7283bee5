"""Shapes and texts of a chart, 640 units wide: the width of the text on an A4 page.

Looks stand on the elements themselves and every id carries a mark of the picture: several charts in one page neither
dress each other nor the page.
"""

from __future__ import annotations

import hashlib
from typing import Literal
from xml.sax.saxutils import escape

from engine.documents.charts.measure import fit, tidy, width, wrap
from engine.documents.look.colours import AMBER, DARK, INK, LINE, MUTED, PALE, TEAL

WIDTH = 640
SIZE, SMALL = 13.0, 11.5  # of texts
LABELS = 195.0  # the most that labels at the left take: fifteen Chinese characters, twice
MOST_ROWS = 24  # a chart with more is a table
_FONTS = "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"

Fill = Literal["solid", "hatch", "frame", "over", "paper"]
# On grey paper: dark, striped, almost white with an outline, dark dots, white.
_FILLS: dict[Fill, str] = {
    "solid": f'fill="#{TEAL}" stroke="#{DARK}"',
    "hatch": f'fill="url(#hatch-\0)" stroke="#{MUTED}"',
    "frame": f'fill="#{PALE}" stroke="#{MUTED}"',
    "over": f'fill="url(#over-\0)" stroke="#{INK}"',
    "paper": f'fill="#ffffff" stroke="#{INK}"',
}


class Canvas:
    """Collects the parts of one picture from top to bottom; `y` is where the next row goes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = 8.0
        self.lowest = 0.0

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        muted: bool = False,
        anchor: Literal["start", "middle", "end"] = "start",
        full: str = "",
    ) -> None:
        """One line with its base at `y`. `full`: the whole text where the line is shortened, shown by a pointer."""
        more = f"<title>{safe(full)}</title>" if full and tidy(full) != text else ""
        look = (' font-weight="700"' if bold else "") + (f' fill="#{MUTED}"' if muted else "")
        look += f' text-anchor="{anchor}"' if anchor != "start" else ""
        look += f' font-size="{size:g}"' if size != SIZE else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{look}>{more}{safe(text)}</text>')
        self.down_to(y + size * 0.35)

    def fitted(self, x: float, y: float, text: str, most: float, *, size: float = SIZE, muted: bool = False) -> None:
        """A line that takes at most `most`, with an ellipsis where it must."""
        if most >= size * 2:
            self.text(x, y, fit(text, most, size), size=size, muted=muted, full=text)

    def label(self, middle: float, text: str, room: float) -> None:
        """What a row is called: at the left, in one line or two around `middle`."""
        lines = wrap(text, room, SIZE)
        base = middle + SIZE * 0.36 - (len(lines) - 1) * 8
        for index, line in enumerate(lines):
            self.text(0, base + index * 16, line, full=text if line.endswith("…") else "")

    def bar(self, x: float, y: float, length: float, height: float, fill: Fill) -> None:
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(length, 0.0):.1f}" height="{height:.1f}" {_FILLS[fill]}/>'
        )
        self.down_to(y + height)

    def shape(self, points: list[tuple[float, float]], fill: Fill) -> None:
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{places}" {_FILLS[fill]}/>')

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False, colour: str = LINE, thick: float = 1
    ) -> None:
        dash = ' stroke-dasharray="5 3"' if dashed else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="#{colour}" stroke-width="{thick:g}"{dash}/>'
        )

    def break_mark(self, x: float, y: float, height: float) -> None:
        """A gap with two slanted strokes through a bar that is not drawn to scale."""
        top, low = y - 4, y + height + 4
        self.parts.append(
            f'<polygon points="{x - 3:.1f},{low:.1f} {x + 5:.1f},{top:.1f} {x + 13:.1f},{top:.1f} {x + 5:.1f},{low:.1f}" '
            'fill="#ffffff"/>'
        )
        for shift in (0, 8):
            self.line(x - 3 + shift, low, x + 5 + shift, top, colour=INK, thick=1.6)

    def legend(self, entries: list[tuple[Fill, str]]) -> None:
        """What the fills mean, in one row."""
        x = 1.0
        for fill, name in entries:
            self.bar(x, self.y, 20, 11, fill)
            self.text(x + 26, self.y + 10, name, size=SMALL)
            x += 26 + width(name, SMALL) + 18
        self.y += 24

    def remark(self, text: str) -> None:
        """A sentence below the rows, in as many lines as it needs (at most four)."""
        for line in wrap(text, WIDTH - 4, SMALL, 4):
            self.text(0, self.y + 11, line, size=SMALL, muted=True)
            self.y += 16

    def down_to(self, y: float) -> None:
        self.lowest = max(self.lowest, y)

    def svg(self, title: str, description: str) -> str:
        """The picture as one element, with what it shows in words."""
        height = round(max(self.lowest, self.y) + 5)
        mark = hashlib.sha256("".join([safe(title), safe(description), *self.parts]).encode()).hexdigest()[:8]
        body = "".join(self.parts).replace("-\0)", f"-{mark})")  # no text of a user has a NUL left
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {WIDTH + 2} {height}" width="{WIDTH + 2}" '
            f'height="{height}" role="img" aria-labelledby="title-{mark} desc-{mark}" font-family="{_FONTS}" '
            f'font-size="{SIZE:g}" fill="#{INK}"><title id="title-{mark}">{safe(title)}</title>'
            f'<desc id="desc-{mark}">{safe(description)}</desc>{_patterns(mark, body)}{body}</svg>'
        )


def _patterns(mark: str, body: str) -> str:
    """Stripes and crossed stripes, where the picture uses them."""
    stripe = '<line x1="0" y1="0" x2="0" y2="6" stroke="#{}" stroke-width="{}"/>'
    made = ""
    for name, strokes in (
        ("hatch", stripe.format(MUTED, 2)),
        ("over", stripe.format(AMBER, 6) + '<line x1="0" y1="3" x2="6" y2="3" stroke="#ffffff" stroke-width="1.2"/>'),
    ):
        if f"url(#{name}-{mark})" in body:
            made += (
                f'<pattern id="{name}-{mark}" width="6" height="6" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>{strokes}</pattern>'
            )
    return f"<defs>{made}</defs>" if made else ""


def safe(text: str) -> str:
    """A text of anybody's as text of an SVG: no markup, no control characters, no direction marks."""
    return escape(tidy(text))


def sentence(title: str, text: str) -> str:
    """A picture that is one sentence: for data of which there is nothing to draw."""
    canvas = Canvas()
    for line in wrap(text, WIDTH - 4, SIZE, 4):
        canvas.text(0, canvas.y + 12, line, muted=True)
        canvas.y += 19
    return canvas.svg(title, text)
