"""A picture file as a logo: really a PNG, JPEG or SVG, whole, of a sane size, and asking for nothing outside itself."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from engine.documents.look.value import Logo, LookError
from engine.text import say

MOST_BYTES = 1_000_000
_MOST_PIXELS = 20_000_000  # an office program unpacks a picture whole
_MOST_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_FETCHED = re.compile(r"@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^\s*(?!\s|#|data:image/(?:png|jpeg);)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*$")


def read_logo(content: bytes) -> Logo:
    """The logo in a file's content, whatever the file is called. Raises LookError."""
    if content.startswith(_PNG):
        media, size, png = "image/png", _png(content), content
    elif content.startswith(b"\xff\xd8\xff"):
        media, size, png = "image/jpeg", _jpeg(content), content
    elif b"<svg" in content[:4096]:
        media, size = "image/svg+xml", _svg(content)
        png = _drawn(content)
    else:
        raise LookError(say("不是 PNG、JPEG 或 SVG 图片", "it is no PNG, JPEG or SVG picture"))
    wide, high = size
    if not wide or not high or max(wide / high, high / wide) > _MOST_RATIO:
        raise LookError(
            say("宽高是 {w}×{h}，不像一个标志", "it measures {w}×{h}, which is no logo", w=f"{wide:g}", h=f"{high:g}")
        )
    if media != "image/svg+xml":
        if wide * high > _MOST_PIXELS:
            raise LookError(
                say("有 {w}×{h} 个点，太大了", "it has {w}×{h} pixels, which is too many", w=int(wide), h=int(high))
            )
        _known_to_word(content)
    return Logo(content, media, wide, high, png)


def _broken() -> LookError:
    return LookError(say("图片不完整或已损坏，请重新导出", "the picture is broken or cut short; export it once more"))


def _png(content: bytes) -> tuple[float, float]:
    """Width and height of a PNG, every part of which is whole."""
    size, pixels = (0, 0), []
    for kind, data in _png_parts(content):
        if kind == b"IHDR" and len(data) == 13:
            size = struct.unpack(">II", data[:8])
        elif kind == b"IDAT":
            pixels.append(data)
        elif kind == b"IEND":
            if size[0] * size[1] <= _MOST_PIXELS:
                try:
                    unpacker = zlib.decompressobj()
                    unpacker.decompress(b"".join(pixels), 8 * _MOST_PIXELS)
                except zlib.error:
                    raise _broken() from None
            return size
    raise _broken()


def _png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + data) != struct.unpack(">I", check)[0]:
            raise _broken()
        yield kind, data
        at += 12 + length


def _jpeg(content: bytes) -> tuple[float, float]:
    """Width and height of a JPEG from its frame header; its end must be there."""
    at = 2
    while at + 9 <= len(content) and b"\xff\xd9" in content[-64:]:
        if content[at] != 0xFF:
            break
        kind = content[at + 1]
        if kind == 0xFF:  # padding
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack_from(">HH", content, at + 5)
            return wide, high
        at += 2 + length
    raise _broken()


def _known_to_word(content: bytes) -> None:
    """The library that writes Word files knows fewer kinds of JPEG than there are."""
    from docx.image.image import Image

    try:
        Image.from_blob(content)
    except Exception:  # the library raises whatever its parsers stumble on
        raise LookError(
            say("Word 不认识这种图片，请另存为 PNG", "Word does not know this kind of picture; save it as PNG")
        ) from None


def _svg(content: bytes) -> tuple[float, float]:
    """Width and height of an SVG that is a drawing and nothing else: no script, nothing from outside."""
    try:
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise LookError(
                say("SVG 里有 DOCTYPE，请导出为普通 SVG 或 PNG", "the SVG has a DOCTYPE; export a plain SVG, or a PNG")
            )
        root = ET.fromstring(text)  # noqa: S314 (entities were refused above)
    except (UnicodeDecodeError, ET.ParseError):
        raise _broken() from None
    if root.tag != f"{_SVG}svg":
        raise LookError(say("不是 SVG 图片", "it is no SVG picture"))
    for node in root.iter():
        _harmless(node)
    box = str(root.get("viewBox") or "").replace(",", " ").split()
    if len(box) == 4:
        try:
            return abs(float(box[2])), abs(float(box[3]))
        except ValueError:
            raise _broken() from None
    wide, high = (_NUMBER.match(str(root.get(name) or "")) for name in ("width", "height"))
    if wide is None or high is None:
        raise LookError(say("SVG 没有写明大小（viewBox）", "the SVG does not say how large it is (viewBox)"))
    return float(wide[1]), float(high[1])


def _harmless(node: ET.Element) -> None:
    name = str(node.tag).rpartition("}")[2]
    wrong = name if name in ("script", "foreignObject", "iframe", "a", "animate", "set") else ""
    if name == "style" and _FETCHED.search(node.text or ""):
        wrong = "style"
    for key, value in node.attrib.items():
        attribute = key.rpartition("}")[2]
        outside = _OUTSIDE if attribute == "href" else _FETCHED
        if attribute.lower().startswith("on") or outside.search(value):
            wrong = attribute
    if wrong:
        raise LookError(
            say(
                "SVG 里有脚本、链接或外部内容（{what}），请导出为普通 SVG 或 PNG",
                "the SVG has a script, a link or something from outside ({what}); export a plain SVG, or a PNG",
                what=wrong,
            )
        )


@lru_cache(maxsize=4)
def _drawn(svg: bytes) -> bytes:
    """The drawing as PNG on nothing, for programs that know no SVG."""
    from engine.documents.pdf.paper import drawing_to_png

    try:
        return drawing_to_png(svg)
    except ValueError:
        raise _broken() from None
