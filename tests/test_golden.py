"""Seeded authoring mistakes: each `golden/NAME.yaml` is reported exactly as `golden/NAME.out` says, place and all.

A new case is two text files and no code: write the YAML, run with PLAYBOOK_UPDATE_GOLDEN=1, and read the .out before
committing it. Files in `golden_ok/` must be silent, warnings included.
"""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import calendar_for
from engine.errors import PlaybookError, Problem, render
from engine.load import load
from engine.scenarios import run_file

GOLDEN = Path(__file__).parent / "golden"
SILENT = Path(__file__).parent / "golden_ok"
NAMES = sorted(p.stem for p in GOLDEN.glob("*.yaml") if "." not in p.stem)


def problems_of(path: Path) -> tuple[list[Problem], dict[str, str]]:
    """Everything reported about a playbook and the scenarios beside it, with the texts for snippets."""
    found: list[Problem] = []
    texts: dict[str, str] = {}
    try:
        loaded = load(path)
        found += loaded.warnings
        texts |= loaded.texts
    except PlaybookError as error:
        found += error.problems
        texts |= error.texts
    scenarios = path.with_suffix(".scenarios.yaml")
    if scenarios.exists():
        texts[str(scenarios)] = scenarios.read_text(encoding="utf-8")
        calendar = calendar_for(ZoneInfo("Asia/Shanghai"), [2026], {})
        try:
            found += [p for case in run_file(scenarios, calendar=calendar) for p in case.problems]
        except PlaybookError as error:
            found += error.problems
            texts |= error.texts
    return found, texts


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    found, texts = problems_of(Path(f"{name}.yaml"))
    shown = "\n".join(render(found, texts)) + "\n"
    expected = Path(f"{name}.out")
    if os.environ.get("PLAYBOOK_UPDATE_GOLDEN"):
        expected.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == expected.read_text(encoding="utf-8")
    assert found, "a golden mistake must be reported"


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_has_a_place_in_its_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    found, _ = problems_of(Path(f"{name}.yaml"))
    for problem in found:
        rows = Path(problem.place.file).read_text(encoding="utf-8").split("\n")
        assert 1 <= problem.place.line <= len(rows)
        assert 1 <= problem.place.col <= len(rows[problem.place.line - 1]) + 1


@pytest.mark.parametrize("path", sorted(SILENT.glob("*.yaml")), ids=lambda p: p.stem)
def test_good_playbooks_are_silent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SILENT)
    found, texts = problems_of(Path(path.name))
    assert render(found, texts) == []


def test_there_are_at_least_forty_mistakes() -> None:
    assert len(NAMES) >= 40
