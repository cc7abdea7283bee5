"""How slides look: measures in points (a slide is 960 by 540), sizes of type, and the colours that are the same for
everybody. Other colours, fonts, logo and letterhead are the paper's (`engine.documents.look`)."""

from __future__ import annotations

from typing import Final

from engine.documents.look.colours import AMBER, INK, MUTED, WHITE, Palette, mixed
from engine.documents.look.value import Fonts
from engine.documents.word.look import SYMBOL

__all__ = ["AMBER", "INK", "MUTED", "SYMBOL", "WHITE"]

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
SPARSE_SIZES, SPARSE = (32.0, 28.0), 0.6  # of a text alone on its slide, as long as it takes so much of the height
MOST_AIR: Final = 0.9  # between its paragraphs, in its size
LOWER: Final = 0.3  # of the height it leaves free stands above it
TABLE_LESS, TABLE_LEAST = 4.0, 12.0
LEADING: Final = 1.35  # of a line, in its size
AFTER: Final = 0.42  # below a paragraph, in its size
INDENT: Final = 1.35  # of a list's text, in its size

LEFT_SHARE: Final = 0.58  # of a chart beside text
CHART_LEAST: Final = 190
CARD_LABEL, CARD_LONG, CARD_REMARK = 14.0, 18.0, 13.0
CARD_VALUES: Final = (32.0, 28.0, 24.0, 20.0)  # of figures: the largest in which all cards of a row have one line
CARD_UNIT: Final = 0.55  # of the unit behind a figure

# The cover: the band of the letterhead above it, the frame of its logo, and what stands on its dark ground.
BAND: Final = 92
COVER_LEFT: Final = 96
COVER_LOGO, SMALL_LOGO = (180.0, 56.0), (96.0, 20.0)
ATTENTION_ON_DARK: Final = "F6C177"
_BAR_ON_DARK: Final = "8FB8C2"

# How Office looks for another font where the first is not installed: a Chinese one without or with serifs.
_LIKE: Final = 'panose="020B0503020204020204" pitchFamily="34" charset="-122"'
_LIKE_SERIF: Final = 'panose="02010600030101010101" pitchFamily="2" charset="-122"'


def bar_on_dark(colours: Palette) -> str:
    """The thin bar below the title of the cover."""
    return _BAR_ON_DARK if colours == Palette() else mixed(colours.main, WHITE, 0.46)


def east_asia_like(fonts: Fonts) -> str:
    return _LIKE_SERIF if fonts.serif else _LIKE
