"""Ledgers and figures at the prompt, in both languages and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.resources import playbooks_folder
from tests.commands.runner import Shell
from tests.results.ledgers import csv_text
from tests.results.world import BOOK, HEAD

SAMPLES = playbooks_folder() / "samples"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    found = Shell(tmp_path / "院", capsys)
    found.type("init", str(found.root), "--hospital", "示范院", "--me", "王蕾")
    (found.root / "playbooks" / "clinic.yaml").write_text(BOOK, encoding="utf-8")
    found.on("2026-04-20").type("start", "clinic", "门诊试点")
    found.type("set", "department=皮肤科", "first=2026-04-01", "last=2026-04-20", "budget=1000")
    return found


def rows(*more: list[object]) -> str:
    start = [
        ["2026-04-02", "皮肤科", "百度", "", 40, 10, "", "", 500, "", ""],
        ["2026-04-03", "皮肤科", "健康节", "", 10, 8, 5, "3万", 200, 20, 19],
    ]
    return csv_text([HEAD, *start, *more])


def test_import_tells_what_it_understood_and_what_follows(shell: Shell) -> None:
    said = shell.type("import", shell.file("a.csv", rows()))
    assert "第1次导入：2 行汇总表，2026-04-02 至 2026-04-03" in said
    assert "咨询 50人" in said and "满意度 95.0%（19/20）" in said
    assert "规则“没人来”（搜索）" in said and "规则“预约率低”" in said
    assert "没有再次计数" in shell.type("import", str(shell.root / "a.csv"))
    listed = shell.json("import", "--list")["imports"]
    assert [(i["number"], i["rows"], i["withdrawn"]) for i in listed] == [(1, 2, False)]


def test_bad_rows_are_told_with_place_and_nothing_is_written(shell: Shell) -> None:
    path = shell.file("a.csv", rows(["2026-04-04", "皮肤科", "百度", "", "很多", "", "", "", "", "", ""]))
    said = shell.type("import", path, code=1)
    assert "第4行 咨询：“很多”不是数字" in said and "--skip-bad" in said
    answer = shell.json("import", path, code=1)
    assert answer["bad_rows"] == 1 and answer["rows"][0]["code"] == "no-number"
    assert shell.json("import", "--list")["imports"] == []
    said = shell.type("import", path, "--skip-bad")
    listing = next(shell.root.glob("*没有导入的行.csv")).read_text(encoding="utf-8-sig")
    assert "有 1 行没有导入" in said and "4,咨询" in listing and "很多" in listing


def test_identities_are_refused_and_never_repeated(shell: Shell) -> None:
    text = csv_text(
        [[*HEAD, "联系电话"], ["2026-04-02", "皮肤科", "百度", "", 1, "", "", "", "", "", "", "13812345678"]]
    )
    said = shell.type("import", shell.file("a.csv", text), code=1)
    assert "L 列“联系电话”" in said and "删除" in said and "138" not in said
    everything = b"".join(p.read_bytes() for p in (shell.root / ".playbook").rglob("*") if p.is_file())
    assert b"13812345678" not in everything


def test_a_mapping_is_remembered(shell: Shell) -> None:
    text = csv_text([["日期", "科室", "渠道", "网咨"], ["2026-04-02", "皮肤科", "百度", 4]])
    assert "缺" in shell.type("import", shell.file("a.csv", text), code=1)
    shell.type("import", str(shell.root / "a.csv"), "--map", "咨询=网咨")
    again = csv_text([["日期", "科室", "渠道", "网咨"], ["2026-04-05", "皮肤科", "百度", 6]])
    assert "咨询 10人" in shell.type("import", shell.file("b.csv", again))
    assert "没有“网咨询”这一列" in shell.type("import", str(shell.root / "a.csv"), "--map", "网咨询=网咨", code=1)


def test_withdrawing_at_the_prompt(shell: Shell) -> None:
    shell.type("import", shell.file("a.csv", rows()))
    assert "要写明原因" in shell.type("import --withdraw 1", code=1)
    assert "撤回第1次导入" in shell.type("import --withdraw 1 --reason 导错了")
    assert "没有第1次导入" in shell.type("import --withdraw 1 --reason 导错了", code=1)
    assert "没有第7次导入" in shell.type("import --withdraw 7 --reason 导错了", code=1)


def test_a_dry_run_and_english(shell: Shell) -> None:
    path = shell.file("a.csv", rows())
    assert "nothing was written" in shell.type("import", path, "--dry-run", "--lang", "en")
    assert shell.json("import", "--list")["imports"] == []
    said = shell.type("import", path, "--lang", "en")
    assert "import 1: 2 aggregate rows, 2026-04-02 to 2026-04-03" in said


def test_metrics_explain_themselves(shell: Shell) -> None:
    shell.type("import", shell.file("a.csv", rows()))
    said = shell.type("metric", "预约率", "--explain")
    for part in (
        "预约率  36.0%（18/50）  目标 ≥ 40%，未达到",
        "预约 ÷ 咨询 × 100",
        "2026-04-01 至 2026-04-20，2 行",
        "95% 区间",
        "一句话",
    ):
        assert part in said, part
    answer = shell.json("metric", "booking_rate", "--explain")["metrics"][0]
    assert [p["value"] for p in answer["now"]["inputs"]] == ["18", "50"] and answer["met"] is False
    assert "没有指标" in shell.type("metric", "-p", "门诊试点", "预约绿", code=1)
    assert "95.0%（19/20）" in shell.type("metric")


def test_channels_funnel_and_decision(shell: Shell) -> None:
    assert "还没有渠道" in shell.type("metric --by channel")
    shell.type("import", shell.file("a.csv", rows()))
    said = shell.type("metric --by channel")
    assert "搜索" in said and "止损" in said
    found = shell.json("metric", "--by", "channel")["channels"]
    assert {c["channel"]: c["decisions"]["move"]["what"] for c in found} == {"搜索": ["stop"], "健康节": ["keep"]}
    said = shell.type("funnel")
    assert "80%" not in said.split("瓶颈")[0].split("预约")[0] and "瓶颈：“预约”没有达到目标" in said
    assert shell.json("funnel")["funnels"][0]["bottleneck"]["field"] == "bookings"
    assert "→ 1. 花费 >= 100，到诊 0" in shell.type("decide move spend=200 arrivals=0")
    assert "还缺：到诊" in shell.type("decide move spend=200")
    assert shell.json("decide", "move")["answers"][0]["results"]["what"] in (["stop"], ["keep"])
    assert "没有决策表" in shell.type("decide nothing", code=1)
    assert "没有输入" in shell.type("decide move cost=3", code=1)


def test_groups_of_fewer_than_ten_persons_are_not_shown(shell: Shell) -> None:
    touches = [[f"P{n:03}", "2026-04-02", "咨询", "百度"] for n in range(30)]
    touches += [[f"P{n:03}", "2026-04-03", "预约", "百度"] for n in range(4)]
    shell.type(
        "import",
        shell.file("e.csv", csv_text([["代号", "日期", "环节", "渠道"], *touches])),
        "--keep-until",
        "2026-12-31",
    )
    said = shell.type("metric --by channel")
    assert "<10" in said and "30人" in said and "不到 10 人的组" in said
    [channel] = shell.json("metric", "--by", "channel")["channels"]
    assert channel["values"]["bookings"] is None and "booking_rate" in channel["hidden"]
    assert "P003" not in said
    assert "删除 2 条" in shell.type("erase", "--key", "P003", "--reason", "撤回同意")


def test_status_and_board_show_rules_and_figures(shell: Shell) -> None:
    shell.type("import", shell.file("a.csv", rows()))
    assert "⚠ 规则“没人来”（搜索）" in shell.type("status")
    assert "预约率 36.0%（18/50） ✗" in shell.type("board") and "⚠2" in shell.out
    [row] = shell.json("board")["pilots"]
    assert row["kpi"] == [{"title": "预约率", "value": "36.0%（18/50）", "met": False}] and len(row["alerts"]) == 2


def test_an_empty_form_is_read_back_when_filled_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.chdir(shell.root)
    for kind, name, row in (
        ("aggregate", "台账.xlsx", {"日期": "2026-04-02", "渠道": "百度", "咨询": 7}),
        ("events", "逐人记录.xlsx", {"患者代号": "P001", "日期": "2026-04-02", "环节": "到诊"}),
    ):
        shell.type("ledger-template", "clinic", "--kind", kind)
        assert "已经有" in shell.type("ledger-template", "clinic", "--kind", kind, code=1)
        book = openpyxl.load_workbook(shell.root / name)
        head = [c.value for c in book["台账"][1]]
        assert all(c.comment is not None for c in book["台账"][1]) and book["台账"].data_validations.dataValidation
        for title, value in row.items():
            book["台账"].cell(2, head.index(title) + 1, value)
        book.save(shell.root / name)
        shell.type("import", name)
        if kind == "aggregate":
            shell.type("import --withdraw 1 --reason 换成逐人记录")
    assert shell.json("import", "--list")["imports"][1]["kind"] == "events"


def test_dashboard_is_written_into_the_papers(shell: Shell) -> None:
    shell.type("import", shell.file("a.csv", rows()))
    answer = shell.json("dashboard")
    assert "预约率" in Path(answer["file"]).read_text(encoding="utf-8")
    answer = shell.json("dashboard", "-o", str(shell.root / "周会.html"))
    assert answer["file"] == str(shell.root / "周会.html") and (shell.root / "周会.html").is_file()


def test_the_reference_case_of_two_hospitals(shell: Shell) -> None:
    """S4: traffic +11 % and +15 %, the booking rate from 9 % to 15 % in one; no cause is claimed."""
    shell.on("2026-06-01").type("start", "four-step-pilot", "乙院", "--on", "2014-11-01")
    shell.type("set", "-p", "乙院", "department=乙院网络部", "period_start=2014-11-11", "period_end=2014-11-20")
    file = SAMPLES / "patient-funnel" / "ledger" / "前后十天.csv"
    shell.type("import", "-p", "乙院", str(file), "--map", "点击=流量")
    said = shell.type("metric", "-p", "乙院", "booking_rate", "--explain")
    assert (
        "15.0%（69/460）" in said
        and "之前  9.0%（36/400）" in said
        and "其他科室  9.0%（36/400） → 9.0%（40/444）" in said
    )
    said = shell.type("funnel", "-p", "乙院")
    assert "“咨询量”的数量" in said and "“预约量”的比例" in said and "不能证明是哪项做法带来的" in said
