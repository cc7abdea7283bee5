"""Which files of a batch are as they should be: the hash of what went in, kept in a hidden file beside each paper.

The paper is written first and its note afterwards, each in one step. Killed in between, the paper is made once more. A
paper somebody has changed by hand no longer has the hash its note tells; it is left alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import engine
from engine.documents.files import PART, note_of, write_atomically
from engine.documents.look import Look
from engine.documents.render import Paper
from engine.errors import Place, Problem, Severity
from engine.text import Message

State = Literal["new", "unchanged", "outdated", "edited"]


def fingerprint(paper: Paper, ending: str) -> str:
    """The hash of everything a file is made from: whatever the writers see of a paper, and which program writes it."""
    hasher = hashlib.sha256(f"{engine.__version__} {ending}".encode())
    for name in Paper.__match_args__:
        if name not in ("problems", "sourced", "look"):
            hasher.update(f"\0{name}={getattr(paper, name)!r}".encode())
    hasher.update(f"\0look={_look_digest(paper.look)}".encode())
    return hasher.hexdigest()


@lru_cache(maxsize=4)  # one look serves all papers of a batch, and a font has megabytes
def _look_digest(look: Look) -> str:
    """The hash of a look. Its fonts are files: what is in them counts, not where they lie."""
    hasher = hashlib.sha256()
    for name in Look.__match_args__:
        if name != "pdf_fonts":
            hasher.update(f"\0{name}={getattr(look, name)!r}".encode())
    for font in look.pdf_fonts:
        hasher.update(f"\0{font.family}={_digest(Path(font.path).read_bytes())}".encode())
    return hasher.hexdigest()


def state_of(path: Path, inputs: str) -> State:
    """`edited`: the file is not what was written. A file without a note was made one at a time and may be replaced."""
    if not path.is_file():
        return "new"
    try:
        note = json.loads(note_of(path).read_text(encoding="utf-8"))
        made = (str(note["inputs"]), str(note["output"]))
    except (OSError, ValueError, KeyError, TypeError):
        return "outdated"
    if _digest(path.read_bytes()) != made[1]:
        return "edited"
    return "unchanged" if made[0] == inputs else "outdated"


def write_made(path: Path, content: bytes, inputs: str, found: Sequence[Problem] = ()) -> None:
    """Write the file and its note, which also keeps what was `found` when the paper was measured."""
    write_atomically(path, content)
    note = {"inputs": inputs, "output": _digest(content), "found": [_kept(one) for one in found]}
    write_atomically(note_of(path), json.dumps(note, ensure_ascii=False).encode())


def found_before(path: Path) -> tuple[Problem, ...]:
    """What was found when the file was measured; nothing where its note tells nothing of that."""
    try:
        note = json.loads(note_of(path).read_text(encoding="utf-8"))
        return tuple(_told(one) for one in note.get("found", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _kept(problem: Problem) -> dict[str, object]:
    """In both languages: it may be read in the other one."""
    hint = problem.hint.as_dict() if problem.hint else None
    return {"code": problem.code, "severity": problem.severity, "message": problem.message.as_dict(), "hint": hint}


def _told(one: dict[str, Any]) -> Problem:
    hint = Message(**one["hint"]) if one["hint"] else None
    severity: Severity = "warning" if one["severity"] == "warning" else "error"
    return Problem(Place(""), str(one["code"]), Message(**one["message"]), hint, severity)


def sweep(folder: Path) -> int:
    """Remove what killed runs left half written: parts whose process is gone. Returns how many."""
    found = 0
    for path in folder.glob(f".*{PART}") if folder.is_dir() else ():
        owner = path.name.lstrip(".").partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            path.unlink(missing_ok=True)
            found += 1
    return found


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True  # asking is not harmless there; a leftover is hidden and small
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
