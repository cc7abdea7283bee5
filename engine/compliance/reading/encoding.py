"""Bytes → text: a mark at the beginning, else UTF-8, else GB18030; and back, as it was."""

from __future__ import annotations

import codecs
import re

from engine.compliance.reading.refusals import wrong_type
from engine.errors import UserError
from engine.frozen import frozen
from engine.text import say

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@frozen
class Decoded:
    """A text, and how it was written: `mark` is the byte order mark in front of it, if there was one."""

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        return self.mark + text.encode(self.encoding)


def decode(content: bytes, name: str) -> Decoded:
    """The text of a file, line ends as they are. Raises UserError `encoding`, or `wrong-type` for what is no text."""
    found = _decoded(content, name)
    # A few stray control characters come from old programs; many mean that this is something else.
    if len(_CONTROL.findall(found.text)) > max(2, len(found.text) // 200):
        raise wrong_type(name, say("不是文字文件", "is not a text file"))
    return found


def _decoded(content: bytes, name: str) -> Decoded:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, mark, name)
    head = content[:4096]
    if head.count(0) > len(head) // 5:
        # Plain characters have their empty byte behind, or before, depending on the order.
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return _strictly(content, encoding, b"", name)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "gb18030", b"", name)


def _strictly(content: bytes, encoding: str, mark: bytes, name: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, mark)
    except UnicodeDecodeError as error:
        raise UserError(
            "encoding",
            say(
                "{f} 第 {n} 个字节起认不出是什么编码",
                "{f}: from byte {n} on the encoding is not known",
                f=name,
                n=error.start + len(mark) + 1,
            ),
            say("用记事本打开，另存为 UTF-8 编码", "open it in an editor and save it as UTF-8"),
        ) from None
