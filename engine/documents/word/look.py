"""How papers look in Word: page, sizes, and the program's own colours and fonts (a hospital's are in `Look`)."""

from __future__ import annotations

from typing import Final

from engine.documents.look.colours import AMBER, DARK, INK, LINE, MUTED, PALE, TEAL
from engine.documents.look.value import ALTERNATIVES, CHINESE, LATIN
from engine.frozen import frozen

__all__ = ["ALTERNATIVES", "AMBER", "DARK", "EAST_ASIA", "INK", "LATIN", "LINE", "MUTED", "PALE", "TEAL"]

EAST_ASIA: Final = CHINESE
MONO: Final = "Consolas"
SYMBOL: Final = "Segoe UI Symbol"  # has both check boxes

PAGE_WIDTH, PAGE_HEIGHT = 21.0, 29.7  # cm, A4
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 2.2, 2.3, 2.0  # cm
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN_SIDE

BODY: Final = 10.5  # points
SMALL: Final = 9.5


@frozen
class Room:
    """How close things stand. `body` and `small` are sizes of type; `pitch`: from line to line in the size of the type, the same whatever the font's own is;
    `cell`: above and below the text of a table's cell, in twips; `top`, `bottom`: margins in centimetres; the others are
    points: before and after paragraphs, and the size of the title."""

    body: float
    small: float
    pitch: float
    table_pitch: float
    after: float
    list_after: float
    title_after: float
    headings: tuple[float, float, float, float]
    cell: int
    title: float
    top: float
    bottom: float


ROOMY: Final = Room(BODY, SMALL, 1.55, 1.45, 5, 2, 14, (14, 10, 8, 6), 55, 22, MARGIN_TOP, MARGIN_BOTTOM)
DENSE: Final = Room(10, 9, 1.35, 1.3, 2.5, 1, 6, (7, 6, 5, 4), 22, 18, 1.9, 1.6)
HEADINGS: Final = (15.0, 12.5, 11.0, 10.5)
