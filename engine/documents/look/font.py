"""A font file for PDF: what it is called, and whether it has the characters of ordinary Chinese papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from engine.documents.look.value import FontFile, LookError
from engine.text import say

MOST_BYTES = 60_000_000
_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
# Characters any paper here is full of; a font without them is a Latin or symbol font.
_ORDINARY = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经0123456789，。：；、“”（）%"


def read_font(path: Path) -> FontFile:
    """The font in a file. Raises LookError."""
    from engine.documents.pdf.glyphs import code_points

    with path.open("rb") as file:
        start = file.read(4)
    if start == b"ttcf":
        raise LookError(
            say(
                "这是字体集合（TTC），请换成单个字体（TTF、OTF）",
                "it is a collection (TTC); give a single font (TTF, OTF)",
            )
        )
    if start not in _KINDS:
        raise LookError(say("不是 TTF 或 OTF 字体文件", "it is no TTF or OTF font file"))
    have = code_points(path)
    lacking = [ch for ch in _ORDINARY if ord(ch) not in have]
    if lacking:
        raise LookError(
            say(
                "缺常用字：{c}，不能用来排中文文件",
                "it lacks ordinary characters: {c}; no Chinese paper can be set in it",
                c="".join(lacking[:12]) + ("…" if len(lacking) > 12 else ""),
            )
        )
    return FontFile(str(path), _family(path))


def _family(path: Path) -> str:
    """The name under which typst knows the font. Raises LookError where typst cannot read it."""
    try:
        import typst
    except ImportError:
        return ""  # without typst there is no PDF at all
    with font_folder((path,)) as folder:
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).fonts()
        if found:
            return str(found[0].family)
    raise LookError(say("字体文件打不开", "the font cannot be read"))


@contextmanager
def font_folder(paths: Iterable[Path]) -> Iterator[str]:
    """A folder with these fonts and nothing else: typst takes every font below a folder it is given, and one in a
    workspace may lie beside anything."""
    with TemporaryDirectory(prefix="playbook-fonts-") as folder:
        for number, path in enumerate(paths):
            copyfile(path, Path(folder, f"{number}{path.suffix.lower()}"))
        yield folder
