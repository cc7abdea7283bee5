"""The door: a file, or bytes from standard input → its text with places. What it is is told from its content."""

from __future__ import annotations

from pathlib import Path

from engine.compliance.reading.encoding import decode
from engine.compliance.reading.extracted import Kind, Reading
from engine.compliance.reading.package import Package
from engine.compliance.reading.refusals import KNOWN, damaged, locked, too_large, wrong_type
from engine.errors import UserError
from engine.frozen import frozen
from engine.text import say

MOST_BYTES = 50_000_000  # of a document or workbook, pictures included
MOST_TEXT = 10_000_000  # of a text
_TEXTS = ("", ".txt", ".text", ".csv")
_MARKDOWN = (".md", ".markdown")
_PACKAGES = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"{\\rtf", "RTF"))


@frozen
class Source:
    """A file as it was found: its name on the screen, its content, what it is."""

    name: str
    content: bytes
    kind: Kind
    suffix: str


def open_source(path: Path) -> Source:
    """Raises UserError for what is not there, not a file, too large, or of a kind that cannot be read."""
    try:
        if not path.exists():
            raise UserError(
                "no-file",
                say("找不到文件：{path}", "no such file: {path}", path=path),
                say("检查文件名和所在文件夹", "check the name and the folder"),
            )
        if not path.is_file():
            raise UserError("not-a-file", say("这不是文件：{path}", "not a file: {path}", path=path), KNOWN)
        if (size := path.stat().st_size) > MOST_BYTES:
            raise too_large(path.name, size, MOST_BYTES)
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            "unreadable",
            say("读不了文件 {path}：{why}", "cannot read {path}: {why}", path=path, why=error.strerror or error),
            say("如果它正在别的程序里打开，请先关闭", "if another program has it open, close it first"),
        ) from None
    return source_of(content, path.name, path.suffix.lower())


def source_of(content: bytes, name: str, suffix: str = "") -> Source:
    """Content of any origin. Raises UserError as `open_source` does."""
    if len(content) > MOST_BYTES:
        raise too_large(name, len(content), MOST_BYTES)
    if content.startswith(b"PK"):
        return _package(content, name)
    if content.startswith(_OLE):
        raise _old(content, name)
    if suffix in _PACKAGES:
        raise damaged(name) if content else wrong_type(name, say("是空文件", "is empty"))
    for mark, what in _FOREIGN:
        if content.startswith(mark):
            raise wrong_type(name, say("是 {w} 文件，不能直接检查", "is a {w} file and cannot be read", w=what))
    if suffix in _MARKDOWN or suffix in _TEXTS:
        if len(content) > MOST_TEXT:
            raise too_large(name, len(content), MOST_TEXT)
        return Source(name, content, "markdown" if suffix in _MARKDOWN else "text", suffix or ".txt")
    raise wrong_type(name, say("是不认识的类型（{s}）", "is of an unknown kind ({s})", s=suffix))


def read(source: Source) -> Reading:
    """The text of a source with its places. Raises UserError for what turns out to be broken."""
    if source.kind == "docx":
        from engine.compliance.reading.word import read_word

        return read_word(Package(source.content, source.name))
    if source.kind == "xlsx":
        from engine.compliance.reading.sheets import read_workbook

        return read_workbook(Package(source.content, source.name))
    decoded = decode(source.content, source.name)
    if source.kind == "markdown":
        from engine.compliance.reading.markdown import read_markdown

        return read_markdown(decoded, source.name)
    from engine.compliance.reading.plain import read_plain

    return read_plain(decoded, source.name)


def _package(content: bytes, name: str) -> Source:
    package = Package(content, name)
    main = next(iter(package.related("", "officeDocument")), "")
    if main:
        tag = package.tree(main).tag
        if tag.endswith("}document"):
            return Source(name, content, "docx", ".docx")
        if tag.endswith("}workbook"):
            return Source(name, content, "xlsx", ".xlsx")
        raise wrong_type(name, say("不是 Word 文档或 Excel 工作簿", "is no Word document or Excel workbook"))
    if "[Content_Types].xml" in package or "word/document.xml" in package or "xl/workbook.xml" in package:
        raise damaged(name)
    raise wrong_type(name, say("是压缩包，请解开后再检查", "is an archive; unpack it first"))


def _old(content: bytes, name: str) -> UserError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked(name)
    return UserError(
        "old-format",
        say("{f} 是旧格式（.doc、.xls、.wps）", "{f} is of an old kind (.doc, .xls, .wps)", f=name),
        say("用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx", "save it as .docx or .xlsx"),
    )
