"""The texts that are checked before they go out: which they are now, and how one tells that they have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from engine.frozen import frozen
from engine.model import Content, Playbook
from engine.pilot.state import CheckedContent, OpenFinding, Pilot, Value

_DYNAMIC = "fields."
UNREADABLE = "UNREADABLE"  # what is found in a file that cannot be read as text


@frozen
class Piece:
    """One text of a content: `at` is "" for a field and `ROW.COLUMN` in a record; a file is named by its evidence."""

    at: str
    text: str
    row: Mapping[str, Value]
    evidence: int | None = None

    @property
    def number(self) -> int:
        """Of its row; 0 for a field."""
        return int(self.at.partition(".")[0] or 0)


def pieces_of(book: Playbook, pilot: Pilot, content: Content) -> tuple[Piece, ...]:
    """The texts as they stand now; empty ones are left out."""
    return tuple(_pieces(book, pilot, content))


def _pieces(book: Playbook, pilot: Pilot, content: Content) -> Iterator[Piece]:
    if content.field is not None:
        value, field = pilot.fields.get(content.field), book.fields.get(content.field)
        if isinstance(value, str) and value.strip():
            number = int(value[1:]) if field and field.type == "file" and value[1:].isdigit() else None
            yield Piece("", value, {}, number)
        return
    record = book.records.get(content.record or "")
    if record is None:
        return
    columns = content.columns or tuple(c.id for c in record.columns.values() if c.type == "text")
    for number, row in pilot.rows.get(record.id, {}).items():
        for column in columns:
            value = row.get(column)
            if isinstance(value, str) and value.strip():
                yield Piece(f"{number}.{column}", value, row)


def setting(pilot: Pilot, said: str | None) -> str | None:
    """A channel or purpose: as written, or the option somebody chose in a field; None while that is empty."""
    if said is None or not said.startswith(_DYNAMIC):
        return said
    value = pilot.fields.get(said.removeprefix(_DYNAMIC))
    return value if isinstance(value, str) else None


def facts_for(pilot: Pilot, content: Content, piece: Piece) -> dict[str, Value | None]:
    """The facts that are looked up, from the row where it has them, else from the fields; None where nothing is filled in."""
    return {fact: piece.row.get(name, pilot.fields.get(name)) for fact, name in content.facts.items()}


def _asked(pilot: Pilot, content: Content, piece: Piece) -> Iterator[str]:
    """Whatever a fact depends on, as text."""
    for fact, value in sorted(facts_for(pilot, content, piece).items()):
        if value is not None:
            yield f"{fact}={value}"
    for fact, test in sorted(content.tests.items()):
        for head, name in re.findall(r"\b(fields|filled|row)\.(?:filled\.)?([a-z]\w*)", test.source):
            value = piece.row.get(name) if head == "row" else pilot.fields.get(name)
            yield f"{fact}:{name}={value}"


def digest_of(book: Playbook, pilot: Pilot, content: Content) -> str:
    """Changes when a text, its channel or purpose, or a fact that matters changes."""
    hasher = sha256()
    parts: list[str] = [setting(pilot, content.channel) or "", setting(pilot, content.purpose) or ""]
    for piece in pieces_of(book, pilot, content):
        # A file is told by its number: what is behind a number never changes.
        parts += [piece.at, piece.text, *_asked(pilot, content, piece)]
    for part in parts:
        hasher.update(f"{len(part)}:{part}".encode())
    return hasher.hexdigest()


def text_digest(book: Playbook, pilot: Pilot, content: Content) -> str:
    """Changes only when a text does: what a reviewer signs."""
    hasher = sha256()
    for piece in pieces_of(book, pilot, content):
        part = f"{piece.at}\0{piece.text}"
        hasher.update(f"{len(part)}:{part}".encode())
    return hasher.hexdigest()


def mark_of(phrase: str) -> str:
    """Stands for a phrase without repeating it: the same phrase has the same mark."""
    return sha256(phrase.strip().encode()).hexdigest()[:12]


def open_findings(pilot: Pilot, content: str, severity: str | None = None) -> tuple[OpenFinding, ...]:
    """Findings of the last check that nobody has waived."""
    checked = pilot.checked.get(content)
    if checked is None:
        return ()
    waived = {(one.rule, one.mark) for one in pilot.waivers if one.content == content}
    return tuple(
        one for one in checked.findings if (one.rule, one.mark) not in waived and severity in (None, one.severity)
    )


def is_current(book: Playbook, pilot: Pilot, content: Content) -> bool:
    """Was the content checked as it stands now?"""
    checked: CheckedContent | None = pilot.checked.get(content.id)
    return checked is not None and checked.digest == digest_of(book, pilot, content)


def is_signed(book: Playbook, pilot: Pilot, content: Content) -> bool:
    """Did the reviewer sign the text as it stands now? True for a content that names no task to sign in."""
    if content.sign is None:
        return True
    task = pilot.tasks.get(content.sign)
    if task is None or task.status != "done" or not task.signer:
        return False
    return pilot.signed.get(content.id) == text_digest(book, pilot, content)
