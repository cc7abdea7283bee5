import struct
from pathlib import Path

import pytest

from engine.documents.pdf.glyphs import code_points, fonts_folder, rare, undrawable
from engine.resources import playbooks_folder


def cmap(table: bytes) -> bytes:
    """A font file with nothing but a character map."""
    return b"\0\1\0\0" + struct.pack(">HHHH", 1, 0, 0, 0) + b"cmap" + struct.pack(">III", 0, 28, len(table)) + table


def head(platform: int, encoding: int) -> bytes:
    return struct.pack(">HHHHI", 0, 1, platform, encoding, 12)


def test_the_shipped_fonts_have_the_characters_of_chinese_papers() -> None:
    for style in ("Regular", "Bold"):
        have = code_points(fonts_folder() / f"NotoSansSC-{style}.ttf")
        pairs = [bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
        gb2312 = {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}
        assert len(gb2312) == 6763
        assert gb2312 <= have
        assert set(map(ord, "“”‘’——…、。《》【】（）￥¥€№→←↑↓①⑳ⅠⅫ±×÷≤≥≠°℃％‰■□●○◆◇★☆✓，：；！？ＡＺａｚ０９éü")) <= have
        assert not {0x2610, 0x10FFFF, 0xE000} & have


def test_the_license_and_the_copyright_go_with_the_fonts() -> None:
    text = (fonts_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text and text.startswith("Copyright")


def test_the_fonts_are_not_heavy() -> None:
    assert sum(path.stat().st_size for path in fonts_folder().glob("*.ttf")) < 6_000_000


def test_all_our_own_papers_can_be_drawn_with_the_shipped_fonts() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(playbooks_folder()).rglob("*.j2")]
    assert texts and rare("".join(texts)) == ""


def test_rare_characters_are_named_once_and_sorted() -> None:
    assert rare("龘甲𠮷龘乙") == "龘𠮷"


def test_what_needs_no_glyph_is_not_missed() -> None:
    assert rare("☐☑\u200b\u00a0\u3000\n\t\ufe0f\u0301") == ""


def test_what_no_font_has_is_undrawable() -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    assert undrawable("甲\U0010fffd\u0378") == "\u0378\U0010fffd"
    assert undrawable("普通的字") == ""


def test_segments_with_a_shift_and_with_a_list(tmp_path: Path) -> None:
    # 0x41–0x43 shifted to glyphs 1, 2, 3; 0x61–0x62 by a list of which the second is no glyph; the end mark.
    segments = struct.pack(">4H", 4, 0, 0, 6)[2:]
    table = struct.pack(">HHH", 4, 0, 0) + struct.pack(">H", 6) + segments
    table += struct.pack(">3H", 0x43, 0x62, 0xFFFF) + b"\0\0" + struct.pack(">3H", 0x41, 0x61, 0xFFFF)
    table += struct.pack(">3H", (1 - 0x41) & 0xFFFF, 0, 1) + struct.pack(">3H", 0, 4, 0) + struct.pack(">2H", 7, 0)
    path = tmp_path / "a.ttf"
    path.write_bytes(cmap(head(3, 1) + table))
    assert code_points(path) == {0x41, 0x42, 0x43, 0x61}


def test_groups_of_large_code_points(tmp_path: Path) -> None:
    table = struct.pack(">HHIII", 12, 0, 28, 0, 1) + struct.pack(">III", 0x1F600, 0x1F602, 5)
    path = tmp_path / "a.ttf"
    path.write_bytes(cmap(head(3, 10) + table))
    assert code_points(path) == {0x1F600, 0x1F601, 0x1F602}
    other = tmp_path / "b.ttf"
    other.write_bytes(cmap(head(1, 0) + table))
    assert code_points(other) == frozenset()  # not a map of Unicode


def test_a_file_that_is_no_font_has_no_characters(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"ttcf", b"\0\1\0\0\0\x09", cmap(b"\0"), b"x" * 100)):
        path = tmp_path / f"{number}.ttf"
        path.write_bytes(content)
        assert code_points(path) == frozenset()
    assert code_points(tmp_path / "none.ttf") == frozenset()
