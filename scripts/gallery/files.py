"""The files of a gallery: each paper in each of its formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.documents import files, tasklist
from engine.documents.render import Paper
from engine.errors import UserError
from scripts.gallery.samples import Item


def write_files(item: Item, folder: Path) -> tuple[list[Path], list[str]]:
    """The files that could be made, and why another could not (a library that is not installed)."""
    made: list[Path] = []
    missing: list[str] = []
    for name in item.formats:
        path = folder / f"{item.stem}.{name}"
        try:
            content = _content(item, name)
        except UserError as error:
            missing.append(f"{path.name}: {error.message.en}; {error.hint.en if error.hint else ''}")
            continue
        files.write_atomically(path, content)
        made.append(path)
    return made, missing


def _content(item: Item, name: str) -> bytes:
    if isinstance(item.made, Paper):
        return files.WRITERS[name](item.made)
    writers: Mapping[str, Callable[[tasklist.TaskList], bytes]] = tasklist.WRITERS
    return writers[name](item.made)
