"""What the content checks need of a workspace: its rule packs, the files behind its evidence, the hospital's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.content_checks import Checker
from engine.errors import UserError
from engine.text import say

if TYPE_CHECKING:
    from engine.compliance import Pack
    from engine.pilot.state import Evidence
    from engine.service.desk import Desk


def checker_of(desk: Desk) -> Checker:
    """Reads a pack once per desk."""
    packs: dict[str, Pack] = {}

    def pack(ref: str) -> Pack:
        from engine.compliance import load_pack

        if ref not in packs:
            packs[ref] = load_pack(ref, folder=desk.workspace.root)
        return packs[ref]

    def text(pilot: str, evidence: Evidence) -> str:
        from pathlib import PurePath

        from engine.compliance.reading import read, source_of

        name = str(evidence.name)
        # The log keeps a salted hash; before it is written, the hash is still that of the file.
        digest = desk.store.evidence_hash(pilot, evidence.number) or evidence.sha256
        try:
            content = desk.workspace.evidence_file(digest).read_bytes()
        except OSError as error:
            raise UserError(
                "unreadable", say("读不了 {n}：{why}", "cannot read {n}: {why}", n=name, why=error.strerror or error)
            ) from None
        return read(source_of(content, name, PurePath(name).suffix.lower())).text

    return Checker(pack, text, desk.workspace.settings.hospital)
