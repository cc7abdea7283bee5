"""Papers for one department or one role: addressed where they have something for it, refused where they have not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.demo_workspace import PARENT, told
from tests.commands.runner import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return told(tmp_path, capsys)


def text(shell: Shell, *words: str) -> str:
    return Path(shell.json("paper", PARENT, *words, "--format", "md")["files"][0]).read_text(encoding="utf-8")


def test_the_letter_names_the_department_and_its_days(shell: Shell) -> None:
    letter = text(shell, "letter", "--for", "眼科", "--on", "2026-08-03")
    assert letter.startswith("# 邀请加入试点的信（眼科）\n") and "\n眼科主任：\n" in letter
    assert "如2026年8月3日启动，照本试点实际的步子，全程到2027年1月5日。" in letter
    assert "| [ ] 服务与启动日：2026年8月3日 | [ ] 联系人： | [ ] 顾虑： | 眼科 |" in letter


def test_the_days_are_those_of_the_guide(shell: Shell) -> None:
    words = ("--for", "眼科", "--on", "2026-08-03")
    assert "全程到2027年1月5日" in text(shell, "guide", *words) and "全程到2027年1月5日" in text(
        shell, "letter", *words
    )


def test_a_letter_to_nobody_leaves_its_lines_open(shell: Shell) -> None:
    letter = text(shell, "letter")
    assert "\n＿＿＿＿＿＿＿＿科室主任：\n" in letter and "| 日期 |" not in letter
    assert "| [ ] 服务与启动日： | [ ] 联系人： | [ ] 顾虑： |  |" in letter


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_letter_to_a_department_keeps_to_its_one_page(shell: Shell, language: str) -> None:
    words = ("letter", "--for", "康复医学科（东院区）", "--on", "2026-08-03", "--format", "pdf", "--lang", language)
    pytest.importorskip("typst", reason="not installed: typst")
    assert shell.json("paper", PARENT, *words)["pages"] == 1


def test_one_letter_for_each_department_the_pilot_hands_over_to(shell: Shell) -> None:
    files = [Path(f["file"]) for f in shell.json("paper", PARENT, "letter", "--all", "--format", "md")["files"]]
    assert [path.name.partition("的信")[2] for path in files] == ["（眼科）-草稿.md", "（内分泌科）-草稿.md"]
    assert "\n内分泌科主任：\n" in files[1].read_text(encoding="utf-8")


def test_several_departments_each_once(shell: Shell) -> None:
    answer = shell.json(
        "paper", PARENT, "letter", "--for", "骨科", "--for", " 骨科 ", "--for", "眼科", "--format", "md"
    )
    names = [Path(f["file"]).name.partition("的信")[2] for f in answer["files"]]
    assert names == ["（骨科）-草稿.md", "（眼科）-草稿.md"]


def test_all_papers_for_a_department_are_those_that_have_something_for_it(shell: Shell) -> None:
    answer = shell.json("paper", PARENT, "--all", "--for", "骨科", "--format", "md")
    names = [Path(f["file"]).name.partition("试点-")[2] for f in answer["files"]]
    assert names == ["《科室宣传协同实操指南》（骨科）-草稿.md", "邀请加入试点的信（骨科）-草稿.md"]


def test_all_papers_for_a_role_are_those_that_have_something_for_it(shell: Shell) -> None:
    answer = shell.json("paper", PARENT, "--all", "--role", "assistant", "--format", "md")
    names = [Path(f["file"]).name.partition("试点-")[2] for f in answer["files"]]
    assert names == [
        "《科室宣传协同实操指南》（科室运营助理·眼科）-草稿.md",
        "《科室宣传协同实操指南》（科室运营助理·内分泌科）-草稿.md",
        "角色手册（科室运营助理）-草稿.md",
    ]


def test_the_role_handbook_is_taken_apart(shell: Shell) -> None:
    chapter = text(shell, "role_handbook", "--role", "科室运营助理")
    assert chapter.startswith("# 角色手册（科室运营助理）\n") and "<!-- toc" not in chapter
    assert [line for line in chapter.splitlines() if line.startswith("## ")] == ["## 科室运营助理"]
    assert "\n## 科室主任\n" in text(shell, "role_handbook")


@pytest.mark.parametrize("words", [("--for", "眼科"), ("--for", "眼科", "--for", "骨科"), ("--for", "眼科", "--all")])
def test_a_paper_with_nothing_for_a_department_is_refused(shell: Shell, words: tuple[str, ...]) -> None:
    before = sorted((shell.root / "papers").iterdir())
    told = shell.type("paper", PARENT, "brief", *words, code=1)
    assert "《试点成果简报》里没有写给接收科室的内容" in told
    assert "能用 --for 的有：guide（《科室宣传协同实操指南》）、letter（邀请加入试点的信）" in told
    assert sorted((shell.root / "papers").iterdir()) == before


def test_a_paper_with_nothing_for_a_role_is_refused(shell: Shell) -> None:
    told = shell.type("paper", PARENT, "letter", "--role", "assistant", code=1)
    assert "《邀请加入试点的信》里没有按角色分的内容" in told and "role_handbook（角色手册）" in told


def test_a_day_without_a_department_is_not_passed_over(shell: Shell) -> None:
    for words in (("guide", PARENT), ("paper", PARENT, "letter"), ("guide", "--all")):
        assert "--on 是接收科室启动的日期" in shell.type(*words, "--on", "2026-08-03", code=1)


def test_whom_needs_a_document_and_a_name(shell: Shell) -> None:
    assert "还要写是哪份文件" in shell.type("paper", PARENT, "--for", "眼科", code=2)
    assert "--for 后面要写科室的名称" in shell.type("paper", PARENT, "letter", "--for", " ", code=2)


def test_without_a_document_the_pilots_papers_are_listed(shell: Shell) -> None:
    assert "letter  邀请加入试点的信" in shell.type("paper", PARENT)


def test_a_letter_of_a_template_that_addresses_nobody(shell: Shell) -> None:
    """A hospital's own letter that reads nothing of the department would be the same for every one."""
    (shell.root / "templates" / "letter.md.j2").write_text("# {{ paper.title }}\n\n一信\n", encoding="utf-8")
    assert "没有写给接收科室的内容" in shell.type("paper", PARENT, "letter", "--for", "眼科", code=1)
    answer = shell.json("paper", PARENT, "letter", "--all", "--format", "md")
    assert [Path(f["file"]).name.partition("的信")[2] for f in answer["files"]] == ["-草稿.md"]
