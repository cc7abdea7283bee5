"""What `check` looks at, and how one file is checked: a playbook, its overlay, or a file of scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from engine.commands._shared import shown
from engine.errors import PlaybookError, Problem, UserError
from engine.frozen import frozen
from engine.text import current_language, say

_SUFFIXES = (".yaml", ".yml")


@frozen
class Checked:
    """`title` is the line for a file that has no problem."""

    title: str
    problems: tuple[Problem, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


def targets(files: Sequence[str], folder: str | None) -> list[str | Path]:
    """Files and ids to check. A folder stands for the playbooks and scenarios in it; nothing for the workspace's own.

    Raises UserError `nothing-to-check`.
    """
    from engine.workspace import find_root

    if not files:
        root = find_root(folder)
        inside = _inside(root / "playbooks") if root else []
        if not inside:
            raise UserError(
                "nothing-to-check",
                say("没有可检查的方案", "there is nothing to check"),
                say(
                    "写上文件名：playbook check 文件；或先 playbook new 名称",
                    "name a file: playbook check FILE; or `playbook new NAME` first",
                ),
            )
        return inside
    found: list[str | Path] = []
    for name in files:
        path = Path(name).expanduser()
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise UserError(
                    "nothing-to-check",
                    say("这个文件夹里没有方案文件（.yaml）：{p}", "no playbooks (.yaml) in this folder: {p}", p=name),
                )
            found += inside
        else:
            found.append(path if path.exists() or path.suffix in _SUFFIXES or "/" in name else name)
    return found


def check_target(target: str | Path, folder: str | None) -> Checked:
    """Everything that is wrong with one file. Never raises for what a user wrote."""
    try:
        return _check(target, folder)
    except PlaybookError as error:
        return Checked("", error.problems, dict(error.texts))


def _check(target: str | Path, folder: str | None) -> Checked:
    from engine.load import find_playbook, load
    from engine.workspace import find_root

    root = find_root(folder)
    name = target if isinstance(target, str) else shown(target)
    if isinstance(target, str):
        target = find_playbook(target, root)
    if target.suffix in _SUFFIXES and "." in target.stem and target.is_file():
        from engine.source import parse, read_text

        data = parse(read_text(target), str(target)).data
        kind = data if isinstance(data, dict) and "playbook" not in data else {}
        if "scenarios" in kind:
            return _scenarios(target)
        if "overlay" in kind:
            return _overlay(target, root)
    loaded = load(target, folder=root, language=current_language())
    book = loaded.playbook
    summary = say(
        "{file}：{title}（{stages}个阶段，{tasks}项任务，{fields}个字段）",
        "{file}: {title} ({stages} stages, {tasks} tasks, {fields} fields)",
        file=name,
        title=book.title,
        stages=len(book.all_stages),
        tasks=len(book.tasks),
        fields=len(book.fields),
    )
    return Checked(str(summary), loaded.warnings, dict(loaded.texts))


def _scenarios(path: Path) -> Checked:
    from engine.schema import validate
    from engine.source import parse, read_text

    text = read_text(path)
    source = parse(text, str(path))
    problems = validate(source, "scenarios")
    cases = source.data.get("cases") if isinstance(source.data, dict) else None
    count = len(cases) if isinstance(cases, list) else 0
    title = say(
        "{file}：{n}个情景（用 playbook test 运行）",
        "{file}: {n} scenarios (`playbook test` runs them)",
        file=shown(path),
        n=count,
    )
    return Checked(str(title), tuple(problems), {str(path): text})


def _overlay(path: Path, root: Path | None) -> Checked:
    """An overlay is read together with the playbook beside it; only its own problems are told."""
    from engine.load import load

    title = str(say("{file}：翻译文件", "{file}: overlay", file=shown(path)))
    beside = path.with_name(f"{path.stem.rpartition('.')[0]}{path.suffix}")
    if not beside.is_file():
        message = say(
            "旁边没有它翻译的方案：{name}", "the playbook it translates is not beside it: {name}", name=beside.name
        )
        from engine.errors import Place

        return Checked(title, (Problem(Place(str(path)), "unknown-playbook", message),))
    try:
        loaded = load(beside, folder=root)
        problems, texts = loaded.warnings, dict(loaded.texts)
    except PlaybookError as error:
        problems, texts = error.problems, dict(error.texts)
    return Checked(title, tuple(p for p in problems if p.place.file == str(path)), texts)


def _inside(folder: Path) -> list[str | Path]:
    """The playbooks and scenario files directly in a folder; overlays are checked with their playbook."""
    found: list[str | Path] = []
    for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else []:
        if path.suffix in _SUFFIXES and ("." not in path.stem or path.stem.endswith(".scenarios")):
            found.append(path)
    return found
