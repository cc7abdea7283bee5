"""The docs are true: their terminal sessions run, their links lead somewhere, their playbooks check."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import VERBS
from engine.load import load
from tests.console import Steer, Typed, matches, play, read_page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SESSIONS = [page for page in PAGES if "```console\n" in page.read_text(encoding="utf-8")]
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```([\w-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Places of the machine on which this was written. This file names them and is left out.
MACHINE = re.compile(r"/work/|/tmp/v\b|\.\./shared|\.library")
BIG = 2_000_000  # bytes; no text here is longer


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", SESSIONS, ids=name_of)
def test_session_shows_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAYBOOK_LANG", "")  # so that what a session sets is forgotten after it
    differences = play(page)
    assert not differences, "\n\n".join(differences)


@pytest.mark.parametrize(
    "name",
    ["README.md", "README.zh-CN.md", "docs/tour.md", "docs/tour.zh-CN.md", "docs/results.md", "docs/results.zh-CN.md"],
)
def test_page_has_a_session(name: str) -> None:
    assert ROOT / name in SESSIONS


def test_tours_are_short_and_go_the_same_way() -> None:
    chinese, english = (
        [(s.words[1], [w for w in s.words if w.isdigit()]) for s in read_page(text_of(page)) if of_playbook(s)]
        for page in (ROOT / "docs/tour.zh-CN.md", ROOT / "docs/tour.md")
    )
    assert chinese == english
    assert len(chinese) < 40


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2028-02-29"])
def test_tour_can_be_done_on_any_day(day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers follow it on their own day: only the dates on the screen may differ from the page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAYBOOK_LANG", "")
    page = tmp_path / "tour.md"
    text = text_of(ROOT / "docs/tour.zh-CN.md").replace("clock: 2026-03-02", f"clock: {day}")
    page.write_text(text, encoding="utf-8")
    dated = {s.line for s in read_page(text) if isinstance(s, Typed) and re.search(r"202\d-", "".join(s.expected))}
    differing = {int(difference.split(":")[1]) for difference in play(page)}
    assert differing
    assert differing <= dated


@pytest.mark.parametrize(
    ("expected", "said", "fits"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "…"], ["a", "b", "c"], True),
        (["…", "c"], ["a", "b", "c"], True),
        (["…", "b"], ["a", "b", "c"], False),
        (["a …"], ["a long line"], True),
        (["a …"], ["b long line"], False),
        (["…"], [], True),
    ],
)
def test_dots_stand_for_what_is_left_out(expected: list[str], said: list[str], fits: bool) -> None:
    assert matches(expected, said) is fits


def test_session_that_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# x\n```console\n$ playbook init site\n✓ something else\n```\n", encoding="utf-8")
    (difference,) = play(page)
    assert difference.startswith("page.md:3: playbook init site")
    page.write_text("```console\n$ playbook advance\n…\n```\n", encoding="utf-8")
    assert play(page), "a refusal that the page does not show must be found"


@pytest.mark.parametrize("name", ["commands.md", "commands.zh-CN.md"])
def test_commands_page_has_every_verb(name: str) -> None:
    page = text_of(ROOT / "docs" / name)
    missing = [verb for verb in VERBS if f"\n### {verb}\n" not in page]
    assert not missing


def test_docs_name_only_verbs_that_exist() -> None:
    wrong = []
    for page in PAGES:
        words = re.findall(r"(?:^|`)(?:\$ )?playbook ([a-z][a-z-]+)\b(?![=:.])", code_of(text_of(page)), re.MULTILINE)
        wrong += [f"{name_of(page)}: playbook {word}" for word in words if word not in VERBS]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in links_of(page) if not leads_somewhere(page, link)]
    assert not broken


def test_docs_playbooks_check_without_errors(tmp_path: Path) -> None:
    found = 0
    for page in PAGES:
        # What a session writes is checked by the session, mistakes made on purpose included.
        for language, text in FENCED.findall(re.sub(r"<!-- write: .*-->\n+```", "```written-", text_of(page))):
            if language == "yaml" and re.search(r"^playbook: ", text, re.MULTILINE) and is_whole(text):
                found += 1
                path = tmp_path / f"{page.stem}-{found}.yaml"
                path.write_text(text, encoding="utf-8")
                load(path)  # raises PlaybookError with all its problems
    assert found >= 1


def test_nothing_names_the_machine_it_was_written_on() -> None:
    told = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8") if path.stat().st_size < BIG else ""
        except UnicodeDecodeError:
            continue
        told += [f"{name_of(path)}: {found[0]}" for found in MACHINE.finditer(text)]
    assert not told


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(text: str) -> str:
    """Fenced blocks and inline code only; prose may speak of a playbook called anything."""
    return "\n".join([*(body for _, body in FENCED.findall(text)), *re.findall(r"`[^`\n]+`", text)])


def of_playbook(step: Typed | Steer) -> bool:
    return isinstance(step, Typed) and step.words[0] == "playbook"


def is_whole(text: str) -> bool:
    return "stages:" in text or "extends:" in text


def links_of(page: Path) -> Iterator[str]:
    outside = FENCED.sub("", text_of(page))
    yield from LINK.findall(re.sub(r"`[^`\n]*`", "", outside))


def leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True  # another site: no test may need the network
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors_of(target)


def anchors_of(page: Path) -> set[str]:
    """As GitHub makes them from headings."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def tracked() -> list[Path]:
    """What git holds or would hold; without git (an unpacked sdist) everything that is not hidden."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        return [
            p for p in ROOT.rglob("*") if p.is_file() and not any(x.startswith(".") for x in p.relative_to(ROOT).parts)
        ]
