"""Does a pilot's log still say what was written? Every hash recomputed, every content compared."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from engine.store import LogProblem
from engine.store.chain import FIRST, salted, seal


def verify_pilot(db: sqlite3.Connection, pilot: str) -> Iterator[LogProblem]:
    """Problems of one pilot: gap (numbering), chain (an event was changed), content, orphan, projection."""
    contents: dict[int, dict[str, tuple[bytes | None, str | None, str | None]]] = {}
    for seq, key, salt, content, erased in db.execute(
        "SELECT seq, key, salt, content, erased_at FROM contents WHERE pilot = ?", (pilot,)
    ):
        contents.setdefault(seq, {})[key] = (salt, content, erased)
    evidence = {
        seq: (number, digest, salt, erased)
        for number, seq, digest, salt, erased in db.execute(
            "SELECT number, seq, sha256, salt, erased_at FROM evidence WHERE pilot = ?", (pilot,)
        )
    }
    previous, expected = FIRST, 0
    for seq, kind, at, actor, command, data, texts, sealed in db.execute(
        "SELECT seq, type, at, actor, command, data, texts, hash FROM events WHERE pilot = ? ORDER BY seq", (pilot,)
    ):
        expected += 1
        if seq != expected:
            yield LogProblem(pilot, seq, "gap", f"expected event {expected}")
            expected = seq
        try:
            hashes = json.loads(texts)
            facts = json.loads(data)
            found = seal(previous, pilot, seq, kind, at, actor, command, data, hashes)
        except (ValueError, TypeError, AttributeError):
            yield LogProblem(pilot, seq, "chain", "the event is not readable")
            previous = sealed
            continue
        if found != sealed:
            yield LogProblem(pilot, seq, "chain", "the event was changed after it was written")
        previous = sealed
        yield from _contents(pilot, seq, hashes, contents.pop(seq, {}))
        if kind == "attached":
            yield from _evidence(pilot, seq, facts, evidence.pop(seq, None))
    for seq in (*contents, *evidence):
        yield LogProblem(pilot, seq, "orphan", "content without its event")
    row = db.execute("SELECT seq FROM pilots WHERE pilot = ?", (pilot,)).fetchone()
    if row is None or row[0] != expected:
        yield LogProblem(pilot, expected, "projection", "the board's row is not as of the last event")


def _contents(
    pilot: str, seq: int, hashes: dict[str, str], found: dict[str, tuple[bytes | None, str | None, str | None]]
) -> Iterator[LogProblem]:
    if set(hashes) != set(found):
        yield LogProblem(pilot, seq, "content", "texts are missing or too many")
    for key in set(hashes) & set(found):
        salt, content, erased = found[key]
        if content is None or salt is None:
            if erased is None or content is not None or salt is not None:
                yield LogProblem(pilot, seq, "content", f"{key} is gone without a tombstone")
        elif salted(salt, content.encode()) != hashes[key]:
            yield LogProblem(pilot, seq, "content", f"{key} was changed")


def _evidence(
    pilot: str, seq: int, facts: dict[str, object], found: tuple[int, str | None, bytes | None, str | None] | None
) -> Iterator[LogProblem]:
    if found is None:
        yield LogProblem(pilot, seq, "evidence", "the record of the file is missing")
        return
    _, digest, salt, erased = found
    if digest is None or salt is None:
        if erased is None:
            yield LogProblem(pilot, seq, "evidence", "gone without a tombstone")
    elif salted(salt, digest.encode()) != facts.get("sha256"):
        yield LogProblem(pilot, seq, "evidence", "the record of the file was changed")
