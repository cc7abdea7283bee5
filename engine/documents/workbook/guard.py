"""Is a file a workbook that is safe to open? Told apart before a reader sees it, each with what to do instead."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from engine.errors import UserError
from engine.text import Message, say

MOST_BYTES = 20_000_000  # of the file
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
# A reader makes room for every cell up to the last one, so one cell far away could take all memory.
MOST_CELLS = 5_000_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and also every .xlsx with a password
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")


def check_file(path: Path) -> None:
    """Raises UserError `no-file`, `not-a-workbook` or `file-too-large`. Reads no more than the limits above."""
    try:
        if not path.is_file():
            raise UserError(
                "no-file",
                say("找不到文件：{path}", "no such file: {path}", path=path),
                say("检查文件名和所在文件夹", "check the name and the folder"),
            )
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        with path.open("rb") as file:
            start = file.read(4)
        if start == _OLD_EXCEL:
            raise _wrong(
                path, say("它是旧格式（.xls）或带密码的 Excel 文件", "it is an old .xls file, or has a password")
            )
        if not zipfile.is_zipfile(path):
            raise _wrong(path, say("它不是 xlsx 文件", "it is not an xlsx file"))
        _unpack(path)
    except OSError as error:
        raise UserError(
            "unreadable",
            say("读不了文件 {path}：{why}", "cannot read {path}: {why}", path=path, why=error.strerror or error),
            say("如果它正在 Excel 或 WPS 里打开，请先关闭", "if it is open in Excel, close it first"),
        ) from None


def _unpack(path: Path) -> None:
    """Unpack everything once, counting: sizes written in a zip file may lie, its check sums then do not hold."""
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _too_large(path)
            if "xl/workbook.xml" not in archive.namelist():
                raise _wrong(path, say("里面没有 Excel 工作簿", "there is no workbook in it"))
            for part in parts:
                sheet = part.filename.startswith("xl/worksheets/")
                content = bytearray()
                with archive.open(part) as file:
                    while block := file.read(1 << 20):
                        total += len(block)
                        if total > MOST_UNPACKED:
                            raise _too_large(path)
                        if sheet:
                            content += block
                if sheet and _extent(content) > MOST_CELLS:
                    raise _too_large(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise _wrong(path, say("它已损坏或加了密", "it is damaged or encrypted")) from None


def _extent(sheet: bytes | bytearray) -> int:
    """How many cells there are up to the last row and the last column that are written."""
    rows = columns = 1
    for found in _PLACE.finditer(sheet):
        rows = max(rows, int(found[2]))
        number = 0
        for letter in found[1].upper():
            number = number * 26 + letter - 64
        columns = max(columns, number)
    return rows * columns


def _wrong(path: Path, why: Message) -> UserError:
    return UserError(
        "not-a-workbook",
        say("不能读取 {name}：{why}", "cannot read {name}: {why}", name=path.name, why=why),
        say(
            "请用 playbook workbook 导出的那个文件；在 Excel 或 WPS 里保存时选“Excel 工作簿（.xlsx）”，不设密码",
            "use the file that `playbook workbook` exported; save it as .xlsx without a password",
        ),
    )


def _too_large(path: Path) -> UserError:
    return UserError(
        "file-too-large",
        say("{name} 太大，不像是填好的表格", "{name} is too large for a filled-in workbook", name=path.name),
        say(
            "把填好的内容复制到重新导出的文件里再导入",
            "export the workbook anew and copy what was filled in into it",
        ),
    )
