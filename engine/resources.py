"""Where the shipped playbooks and schemas are: in a checkout and an editable install beside `engine/`, in a wheel
inside it (`engine/_data/`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _HERE / "_data" / name
    return packed if packed.is_dir() else _HERE.parent / name


def playbooks_folder() -> Path:
    """The folder of the shipped playbooks, their overlays, scenarios and templates."""
    return _folder("playbooks")


def schemas_folder() -> Path:
    """The folder of the JSON schemas."""
    return _folder("schemas")


def docs_for_authors() -> list[Path]:
    """What an author reads: the language's reference, all its keys, and a first playbook step by step."""
    return [_folder("docs") / name for name in ("dsl.md", "dsl-keys.md", "authoring.zh-CN.md")]


@cache
def shipped_playbooks() -> dict[str, Path]:
    """Id → file of every playbook that comes with the program; overlays and scenarios have a second dot in the name."""
    return {path.stem: path for path in sorted(playbooks_folder().glob("*.yaml")) if "." not in path.stem}


def schema_text(name: str) -> str:
    """The text of `NAME.schema.json`. Raises FileNotFoundError for a name that is not shipped."""
    return (schemas_folder() / f"{name}.schema.json").read_text(encoding="utf-8")


def package_file(name: str) -> Path:
    """A file or folder inside the package itself (catalogues, templates, migrations)."""
    return _HERE / name
