"""The templates that belong to a playbook: those its documents name, where they stand beside it in `templates/`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from engine.source import read_text


def templates_for(data: dict[str, Any], folders: Iterable[FilePath]) -> dict[str, str]:
    """Name → text. `folders` are those of the playbook's files, the variant's own last; its templates win.

    With a template come its variant in another language (`brief.en.md.j2` for `brief.md.j2`) and the parts it may
    include (`_*.j2`). Raises PlaybookError for one that is not readable text.
    """
    wanted = {document["template"] for document in data.get("documents", {}).values()}
    found: dict[str, str] = {}
    for folder in dict.fromkeys(folders):
        paths = {path.name: path for path in sorted((folder / "templates").glob("*.j2")) if path.is_file()}
        named = [name for name in paths if name in wanted or _base(name) in wanted]
        parts = [name for name in paths if name.startswith("_")] if named else []
        found |= {name: read_text(paths[name]) for name in (*named, *parts)}
    return found


def _base(name: str) -> str:
    """`brief.en.md.j2` → `brief.md.j2`."""
    head, _, rest = name.partition(".")
    tag, _, tail = rest.partition(".")
    return f"{head}.{tail}" if len(tag) == 2 else name
