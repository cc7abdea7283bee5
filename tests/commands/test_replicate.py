"""`playbook replicate`: the next department starts from what the last one learned, and from nothing that is not its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from engine.load import load
from engine.resources import playbooks_folder
from tests.commands.demo_workspace import PARENT, told
from tests.commands.runner import Shell

SECRET = ("A-01", "四十多岁", "李文", "孙岩", "8万", "80,000", "2026-08-31", "赵立", "陈涛")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return told(tmp_path, capsys)


def events_of(shell: Shell, pilot: str) -> list[tuple[str, str]]:
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        rows = db.execute("SELECT type, data FROM events WHERE pilot = ? ORDER BY seq", (pilot,)).fetchall()
    return [(str(kind), str(data)) for kind, data in rows]


def test_a_replica_has_its_lineage_its_checklist_and_a_playbook_that_checks(shell: Shell) -> None:
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    carried = {one["title"]: one["count"] for one in answer["carried"]}
    assert carried == {
        "竞争拥挤的领域": 1,
        "尚有空间的领域": 1,
        "认知标签": 2,
        "服务标准": 4,
        "翻译对照": 5,
        "承接清单": 14,
    }
    assert answer["left_behind"] == [] and answer["tuned"]["dropped"] == []
    shell.type("check", answer["file"], "--strict")
    book = load(Path(answer["file"]), folder=shell.root).playbook
    assert str(book.tasks["walk_journey"].due.offset) == "27 workdays"  # type: ignore[union-attr]
    assert str(book.tasks["close_window"].due.offset) == "4 workdays"  # type: ignore[union-attr]
    assert "咨询1条" in book.tasks["check_breakpoints"].help
    status = shell.json("status", "骨科试点")
    assert status["name"] == "骨科试点" and status["playbook"] == "four-step-pilot-2"
    kinds = [kind for kind, _ in events_of(shell, answer["pilot"])]
    assert kinds[:29] == ["started", "field_set", "field_set", "field_set", *["row_added"] * 25]
    assert set(kinds[29:]) == {"content_checked"}  # what goes out is checked anew where it has come to
    assert "骨科试点" in shell.type("history", PARENT)
    shell.type("verify-log")


def test_nothing_that_belongs_to_the_parent_goes_along(shell: Shell) -> None:
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    history = shell.type("history", "骨科试点").replace("王蕾", "")
    for secret in SECRET:
        assert secret not in history and secret not in answer["text"]
    status = shell.json("status", "骨科试点")
    assert status["blockers"]  # the authorisation, people and all the rest are to be had anew
    assert shell.type("import", "--list", "-p", "骨科试点").strip()


def test_the_texts_of_the_parent_are_not_in_the_file_that_is_pinned_for_good(shell: Shell) -> None:
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    for row in ("缴费后没有人告诉", "午间的咨询", "照片日记", "手把手"):
        assert row not in answer["text"]


def test_carrying_over_is_one_command_that_can_be_taken_back(shell: Shell) -> None:
    shell.type("replicate", PARENT, "--department", "骨科")
    shell.type("undo", "--reason", "重来")
    assert shell.json("replicate", "--compare", "骨科试点")["counts"]["dropped"] == 27
    shell.type("verify-log")


def test_a_dry_run_writes_nothing(shell: Shell) -> None:
    before = sorted(str(p) for p in shell.root.rglob("*") if "pilots.db" not in p.name)
    names = shell.json("list")
    text = shell.type("replicate", PARENT, "--department", "骨科", "--dry-run")
    assert "试运行" in text and "extends: four-step-pilot" in text
    assert sorted(str(p) for p in shell.root.rglob("*") if "pilots.db" not in p.name) == before
    assert shell.json("list") == names


def test_a_name_that_is_taken_leaves_no_file_behind(shell: Shell) -> None:
    shell.type("replicate", PARENT, "--department", "骨科", "--name", PARENT, code=1)
    assert not (shell.root / "playbooks" / "four-step-pilot-2.yaml").exists()
    shell.type("replicate", PARENT, "--department", "骨科", "--on", "没有这一天", code=2)
    assert not (shell.root / "playbooks" / "four-step-pilot-2.yaml").exists()


@pytest.mark.parametrize(("words", "said"), [(["--department", ""], "--department"), ([], "--department"), (["-d", "骨科", "--id", "A B"], "A B")])  # fmt: skip
def test_what_is_missing_or_wrong_is_told(shell: Shell, words: list[str], said: str) -> None:
    assert shell.run("replicate", PARENT, *words) in (1, 2)
    assert said in shell.err


def test_a_row_with_an_identity_number_stays_behind_and_is_told(shell: Shell) -> None:
    """A text that was stored before the rule, or came in another way, is looked at again."""
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        db.execute("UPDATE contents SET content = '请拨 13912345678' WHERE content = '手把手涂一遍，比讲三遍有用'")
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    assert len(answer["left_behind"]) == 1 and "医生心得" in answer["left_behind"][0]
    assert {one["title"]: one["count"] for one in answer["carried"]}["承接清单"] == 13


def test_an_erased_text_is_not_carried(shell: Shell) -> None:
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        db.execute("UPDATE contents SET content = NULL WHERE content = '手把手涂一遍，比讲三遍有用'")
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    assert answer["left_behind"] == []
    assert {one["title"]: one["count"] for one in answer["carried"]}["承接清单"] == 13


def test_side_by_side(shell: Shell) -> None:
    shell.type("replicate", PARENT, "--department", "骨科")
    shell.type("edit", "standards", "1", "name=初诊不少于二十分钟")
    shell.type("edit", "inherited", "2", "state=kept", "ours=由护士站代接")
    shell.type("remove", "phrases", "5")
    shell.type("add", "phrases", "professional=负重", "plain=脚踩到地上用多少力")
    found = shell.json("replicate", "--compare")
    assert found["counts"] == {"unchanged": 25, "adapted": 11, "new": 2, "dropped": 1}
    rows = {(one["title"], one["row"]): one for one in found["items"] if one["kind"] == "row"}
    assert rows[("服务标准", 1)]["fate"] == "adapted" and "二十分钟" in rows[("服务标准", 1)]["after"]
    assert "十五分钟" in rows[("服务标准", 1)]["before"]
    assert rows[("承接清单", 2)]["fate"] == "unchanged" and "照做；由护士站代接" in rows[("承接清单", 2)]["after"]
    assert rows[("翻译对照", 5)]["fate"] == "dropped" and rows[("翻译对照", 6)]["fate"] == "new"
    text = shell.type("replicate", "--compare")
    assert "照搬 25，调整 11，新增 2，去掉 1" in text
    assert "has no" not in shell.type("replicate", "--compare", PARENT, code=1)


def test_a_generation_further_the_variant_extends_the_variant(shell: Shell) -> None:
    shell.type("replicate", PARENT, "--department", "骨科")
    answer = shell.json("replicate", "骨科试点", "--department", "康复科")
    assert answer["playbook"] == "four-step-pilot-3" and "extends: four-step-pilot-2" in answer["text"]
    assert "title: 四步走试点（康复科）" in answer["text"]
    shell.type("check", answer["file"], "--strict")


def test_a_base_that_is_gone_is_told(shell: Shell) -> None:
    first = shell.json("replicate", PARENT, "--department", "骨科")
    Path(first["file"]).unlink()
    assert "four-step-pilot-2" in shell.type("replicate", "骨科试点", "--department", "康复科", code=1)


def test_what_the_playbook_as_it_is_now_would_refuse_is_left_out_and_told(shell: Shell) -> None:
    text = (playbooks_folder() / "four-step-pilot.yaml").read_text(encoding="utf-8")
    changed = text.replace("ask_source", "ask_sources")  # a later version calls a task by another id
    (shell.root / "playbooks" / "four-step-pilot.yaml").write_text(changed, encoding="utf-8")
    answer = shell.json("replicate", PARENT, "--department", "骨科")
    assert answer["tuned"]["dropped"] == ["期限没有改：ask_source"]
    assert "walk_journey" in answer["text"] and "ask_source:" not in answer["text"]
    shell.type("check", answer["file"], "--strict")
