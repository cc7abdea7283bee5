"""Font files for PDF."""

from pathlib import Path

import pytest

from engine.documents.look.font import font_folder, read_font
from engine.documents.look.value import LookError
from tests.documents.look.making import font


def why(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(LookError) as caught:
        read_font(path)
    return caught.value.message.zh


def test_a_font_is_known_by_its_family(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    path = tmp_path / "院.ttf"
    path.write_bytes(font())
    assert read_font(path).family == "Nota Sans SC"


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    assert why(tmp_path / "a.ttf", b"hello") == "不是 TTF 或 OTF 字体文件"
    assert "TTC" in why(tmp_path / "a.ttf", b"ttcf" + bytes(20))


def test_a_font_without_chinese_is_refused(tmp_path: Path) -> None:
    assert "缺常用字：的一是在" in why(tmp_path / "a.ttf", b"\x00\x01\x00\x00" + bytes(200))


def test_typst_is_given_these_fonts_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"1")
    (tmp_path / "b.ttf").write_bytes(b"2")
    with font_folder((tmp_path / "a.ttf",)) as folder:
        assert [path.read_bytes() for path in Path(folder).iterdir()] == [b"1"]
    assert not Path(folder).exists()
