"""Reading a playbook, from the file to the model, gathering every problem on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from engine.build import build
from engine.checks import run_checks
from engine.errors import Place, PlaybookError, Problem
from engine.frozen import frozen
from engine.load.bundle import Bundle, in_language
from engine.load.extends import find_path, merge
from engine.load.find import bases_near, find_base, find_playbook, shown_path
from engine.load.overlay import overlay_files, read_overlay
from engine.load.repair import repaired
from engine.load.resolved import Origins, Resolved
from engine.load.templates import templates_for
from engine.model import Playbook
from engine.nearest import nearest, suggestion
from engine.resources import playbooks_folder
from engine.schema import Finding, findings, validate
from engine.source import Path, Source, parse, read_text
from engine.text import Language, say


@frozen
class Loaded:
    """A playbook without errors. `texts` maps file name → text (for snippets), `origins` each path of the resolved data
    to where it was written."""

    playbook: Playbook
    bundle: Bundle
    warnings: tuple[Problem, ...]
    texts: Mapping[str, str]
    origins: Mapping[Path, Place] = field(repr=False)


@dataclass
class _Reading:
    """What has been found so far while reading one playbook and those it extends."""

    folder: FilePath | None
    roots: list[FilePath]
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    complete: bool = True  # False when a base could not be read, so that nothing can be said about the whole


def load(target: str | FilePath, folder: FilePath | None, language: Language | None) -> Loaded:
    """See `engine.load.load`."""
    path = find_playbook(target, folder) if isinstance(target, str) else target
    roots = [path.parent, playbooks_folder(), *([folder] if folder is not None else [])]
    reading = _Reading(folder, roots)
    chain = [path.resolve()]
    resolved = _read(path, reading, chain)
    if resolved is None:
        raise PlaybookError(reading.problems, reading.texts)
    overlays = _overlays(resolved, reading)
    book = _judge(resolved, reading) if reading.complete else None
    if book is None or any(p.severity == "error" for p in reading.problems):
        raise PlaybookError(reading.problems, reading.texts)
    data = resolved.data
    shown = data if language is None else in_language(data, overlays, language)
    bundle = Bundle(
        id=data["playbook"],
        version=data["version"],
        data=data,
        overlays=overlays,
        sources={shown_path(FilePath(name), path.parent): text for name, text in reading.texts.items()},
        templates=templates_for(data, [FilePath(source.file).parent for source in resolved.files]),
    )
    return Loaded(
        playbook=book if shown is data else build(shown, resolved.place, resolved.written),
        bundle=bundle,
        warnings=tuple(sorted(set(reading.problems), key=Problem.sort_key)),
        texts=reading.texts,
        origins=Origins(resolved),
    )


def _read(path: FilePath, reading: _Reading, chain: list[FilePath]) -> Resolved | None:
    """A file and what it extends. None when the file itself cannot be read."""
    try:
        source = parse(read_text(path), str(path))
    except PlaybookError as error:
        reading.problems += error.problems
        reading.texts |= error.texts
        return None
    reading.texts[source.file] = source.text
    other = _another_kind(source)
    if other is not None or not isinstance(source.data, dict):
        reading.problems += [other] if other is not None else validate(source, "playbook")
        return None
    value = source.data.get("extends")
    if "extends" not in source.data:
        return Resolved(source.data, source, None, (source,))
    reading.problems += validate(source, "variant")
    base = _base(value, source, path, reading, chain) if isinstance(value, str) else None
    if base is None:
        reading.complete = False
        return Resolved(source.data, source, None, (source,))
    resolved, problems = merge(base, source)
    reading.problems += problems
    return resolved


def _base(value: str, source: Source, path: FilePath, reading: _Reading, chain: list[FilePath]) -> Resolved | None:
    place = source.place(("extends",))
    try:
        found = find_base(value, path.parent, reading.roots, reading.folder)
    except ValueError:
        message = say("“{path}”在允许的文件夹之外", "'{path}' is outside the folders it may be in", path=value)
        hint = say(
            "用自带方案的 id，或本文件夹内的相对路径", "use the id of a shipped playbook or a path within this folder"
        )
        reading.problems.append(Problem(place, "outside-folder", message, hint))
        return None
    if found is None:
        message = say("没有方案“{path}”", "there is no playbook '{path}'", path=value)
        near = suggestion(value, bases_near(value, path.parent, reading.folder))
        reading.problems.append(Problem(place, "unknown-playbook", message, near))
        return None
    if found.resolve() in chain:
        ring = " → ".join(p.stem for p in [*chain[chain.index(found.resolve()) :], found])
        message = say("extends 绕成了一个圈：{ring}", "extends goes round in a circle: {ring}", ring=ring)
        reading.problems.append(Problem(place, "extends-circle", message))
        return None
    return _read(found, reading, [*chain, found.resolve()])


def _another_kind(source: Source) -> Problem | None:
    """The file is one of those that stand beside a playbook."""
    data = source.data
    if not isinstance(data, dict) or "playbook" in data:
        return None
    place = source.place(())
    if "scenarios" in data:
        message = say("这是测试场景文件，不是方案", "this is a file of scenarios, not a playbook")
        hint = say(
            "用 playbook test 运行它；要检查方案，请给 {file}",
            "`playbook test` runs it; the playbook is {file}",
            file=data["scenarios"],
        )
    elif "overlay" in data:
        message = say("这是方案的翻译文件，不是方案", "this is the overlay of a playbook, not a playbook")
        hint = say("检查 {file}.yaml 时会一并检查它", "it is checked together with {file}.yaml", file=data["overlay"])
    elif not data.keys().isdisjoint({"hospital", "me", "zone"}):
        message = say("这是工作区设置文件，不是方案", "these are the settings of a workspace, not a playbook")
        hint = say("用 playbook doctor 检查工作区", "`playbook doctor` checks a workspace")
    else:
        return None
    return Problem(place, "not-a-playbook", message, hint)


def _overlays(resolved: Resolved, reading: _Reading) -> dict[str, dict[str, str]]:
    """Texts by language. A variant keeps its base's translation of each text that it has from the base."""
    overlays: dict[str, dict[str, str]] = {}
    for source in resolved.files:
        last = source is resolved.files[-1]
        for tag, path in overlay_files(FilePath(source.file)):
            data = resolved.data if last else source.data
            texts, overlay, problems = read_overlay(path, tag, str(source.data.get("playbook", "")), data)
            if last:
                reading.problems += problems
            if overlay is not None:
                reading.texts[overlay.file] = overlay.text
            kept = texts if last else {d: t for d, t in texts.items() if _still_from(resolved, d, source)}
            overlays[tag] = overlays.get(tag, {}) | kept
    return overlays


