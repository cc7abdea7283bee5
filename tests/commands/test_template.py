"""`playbook template`, typed."""

import pytest

from engine.documents.environment import own_template
from engine.documents.overrides.origin import digest_of
from tests.commands.runner import Shell


def test_list_says_what_serves_which_paper(shell: Shell) -> None:
    out = shell.type("template list")
    assert "bakery" in out and "four-step-pilot" in out
    rows = shell.json("template list four-step-pilot")["papers"]
    assert {
        "playbook": "four-step-pilot",
        "document": "brief",
        "language": "en",
        "template": "brief.en.md.j2",
        "source": "playbook",
    } in rows
    assert {row["playbook"] for row in rows} == {"four-step-pilot"}


def test_copy_list_change_check(shell: Shell) -> None:
    assert "✓" in shell.type("template copy tasks")
    path = shell.root / "templates" / "tasks.md.j2"
    text = path.read_text(encoding="utf-8")
    assert text.endswith(own_template("tasks.md.j2") or "") and digest_of(own_template("tasks.md.j2") or "") in text
    assert "抄自 engine，没有改动" in shell.type("template list")
    assert "1 个模板都能用（用样例和 1 个试点试过）" in shell.type("template check")
    path.write_text(text + "{{ pilot.nmae }}\n", encoding="utf-8")
    assert "抄自 engine，改过" in shell.type("template list")
    out = shell.type("template check", code=1)
    line = len(text.splitlines()) + 1
    assert f"templates/tasks.md.j2:{line}:10: 模板用了不存在的名称“nmae” [template-name]" in out
    assert f"{line} | {{{{ pilot.nmae }}}}" in out and "是不是：name" in out
    found = shell.json("template check", code=1)["problems"]
    assert [(p["file"], p["line"], p["code"]) for p in found] == [("templates/tasks.md.j2", line, "template-name")]


def test_a_paper_is_the_same_with_an_unchanged_copy(shell: Shell) -> None:
    shell.type("paper tasks --format md")
    written = next((shell.root / "papers").glob("*.md"))
    before = written.read_bytes()
    shell.type("template copy tasks")
    shell.type("paper tasks --format md")
    assert written.read_bytes() == before


def test_copy_overwrites_nothing_without_force(shell: Shell) -> None:
    path = shell.root / "templates" / "tasks.md.j2"
    path.write_text("# 自己的\n", encoding="utf-8")
    assert "已经有：tasks.md.j2" in shell.type("template copy tasks.md.j2", code=1)
    assert path.read_text(encoding="utf-8") == "# 自己的\n"
    shell.type("template copy tasks.md.j2 --force")
    assert "copied from: engine" in path.read_text(encoding="utf-8")


def test_nothing_is_copied_where_one_of_several_is_there(shell: Shell) -> None:
    (shell.root / "templates" / "brief.en.md.j2").write_text("# own\n", encoding="utf-8")
    shell.type("template copy brief --from four-step-pilot", code=1)
    assert not (shell.root / "templates" / "brief.md.j2").exists()


def test_a_playbook_comes_before_the_engine_and_both_can_be_chosen(shell: Shell) -> None:
    out = shell.type("template copy guide.md.j2")
    assert "抄自 four-step-pilot" in out and "用于 four-step-pilot：科室宣传协同实操指南" in out
    assert "⚠ 这个方案原来用的是另一份 guide.md.j2" in out  # the bakery's guide is the engine's
    assert "抄自 engine" in shell.type("template copy guide.md.j2 --from engine --force")


def test_a_changed_original_is_told(shell: Shell) -> None:
    shell.type("template copy tasks")
    path = shell.root / "templates" / "tasks.md.j2"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(digest_of(own_template("tasks.md.j2") or ""), "0" * 64), encoding="utf-8")
    assert "原模板后来改过" in shell.type("template list")
    assert "[template-outdated]" in shell.type("template check")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("template nope", 2, "list、copy、check"),
        ("template copy", 2, "template copy brief"),
        ("template check guide", 2, "后面不用写"),
        ("template list --force", 2, "只用于 copy"),
        ("template list nope", 1, "没有方案“nope”"),
        ("template copy nope.md.j2", 1, "没有模板“nope.md.j2”"),
        ("template copy giude.md.j2", 1, "guide.md.j2"),
        ("template copy ../tasks.md.j2", 1, "没有模板“../tasks.md.j2”"),
        ("template copy handbook.md.j2 --from engine", 1, "engine 没有模板“handbook.md.j2”"),
        ("template copy guide --from nope", 1, "没有方案“nope”"),
        ("template check", 1, "templates/ 里没有模板"),
    ],
)
def test_what_is_wrong_is_told(shell: Shell, line: str, code: int, said: str) -> None:
    assert said in shell.type(line, code=code)
    assert not list((shell.root / "templates").iterdir())
