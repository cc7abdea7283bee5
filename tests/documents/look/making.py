"""A workspace with a made-up look: pictures, fonts and Word templates are made here."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from engine.documents.pdf.glyphs import fonts_folder
from engine.workspace import MARKER, Workspace, init_workspace, open_workspace

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="90" height="90" fill="#7A1F2B"/>'
    b'<circle cx="150" cy="50" r="40" fill="#7A1F2B"/></svg>'
)
RED = (0x7A, 0x1F, 0x2B)


def png(wide: int = 40, high: int = 20, colour: tuple[int, int, int] = RED) -> bytes:
    """A picture of one colour."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * wide) * high
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def font(family: str = "Nota Sans SC") -> bytes:
    """The shipped font under another name of the same length."""
    content = (fonts_folder() / "NotoSansSC-Regular.ttf").read_bytes()
    old = "Noto Sans SC".encode("utf-16-be")
    assert old in content and len(family) == 12
    return content.replace(old, family.encode("utf-16-be"))


def letter(path: Path, *, first_page: bool = False, even: bool = False, chinese_ids: bool = True) -> None:
    """A Word template of a made-up hospital, as a Chinese Word writes it: its styles have numbers for ids."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xB0, 0, 0)
    section.header.paragraphs[0].add_run("湖畔医院信纸").add_picture(io.BytesIO(png()), width=Cm(1))
    section.footer.paragraphs[0].text = "湖畔路1号"
    if first_page:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "湖畔医院文件"
    if even:
        document.settings.odd_and_even_pages_header_footer = True
        section.even_page_header.paragraphs[0].text = "湖畔医院双页"
    document.add_paragraph("模板里的正文")
    if chinese_ids:
        renumber(document)
    document.save(str(path))


def renumber(document: Any) -> None:
    styles = document.styles.element.findall(qn("w:style"))
    ids = {style.get(qn("w:styleId")): str(number) for number, style in enumerate(styles)}
    for style in styles:
        style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
        for tag in ("w:basedOn", "w:next", "w:link"):
            node = style.find(qn(tag))
            if node is not None:
                node.set(qn("w:val"), ids[node.get(qn("w:val"))])
    for story in (document.element.body, document.sections[0].header._element, document.sections[0].footer._element):
        for node in story.iter(qn("w:pStyle")):
            node.set(qn("w:val"), ids[node.get(qn("w:val"))])


def workspace(folder: Path, settings: str, **files: bytes) -> Workspace:
    """A workspace with these settings below `look:`, and files in its folder `look` (`logo__png` is logo.png)."""
    init_workspace(folder)
    (folder / "look").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "look" / name.replace("__", ".")).write_bytes(content)
    lines = "".join(f"  {line}\n" for line in settings.splitlines())
    (folder / MARKER).write_text(f"hospital: 示范市湖畔医院\nlook:\n{lines}", encoding="utf-8")
    return open_workspace(folder)
