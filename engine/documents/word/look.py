"""How papers look in Word: page, colours, sizes, fonts. Colours are chosen to stay apart in grey print."""

from __future__ import annotations

from typing import Final

# The Chinese font is named as Office on Windows names it; the alternatives go into the document's font table.
EAST_ASIA: Final = "微软雅黑"
LATIN: Final = "Arial"
MONO: Final = "Consolas"
SYMBOL: Final = "Segoe UI Symbol"  # has both check boxes
ALTERNATIVES: Final = "Microsoft YaHei,PingFang SC,Noto Sans CJK SC,Source Han Sans SC,SimHei"

PAGE_WIDTH, PAGE_HEIGHT = 21.0, 29.7  # cm, A4
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 2.2, 2.3, 2.0  # cm
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN_SIDE

INK: Final = "1F2933"
MUTED: Final = "5F6B76"
TEAL: Final = "0F6E84"
DARK: Final = "0B4F5F"
PALE: Final = "EEF5F7"
LINE: Final = "C5D3D8"
AMBER: Final = "B45309"

BODY: Final = 10.5  # points
SMALL: Final = 9.5
HEADINGS: Final = (15.0, 12.5, 11.0, 10.5)
TITLE: Final = 22.0
