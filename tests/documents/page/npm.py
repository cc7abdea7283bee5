"""Where the npm parts are that check pages: $PLAYBOOK_PAGE_CHECKS, or `node_modules` of the cache folder of this project."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def find_part(path: str) -> Path | None:
    """A file below `node_modules`."""
    named = os.environ.get("PLAYBOOK_PAGE_CHECKS")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "playbook-engine"
    places = [Path(named)] if named else [ROOT, cache]
    return next((p / "node_modules" / path for p in places if (p / "node_modules" / path).is_file()), None)
