"""Overlays: the texts of a playbook in another language, in a file beside it (`NAME.en.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from engine.build import item_id
from engine.errors import PlaybookError, Problem
from engine.load.bundle import LISTS
from engine.nearest import suggestion
from engine.schema import validate
from engine.source import Path, Source, parse, read_text
from engine.text import say

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HEAD = frozenset({"overlay", "language"})


def overlay_files(playbook: FilePath) -> list[tuple[str, FilePath]]:
    """(language tag, file) of every overlay beside a playbook."""
    found = []
    for path in sorted(playbook.parent.glob(f"{glob_escape(playbook.stem)}.*{playbook.suffix}")):
        tag = path.stem.removeprefix(f"{playbook.stem}.")
        if _TAG.fullmatch(tag):
            found.append((tag, path))
    return found


def glob_escape(name: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", name)


def read_overlay(
    path: FilePath, tag: str, playbook: str, data: dict[str, Any]
) -> tuple[dict[str, str], Source | None, list[Problem]]:
    """Dotted path → text, for the texts of `data`. Everything that is wrong with the file, each at its place."""
    try:
        source = parse(read_text(path), str(path))
    except PlaybookError as error:
        return {}, None, list(error.problems)
    problems = validate(source, "overlay")
    if not isinstance(source.data, dict):
        return {}, source, problems
    if isinstance(source.data.get("overlay"), str) and source.data["overlay"] != playbook:
        message = say(
            "这份翻译写的是“{a}”，旁边的方案是“{b}”", "this overlay is for '{a}', but the playbook beside it is '{b}'",
            a=source.data["overlay"], b=playbook,
        )  # fmt: skip
        problems.append(Problem(source.place(("overlay",)), "wrong-overlay", message))
    if isinstance(source.data.get("language"), str) and source.data["language"] != tag:
        message = say(
            "language 是 {a}，文件名里是 {b}", "language is {a}, but the file's name says {b}",
            a=source.data["language"], b=tag,
        )  # fmt: skip
        problems.append(Problem(source.place(("language",)), "wrong-overlay", message))
    texts: dict[str, str] = {}
    told = {p.place for p in problems}
    texts_in = {k: v for k, v in source.data.items() if k not in _HEAD}
    for found in _flatten(texts_in, data, (), (), source):
        if isinstance(found, Problem):
            if found.place not in told:
                problems.append(found)
        else:
            texts[".".join(found[0])] = found[1]
    return texts, source, problems


def _flatten(
    part: dict[str, Any], data: dict[str, Any], path: Path, names: tuple[str, ...], source: Source
) -> Iterator[tuple[tuple[str, ...], str] | Problem]:
    """Texts below `part`; a problem for each key that leads to nothing in `data`."""
    for key, value in part.items():
        here, named = (*path, key), (*names, key)
        if isinstance(value, str):
            if key in _OPTIONS_OF_TEXT or key in data:
                yield named, value
            else:
                yield _astray(named, list(data), source.place(here, "key"))
        elif key not in data:
            yield _astray(named, list(data), source.place(here, "key"))
        elif isinstance(value, dict) and isinstance(data[key], dict):
            yield from _flatten(value, data[key], here, named, source)
        elif isinstance(value, list) and isinstance(data[key], list):
            yield from _items(value, data[key], here, named, source)


# Texts that an overlay may add where the playbook itself has none.
_OPTIONS_OF_TEXT = frozenset({"title", "purpose", "goal", "help", "done_when", "else", "fix", "unit", "message"})


def _items(
    part: list[Any], data: list[Any], path: Path, names: tuple[str, ...], source: Source
) -> Iterator[tuple[tuple[str, ...], str] | Problem]:
    kind = LISTS.get(names[-1])
    if kind is None:
        if len(part) != len(data):
            message = say(
                "{key} 在方案里有 {n} 项，这里有 {m} 项", "{key} has {n} items in the playbook, but {m} here",
                key=names[-1], n=len(data), m=len(part),
            )  # fmt: skip
            yield Problem(source.place(path, "key"), "unknown-path", message)
        for index, text in enumerate(part[: len(data)]):
            if isinstance(text, str):
                yield (*names, str(index)), text
        return
    known = {item_id(kind, v, i): v for i, v in enumerate(data) if isinstance(v, dict)}
    for index, item in enumerate(part):
        name = item.get("id") if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue  # the schema reports it
        here = (*path, index)
        if name not in known:
            yield _astray((*names, name), list(known), source.place((*here, "id")))
            continue
        texts = {k: v for k, v in item.items() if k != "id"}
        yield from _flatten(texts, known[name], here, (*names, name), source)


def _astray(names: tuple[str, ...], known: list[str], place: Any) -> Problem:
    message = say("方案里没有“{path}”", "the playbook has no '{path}'", path=".".join(names))
    return Problem(place, "unknown-path", message, suggestion(names[-1], known))
