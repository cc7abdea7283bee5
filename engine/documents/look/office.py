"""A Word file as a template: really a .docx, whole, on A4, without macros and without pictures from elsewhere."""

from __future__ import annotations

import io
import zipfile

from engine.documents.look.value import LookError
from engine.text import say

_MOST_UNPACKED, _MOST_PARTS = 60_000_000, 2000
_MAIN = b"wordprocessingml.document.main+xml"
_A4, _NEAR = (21.0, 29.7), 0.2  # cm
_LEAST_TEXT = 12.0  # cm; tables of five columns need it
_CENTIMETRE = 360_000  # EMU


def check_word_template(content: bytes) -> None:
    """Raises LookError where the file cannot be taken."""
    save = say("在 Word 或 WPS 里打开，另存为 .docx", "open it in Word and save it as .docx")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise LookError(say("它加了密码，或是旧格式 .doc", "it has a password, or is an old .doc"), save)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise LookError(say("它展开后太大", "it is too large when unpacked"), save)
            types = package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, NotImplementedError):
        raise LookError(say("它不是 Word 文件，或已损坏", "it is no Word file, or a broken one"), save) from None
    if b"macroEnabled" in types:
        raise LookError(say("它带宏", "it has macros"), save)
    if _MAIN not in types:
        raise LookError(
            say("它不是 .docx 文件（也许是 .dotx 改了名字）", "it is no .docx (a .dotx under another name?)"), save
        )
    _check_inside(content)


def _check_inside(content: bytes) -> None:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document = Document(io.BytesIO(content))
        section = document.sections[0]
        page = [int(section.page_width or 0), int(section.page_height or 0)]
        text = page[0] - int(section.left_margin or 0) - int(section.right_margin or 0)
        around = [
            rel.target_part
            for rel in document.part.rels.values()
            if rel.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        ]
        rels = [rel for part in around for rel in part.rels.values() if rel.is_external]
    except Exception:  # the library raises whatever its parsers stumble on
        raise LookError(
            say("Word 文件的内容读不出来", "its contents cannot be read"),
            say("在 Word 或 WPS 里打开，另存为 .docx", "open it in Word and save it as .docx"),
        ) from None
    size = [value / _CENTIMETRE for value in page]
    if any(abs(found - wanted) > _NEAR for found, wanted in zip(size, _A4, strict=True)):
        raise LookError(
            say(
                "纸张是 {w:.1f}×{h:.1f} 厘米，要用竖放的 A4",
                "its page is {w:.1f}×{h:.1f} cm; A4 upright is needed",
                w=size[0],
                h=size[1],
            ),
            say("在“布局—纸张大小”里改成 A4", "set the paper size to A4"),
        )
    if text / _CENTIMETRE < _LEAST_TEXT:
        raise LookError(
            say(
                "版心只有 {w:.1f} 厘米宽，至少要 {m:.0f} 厘米",
                "its text is {w:.1f} cm wide; at least {m:.0f} cm are needed",
                w=text / _CENTIMETRE,
                m=_LEAST_TEXT,
            ),
            say("把左右页边距改小", "make the side margins smaller"),
        )
    linked = [rel for rel in rels if rel.reltype != RELATIONSHIP_TYPE.HYPERLINK]
    if linked:
        raise LookError(
            say(
                "页眉或页脚里的图片是链接到别处的：{t}",
                "a picture of its header or footer is only linked: {t}",
                t=linked[0].target_ref[:80],
            ),
            say("把图片嵌入文件，再保存", "embed the picture and save"),
        )
