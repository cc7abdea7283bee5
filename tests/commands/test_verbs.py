"""Every verb with what people really type, wrong files and wrong words included: an answer, an exit code, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.runner import Shell

ID = "11010519491231002X"

WRONG = [
    ("done 99", "没有任务“99”"),
    ("done 找", None),  # the beginning of a title is enough, then evidence is missing
    ("done nothing", "nothing"),
    ("set rent=便宜", "月租"),
    ("set nope=1", "nope"),
    ("set opening=2026-13-45", "开业日"),
    ("set score=92%", "试吃满意度"),
    ("set size=巨大", "小店"),
    ("set story=电话13812345678", "手机号"),
    (f"note 身份证{ID}", "身份证号"),
    ("assign nobody 李四", "nobody"),
    ("assign baker 一、二、三", "最多2人"),
    ("assign baker 13812345678", "手机号"),
    ("add nope a=1", "nope"),
    ("add breads state=试做", "名称"),
    ("add breads name=法棍 price=贵", "价格"),
    ("edit breads 7 name=x", "7"),
    ("remove breads 7", "7"),
    ("attach 1 没有这个文件.pdf", "找不到文件"),
    ("attach 1 /", "不是文件"),
    ("skip 1", "原因"),
    ("done 3 --signed-by 签字人", "签字人"),
    ("note 内容", "内容"),
    ("reopen 1 --reason 试试", None),
    ("advance --to nowhere", "nowhere"),
    ("advance --to stop", "原因"),
    ("undo --reason 再想想", None),
    ("erase E9 --reason 撤回", "E9"),
    ("paper nope", "价目表"),
    ("use 西街", "西街"),
    ("status 西街店", "西街店"),
    ("start nope 新店", "nope"),
    ("start bakery 东街店", "东街店"),
    ("start bakery 店13812345678", "手机号"),
    ("show nope", "nope"),
    ("check 没有.yaml", "没有.yaml"),
    ("graph nope", "nope"),
    ("diff bakery nope", "nope"),
    ("verify-log 西街", "西街"),
    ("tasks --stage 不存在", "不存在"),
    ("workbook --import 没有.xlsx", "找不到文件"),
]


def test_a_pilot_behind_the_document_is_not_taken_for_nothing(shell: Shell) -> None:
    assert "试点写在文件前面" in shell.type("paper menu 东街店", code=2)
    assert not list((shell.root / "papers").glob("*"))


@pytest.mark.parametrize(("line", "said"), WRONG, ids=[line for line, _ in WRONG])
def test_what_is_wrong_is_told_and_writes_nothing(shell: Shell, line: str, said: str | None) -> None:
    text = shell.type(line, code=1)
    assert (
        (text.startswith("✗") or line.startswith("check")) and "程序出错" not in text and (said is None or said in text)
    )
    answer = shell.json(*line.split(), code=1)
    assert {"blockers", "error", "problems"} & set(answer)
    assert shell.json("status")["seq"] == 1


def test_commands_in_a_refusal_can_be_typed_as_they_stand(shell: Shell) -> None:
    """Each suggestion is understood (it may still be refused for what its placeholders say); none is bad usage."""
    shell.type("advance", code=1)
    typed = [line.split("→ playbook ")[1] for line in shell.err.splitlines() if "→ playbook" in line]
    assert len(typed) >= 4
    for line in typed:
        assert "写法" not in shell.type(line, code=1)


def test_from_the_start_to_the_end(shell: Shell) -> None:
    page = shell.file("租约.pdf")
    shell.type("assign owner=王蕾 baker=李师傅 bank=赵经理")
    assert "任务 1" in shell.type("done", "1", "--set", "rent=1.2万", "--attach", page)
    shell.type("attach", "plan", page)
    shell.type("done 2")
    assert "签字" in shell.type("done 3", code=1)
    assert "本人" in shell.type("done 3 --signed-by 王蕾", code=1)
    shell.type("done 3 --signed-by 赵经理")
    shell.type("set 班次=早班、晚班")
    assert "会发生" in shell.type("advance --dry-run") and shell.json("status")["stages"][0]["id"] == "prepare"
    shell.type("advance")
    assert "退回" in shell.type("status") and "playbook advance --to rework" in shell.out
    shell.type("begin 5.1")
    shell.type("done 5.1 5.2")
    shell.type("add breads name=法棍 price=12.5 state=ready")
    shell.type("edit breads 1 price=13")
    shell.type("set score=46/50")
    shell.type("paper menu --final --with-gaps")
    assert "开业" in shell.type("advance")
    assert "结束" in shell.type("status")
    assert shell.json("board --all")["pilots"][0]["outcome"] == "succeeded"
    assert "没有被改动" in shell.type("verify-log")
    assert "已经结束" in shell.type("set rent=1", code=1)


def test_undo_takes_back_and_history_stays(shell: Shell) -> None:
    shell.type("set rent=9000")
    shell.on("2026-03-04").type("set rent=8000")
    shell.type("undo --reason 看错了")
    assert shell.json("status")["fields"]["rent"] in ("9000.00", "9000", {"value": "9000.00"}) or "9,000" in shell.type(
        "status --all"
    )
    said = shell.type("history")
    assert "已撤销" in said and "看错了" in said and said.count("#") >= 4
    assert "8,000" not in shell.type("history --as-of 2026-03-03")


def test_an_undo_others_rest_on_is_refused_with_the_list(shell: Shell) -> None:
    shell.type("add breads name=法棍")
    shell.type("add complaints text=太硬 bread=1")
    said = shell.type("undo --command #2 --reason 不要了", code=1)
    assert "#3" in said or "第3号" in said


def test_set_and_attach_offer_to_finish_their_task(shell: Shell) -> None:
    page = shell.file("租约.pdf")
    assert "playbook done 1" in shell.type("set rent=9000")
    shell.type("attach", "1", page)
    assert "任务 1" in shell.out and "playbook done 1" in shell.out
    assert "完成任务 1" in shell.type("set rent=8000 --done")


def test_erase_leaves_a_tombstone_and_a_log_that_verifies(shell: Shell) -> None:
    page = shell.file("同意书.pdf", "已签")
    shell.type("attach", "1", page)
    kept = [p for p in (shell.root / ".playbook" / "evidence").rglob("*") if p.is_file()]
    assert len(kept) == 1
    assert "原因" in shell.type("erase E1", code=1)
    shell.type("erase E1 --reason 撤回同意")
    assert not kept[0].exists() and "没有被改动" in shell.type("verify-log")
    assert "撤回同意" in shell.type("history")


def test_a_changed_log_is_found(shell: Shell) -> None:
    import sqlite3

    shell.type("set rent=9000")
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        db.execute("UPDATE events SET actor = '别人' WHERE seq = 2")
    db.close()
    assert "第2号记录：写入之后被改动过" in shell.type("verify-log", code=1)


def test_somebody_who_was_quicker(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading and writing another process moves the pilot: nothing of ours is written, and it says where it stands."""
    import engine.service.desk as module
    from engine.process.commands import SetFields
    from engine.service import Desk

    real, values = module.decide, iter((7000, 7500))

    def slow(*args: object) -> object:
        monkeypatch.setattr(module, "decide", real)
        with Desk.open(shell.root, "李四") as other:
            other.run(None, SetFields({"rent": str(next(values))}))
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "decide", slow)
    said = shell.type("set rent=9000", code=1)
    assert "有人刚刚先改动了这个试点" in said and "筹备" in said
    monkeypatch.setattr(module, "decide", slow)
    said = shell.type("set rent=9000 --lang en", code=1)
    assert "someone moved this pilot first; now it stands at" in said
    assert shell.json("status")["seq"] == 3


