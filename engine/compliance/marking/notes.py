"""What is written beside a phrase in an annotated copy."""

from __future__ import annotations

import re

from engine.frozen import frozen

# Signs that XML does not allow; a note may quote them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@frozen
class Note:
    """A remark on `text[start:end]` of the extracted text. `strong`: it has to be mended before the text goes out.

    `place` says where the phrase stands, and `phrase` what it says (masked), for a remark that cannot stand there itself.
    """

    start: int
    end: int
    strong: bool
    title: str
    lines: tuple[str, ...]
    place: str = ""
    phrase: str = ""


def legal(text: str) -> str:
    """`text` without the signs XML does not allow."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
