"""How slides look: measures in points (a slide is 960 by 540), colours and fonts of papers, sizes of type."""

from __future__ import annotations

from typing import Final

from engine.documents.word.look import AMBER, DARK, EAST_ASIA, INK, LATIN, LINE, MUTED, PALE, SYMBOL, TEAL

__all__ = ["AMBER", "DARK", "EAST_ASIA", "INK", "LATIN", "LINE", "MUTED", "PALE", "SYMBOL", "TEAL"]

POINT: Final = 12700  # of the units that files count in
WIDTH, HEIGHT = 960, 540  # 16:9
SIDE: Final = 46
TOP, BOTTOM = 108, 492  # of what stands between title and footer
TEXT_WIDTH: Final = WIDTH - 2 * SIDE
GAP: Final = 14

TITLE_TOP, TITLE_HEIGHT = 30, 62
TITLE_SIZES: Final = (28.0, 23.0)  # of one line, of two
COVER_TITLE: Final = (40.0, 32.0)
BODY_SIZES: Final = (
    26.0,
    24.0,
    22.0,
    20.0,
    18.0,
    16.0,
    14.0,
)  # the largest that fits; smaller is not read from the last row
TABLE_LESS, TABLE_LEAST = 4.0, 12.0
LEADING: Final = 1.35  # of a line, in its size
AFTER: Final = 0.42  # below a paragraph, in its size
INDENT: Final = 1.35  # of a list's text, in its size

LEFT_SHARE: Final = 0.58  # of a chart beside text
CHART_LEAST: Final = 190
CARD_LABEL, CARD_VALUE, CARD_LONG, CARD_REMARK = 14.0, 32.0, 18.0, 13.0

ON_DARK, ATTENTION_ON_DARK, BAR_ON_DARK = "DCEBEF", "F6C177", "8FB8C2"  # on the cover

# How Office looks for another font where the first is not installed: a Chinese one without serifs.
EAST_ASIA_LIKE: Final = 'panose="020B0503020204020204" pitchFamily="34" charset="-122"'
