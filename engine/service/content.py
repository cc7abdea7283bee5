"""What the content checks need of a workspace: its rule packs, the files behind its evidence, the hospital's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.content_checks import Checker

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

    def read(evidence: Evidence) -> str:
        from pathlib import PurePath

        from engine.compliance.reading import read_file

        suffix = PurePath(str(evidence.name)).suffix
        return read_file(desk.workspace.evidence_file(evidence.sha256), suffix=suffix).text

    return Checker(pack, read, desk.workspace.settings.hospital)
