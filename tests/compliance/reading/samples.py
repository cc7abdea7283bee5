"""Documents and workbooks made for a test, with other libraries than the reader uses."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from openpyxl import Workbook
from xlsxwriter import Workbook as SharedWorkbook

from engine.compliance.reading import Reading, Source, read, source_of


def docx(fill: Callable[[Any], None]) -> bytes:
    document = Document()
    fill(document)
    return saved(document)


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    return saved(book)


def shared_xlsx(*rows: list[object]) -> bytes:
    """A workbook whose texts are shared strings, as Excel writes them (openpyxl writes each into its cell)."""
    made = io.BytesIO()
    book = SharedWorkbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def source(content: bytes, name: str) -> Source:
    return source_of(content, name, "." + name.rpartition(".")[2] if "." in name else "")


def reading(content: bytes, name: str) -> Reading:
    return read(source(content, name))


def place_of(found: Reading, phrase: str) -> str:
    return found.place(found.text.index(phrase))


def with_parts(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with parts changed; a part it has not is made from nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes[name](old.read(name)) if name in changes else old.read(name))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return made.getvalue()


def body(text: str) -> Callable[[bytes], bytes]:
    """Puts raw XML at the end of a document's body."""
    return lambda old: old.replace(b"<w:sectPr", text.encode() + b"<w:sectPr", 1)
