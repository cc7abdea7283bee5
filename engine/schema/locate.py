"""Where data stands: one file, or what was merged from several."""

from __future__ import annotations

from typing import Literal, Protocol

from engine.errors import Place
from engine.source import Path


class Located(Protocol):
    """`engine.source.Source` is one; so is a resolved variant."""

    def place(self, path: Path, part: Literal["key", "value"] = "value") -> Place:
        """The place of a key or value, NOWHERE where there is none."""
        ...

    def nearest(self, path: Path) -> Place:
        """The place of the key at `path`, else of the innermost thing around it, else the file."""
        ...
