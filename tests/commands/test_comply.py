"""`playbook comply` typed with what people have: texts, documents, workbooks, folders, and what they mistype."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

import cli
from tests.commands.runner import Shell
from tests.compliance.reading.samples import docx, xlsx

ROOT = Path(cli.__file__).parent
BAD = "我院采用全国最先进的微创技术，治愈率98%。\n患者张建国，男，45岁，电话13812345678。\n"
GOOD = "今日门诊照常，请按预约时间就诊。\n"
KEYS = {"rule", "severity", "start", "end", "text", "basis", "rewrite", "place"}
IDENTITIES = ("张建国", "13812345678")


@pytest.fixture
def outside(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder that is no workspace, gone into."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def document(document: Any) -> None:
    document.add_paragraph("第一段")
    paragraph = document.add_paragraph("患者张")
    paragraph.add_run("建国").bold = True
    paragraph.add_run("电话13812345678，治愈率98%。")
    document.add_table(1, 2).cell(0, 1).text = "我院治愈率99%"


def test_a_finding_has_its_place_its_words_its_article_and_a_way_out(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    said = outside.type("comply 稿.txt --channel self_media", code=1).splitlines()
    at = next(i for i, line in enumerate(said) if "MED-RATE-01" in line)
    assert said[at] == "✗ 稿.txt:1:16 必须改 MED-RATE-01 治愈率、有效率"
    assert said[at + 1] == "    我院采用全国最先进的微创技术，【治愈率98%】。"
    assert said[at + 2].startswith("    依据：《中华人民共和国广告法》第十六条")
    assert said[at + 3].startswith("    原因：") and said[at + 4].startswith("    改写：")
    assert any(line.startswith("! 稿.txt:1:") and "请核对" in line for line in said)


def test_identities_are_masked_on_the_screen_and_in_json(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    said = outside.type("comply 稿.txt --channel self_media", code=1)
    assert "患者张**，男，45岁，电话【138****5678】" in said and not any(i in said for i in IDENTITIES)
    answer = outside.json("comply 稿.txt --channel self_media", code=1)
    assert not any(i in json.dumps(answer, ensure_ascii=False) for i in IDENTITIES)
    found = {f["rule"]: f for f in answer["findings"]}
    assert found["PI-ID-01"]["text"] == "138****5678" and found["PI-NAME-01"]["text"] == "张**"
    assert BAD[found["PI-ID-01"]["start"] : found["PI-ID-01"]["end"]] == "13812345678"


def test_json_has_the_agreed_keys(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    answer = outside.json("comply 稿.txt --channel self_media", code=1)
    assert answer["findings"] and all(set(f) >= KEYS for f in answer["findings"])
    assert len(answer["steps"]) == 6 and answer["files"][0]["conclusion"].startswith("必须改")
    rate = next(f for f in answer["findings"] if f["rule"] == "MED-RATE-01")
    assert (rate["severity"], rate["text"], rate["place"]) == ("block", "治愈率98%", "稿.txt:1:16")
    assert BAD[rate["start"] : rate["end"]] == "治愈率98%"


def test_nothing_found_is_never_called_lawful(outside: Shell) -> None:
    outside.file("稿.txt", GOOD)
    said = outside.type("comply 稿.txt --channel self_media --purpose disclosure")
    assert "未发现已知问题。规则只能查出已知的写法，发布前仍须具名审核人通读并签字。" in said
    assert "合规" not in said and "合法" not in said
    answer = outside.json("comply 稿.txt --channel self_media --purpose disclosure")
    assert answer["findings"] == [] and answer["files"][0]["conclusion"].startswith("未发现已知问题")


def test_warnings_fail_only_when_asked(outside: Shell) -> None:
    outside.file("稿.txt", "我院技术先进。\n")
    answer = outside.json("comply 稿.txt --channel self_media")
    assert {f["severity"] for f in answer["findings"]} == {"warn"}
    outside.type("comply 稿.txt --channel self_media --strict", code=1)


def test_a_document_and_a_workbook_say_paragraph_and_cell(outside: Shell) -> None:
    (outside.root / "稿.docx").write_bytes(docx(document))

    def fill(book: Workbook) -> None:
        book.active["B3"] = "我院治愈率98%"  # type: ignore[index]

    (outside.root / "表.xlsx").write_bytes(xlsx(fill))
    found = outside.json("comply 稿.docx 表.xlsx --channel self_media", code=1)["findings"]
    places = [(f["file"], f.get("paragraph"), f.get("cell"), f["place"]) for f in found if f["rule"] == "MED-RATE-01"]
    assert places == [
        ("稿.docx", 2, None, "稿.docx 第 2 段"),
        ("稿.docx", 1, "table1!R1C2", "稿.docx 表 1 第 1 行第 2 列"),
        ("表.xlsx", None, "Sheet!B3", "表.xlsx Sheet!B3"),
    ]


def test_the_six_steps_in_order_with_what_is_missing(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    said = outside.type("comply 稿.txt --channel self_media", code=1).splitlines()
    start = said.index("发布前的六步：")
    titles = ["渠道和目的", "是不是医疗广告", "患者隐私", "文字规则", "依据", "具名签字"]
    steps = [line for line in said[start:] if line.startswith(("  · ", "  ✗ "))]
    assert [line[7:].partition("：")[0] for line in steps] == titles
    assert [line[2] for line in steps] == ["·", "·", "✗", "✗", "·", "·"]
    assert "PI-NAME-01、PI-ID-01" in steps[2] and "       没有写目的，按最严处理" in said
    assert said[said.index(steps[5]) + 1] == "       还没有具名人员签字"
    assert any("用 --fact 名称=内容 写" in line and "含人工智能生成的内容 ai_made、" in line for line in said)
    assert not any("没有说明：" in line for line in said)  # each fact once, with its name
    given = outside.type("comply 稿.txt --channel self_media --purpose disclosure", code=1)
    assert "1. 渠道和目的：已写明" in given


def test_a_fact_that_breaks_a_condition_is_a_finding_of_the_whole_piece(outside: Shell) -> None:
    (outside.root / "稿.docx").write_bytes(docx(lambda d: d.add_paragraph(GOOD.strip())))
    line = "comply 稿.docx --channel self_media --purpose education --fact 含病例或患者故事=是 --fact consent_id= --annotate 批.docx"
    found = outside.json(line, code=1)
    assert [(f["rule"], f["severity"], f["start"], f["end"], f["text"], f["place"]) for f in found["findings"]] == [
        ("PI-CONS-01", "block", 0, 0, "", "稿.docx 整份稿件")
    ]
    assert {s["step"]: s["state"] for s in found["steps"]}["privacy"] == "stopped"
    assert next(iter(Document(str(outside.root / "批.docx")).comments)).text.startswith("必须改 PI-CONS-01")
    assert outside.json(line.replace("consent_id=", "consent_id=K-1") + " --fact consent_scope=公开")["findings"] == []


def test_evidence_lifts_the_warning_that_asks_for_it(outside: Shell) -> None:
    outside.file("稿.txt", "据统计，今年来本院的人比去年多了20%。\n")
    asked = outside.type("comply 稿.txt --channel self_media")
    assert "加 --evidence source" in asked and "AD-CITE-01" in asked
    assert "AD-CITE-01" not in outside.type("comply 稿.txt --channel self_media --evidence source")


def test_the_channel_is_asked_for_with_what_each_is(outside: Shell) -> None:
    outside.file("稿.txt")
    for line in ("comply 稿.txt", "comply 稿.txt --channel 朋友圈"):
        said = outside.type(line, code=2)
        for word in ("ad ", "kepu ", "self_media ", "news ", "internal "):
            assert f"--channel {word}" in said
        assert "健康科普" in said
    assert "--purpose promotion" in outside.type("comply 稿.txt --channel 科普 --purpose 看看", code=2)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("comply --channel ad", 2, "写明要检查的文件"),
        ("comply 没有.docx --channel ad", 1, "找不到文件"),
        ("comply 空 --channel ad", 1, "没有可检查的文件"),
        ("comply 图.pdf --channel ad", 1, "PDF"),
        ("comply 稿.txt --channel ad --fact 没有=1", 2, "审查证明文号"),
        ("comply 稿.txt --channel ad --fact has_case=也许", 2, "是 或 否"),
        ("comply 稿.txt --channel ad --fact advertiser=某人", 2, "institution、department"),
        ("comply 稿.txt --channel ad --fact consent_until=某天", 2, "某天"),
        ("comply 稿.txt --channel ad --fact has_case", 2, "事实=内容"),
        ("comply 稿.txt --channel ad --evidence 嘴说", 2, "award"),
        ("comply 稿.txt --channel ad --pack 没有", 1, "没有规则包"),
        ("comply 稿.txt --channel ad -o 甲.md", 2, "--annotate"),
        ("comply 稿.txt --channel ad --annotate 甲.docx", 2, ".md"),
        ("comply 稿.txt 稿2.txt --channel ad --redact 甲.txt", 2, "文件夹"),
        ("comply 稿.txt --channel ad --redact 稿.txt", 1, "不能写到原文件上"),
        ("comply 稿.txt 稿2.txt --channel ad --redact 别处/ --annotate 稿2.txt", 2, "文件夹"),
    ],
)
def test_what_is_wrong_is_told(outside: Shell, line: str, code: int, said: str) -> None:
    outside.file("稿.txt", BAD), outside.file("稿2.txt", BAD), outside.file("图.pdf", "%PDF-1.7")
    (outside.root / "空").mkdir()
    before = {p.name for p in outside.root.iterdir()}
    told = outside.type(line, code=code)
    assert told.startswith("✗") and said in told
    assert {p.name for p in outside.root.iterdir()} == before


def test_a_copy_with_comments_and_a_masked_one_leave_the_original_alone(outside: Shell) -> None:
    file = outside.root / "稿.docx"
    file.write_bytes(docx(document))
    original = file.read_bytes()
    said = outside.type("comply 稿.docx --channel self_media --annotate 批.docx --redact 遮.docx", code=1)
    assert "批注稿：批.docx" in said and "遮盖稿：遮.docx（手机号 1、患者姓名 1）" in said
    assert file.read_bytes() == original
    comments = [c.text.split("\n") for c in Document(str(outside.root / "批.docx")).comments]
    found = outside.json("comply 稿.docx --channel self_media", code=1)["findings"]
    assert len(comments) == len(found)
    assert all(c[0].split()[1] == f["rule"] and c[1].startswith("依据：") for c, f in zip(comments, found, strict=True))
    masked = Document(str(outside.root / "遮.docx")).paragraphs[1]
    assert [(r.text, r.bold) for r in masked.runs] == [
        ("患者＊", None), ("＊＊", True), ("电话***********，治愈率98%。", None)
    ]  # fmt: skip
    with zipfile.ZipFile(outside.root / "遮.docx") as package:
        assert not any(i.encode() in package.read(n) for n in package.namelist() for i in IDENTITIES)


def test_copies_without_a_name_go_beside_the_file_or_into_a_folder(outside: Shell) -> None:
    outside.file("稿.txt", BAD), outside.file("价.md", "治愈率98%")
    (outside.root / "表.xlsx").write_bytes(xlsx(lambda b: b.active.append(["姓名", "治愈率98%"])))
    outside.type("comply 稿.txt --channel ad --annotate --redact", code=1)
    assert (outside.root / "稿-遮盖.txt").read_text(encoding="utf-8").splitlines()[
        1
    ] == "患者＊＊＊，男，45岁，电话***********。"
    assert (outside.root / "稿-批注.md").read_text(encoding="utf-8").count("[^c") >= 4
    outside.type("comply 稿.txt 价.md 表.xlsx --channel ad --annotate -o 批注/", code=1)
    assert sorted(p.name for p in (outside.root / "批注").iterdir()) == ["价-批注.md", "稿-批注.md", "表-批注.xlsx"]
    assert load_workbook(outside.root / "批注" / "表-批注.xlsx").sheetnames == ["Sheet", "检查结果"]
    assert "[^c1]" in (outside.root / "批注" / "价-批注.md").read_text(encoding="utf-8")


def test_two_copies_never_get_one_name(outside: Shell) -> None:
    for folder in ("甲", "乙"):
        (outside.root / folder).mkdir()
        (outside.root / folder / "稿.txt").write_text(BAD, encoding="utf-8")
    assert "两份副本" in outside.type("comply 甲 乙 --channel ad --redact 出/", code=1)
    assert not (outside.root / "出").exists()


def test_a_name_behind_the_option_and_no_other_is_the_file(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    outside.type("comply --redact 稿.txt --channel internal", code=1)
    assert (outside.root / "稿-遮盖.txt").exists()


def test_a_folder_and_a_pattern_stand_for_their_files(outside: Shell) -> None:
    (outside.root / "话术" / "内").mkdir(parents=True)
    for name in ("一.md", "三.txt", "内/二.txt", ".藏.md", "~$三.docx", "图.png"):
        (outside.root / "话术" / name).write_text(GOOD, encoding="utf-8")
    for word in ("话术", "话术/*.md"):
        answer = outside.json(f"comply {word} --channel self_media --purpose disclosure")
        assert [f["file"] for f in answer["files"]] == (["一.md", "三.txt", "二.txt"] if word == "话术" else ["一.md"])
    assert "共检查 3 个文件" in outside.type("comply 话术 --channel self_media --purpose disclosure")


def test_text_from_standard_input(outside: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    given(BAD.encode("gb18030"))
    assert "标准输入:1:16" in outside.type("comply - --channel self_media", code=1)
    given(docx(document))
    assert "标准输入 第 2 段" in outside.type("comply - --channel self_media", code=1)
    given(BAD.encode())
    assert "要写文件名" in outside.type("comply - --channel self_media --redact", code=2)


def test_pictures_are_named_as_not_looked_at(outside: Shell) -> None:
    outside.file("稿.md", "![海报](a.png)\n")
    assert "1 处图片没有查看" in outside.type("comply 稿.md --channel self_media --purpose disclosure")


def test_cells_under_a_head_of_identities_are_told(outside: Shell) -> None:
    (outside.root / "表.xlsx").write_bytes(xlsx(lambda b: [b.active.append(r) for r in (["姓名"], ["赵敏"])]))
    assert "1 个单元格在“姓名、电话、证件号”" in outside.type("comply 表.xlsx --channel internal")
    assert outside.json("comply 表.xlsx --channel internal")["files"][0]["identity_cells"] == 1


def test_the_workspace_gives_the_hospitals_name_and_its_packs(shell: Shell) -> None:
    shell.file("稿.txt", "示范院的治愈率是98%。")
    assert any(
        f["rule"] == "MED-RATE-01"
        for f in shell.json(f"comply {shell.root / '稿.txt'} --channel self_media", code=1)["findings"]
    )
    packs = shell.root / "playbooks" / "compliance"
    packs.mkdir()
    (packs / "ours.yaml").write_text(
        "pack: ours\nextends: medical-ads\ntitle: 本院规则\nas_of: 2026-11\n", encoding="utf-8"
    )
    answer = shell.json(f"comply {shell.root / '稿.txt'} --channel self_media --pack ours", code=1)
    assert answer["pack"] == "ours"


def test_english_screen(outside: Shell) -> None:
    outside.file("a.txt", BAD)
    said = outside.type("comply a.txt --channel self_media --lang en", code=1)
    assert "must be mended MED-RATE-01" in said and "to be mended" in said
    assert not any(re.search(r"[\u4e00-\u9fff]", line) for line in said.splitlines() if "why: " in line)


def test_a_pack_that_is_broken_is_told_with_its_place(outside: Shell) -> None:
    outside.file("稿.txt", GOOD), outside.file("坏.yaml", "pack: x\ntitle: x\nas_of: 2026-11\nextends: nowhere\n")
    assert "坏.yaml:4:" in outside.type("comply 稿.txt --channel ad --pack 坏.yaml", code=1)


def test_it_runs_as_a_program(outside: Shell) -> None:
    outside.file("稿.txt", BAD)
    ran = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "comply", "稿.txt", "--channel", "ad", "--json"],
        cwd=outside.root, capture_output=True, encoding="utf-8", check=False, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 1 and ran.stderr == "" and json.loads(ran.stdout)["findings"]
