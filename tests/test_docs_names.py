"""What the docs name exists: files, options, settings, verbs of tasks.py, the people of a playbook; their Python runs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli import VERBS
from engine.commands._frame import common_options
from engine.load import load
from tasks import VERBS as TASKS
from tests.console import type_line

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```([\w-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# ARCHITECTURE.md says where later things would go; these rooms are not built yet.
LATER = {"engine/results/", "engine/compliance/"}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_lines(page: Path) -> Iterator[str]:
    """Inline code, and each line of the fenced blocks."""
    text = text_of(page)
    for _, body in FENCED.findall(text):
        yield from body.splitlines()
    yield from re.findall(r"`([^`\n]+)`", FENCED.sub("", text))


def test_files_named_in_docs_exist() -> None:
    named = [
        (page, word)
        for page in PAGES
        for line in code_lines(page)
        for word in re.findall(r"(?<![\w/.<-])(?:engine|tests|docs|schemas|scripts|bench|\.ci)/[\w./<>*-]*", line)
    ]
    assert len(named) > 40
    missing = [
        f"{page.name}: {word}"
        for page, word in named
        if word not in LATER and "<" not in word and not list(ROOT.glob(word.rstrip("./")))
    ]
    assert not missing


def test_options_named_in_docs_exist() -> None:
    seen, wrong = 0, []
    for page in PAGES:
        for line in code_lines(page):
            for verb, options in verbs_and_options(line):
                known = {o for p in [*import_module(VERBS[verb][1]).command.params, *common_options()] for o in p.opts}
                seen += len(options)
                wrong += [f"{page.name}: playbook {verb} {o}" for o in options if o not in known | {"--help"}]
    assert seen > 200
    assert not wrong


def verbs_and_options(line: str) -> Iterator[tuple[str, list[str]]]:
    """The playbook commands of a line: the verb, and every option written with it, before it too."""
    for part in re.split(r"(?:^|[\s/\\$\"`])playbook(?:\.exe)?[\"\\]* ", line)[1:]:
        try:
            words = shlex.split(re.split(r" [|>]|[，。；]", part)[0])
        except ValueError:  # quoted for another shell
            words = part.split()
        verb = next((word for word in words if word in VERBS), None)
        if verb:
            yield verb, [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]


def test_option_that_does_not_exist_is_seen() -> None:
    assert list(verbs_and_options("/opt/x/bin/playbook --workspace /srv tick --soon >> log 2>&1")) == [
        ("tick", ["--workspace", "--soon"])
    ]
    assert list(verbs_and_options('$ playbook done 1 --set "a=b c" -p x')) == [("done", ["--set", "-p"])]


def test_tasks_named_in_docs_exist() -> None:
    named = {word for page in PAGES for word in re.findall(r"tasks\.py ([a-z]+)", text_of(page))}
    assert {"demo", "test"} <= named <= set(TASKS)


def test_settings_named_in_docs_are_read_somewhere() -> None:
    named = {word for page in PAGES for word in re.findall(r"(?<!_)\b(PLAYBOOK_[A-Z_]+)", text_of(page))}
    named.discard("PLAYBOOK_ID")  # stands for any id in the reference
    sources = [ROOT / "cli.py", ROOT / "tasks.py", *(ROOT / "engine").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    read = {
        word for path in sources if path != Path(__file__) for word in re.findall(r"PLAYBOOK_[A-Z_]+", text_of(path))
    }
    assert "PLAYBOOK_LANG" in named
    assert named <= read


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "playbooks").glob("*.yaml") if "." not in p.stem))
def test_playbook_page_has_the_roles_and_stages_of_the_playbook(name: str) -> None:
    page = text_of(ROOT / "docs" / "playbooks" / f"{name}.zh-CN.md")
    book = load(name).playbook
    table = dict(re.findall(r"^\| (\S+) \| ((?:≥)?\d+(?:–\d+)?) \|", page, re.MULTILINE))
    counts = {role.title: str(role.count).replace("..", "–") for role in book.roles.values()}
    assert table == counts
    assert not [s.title for s in book.stages.values() if not s.final and s.title not in page]


@pytest.mark.parametrize(("name", "word"), [("README.md", "path/to/workspace"), ("README.zh-CN.md", "工作区的路径")])
def test_python_of_the_readme_runs(name: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = (body for language, body in FENCED.findall(text_of(ROOT / name)) if language == "python")
    (pilot,) = re.findall(r'run\("([^"]+)"', code)
    assert f'"{word}"' in code
    monkeypatch.chdir(tmp_path)
    moment = datetime(2024, 3, 4, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # the sample itself runs on the day it is
    values = ["department=骨科", "service=关节随访", "willingness=volunteered"]
    for line in (
        ["init", "--me", "王蕾"],
        ["start", "four-step-pilot", pilot],
        ["done", "1", *(w for value in values for w in ("--set", value))],
    ):
        status, said = type_line(line, moment)
        assert status == 0, said
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(code.replace(word, tmp_path.as_posix()), name, "exec"), {})
    assert printed.getvalue().startswith("done 3 --set ")


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "playbooks").glob("*.yaml") if "." not in p.stem))
def test_playbook_page_shows_the_diagram_as_it_is_drawn(name: str) -> None:
    from engine.analysis.graph import graph_of, mermaid

    page = text_of(ROOT / "docs" / "playbooks" / f"{name}.zh-CN.md")
    assert f"```mermaid\n{mermaid(graph_of(load(name).playbook)).rstrip()}\n```" in page
