"""Text tables: which encoding, which sign between the cells, then row after row without holding the file."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from engine.errors import UserError
from engine.text import say

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",;\t|"
_CHUNK = 1 << 20
_LONGEST = 100_000  # characters of one cell


def encoding_of(path: Path) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB18030. Raises UserError `encoding` where none fits."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        if head.count(0) > len(head) // 5:
            # Plain characters have their empty byte behind, or before, depending on the order.
            return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        failed = _fails(file, "utf-8")
        if failed is None:
            return "utf-8"
        failed = _fails(file, "gb18030")
    if failed is None:
        return "gb18030"
    raise UserError(
        "encoding",
        say(
            "{f} 第 {n} 个字节起认不出是什么编码",
            "{f}: from byte {n} on the encoding is not known",
            f=path.name,
            n=failed,
        ),
        say("用 Excel 打开，另存为“CSV UTF-8”或 .xlsx", "open it in Excel and save it as CSV UTF-8 or .xlsx"),
    )


def _fails(file: BinaryIO, encoding: str) -> int | None:
    """The byte at which a file is not of this encoding; None when it is."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    while True:
        chunk = file.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return done + error.start
        if not chunk:
            return None
        done += len(chunk)


def first_lines(path: Path, encoding: str, count: int = 40) -> list[str]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        return [line for _, line in zip(range(count), _lines(file), strict=False)]


def _lines(file: TextIOWrapper) -> Iterator[str]:
    while line := file.readline(_LONGEST):
        yield line


def rows_of(stream: TextIOWrapper, separator: str, name: str) -> Iterator[list[str]]:
    """The rows of an open text. Raises UserError `no-table` for what is not one."""
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(stream, delimiter=separator)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            raise UserError(
                "no-table",
                say(
                    "{f} 第 {n} 行附近读不下去：引号没有成对，或不是表格（{why}）",
                    "{f}: cannot be read near line {n}: a quote without its pair, or no table ({why})",
                    f=name,
                    n=reader.line_num,
                    why=error,
                ),
                say(
                    "用 Excel 打开看看，另存为“CSV UTF-8”或 .xlsx", "look at it in Excel; save it as CSV UTF-8 or .xlsx"
                ),
            ) from None
