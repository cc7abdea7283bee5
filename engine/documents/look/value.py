"""The look as a value: what the hospital's settings say, with its files read and checked."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import field
from typing import Final

from engine.documents.look.colours import Palette
from engine.frozen import frozen
from engine.text import Message

# The Chinese font is named as Office on Windows names it; what may stand in for it follows.
CHINESE: Final = "微软雅黑"
LATIN: Final = "Arial"
ALTERNATIVES: Final = "Microsoft YaHei,PingFang SC,Noto Sans CJK SC,Source Han Sans SC,SimHei"
_SERIF: Final = "SimSun,Songti SC,Noto Serif CJK SC,Source Han Serif SC"
_SERIF_NAMES = re.compile("宋|仿|楷|明|song|simsun|fang|kai|ming|serif", re.IGNORECASE)
_WEB: Final = ("Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC")
_WEB_OWN: Final = (  # of the program's own pages: the Chinese font sets the figures too
    "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Hiragino Sans GB",
)  # fmt: skip


@frozen
class Fonts:
    """Names of fonts for Office and web pages."""

    chinese: str = CHINESE
    latin: str = LATIN

    @property
    def serif(self) -> bool:
        """Is the Chinese font of the kind of 宋体, going by its name?"""
        return bool(_SERIF_NAMES.search(self.chinese))

    @property
    def alternatives(self) -> str:
        """What may stand in for the Chinese font where it is not installed, separated by commas."""
        return _SERIF if self.serif else ALTERNATIVES

    @property
    def css(self) -> str:
        """A list for `font-family`: the Latin font first, so that figures are in it; a generic one at last."""
        if self == Fonts():
            return ", ".join([*(f'"{name}"' for name in _WEB_OWN), "sans-serif"])
        others = _SERIF.split(",") if self.serif else _WEB
        names = dict.fromkeys((self.latin, self.chinese, *others))
        return ", ".join([*(f'"{_css(name)}"' for name in names), "serif" if self.serif else "sans-serif"])


def _css(name: str) -> str:
    """A name inside quotes of a stylesheet: nothing of it can end the quotes or the stylesheet."""
    return "".join(f"\\{ord(ch):x} " if ch in "\"\\<>&'" or ord(ch) < 32 else ch for ch in name)


@frozen
class FontFile:
    """A font for PDF, in a file of the workspace."""

    path: str
    family: str


@frozen
class Logo:
    """`png`: the same picture for programs that know no SVG (the content itself for a PNG or JPEG). The sizes are the
    picture's own, in any unit: only their ratio counts."""

    content: bytes
    media: str  # image/png, image/jpeg, image/svg+xml
    width: float
    height: float
    png: bytes

    def fitted(self, wide: float, high: float) -> tuple[float, float]:
        """Its size in a frame, in the frame's unit."""
        scale = min(wide / self.width, high / self.height)
        return self.width * scale, self.height * scale

    @property
    def uri(self) -> str:
        return f"data:{self.media};base64,{b64encode(self.content).decode()}"


@frozen
class Look:
    """`letterhead`: lines of the first page, the first the largest. `word`: the content of a Word template whose styles,
    page, header and footer are taken; where it has a header, that stands instead of letterhead and logo."""

    letterhead: tuple[str, ...] = ()
    logo: Logo | None = None
    colours: Palette = field(default_factory=Palette)
    fonts: Fonts = field(default_factory=Fonts)
    pdf_fonts: tuple[FontFile, ...] = ()
    word: bytes | None = None

    @property
    def headed(self) -> bool:
        """Is there anything to stand at the head of the first page?"""
        return bool(self.letterhead or self.logo)

    def names(self, hospital: str) -> bool:
        """Does the letterhead name the hospital already?"""
        return bool(hospital) and any(hospital in line for line in self.letterhead)


PLAIN: Final = Look()


class LookError(Exception):
    """Why a file cannot be part of a look, and what to do about it."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint
