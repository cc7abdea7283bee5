"""Which characters can be drawn: read from the character maps of the fonts, without a library for fonts."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import BinaryIO

_NO_SHAPE = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})  # categories that need no glyph of their own
BOXES = {"☐": False, "☑": True, "☒": True}  # few fonts have them; the page layout draws them


def fonts_folder() -> Path:
    """Where the fonts are that papers are set in."""
    return Path(str(resources.files("engine.documents.pdf") / "fonts"))


def rare(text: str) -> str:
    """The characters that the shipped fonts do not have, each once, sorted: fonts of the system may still draw them."""
    have = _shipped()
    return "".join(
        sorted(
            ch
            for ch in set(text)
            if ord(ch) not in have and ch not in BOXES and unicodedata.category(ch) not in _NO_SHAPE
        )
    )


def lacking(text: str, font: Path) -> str:
    """The characters that the shipped fonts have and this font does not, each once, sorted."""
    have = code_points(font)
    found = {ch for ch in set(text) if ord(ch) not in have and ch not in BOXES}
    return "".join(sorted(ch for ch in found - set(rare(text)) if unicodedata.category(ch) not in _NO_SHAPE))


def undrawable(text: str) -> str:
    """The characters that no font here has, neither shipped nor installed, each once, sorted."""
    lacking = set(rare(text))
    for path, index in _installed() if lacking else ():
        lacking = {ch for ch in lacking if ord(ch) not in code_points(path, index)}
        if not lacking:
            break
    return "".join(sorted(lacking))


@cache
def _shipped() -> frozenset[int]:
    return code_points(fonts_folder() / "NotoSansSC-Regular.ttf")


@cache
def _installed() -> tuple[tuple[Path, int], ...]:
    """The files of all fonts that typst finds on the system, Chinese ones first: they are the likeliest to help."""
    import typst

    places = {(Path(font.path), font.index) for font in typst.Fonts().fonts() if font.path}
    return tuple(sorted(places, key=lambda place: ("CJK" not in place[0].name, place)))


@cache
def code_points(path: Path, index: int = 0) -> frozenset[int]:
    """The code points a font has a glyph for (OpenType `cmap`, formats 4 and 12); none where it cannot be read.

    `index`: which font of a collection.
    """
    try:
        with path.open("rb") as file:
            return frozenset(_cmap(_table(file, index, b"cmap")))
    except (OSError, struct.error, ValueError):
        return frozenset()


def _table(file: BinaryIO, index: int, wanted: bytes) -> bytes:
    """One table of a font. Raises ValueError where there is none."""
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for _ in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if tag == wanted:
            file.seek(offset)
            return file.read(length)
    raise ValueError(f"no table {wanted!r}")


def _cmap(table: bytes) -> set[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", table, 2)
    for number in range(count):
        platform, encoding, start = struct.unpack_from(">HHI", table, 4 + 8 * number)
        if platform != 0 and (platform, encoding) not in ((3, 1), (3, 10)):
            continue  # not Unicode
        (form,) = struct.unpack_from(">H", table, start)
        if form == 12:
            (groups,) = struct.unpack_from(">I", table, start + 12)
            for group in range(groups):
                first, last = struct.unpack_from(">II", table, start + 16 + 12 * group)
                found.update(range(first, min(last, 0x10FFFF) + 1))
        elif form == 4:
            found |= _segments(table, start)
    return found


def _segments(table: bytes, start: int) -> set[int]:
    """Format 4: stretches of code points, each with a shift to its glyphs or a list of them; glyph 0 is no glyph."""
    found: set[int] = set()
    (size,) = struct.unpack_from(">H", table, start + 6)
    ends, firsts = start + 14, start + 16 + size
    for at in range(0, size, 2):
        (last,) = struct.unpack_from(">H", table, ends + at)
        (first,) = struct.unpack_from(">H", table, firsts + at)
        (shift,) = struct.unpack_from(">H", table, firsts + size + at)
        (list_at,) = struct.unpack_from(">H", table, firsts + 2 * size + at)
        for code in range(first, last + 1):
            glyph = code + shift
            if list_at:
                (glyph,) = struct.unpack_from(">H", table, firsts + 2 * size + at + list_at + 2 * (code - first))
            if glyph & 0xFFFF and code != 0xFFFF:
                found.add(code)
    return found
