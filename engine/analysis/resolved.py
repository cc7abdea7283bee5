"""A playbook as it stands after `extends`, as YAML that says behind each line where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from engine.errors import Place, width
from engine.load.door import Loaded
from engine.load.find import shown_path
from engine.source import Path, plain_scalar

_COMMENT_COLUMN = 64
_LONG = 100
# What JSON leaves as it is, but YAML does not.
_NOT_IN_QUOTES = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def resolved_text(loaded: Loaded) -> str:
    """The resolved playbook, every line followed by `# file:line`. Read again, it gives the same data."""
    home = FilePath(loaded.origins[()].file).parent
    lines = []
    for text, path in _map(loaded.bundle.data, (), 0):
        place = _origin(loaded.origins, path)
        where = f"# {shown_path(FilePath(place.file), home)}:{place.line}"
        lines.append(f"{text}{' ' * max(_COMMENT_COLUMN - width(text), 2)}{where}" if text and path else text)
    return "\n".join(lines) + "\n"


def _origin(origins: Mapping[Path, Place], path: Path) -> Place:
    """The place of the path, or of what is around it (an id that was written out has none of its own)."""
    for end in range(len(path), -1, -1):
        if path[:end] in origins:
            return origins[path[:end]]
    raise KeyError(path)


def _map(data: dict[str, Any], path: Path, depth: int) -> Iterator[tuple[str, Path]]:
    """Lines with the path each is about; a line without a path gets no comment (it is inside a text)."""
    indent = "  " * depth
    for key, value in data.items():
        here = (*path, key)
        name = _scalar(key, flow=False)
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:", here
            yield from _map(value, here, depth + 1)
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            yield f"{indent}{name}:", here
            yield from _items(value, here, depth + 1)
        elif isinstance(value, str) and _fits_block(value):
            yield f"{indent}{name}: {'|' if value.endswith(chr(10)) else '|-'}", here
            yield from ((f"{indent}  {row}", ()) for row in value.removesuffix("\n").split("\n"))
        else:
            yield f"{indent}{name}: {_inline(value)}", here


def _items(items: list[Any], path: Path, depth: int) -> Iterator[tuple[str, Path]]:
    indent = "  " * depth
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, dict) and item:
            for number, (text, about) in enumerate(_map(item, here, depth + 1)):
                yield (f"{indent}- {text[len(indent) + 2 :]}" if number == 0 else text), about
        else:
            yield f"{indent}- {_inline(item)}", here


def _inline(value: Any, flow: bool = False) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_inline(v, flow=True) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k, flow=True)}: {_inline(v, flow=True)}" for k, v in value.items()) + "}"
    return _scalar(value, flow)


def _scalar(value: Any, flow: bool) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if plain_scalar(value, flow):
        return value
    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    quoted = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_QUOTES.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _fits_block(text: str) -> bool:
    """Can it be written line by line under `|`, without a word about its indentation?"""
    rows = text.removesuffix("\n").split("\n")
    return len(rows) > 1 and all(row and row.isprintable() and row[0] != " " for row in rows)
