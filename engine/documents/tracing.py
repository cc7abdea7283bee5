"""What a template looks at while it renders: which value of which view, so that a paper can say where it has it from.

Nothing is read back out of the finished text. The sandbox and the asking functions report every value that is looked at;
whether it really stands in the paper is for `engine.documents.sources` to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.documents.views import Named

Path = tuple[str, ...]


class Trace:
    """`seen` maps the path of each value that was looked at to its text, in the order of the first look."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.seen: dict[Path, str] = {}
        self.behind: dict[Path, tuple[Path, ...]] = {}  # a count of things the template picked out → those things
        self._paths: dict[int, Path] = {}
        self._kept: list[Any] = []  # an id stays true only as long as its object lives
        for name, value in data.items():
            if _is_text(value):
                self.seen[(name,)] = str(value)  # a name of the top level is looked up where nobody can listen
            else:
                self.know(value, (name,))

    def know(self, value: Any, path: Path) -> None:
        """Learn where `value` and everything in it stands."""
        for inner, where in _containers(value, path):
            self._paths[id(inner)] = where
            self._kept.append(inner)

    def path_of(self, value: Any) -> Path | None:
        return self._paths.get(id(value))

    def took(self, holder: Any, key: object, value: Any) -> None:
        """`value` was looked up as `key` of `holder`."""
        path = self._paths.get(id(holder))
        if path is None:
            return
        if _is_text(value):
            self.seen.setdefault((*path, str(key)), str(value))
        elif isinstance(value, list) and value and all(_is_text(one) for one in value):
            for number, one in enumerate(value):
                self.seen.setdefault((*path, str(key), str(number)), str(one))

    def counted(self, value: Any, number: int) -> None:
        """The length of a list was asked for."""
        path = self._paths.get(id(value))
        if path is not None:
            self.seen.setdefault((*path, "length"), str(number))
        elif isinstance(value, list | tuple) and value:
            picked = tuple(dict.fromkeys(path for one in value for path in self._found(one)))
            counted = ("counted", "+".join(".".join(path) for path in picked))
            if picked:
                self.behind[counted] = picked
                self.seen.setdefault(counted, str(number))

    def _found(self, one: Any) -> Iterator[Path]:
        """Where a thing the template picked out stands: a view by itself, a text wherever it was looked at."""
        known = self._paths.get(id(one))
        if known is not None:
            yield known
        elif isinstance(one, str):
            yield from (path for path, text in self.seen.items() if text == one)

    def asked(self, path: Path, text: str) -> None:
        """Something a function worked out."""
        if text:
            self.seen.setdefault(path, text)


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _containers(value: Any, path: Path) -> Iterator[tuple[Any, Path]]:
    if isinstance(value, Named):
        yield value, path
        for key in value.ids():
            yield from _containers(value[key], (*path, key))
    elif isinstance(value, Mapping):
        yield value, path
        for key, item in value.items():
            yield from _containers(item, (*path, str(key)))
    elif isinstance(value, list):
        yield value, path
        for number, item in enumerate(value):
            yield from _containers(item, (*path, str(number)))
