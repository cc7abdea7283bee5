"""Papers in bulk: everything once, nothing twice, nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.documents.made import _look_digest
from engine.load import load
from engine.workspace import MARKER
from tests.commands.demo_workspace import PARENT, SUCCESSOR, told
from tests.commands.runner import Shell
from tests.documents.look.making import font

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = told(tmp_path, capsys)
    for path in (shell.root / "papers").iterdir():
        path.unlink()
    return shell


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def documents(shell: Shell) -> list[str]:
    """What the sample's playbook declares; the other papers every playbook can give are not part of a batch."""
    own = load("four-step-pilot").playbook.documents
    told = [one["id"] for one in shell.json("paper", "-p", PARENT)["documents"]]
    assert len(own) >= 7 and set(own) <= set(told)
    return list(own)


def test_every_pilot_in_every_format_and_then_nothing(shell: Shell) -> None:
    first = shell.json("guide", "--all")
    assert (first["papers"], first["counts"]["new"]) == (2, 4)
    before = papers(shell.root / "papers")
    assert len(before) == 4
    times = {p.name: p.stat().st_mtime_ns for p in (shell.root / "papers").iterdir()}
    again = shell.json("guide", "--all")
    assert again["counts"] == {"new": 0, "outdated": 0, "unchanged": 4, "edited": 0}
    assert {p.name: p.stat().st_mtime_ns for p in (shell.root / "papers").iterdir()} == times


def test_a_pilot_that_moved_is_made_again_and_the_others_are_not(shell: Shell) -> None:
    shell.type("guide", "--all", "--format", "md")
    shell.type("set", "service=干眼长期管理", "-p", SUCCESSOR)
    states = {Path(f["file"]).name[:2]: f["state"] for f in shell.json("guide", "--all", "--format", "md")["files"]}
    assert states == {"皮肤": "unchanged", "眼科": "outdated"}


def test_a_look_that_changed_makes_all_papers_anew(shell: Shell) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    (shell.root / "own.ttf").write_bytes(font())
    with (shell.root / MARKER).open("a", encoding="utf-8") as settings:
        settings.write("look: {fonts: {pdf: [own.ttf]}}\n")
    words = ("guide", "--all", "--format", "docx")
    assert shell.json(*words)["counts"]["new"] == 2
    assert shell.json(*words)["counts"]["unchanged"] == 2
    _look_digest.cache_clear()  # a run of its own
    (shell.root / "own.ttf").write_bytes(font() + b"\0")  # another edition under the same name
    assert shell.json(*words)["counts"]["outdated"] == 2


def test_the_same_input_gives_the_same_bytes(shell: Shell) -> None:
    words = ("paper", PARENT, "--all", "--format", "md", "--format", "docx", "--format", "pdf")
    shell.type(*words)
    first = papers(shell.root / "papers")
    shell.type(*words, "-o", str(shell.root / "again"))
    # The guide and the letter for each of two departments, and every other paper of the playbook.
    assert papers(shell.root / "again") == first and len(first) == 3 * (4 + len(documents(shell)) - 2)


def test_a_pilot_has_a_guide_for_each_department_it_hands_over_to(shell: Shell) -> None:
    answer = shell.json("guide", PARENT, "--all", "--format", "md")
    names = [Path(f["file"]).name for f in answer["files"]]
    assert [name.partition("》")[2] for name in names] == ["（眼科）-草稿.md", "（内分泌科）-草稿.md"]


def test_what_was_edited_by_hand_is_left_alone_and_told(shell: Shell) -> None:
    shell.type("guide", "--all", "--format", "md")
    path = next((shell.root / "papers").glob(f"{PARENT}*.md"))
    path.write_text("手工改的", encoding="utf-8")
    shell.on("2026-07-11")
    assert "手工改过，没有动" in shell.type("guide", "--all", "--format", "md")
    assert path.read_text(encoding="utf-8") == "手工改的"
    path.unlink()
    assert shell.json("guide", "--all", "--format", "md")["counts"]["new"] == 1


def test_a_paper_made_alone_in_between_counts_as_ours(shell: Shell) -> None:
    shell.type("guide", "--all", "--format", "md")
    shell.on("2026-07-11").type("guide", PARENT, "--format", "md")
    assert shell.json("guide", "--all", "--format", "md")["counts"]["edited"] == 0


def test_a_template_that_breaks_one_paper_does_not_stop_the_others(shell: Shell) -> None:
    (shell.root / "templates" / "brief.md.j2").write_text("{{ nonsense }}", encoding="utf-8")
    answer = shell.json("paper", PARENT, "--all", "--format", "md", code=1)
    assert [one["document"] for one in answer["failed"]] == ["brief"] and "nonsense" in answer["failed"][0]["why"]
    assert answer["counts"]["new"] == 4 + len(documents(shell)) - 3


