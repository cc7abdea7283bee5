"""A text with its remarks as Markdown: each phrase marked in place, what is to be said of it in a footnote."""

from __future__ import annotations

from collections.abc import Sequence

from engine.compliance.marking.notes import Note
from engine.compliance.reading.extracted import Reading
from engine.text import say


def annotate_text(reading: Reading, source: str, notes: Sequence[Note]) -> str:
    """`……【最好】[^c1]……` and the footnotes below. `source` is the file's own text; a mark stays within its line."""
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    numbers: dict[int, list[int]] = {}
    for number, note in enumerate(notes, 1):
        taken = reading.source_spans(note.start, note.end)
        spans = _lines(source, taken[0][0], taken[-1][1]) if taken else []
        for start, end in spans:
            opens[start] = opens.get(start, 0) + 1
            closes[end] = closes.get(end, 0) + 1
        if spans:
            numbers.setdefault(spans[-1][1], []).append(number)
    made: list[str] = []
    last = depth = 0
    for at in sorted({*opens, *closes}):
        made.append(source[last:at])
        last = at
        if closes.get(at):
            depth -= closes[at]
            made.append("" if depth else "】")
            made += [f"[^c{number}]" for number in numbers.get(at, ())]
        if opens.get(at):
            made.append("" if depth else "【")
            depth += opens[at]
    made.append(source[last:])
    body = "".join(made).rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if reading.kind == "text":
        body = body.replace("\n", "  \n")  # a line end of a plain text is meant; Markdown would join the lines
    return "\n".join([body, "", "---", "", *_remarks(reading, notes)])


def _remarks(reading: Reading, notes: Sequence[Note]) -> list[str]:
    """Footnotes; a remark on the piece as a whole has no mark in the text and stands as a paragraph before them."""
    whole: list[str] = []
    footnotes: list[str] = []
    for number, note in enumerate(notes, 1):
        if note.start >= note.end:
            whole += [f"**{note.title}**  ", *(f"{line}  " for line in note.lines), ""]
        else:
            spot = reading.spot_at(note.start).words()
            footnotes += [f"[^c{number}]: **{note.title}**（{spot}）", *(f"    {line}  " for line in note.lines), ""]
    return [*whole, *footnotes] or [str(say("没有批注。", "No remarks.")), ""]


def _lines(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch cut at line ends: a mark of Markdown does not reach over one."""
    found = []
    at = start
    for piece in source[start:end].splitlines(keepends=True):
        bare = piece.rstrip("\r\n")
        if bare.strip():
            found.append((at, at + len(bare)))
        at += len(piece)
    return found
