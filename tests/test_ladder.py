"""The rooms of ARCHITECTURE.md stand on one another: nobody imports from a room further down its table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w./]+)` \| (.+) \|$", re.MULTILINE)
ROOMS = [name for name, _ in ROW.findall(PAGE)]
MODULES = sorted([*(ROOT / "engine").rglob("*.py"), ROOT / "cli.py"])
# Library → who alone may import it. The words stand in ARCHITECTURE.md; `click` follows from what a shell is.
ONLY = {
    "jinja2": ("engine/documents/",),
    "transitions": ("engine/machine.py",),
    "cel_expr_python": ("engine/expressions/",),
    "click": ("engine/commands/", "cli.py"),
    "yaml": ("engine/source/",),
    "sqlite3": ("engine/store/", "engine/commands/"),
}


def room_of(path: str) -> int | None:
    """The number of the room a file is in: an exact file before the folder around it."""
    if path == "engine/__init__.py":
        return -1
    if path in ROOMS:
        return ROOMS.index(path)
    return next((i for i, room in enumerate(ROOMS) if room.endswith("/") and path.startswith(room)), None)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import, also of those inside functions and for type checking."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def file_of(dotted: str) -> str | None:
    """The file in which an imported name is, if it is one of ours."""
    parts = dotted.split(".")
    if parts[0] not in ("engine", "cli"):
        return None
    for end in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:end])
        for candidate in (base.with_suffix(".py"), base / "__init__.py"):
            if candidate.is_file():
                return candidate.relative_to(ROOT).as_posix()
    return None


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_table_is_read() -> None:
    assert ROOMS[0] == "engine/frozen.py" and ROOMS[-1] == "cli.py"
    assert len(ROOMS) == len(set(ROOMS)) > 20


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_in_a_room_and_imports_downward(path: Path) -> None:
    name = name_of(path)
    own = room_of(name)
    assert own is not None, f"{name} is in no room of ARCHITECTURE.md"
    wrong = []
    for line, dotted in imported(path):
        target = file_of(dotted)
        if target is None:
            continue
        other = room_of(target)
        assert other is not None, f"{target} is in no room of ARCHITECTURE.md"
        if other > own:
            wrong.append(f"{name}:{line} imports {dotted}, which is in the room {ROOMS[other]} above it")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("library", ONLY)
def test_library_is_imported_in_one_room_only(library: str) -> None:
    users = {name_of(p) for p in MODULES for _, dotted in imported(p) if dotted.split(".")[0] == library}
    assert users, f"nobody imports {library}; take it off the list"
    astray = [u for u in users if not u.startswith(ONLY[library])]
    assert not astray, f"{library} is imported outside {ONLY[library]}: {astray}"


def test_every_room_exists() -> None:
    missing = [room for room in ROOMS if not (ROOT / room).exists()]
    assert not missing
