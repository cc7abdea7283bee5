"""File → text: one clear line for anything that is not a small UTF-8 text file."""

from __future__ import annotations

from pathlib import Path

from engine.errors import Place, PlaybookError, Problem
from engine.text import Message, say

MAX_BYTES = 2_000_000


def read_text(path: Path) -> str:
    """The text of a file without its byte order mark. Raises PlaybookError (the file as a whole is the place)."""
    file = str(path)
    try:
        if path.is_dir():
            raise _refusal(file, "not-a-file", say("这是一个文件夹，不是文件", "this is a folder, not a file"))
        if not path.exists():
            raise _refusal(
                file,
                "no-file",
                say("没有这个文件", "there is no such file"),
                say("检查文件名和所在的文件夹", "check the name and the folder"),
            )
        if not path.is_file():
            raise _refusal(file, "not-a-file", say("这不是普通文件", "this is not an ordinary file"))
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(file, size)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it.
        reason = getattr(error, "strerror", None) or str(error)
        raise _refusal(
            file,
            "unreadable",
            say("读不了这个文件：{why}", "the file cannot be read: {why}", why=reason),
            say("检查文件的权限，或是否被别的程序占用", "check its permissions and whether another program holds it"),
        ) from None
    if len(raw) > MAX_BYTES:
        raise _too_large(file, len(raw))
    return decode(raw, file)


def decode(raw: bytes, file: str) -> str:
    """Bytes → text. Raises PlaybookError for anything that is not UTF-8 text."""
    save_as = say("在编辑器里另存为 UTF-8", "save it as UTF-8 in your editor")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_text(raw, "utf-16"):
        found = say("这个文件是 UTF-16 编码，需要 UTF-8", "the file is UTF-16; it must be UTF-8")
        raise _refusal(file, "not-utf8", found, save_as)
    if b"\0" in raw:
        raise _refusal(file, "not-text", say("这不是文本文件", "this is not a text file"), _expected())
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        bad = error.start
    if not _is_text(raw, "gb18030"):
        raise _refusal(file, "not-text", say("这不是文本文件", "this is not a text file"), _expected())
    line = before.count("\n") + 1
    place = Place(file, line, len(before) - before.rfind("\n"))
    message = say(
        "这个文件不是 UTF-8 编码（像是 GBK），第 {line} 行第 {bad} 个字节起读不了",
        "the file is not UTF-8 (it looks like GBK): it cannot be read from line {line}, byte {bad}",
        line=line,
        bad=bad + 1,
    )
    raise PlaybookError([Problem(place, "not-utf8", message, save_as)])


def _is_text(raw: bytes, encoding: str) -> bool:
    """Could this be text in `encoding`? Mostly printable, no control characters."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    head = text[:4000].lstrip("\ufeff")
    return bool(head) and not any(ord(ch) < 32 and ch not in "\t\r\n" for ch in head)


def _expected() -> Message:
    return say("方案是用文本编辑器写的 YAML 文件", "a playbook is a YAML file written in a text editor")


def _too_large(file: str, size: int) -> PlaybookError:
    return _refusal(
        file,
        "too-large",
        say(
            "文件太大：{size} MB，最多 {max} MB",
            "the file is too large: {size} MB of at most {max} MB",
            size=_mb(size),
            max=_mb(MAX_BYTES),
        ),
        say("方案通常只有几十 KB，请检查是不是选错了文件", "a playbook has some tens of KB: is this the right file?"),
    )


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


def _refusal(file: str, code: str, message: Message, hint: Message | None = None) -> PlaybookError:
    return PlaybookError([Problem(Place(file), code, message, hint)])
