"""What an XLSX is, before anything opens it: a real one, of a sane size, with every formula's value in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from engine.errors import UserError
from engine.text import Message, say

_MOST_BYTES = 1_500_000_000  # unpacked, all parts together
_BOMB_BYTES, _BOMB_RATIO = 60_000_000, 400  # a sheet of figures packs about 10 to 40 times
_MOST_PARTS = 5_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?:/>|>(.*?)</c>)', re.DOTALL)

_VALUE = re.compile(rb"<v[^>]*>[^<]")

Broken = Literal["formula", "error"]


def check_xlsx(path: Path) -> None:
    """Raises UserError for what is no XLSX, is damaged, locked, or would not fit into memory."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if head.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le")
        if locked in head or locked in path.read_bytes()[-(1 << 20) :]:
            raise _bad(
                "locked",
                path,
                say("设了打开密码", "is protected by a password"),
                say("在 Excel 里去掉密码，另存一份", "take the password off in Excel and save a copy"),
            )
        raise _bad(
            "old-excel",
            path,
            say("是旧版 Excel（.xls）", "is an old Excel file (.xls)"),
            say("在 Excel 里另存为“Excel 工作簿（.xlsx）”", "save it as .xlsx in Excel"),
        )
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise damaged(path) from None
    if "xl/workbook.xml" not in names:
        raise _bad(
            "no-xlsx",
            path,
            say("不是 Excel 工作簿", "is no Excel workbook"),
            say("另存为 .xlsx 或 .csv", "save it as .xlsx or .csv"),
        )
    total = sum(part.file_size for part in parts)
    packed = max(
        (part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > _BOMB_BYTES), default=0
    )
    if total > _MOST_BYTES or len(parts) > _MOST_PARTS or packed > _BOMB_RATIO:
        raise _bad(
            "too-large",
            path,
            say("解开后太大，不能打开", "would be too large when unpacked"),
            say("删去空白行和无关的表，或另存为 CSV", "take out empty rows and other sheets, or save it as CSV"),
        )


def broken_cells(path: Path, sheet: str) -> Mapping[tuple[int, int], Broken]:
    """(row, column), both from 1, of cells that have a formula without its value, or an error such as #REF!.

    The reader gives both back as empty, which would count as nothing. The whole part is unpacked on the way, so that a
    damaged or lying archive shows here. Raises UserError `damaged`.
    """
    found: dict[tuple[int, int], Broken] = {}
    try:
        with zipfile.ZipFile(path) as package:
            part = _part_of(package, sheet)
            if part is None:
                return found
            for column, row, attributes, inner in _cells(package, part):
                if b't="e"' in attributes:
                    found[row, column] = "error"
                elif b"<f" in inner and not _VALUE.search(inner) and b't="str"' not in attributes:
                    found[row, column] = "formula"
                if len(found) >= 100_000:
                    break
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise damaged(path) from error
    except Exception as error:
        if type(error).__module__ == "zlib":  # zlib.error has no common base with the others
            raise damaged(path) from error
        raise
    return found


def damaged(path: Path) -> UserError:
    return _bad(
        "damaged",
        path,
        say("损坏或不完整", "is damaged or incomplete"),
        say("重新导出或重新下载一份", "export or download it again"),
    )


def _bad(code: str, path: Path, what: Message, hint: Message) -> UserError:
    return UserError(code, say("{f} {what}", "{f} {what}", f=path.name, what=what), hint)


def _cells(package: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Cells that may be broken: those with a formula or an error. Most parts of most sheets are only passed through."""
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"</row>")
            if cut < 0:
                # A row longer than this is no row of a ledger; what is kept stays bounded.
                rest = text[-8 * _CHUNK :]
                continue
            whole, rest = text[:cut], text[cut:]
            if b"<f" not in whole and b't="e"' not in whole:
                continue
            for match in _CELL.finditer(whole):
                inner = match[4] or b""
                if b"<f" in inner or b't="e"' in match[3]:
                    yield _number(match[1]), int(match[2]), match[3], inner


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _part_of(package: zipfile.ZipFile, sheet: str) -> str | None:
    """The part in which a sheet is: through the workbook's list and its relations."""
    from html import unescape

    workbook = package.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", workbook):
        name = re.search(r'\bname="([^"]*)"', tag)
        link = re.search(r'\b\w+:id="([^"]*)"', tag)
        if name is None or link is None or unescape(name[1]) != sheet:
            continue
        for relation in re.findall(r"<Relationship\b[^>]*>", relations):
            if f'Id="{link[1]}"' in relation and (target := re.search(r'Target="([^"]*)"', relation)):
                path = target[1]
                return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return None