def test_names_and_the_current_pilot(shell: Shell) -> None:
    shell.type("start bakery 东门店")
    assert "东门店" in shell.type("status")
    said = shell.type("status 东", code=1)
    assert "东街店" in said and "东门店" in said
    assert "东街店" in shell.type("status 东街")
    shell.type("set 东街店 rent=5000")
    shell.type("use 东街店")
    assert shell.json("status")["name"] == "东街店" and shell.json("status")["seq"] == 2
    said = shell.type("advance -p 东门店", code=1)
    assert "-p 东门店" in said


def test_a_folder_that_is_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Shell(tmp_path, capsys)
    for line in ("status", "board", "done 1"):
        assert "playbook init" in other.type(line, code=1)


def test_who_acts_must_be_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = Shell(tmp_path / "x", capsys)
    nobody.type("init", str(nobody.root))
    assert "--as" in nobody.type("start four-step-pilot 甲", code=1)
    nobody.type("start four-step-pilot 甲 --as 李四")
    assert nobody.json("history")["events"][0]["actor"] == "李四"


def test_pause_stops_work_and_resume_goes_on(shell: Shell) -> None:
    shell.type("advance --to pause")
    said = shell.type("done 1", code=1)
    assert "resume" in said
    shell.type("advance --to resume")
    shell.type("set rent=9000")


def test_due_timers_are_settled_by_whoever_comes_next(shell: Shell) -> None:
    page = shell.file("a.pdf")
    shell.type("assign owner=王蕾 baker=李师傅")
    shell.type("done", "1", "--set", "rent=1万", "--attach", page)
    shell.type("attach", "plan", page)
    shell.type("done 2")
    shell.type("done 3 --signed-by 赵经理")
    shell.type("set shifts=早班")
    shell.type("advance")
    shell.on("2026-06-01")
    assert shell.json("tick")["ok"] and shell.json("status")["outcome"] == "stopped"


def test_check_reports_every_problem_at_its_place(shell: Shell) -> None:
    path = shell.root / "playbooks" / "bakery.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("role: baker, needs", "role: bakre, needs"), encoding="utf-8"
    )
    said = shell.type("check bakery", code=1)
    assert "bakery.yaml:" in said and "bakre" in said and "baker" in said and "^" in said
    assert shell.type("check bakery --format github", code=1).startswith("::error file=")
    assert shell.json("check", "bakery", code=1)["problems"][0]["code"] == "unknown-role"


def test_new_gives_a_playbook_that_checks(shell: Shell) -> None:
    shell.type("new mine")
    assert "✓" in shell.type("check mine")
    assert "1 个通过" in shell.type("test mine")
    shell.type("new hers --lang en")
    assert "1 passed" in shell.type("test hers --lang en")
    for name in ("authoring.zh-CN.md", "dsl-keys.md", "scenarios.schema.json"):
        assert (shell.root / "schemas" / name).is_file()
    shell.type("new ours --from bakery")
    assert "✓" in shell.type("check ours") and "bakery" in shell.type("show ours --resolved")
    assert "已经有" in shell.type("new mine", code=1) or "存在" in shell.err


@pytest.mark.parametrize("line", [line for line, _ in WRONG])
def test_what_is_wrong_is_told_in_english_too(shell: Shell, line: str) -> None:
    """The bakery's own words are Chinese; the punctuation of a sentence is not."""
    said = shell.type(*line.split(), "--lang", "en", code=1)
    assert not re.search(r"[，。；：？（）“”、]", said), said
