"""Where playbooks are: a path, the workspace's `playbooks/`, the shipped ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from engine.errors import UserError
from engine.resources import playbooks_folder, shipped_playbooks
from engine.text import Message, listed, say

SUFFIXES = (".yaml", ".yml")
_ID = re.compile(rb"^playbook:[ \t]*[\"']?([a-z][a-z0-9_-]*)", re.MULTILINE)


def find_playbook(name: str, folder: Path | None = None) -> Path:
    """See `engine.load.find_playbook`."""
    if looks_like_path(name) or Path(name).is_file():
        return Path(name)
    known = known_playbooks(folder)
    if name in known:
        return known[name]
    raise UserError(
        "unknown-playbook", say("没有方案“{name}”", "there is no playbook '{name}'", name=name), _hint(name, known)
    )


def known_playbooks(folder: Path | None = None) -> dict[str, Path]:
    """Id → file: the shipped playbooks, and those of the workspace before them."""
    known = dict(shipped_playbooks())
    if folder is not None:
        known |= playbooks_in(folder / "playbooks")
    return known


def playbooks_in(folder: Path) -> dict[str, Path]:
    """Id → file of the playbooks directly in a folder; by the `playbook:` line where it is, else by the file's name."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.y*ml")):
        if path.suffix in SUFFIXES and "." not in path.stem and path.is_file():
            found.setdefault(path.stem, path)
            own = _id_in(path)
            if own:
                found.setdefault(own, path)
    return found


def looks_like_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.endswith(SUFFIXES)


def find_base(value: str, beside: Path, roots: Iterable[Path], folder: Path | None) -> Path | None:
    """The file that `extends: value` means in a file of the folder `beside`; None when there is none.

    Raises ValueError for a path that leads out of every one of `roots`, or is absolute.
    """
    if looks_like_path(value):
        path = Path(os.path.normpath(beside / value))
        allowed = [root.resolve() for root in roots]
        if Path(value).is_absolute() or not any(path.resolve().is_relative_to(root) for root in allowed):
            raise ValueError(value)
        return path if path.is_file() else None
    return playbooks_in(beside).get(value) or known_playbooks(folder).get(value)


def bases_near(value: str, beside: Path, folder: Path | None) -> list[str]:
    """What could have been meant by `extends: value`."""
    if looks_like_path(value):
        around = (beside / value).parent
        prefix = value.rpartition("/")[0]
        names = [p.name for p in sorted(around.glob("*.yaml")) if "." not in p.stem] if around.is_dir() else []
        return [f"{prefix}/{name}" if prefix else name for name in names]
    return sorted({*playbooks_in(beside), *known_playbooks(folder)})


def shown_path(path: Path, beside: Path) -> str:
    """A file's name inside a bundle: relative to the folder of the playbook or of the shipped ones; never absolute."""
    for root in (beside, playbooks_folder()):
        try:
            return path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            continue
    return path.name


def _id_in(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            found = _ID.search(stream.read(4096))
    except OSError:
        return None
    return found[1].decode() if found else None


def _hint(name: str, known: Iterable[str]) -> Message:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    there = say("现有：{all}", "there are: {all}", all=listed(sorted(known)))
    return (
        say("是不是 {near}？{listed}", "did you mean {near}? {listed}", near=near[0], listed=there) if near else there
    )
