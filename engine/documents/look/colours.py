"""Colours of papers, made from one main colour, and whether a main colour stays readable in grey print."""

from __future__ import annotations

import re
from typing import Final

from engine.frozen import frozen

# The program's own; chosen to stay apart in grey print.
INK: Final = "1F2933"
MUTED: Final = "5F6B76"
TEAL: Final = "0F6E84"
DARK: Final = "0B4F5F"
PALE: Final = "EEF5F7"
LINE: Final = "C5D3D8"
AMBER: Final = "B45309"
TINT: Final = "DCEBEF"
WHITE: Final = "FFFFFF"

LEAST_CONTRAST: Final = 4.5  # of text with its ground: WCAG 2.1, level AA
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_COLOUR = re.compile(r'\b((?:fill|stroke)=")#([0-9A-Fa-f]{6})"')


@frozen
class Palette:
    """Six hexadecimal digits each. `main`: bands and marks, white text stands on it; `dark`: headings; `pale`: grounds of
    tables and cards; `line`: thin lines; `tint`: the lesser text on `main`. What is text, grey or a warning (`INK`,
    `MUTED`, `AMBER`) is the same for everybody."""

    main: str = TEAL
    dark: str = DARK
    pale: str = PALE
    line: str = LINE
    tint: str = TINT

    def paint(self, svg: str) -> str:
        """A picture or page of the program's own in these colours. Only attributes of tags are touched, never a text."""
        if self == Palette():
            return svg
        instead = {TEAL: self.main, DARK: self.dark, PALE: self.pale, LINE: self.line}

        def colour(found: re.Match[str]) -> str:
            return f'{found[1]}#{instead.get(found[2].upper(), found[2])}"'

        return _TAG.sub(lambda tag: _COLOUR.sub(colour, tag[0]), svg)


def palette_of(main: str) -> Palette:
    """The palette around a main colour (`0F6E84` or `#0f6e84`)."""
    main = main.removeprefix("#").upper()
    if main == TEAL:
        return Palette()
    tint = mixed(main, WHITE, 0.14)
    return Palette(
        main=main,
        dark=mixed(main, "000000", 0.72),
        pale=mixed(main, WHITE, 0.07),
        line=mixed(main, WHITE, 0.25),
        tint=tint if contrast(tint, main) >= LEAST_CONTRAST else WHITE,
    )


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `colour`, the rest of `other`."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def readable(colour: str) -> bool:
    """Can white text stand on it and it on white, in colour and in grey print?"""
    return min(contrast(colour, WHITE), contrast(grey(colour), WHITE)) >= LEAST_CONTRAST


def darkened(colour: str) -> str:
    """The nearest shade of a colour that is readable; itself, if it is."""
    share = 1.0
    while not readable(mixed(colour, "000000", share)):
        share -= 0.01
    return mixed(colour, "000000", share)


def grey(colour: str) -> str:
    """What a printer without colours makes of it (Rec. 601)."""
    red, green, blue = _parts(colour)
    return f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it: 1 (none) to 21 (black and white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (p / 255 for p in _parts(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    colour = colour.removeprefix("#")
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
