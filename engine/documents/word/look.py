"""How papers look in Word: page, sizes, and the program's own colours and fonts (a hospital's are in `Look`)."""

from __future__ import annotations

from typing import Final

from engine.documents.look.colours import AMBER, DARK, INK, LINE, MUTED, PALE, TEAL
from engine.documents.look.value import ALTERNATIVES, CHINESE, LATIN

__all__ = ["ALTERNATIVES", "AMBER", "DARK", "EAST_ASIA", "INK", "LATIN", "LINE", "MUTED", "PALE", "TEAL"]

EAST_ASIA: Final = CHINESE
MONO: Final = "Consolas"
SYMBOL: Final = "Segoe UI Symbol"  # has both check boxes

PAGE_WIDTH, PAGE_HEIGHT = 21.0, 29.7  # cm, A4
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 2.2, 2.3, 2.0  # cm
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN_SIDE

BODY: Final = 10.5  # points
SMALL: Final = 9.5
HEADINGS: Final = (15.0, 12.5, 11.0, 10.5)
TITLE: Final = 22.0
