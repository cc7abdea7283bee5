"""The hash chain: each event seals the one before it. Free text is in it only as a salted hash.

hash = sha256 of previous hash, pilot, seq, type, at, actor, command, data, texts, each written as `length:text` (so that no
two events give the same bytes), where `texts` maps each key to sha256(salt ‖ text). Erasing a text deletes it and its salt; the hash stays, so the chain still verifies and the
text cannot be guessed back from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

FIRST = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(data: Any) -> str:
    """JSON with sorted keys and no spaces: the same data always gives the same text."""
    return _ENCODER.encode(data)


def salted(salt: bytes, content: bytes) -> str:
    return sha256(salt + content).hexdigest()


def seal(
    previous: str,
    pilot: str,
    seq: int,
    type: str,
    at: str,
    actor: str,
    command: str,
    data: str,
    texts: Mapping[str, str],
) -> str:
    """The hash of one event. `data` is its canonical JSON; `texts` maps keys to salted hashes."""
    parts = (previous, pilot, str(seq), type, at, actor, command, data, canonical(texts) if texts else "")
    return sha256("".join([f"{len(part)}:{part}" for part in parts]).encode()).hexdigest()
