"""Files that cannot be read: each refused with what it is and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from engine.compliance.reading import open_source, read, source_of
from engine.compliance.reading import package as packages
from engine.compliance.reading.package import Package
from engine.errors import UserError
from tests.compliance.reading.samples import docx, shared_xlsx, with_parts, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UserError) as told:
        read(source_of(content, name, Path(name).suffix))
    assert name in str(told.value) and told.value.hint is not None
    return told.value.code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.7 ...", "a.pdf", "wrong-type"),
        (b"%PDF-1.7 ...", "a.txt", "wrong-type"),
        (b"\x89PNG....", "a.md", "wrong-type"),
        (b"words", "a.html", "wrong-type"),
        (b"words", "a.docx", "damaged"),
        (b"", "a.xlsx", "wrong-type"),
        (OLE + b"\0" * 600, "a.doc", "old-format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (zipped(hello=b"x"), "a.zip", "wrong-type"),
        (zipped(**{"[Content_Types].xml": b"<a/>"}), "a.docx", "damaged"),
    ],
)
def test_wrong_and_broken_files(content: bytes, name: str, code: str) -> None:
    assert refused(content, name) == code


def test_the_content_decides_what_a_file_is() -> None:
    assert source_of(xlsx(lambda b: None), "a.docx", ".docx").kind == "xlsx"
    assert source_of(docx(lambda d: None), "标准输入").suffix == ".docx"


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    content = with_parts(docx(lambda d: None), {"word/document.xml": lambda _: bomb})
    assert refused(content, "a.docx") == "unsafe"
    wide = with_parts(
        docx(lambda d: None), {"word/document.xml": lambda _: b"\xff\xfe" + bomb.decode().encode("utf-16-le")}
    )
    assert refused(wide, "a.docx") == "unsafe"


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    big = with_parts(docx(lambda d: None), {"word/document.xml": lambda _: b"<w/>" + b" " * 160_000_000})
    assert refused(big, "a.docx") == "too-large"
    monkeypatch.setattr(packages, "MOST_UNPACKED", 1_000)
    with pytest.raises(UserError):
        Package(docx(lambda d: None), "a.docx")
    monkeypatch.undo()
    # A size that lies is found out while unpacking.
    monkeypatch.setattr(packages, "_MOST_PART", 1_000)
    assert refused(docx(lambda d: d.add_paragraph("x" * 2_000)), "b.docx") == "too-large"


def test_a_damaged_part_and_a_missing_one() -> None:
    good = docx(lambda d: d.add_paragraph("文"))
    assert refused(with_parts(good, {"word/document.xml": lambda b: b[:200]}), "a.docx") == "damaged"
    cut = xlsx(lambda b: None)
    lost = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(cut)) as old, zipfile.ZipFile(lost, "w") as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
    assert refused(lost.getvalue(), "a.xlsx") == "damaged"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (b't="s"><v>0</v>', b't="s"><v>99</v>', None),
        (b't="s"><v>0</v>', b't="s"><v>x</v>', None),
        (b't="s"><v>0</v>', b't="n"><v>1E999999999</v>', "1E999999999"),
        (b't="s"><v>0</v>', b't="n" s="9999"><v>12</v>', "12"),
        (b't="s"><v>0</v>', b't="d"><v>2026-01-01</v>', "2026-01-01"),
        (b't="s"><v>0</v>', b"><v/>", ""),
        (b' r="A1"', b"", "词"),
    ],
)
def test_odd_cells_are_read_or_refused(old: bytes, new: bytes, text: str | None) -> None:
    content = with_parts(shared_xlsx(["词"]), {"xl/worksheets/sheet1.xml": lambda b: b.replace(old, new)})
    if text is None:
        assert refused(content, "a.xlsx") == "damaged"
    else:
        assert read(source_of(content, "a.xlsx", ".xlsx")).text == text


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_file_with_a_hole_is_read_or_refused(at: int) -> None:
    good = docx(lambda d: d.add_paragraph("文字" * 50))
    place = len(good) * at // 100
    broken = good[:place] + b"\x00\xff" * 20 + good[place + 40 :]
    try:
        read(source_of(broken, "a.docx", ".docx"))
    except UserError as error:
        assert error.hint is not None


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.txt", "no-file"), (tmp_path, "not-a-file")):
        with pytest.raises(UserError) as told:
            open_source(path)
        assert told.value.code == code


def test_a_package_saved_again_is_the_same_but_for_what_was_changed() -> None:
    # Written in another way than ours would be.
    content = with_parts(docx(lambda d: d.add_paragraph("文")), {"word/styles.xml": lambda b: b + b"<!-- end -->\n"})
    package = Package(content, "a.docx")
    package.tree("word/styles.xml")
    package.change("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(package.save())) as new:
        assert old.namelist() == new.namelist()
        assert {n for n in old.namelist() if old.read(n) != new.read(n)} <= {"word/document.xml"}
