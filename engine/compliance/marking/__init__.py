"""Copies of a file: with remarks at their phrases, or with identities masked. The file itself is never written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.compliance.marking.masks import Hiding
from engine.compliance.marking.notes import Note
from engine.compliance.reading.door import Source, read
from engine.compliance.reading.encoding import decode
from engine.compliance.reading.package import Package

__all__ = ["Hiding", "Note", "annotated", "annotated_suffix", "redacted"]


def annotated_suffix(source: Source) -> str:
    """The kind of file an annotated copy is."""
    return source.suffix if source.kind in ("docx", "xlsx") else ".md"


def annotated(source: Source, notes: Sequence[Note], author: str, now: datetime) -> bytes:
    """A copy with remarks: Word comments, coloured cells and a sheet of remarks, or Markdown with footnotes."""
    if source.kind == "docx":
        from engine.compliance.marking.word_comments import annotate_word

        return annotate_word(Package(source.content, source.name), notes, author, now)
    if source.kind == "xlsx":
        from engine.compliance.marking.sheet_notes import annotate_workbook

        return annotate_workbook(Package(source.content, source.name), notes)
    from engine.compliance.marking.markdown_notes import annotate_text

    text = decode(source.content, source.name).text
    return annotate_text(read(source), text, notes).encode()


def redacted(source: Source, hide: Hiding) -> bytes:
    """A copy of the same kind with everything that `hide` finds masked, character for character."""
    from engine.compliance.marking import redact

    if source.kind == "docx":
        return redact.redact_word(Package(source.content, source.name), hide)
    if source.kind == "xlsx":
        return redact.redact_workbook(Package(source.content, source.name), hide)
    return redact.redact_text(read(source), decode(source.content, source.name), hide)
