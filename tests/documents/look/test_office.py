"""Word files that may be a template, and why others may not."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm

from engine.documents.look.office import check_word_template
from engine.documents.look.value import LookError
from tests.documents.look.making import letter


def content(path: Path) -> bytes:
    letter(path)
    return path.read_bytes()


def why(data: bytes) -> str:
    with pytest.raises(LookError) as caught:
        check_word_template(data)
    assert caught.value.hint is not None
    return caught.value.message.zh


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The package with something replaced in one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            part = source.read(entry)
            if entry == name:
                assert old in part
                part = part.replace(old, new)
            target.writestr(entry, part)
    return made.getvalue()


def test_a_letter_of_a_hospital_is_taken(tmp_path: Path) -> None:
    check_word_template(content(tmp_path / "a.docx"))


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    data = content(tmp_path / "a.docx")
    assert "密码" in why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert why(b"hello") == "它不是 Word 文件，或已损坏"
    assert why(data[: len(data) // 2]) == "它不是 Word 文件，或已损坏"


def test_macros_and_other_kinds_are_refused(tmp_path: Path) -> None:
    data = content(tmp_path / "a.docx")
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "[Content_Types].xml"
    assert why(changed(data, types, main, b"application/vnd.ms-word.document.macroEnabled.main+xml")) == "它带宏"
    assert ".dotx" in why(changed(data, types, main, main.replace(b"document.main", b"template.main")))


def test_a_broken_part_is_refused(tmp_path: Path) -> None:
    assert "读不出来" in why(changed(content(tmp_path / "a.docx"), "word/document.xml", b"<w:body>", b"<w:bod"))


def test_only_a4_with_room_for_text_is_taken(tmp_path: Path) -> None:
    document = Document()
    document.save(str(tmp_path / "a.docx"))  # python-docx's own page is American
    assert "21.6×27.9 厘米" in why((tmp_path / "a.docx").read_bytes())
    letter(tmp_path / "b.docx")
    document = Document(str(tmp_path / "b.docx"))
    document.sections[0].left_margin = Cm(8)
    document.save(str(tmp_path / "b.docx"))
    assert "10.5 厘米宽" in why((tmp_path / "b.docx").read_bytes())


def test_a_picture_that_is_only_linked_is_refused(tmp_path: Path) -> None:
    data = changed(
        content(tmp_path / "a.docx"),
        "word/_rels/header1.xml.rels",
        b'Target="media/image1.png"',
        b'Target="http://example.org/logo.png" TargetMode="External"',
    )
    assert "链接到别处的：http://example.org/logo.png" in why(data)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x")
        package.writestr("word/media/a.bin", bytes(61_000_000))
    assert "太大" in why(made.getvalue())
