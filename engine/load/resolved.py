"""Data merged from several files that still knows where each part of it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Literal

from engine.errors import NOWHERE, Place
from engine.frozen import frozen
from engine.source import Path, Source

Origin = tuple[Source, Path]


@frozen
class Resolved:
    """`data` after `extends`. `origin` says for each path which file it is from and its path there; a path that is not
    in it (of a playbook without `extends`) is the same path in `source`."""

    data: dict[str, Any]
    source: Source
    origin: Mapping[Path, Origin] | None = None
    files: tuple[Source, ...] = field(default=())

    def origin_of(self, path: Path) -> Origin | None:
        if self.origin is None:
            return (self.source, path)
        return self.origin.get(path)

    def place(self, path: Path, part: Literal["key", "value"] = "value") -> Place:
        found = self.origin_of(path)
        return found[0].place(found[1], part) if found else NOWHERE

    def nearest(self, path: Path) -> Place:
        for end in range(len(path), 0, -1):
            found = self.origin_of(path[:end])
            if found is not None:
                return found[0].nearest(found[1])
        return Place(self.source.file)

    def written(self, path: Path, value: str) -> tuple[Place, tuple[tuple[int, Place], ...]]:
        found = self.origin_of(path)
        return found[0].written(found[1], value) if found else (NOWHERE, ())


class Origins(Mapping[Path, Place]):
    """Path → the place where it was written: of the key, or of the item in its list."""

    def __init__(self, resolved: Resolved) -> None:
        self._resolved = resolved

    def __getitem__(self, path: Path) -> Place:
        place = self._resolved.place(path, "key")
        place = place if place.line else self._resolved.place(path)
        if not place.line:
            raise KeyError(path)
        return place

    def __iter__(self) -> Iterator[Path]:
        yield from self._resolved.source.values if self._resolved.origin is None else self._resolved.origin

    def __len__(self) -> int:
        return sum(1 for _ in self)
