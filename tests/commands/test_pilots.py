"""The verbs on a running pilot: the small things that make them pleasant, and the ones that would do harm."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.commands.runner import Shell

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]")


def test_an_empty_word_means_nothing(shell: Shell) -> None:
    assert "没有任务" in shell.type("done", "", code=1)
    assert "还缺姓名" in shell.type("assign", "baker", "", code=2)
    assert "还缺姓名" in shell.type("assign", "baker=、", code=2)
    assert shell.json("status")["seq"] == 1


def test_status_tells_of_each_missing_thing_what_who_when_and_how(shell: Shell) -> None:
    shell.type("assign 店主 王蕾")
    said = shell.type("status").splitlines()
    at = said.index("✗ 任务 1“找铺面”还没有完成")
    assert said[at + 1 : at + 3] == [
        "    由谁：店主（王蕾）  期限：2026-03-09",
        "    → playbook done 1 --set rent=金额 --attach 文件路径",
    ]
    assert said[-1].startswith("下一步：playbook ")


def test_status_in_english_is_english(shell: Shell) -> None:
    shell.type("start", "four-step-pilot", "Eye", "--assign", "ops_lead=Wang")
    for line in ("status", "status --full", "history", "advance --dry-run", "board --playbook four-step-pilot"):
        code = 1 if "advance" in line else 0
        said = shell.type(*line.split(), "--lang", "en", code=code)
        # The name of who acts is a person's, and the board keeps each title as it was when the pilot last moved.
        left = [t for t in said.splitlines() if CHINESE.search(t.replace("王蕾", "")) and not line.startswith("board")]
        assert not left, left


def test_status_of_a_past_day_has_no_next_command(shell: Shell) -> None:
    shell.on("2026-03-05").type("set rent=100")
    said = shell.type("status --as-of 2026-03-04 --full")
    assert "下一步" not in said and "月租" not in said
    assert "月租" in shell.type("status --as-of 今天 --full")
    assert "没有任何记录" in shell.type("status --as-of 2026-03-01", code=1)
    assert "不是日期" in shell.type("status --as-of 随便", code=2)


def test_a_dry_run_writes_nothing_and_says_what_is_missing(shell: Shell) -> None:
    assert "找铺面" in shell.type("advance --dry-run", code=1)
    assert "会发生" in shell.type("advance --to stop --reason 资金不足 --dry-run")
    assert shell.json("advance", "--to", "pause", "--dry-run")["dry_run"] is True
    assert shell.json("status")["seq"] == 1


def test_stop_ends_it_with_the_reason(shell: Shell) -> None:
    shell.type("advance --to stop --reason 资金不足")
    assert "资金不足" in shell.type("history") and shell.json("status")["outcome"] == "stopped"
    for line in ("done 1", "set rent=1", "add breads name=a", "begin 1", "skip 1 --reason 不做", "advance"):
        assert "已经结束" in shell.type(line, code=1), line


def test_offers_are_not_made_on_hold(shell: Shell) -> None:
    shell.type("advance --to pause")
    assert "任务 1" not in shell.type("set rent=9000")
    said = shell.type("done 1", code=1)
    assert "advance --to resume" in said and "advance --to stop" not in said


def test_an_offer_says_what_is_still_asked_for(shell: Shell) -> None:
    said = shell.type("set rent=9000")
    assert "还要写上" in said and "playbook done 1 --attach 文件路径" in said
    shell.type("attach", "1", shell.file("租约.pdf"))
    assert "做完了吗？ playbook done 1" in shell.out


def test_undo_tells_what_it_took_back(shell: Shell) -> None:
    shell.type("set rent=9000 size=小店")
    said = shell.type("undo --reason 看错了")
    assert "#2 “月租”＝9,000.00元" in said.replace("9,000元", "9,000.00元") and "#3 “规模”＝小店" in said
    assert shell.json("history")["events"][1]["undone"] is True


def test_history_counts_from_one(shell: Shell) -> None:
    shell.type("set rent=9000")
    assert shell.type("history --last 1").count("#") == 1
    for number in ("0", "-3", "x"):
        assert "整数" in shell.type("history", "--last", number, code=2)


def test_erased_once_is_enough(shell: Shell) -> None:
    shell.type("set story=某人的故事")
    assert "抹除“店铺故事”的内容" in shell.type("erase story --reason 撤回同意")
    assert "已经抹除过" in shell.type("erase story --reason 撤回同意", code=1)
    assert "某人的故事" not in shell.type("history") + shell.type("status --full")
    assert shell.json("verify-log")["ok"] and shell.json("status")["seq"] == 3


def test_attach_takes_a_task_a_file_field_or_neither(shell: Shell) -> None:
    page = shell.file("图 纸.pdf")
    shell.type("attach", page)
    shell.type("attach", "平面图", page)
    shell.type("attach", "找铺面", page)
    assert [(e["task"], e["field"]) for e in shell.json("status")["evidence"]] == [
        (None, None),
        (None, "plan"),
        ("find_place", None),
    ]
    assert "plan（平面图）" in shell.type("attach", "没有的", page, code=1)


@pytest.mark.parametrize(
    ("name", "said"), [("张三13812345678.pdf", "手机号"), ("空.pdf", "空的"), ("不在.pdf", "找不到文件")]
)
def test_files_that_are_not_taken(shell: Shell, name: str, said: str) -> None:
    if "不在" not in name:
        shell.file(name, "" if name == "空.pdf" else "x")
    assert said in shell.type("attach", "1", str(shell.root / name), code=1)
    assert said in shell.type("done", "1", "--set", "rent=1", "--attach", str(shell.root / name), code=1)
    assert shell.json("status")["seq"] == 1 and not list((shell.root / ".playbook" / "evidence").rglob("*.*"))


def test_another_person_acts(shell: Shell) -> None:
    shell.type("set rent=1 --as 李四")
    assert [e["actor"] for e in shell.json("history")["events"]] == ["王蕾", "李四"]
    assert "本人" in shell.type("done 3 --signed-by 李四 --as 李四", code=1)
    shell.type("done 3 --signed-by 王蕾 --as 李四")


def test_a_signed_page_stands_for_a_signer(shell: Shell) -> None:
    shell.type("done", "3", "--attach", shell.file("签字页.pdf"))
    assert shell.json("status")["tasks"][2]["status"] == "done"


def test_start_takes_a_day_fields_people_and_where_it_comes_from(shell: Shell) -> None:
    shell.type(
        "start",
        "bakery",
        "西 街",
        "--on",
        "2026-02-02",
        "--set",
        "月租=1.2万",
        "--assign",
        "面包师=甲、乙",
        "--from",
        "东街",
    )
    now = shell.json("status")
    assert (now["started"], now["people"]["baker"], now["fields"]["rent"]) == ("2026-02-02", ["甲", "乙"], "12000.00")
    assert shell.json("status", "-p", "东街店")["links"][0]["name"] == "西 街"
    for wrong in (
        ["试点名称"],
        ["丙", "--on", "2026-02-30"],
        ["丙", "--set", "nope=1"],
        ["丙", "--parent", "没有"],
        ["12"],
        [""],
    ):
        assert shell.run("start", "bakery", *wrong) in (1, 2), wrong
    assert len(shell.json("list")["pilots"]) == 2


def test_init_again_leaves_the_settings_and_says_so(shell: Shell) -> None:
    before = (shell.root / "playbook-workspace.yaml").read_bytes()
    assert "没有改动" in shell.type("init", str(shell.root), "--me", "李四")
    assert (shell.root / "playbook-workspace.yaml").read_bytes() == before


def test_init_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = Shell(tmp_path, capsys).type("init", "我的 院")
    assert f'cd "{tmp_path / "我的 院"}"' in said
    assert "playbook start four-step-pilot 试点名称 --as 姓名" in said and "me:" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/full on Windows")
def test_a_full_disk_is_no_traceback(shell: Shell) -> None:
    said = shell.type("graph", "bakery", "-o", "/dev/full/x.svg", code=1)
    assert said.startswith("✗") and "→" in said


def test_papers_go_to_a_folder(shell: Shell) -> None:
    assert "不是文件夹" in shell.type("paper", "menu", "-o", shell.file("a.txt"), code=1)
    shell.type("paper", "menu", "-o", str(shell.root / "别处"))
    assert len(list((shell.root / "别处").iterdir())) >= 1


def test_a_long_list_of_broken_records_is_cut(shell: Shell) -> None:
    import sqlite3

    for number in range(25):
        shell.type(f"set rent={number}")
    with sqlite3.connect(shell.root / ".playbook" / "pilots.db") as db:
        db.execute("UPDATE events SET actor = '别人'")
    db.close()
    said = shell.type("verify-log", code=1)
    assert said.count("✗") == 20 and "共26处" in said
    assert len(shell.json("verify-log", code=1)["problems"]) == 26


def test_evidence_that_vanished_or_was_changed_is_named(shell: Shell) -> None:
    shell.type("attach", "1", shell.file("租约.pdf"))
    kept = next(p for p in (shell.root / ".playbook" / "evidence").rglob("*") if p.is_file())
    kept.chmod(0o600)
    kept.write_text("别的", encoding="utf-8")
    assert "东街店 证据 E1：文件被改过" in shell.type("verify-log", code=1)
    kept.unlink()
    assert "东街店, evidence E1: the file is missing" in shell.type("verify-log", "--lang", "en", code=1)