def _still_from(resolved: Resolved, dotted: str, source: Source) -> bool:
    path = find_path(resolved.data, dotted)
    if path is None:
        return False
    found = resolved.origin_of(path)
    return found is not None and found[0] is source


def _judge(resolved: Resolved, reading: _Reading) -> Playbook | None:
    """The schema, then the checks; after a mistake of form the checks see as much as can still be understood.

    The playbook when it could be built as it is."""
    found = findings(resolved.data, "playbook", resolved)
    reading.problems += [_told_of_base(f, resolved) for f in found]
    data: dict[str, Any] | None = resolved.data if not found else repaired(resolved.data, found)
    if data is None:
        return None
    book = build(data, resolved.place, resolved.written)
    # What merely looks odd may look so because of the mistakes of form.
    reading.problems += [p for p in run_checks(book) if not found or p.severity == "error"]
    return None if found else book


def _told_of_base(finding: Finding, resolved: Resolved) -> Problem:
    """In a variant, something that lacks a key may have been meant to change a thing of the base, under another id."""
    problem, path = finding.problem, finding.path
    if problem.code != "missing-key" or resolved.origin is None or len(path) < 3 or not isinstance(path[-2], str):
        return problem
    around: Any = resolved.data
    for step in path[:-2]:
        around = around[step]
    older = [k for k in around if (found := resolved.origin_of((*path[:-2], k))) and found[0] is not resolved.source]
    if path[-2] in older or nearest(path[-2], older) is None:
        return problem
    hint = say(
        "如果是要改原方案里的，是不是 {near}？新增的要写全",
        "to change one of the base, did you mean '{near}'? A new one must be complete",
        near=nearest(path[-2], older),
    )
    return replace(problem, hint=hint)