def test_final_is_refused(shell: Shell) -> None:
    assert "一份一份" in shell.type("guide", "--all", "--final", code=1)
    assert "整份" in shell.type("guide", PARENT, "--for", "眼科", "--final", code=1)


def test_killed_in_the_middle_it_leaves_whole_files_and_goes_on_from_there(shell: Shell) -> None:
    wanted = [word for n in range(12) for word in ("--for", f"第{n}科")]
    words = [PARENT, *wanted, "--format", "md", "--format", "docx", "--on", "2026-08-03"]
    line = [sys.executable, str(ROOT / "cli.py"), "guide", *words]
    clock = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8"}
    reference, killed = shell.root / "whole", shell.root / "killed"
    subprocess.run([*line, "-o", str(reference)], cwd=shell.root, env=clock, check=True, capture_output=True)
    expected = papers(reference)
    assert len(expected) == 24
    rounds = 0
    while rounds < 40:
        process = subprocess.Popen([*line, "-o", str(killed)], cwd=shell.root, env=clock, stdout=subprocess.DEVNULL)
        time.sleep(1.0 + 0.1 * rounds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = papers(killed) if killed.is_dir() else {}
        assert there.items() <= expected.items()  # every file that is there is whole
        rounds += 1
        if len(there) >= 3:
            break
    assert 0 < len(there) < 24
    (killed / ".999999999-x.part").write_bytes(b"half")
    answer = subprocess.run(
        [*line, "-o", str(killed), "--json"], cwd=shell.root, env=clock, check=True, capture_output=True
    )
    assert papers(killed) == expected
    assert b'"unchanged": 0' not in answer.stdout
    assert not list(killed.glob(".*.part"))


LONG = "# {{ paper.title }}\n\n{{ receiving.department }}主任：\n\n" + "请来\n\n" * 60


def test_too_many_pages_are_told_for_each_paper_as_when_it_is_made_alone(shell: Shell) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    (shell.root / "templates" / "letter.md.j2").write_text(LONG, encoding="utf-8")
    words = ("paper", PARENT, "letter", "--format", "docx")  # no PDF is asked for, but its pages are limited
    alone = shell.json(*words, "--for", "眼科", "--on", "2026-07-10", code=1)["problems"]
    remarks = shell.json(*words, "--all", code=1)["remarks"]
    assert [one["department"] for one in remarks] == ["眼科", "内分泌科"]
    assert remarks[0]["problems"] == alone and alone[0]["code"] == "too-long"
    told = shell.type(*words, "--all", code=1)
    for one in ("眼科", "内分泌科"):
        assert (
            f"  ✗ {PARENT}-邀请加入试点的信（{one}）-草稿：《邀请加入试点的信（{one}）》排出来有 2 页，上限 1 页"
            in told
        )
    assert told.endswith("2 份有提醒，其中 2 份（✗）要改\n")


def test_what_was_measured_is_told_again_without_measuring(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst", reason="not installed: typst")
    (shell.root / "templates" / "letter.md.j2").write_text(LONG, encoding="utf-8")
    words = ("paper", PARENT, "letter", "--all")
    first = shell.json(*words, code=1)
    monkeypatch.setattr("engine.documents.pages.to_pdf", None)
    again = shell.json(*words, code=1)
    assert (again["counts"]["unchanged"], again["remarks"]) == (8, first["remarks"])
    (shell.root / "templates" / "letter.md.j2").unlink()
    monkeypatch.undo()
    assert shell.json(*words)["remarks"] == []


def test_a_pdf_is_laid_out_once_for_its_pages_and_its_file(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    typst = pytest.importorskip("typst", reason="not installed: typst")
    count = []
    really = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *a, **k: count.append(1) or really(*a, **k))
    shell.type("paper", PARENT, "letter", "--all", "--format", "pdf")
    assert len(count) == 2
    shell.type("paper", PARENT, "letter", "--for", "骨科", "--format", "pdf")
    assert len(count) == 3
    shell.type(
        "guide", PARENT, "--all", "--format", "md"
    )  # of what is neither laid out nor limited nothing is measured
    assert len(count) == 3


def test_full_slides_are_told_and_the_same_remark_once(shell: Shell) -> None:
    full = "# {{ paper.title }}\n\n## 页\n\n" + "很长的一句话。" * 400 + "\n"
    (shell.root / "templates" / "showcase.md.j2").write_text(full, encoding="utf-8")
    told = shell.type("paper", "showcase", "--all", "--format", "pptx", code=1)
    assert f"  ✗ {PARENT}-成果展示会-草稿 等 2 份：第 2 页“页”放不下" in told
    assert told.endswith("2 份有提醒，其中 2 份（✗）要改\n")


def test_gaps_are_counted_and_no_reason_to_fail(shell: Shell) -> None:
    answer = shell.json("guide", "--all", "--format", "md")
    (remark,) = answer["remarks"]
    assert remark["missing"] > 3 and remark["problems"] == []
    assert "1 份还有待补充的内容" in shell.type("guide", "--all", "--format", "md")
