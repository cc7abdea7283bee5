"""The one door: a path or id → Loaded (playbook and pinned bundle), or all its Problems at once.

Reading a bundle again (`unpack`) needs neither yaml nor jsonschema and imports neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.load.bundle import Bundle, unpack
from engine.text import Language

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from engine.load.door import Loaded

__all__ = ["Bundle", "find_playbook", "load", "unpack"]


def load(target: str | FilePath, *, folder: FilePath | None = None, language: Language | None = None) -> Loaded:
    """Read a playbook, whole. `target` is an id or a path, `folder` the workspace, `language` that of the texts in
    `Loaded.playbook` (the file's own when None, or where there is no overlay).

    Raises PlaybookError with every problem of the file, the playbooks it extends and its overlays, sorted; UserError
    `unknown-playbook` when an id leads nowhere.
    """
    from engine.load import door

    return door.load(target, folder, language)


def find_playbook(name: str, folder: FilePath | None = None) -> FilePath:
    """The file of a playbook: a path, or an id looked up in the workspace's `playbooks/`, then among the shipped ones.
    Raises UserError `unknown-playbook`."""
    from engine.load import find

    return find.find_playbook(name, folder)
