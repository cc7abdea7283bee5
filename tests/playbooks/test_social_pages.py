"""Pages, papers and samples of social media: the page shows the playbook, the samples run and are lawful to publish."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import nodes

from engine.analysis.graph import graph_of, mermaid
from engine.calendar import calendar_for
from engine.documents.environment import make_environment
from engine.load import load
from engine.privacy import find_identifiers
from engine.resources import playbooks_folder
from engine.scenarios import run_file
from engine.source import read_text

ROOT = Path(__file__).parents[2]
NAMES = ("social-media", "content-piece", "opinion-incident")
SAMPLES = playbooks_folder() / "samples"
TEXTS = sorted((SAMPLES / "content-piece" / "texts").iterdir())
TEMPLATES = {path.name: read_text(path) for path in (playbooks_folder() / "templates").glob("*.j2")}
# What an education piece may never carry: promises, superlatives, comparison, a contact or an entry.
FORBIDDEN = re.compile(
    r"治愈|有效率|成功率|保证|包治|根治|零风险|最佳|最好|第一家|国家级|领先|权威|专家|本院|我院|我科|优惠|免费|预约|挂号"
    r"|电话|微信|二维码|扫码|链接|点击|地址|\d{3,}-\d|https?:"
)


@pytest.mark.parametrize("name", NAMES)
def test_page_has_the_diagram_roles_and_stages_of_the_playbook(name: str) -> None:
    page = read_text(ROOT / "docs" / "playbooks" / f"{name}.zh-CN.md")
    book = load(name).playbook
    (diagram,) = re.findall(r"^```mermaid\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert diagram.rstrip("\n") == mermaid(graph_of(book)).rstrip("\n")
    prose = page.replace(diagram, "")
    table = dict(re.findall(r"^\| (\S+) \| (\d+(?:–\d+)?) \|", prose, re.MULTILINE))
    assert table == {role.title: str(role.count).replace("..", "–") for role in book.roles.values()}
    missing = [s.title for s in book.all_stages.values() if s.tasks and s.title not in prose]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_templates_ask_only_for_what_the_playbook_declares(name: str) -> None:
    book = load(name).playbook
    (document,) = book.documents.values()
    columns = {column for record in book.records.values() for column in record.columns}
    known = {
        "need": set(book.fields),
        "field": set(book.fields),
        "need_rows": set(book.records),
        "record": set(book.records),
        "need_people": set(book.roles),
        "cell": columns,
        "option": columns,
    }
    calls = [
        (call.node.name, str(call.args[-1].value))
        for call in make_environment(TEMPLATES, "zh").parse(TEMPLATES[document.template]).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[-1], nodes.Const)
    ]
    assert len(calls) > 5
    assert [(call, what) for call, what in calls if call in known and what not in known[call]] == []


@pytest.mark.parametrize("name", NAMES)
def test_sample_story_runs_to_its_end(name: str) -> None:
    calendar = calendar_for(ZoneInfo("Asia/Shanghai"), [2026, 2027], {})
    (result,) = run_file(SAMPLES / name / "story.yaml", calendar=calendar)
    assert [f"{p.place} {p.message}" for p in result.problems] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_sample_texts_are_lawful_education(path: Path) -> None:
    text = read_text(path)
    assert FORBIDDEN.findall(text) == []
    assert "资料来源：" in text
    assert "医生" in text, "a reader is told when to see a doctor"


@pytest.mark.parametrize(
    "text", ["治愈率高", "国家级专家", "扫码预约", "咨询电话 010-1", "比别家领先", "保证不痒", "我院皮肤科"]
)
def test_unlawful_education_is_recognised(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize(
    "path", sorted(p for name in NAMES for p in (SAMPLES / name).rglob("*.*")), ids=lambda p: p.name
)
def test_samples_hold_no_identity_or_phone_numbers(path: Path) -> None:
    assert find_identifiers(read_text(path)) == ()


@pytest.mark.parametrize(
    ("name", "after", "totals"),
    [
        (
            "第一个月.csv",
            "2026-03-19",
            {"阅读播放量": 12400, "信息公开页访问": 620, "咨询": 140, "预约": 60, "到诊": 46},
        ),
        (
            "第二个月.csv",
            "2026-04-19",
            {"阅读播放量": 15800, "信息公开页访问": 700, "咨询": 150, "预约": 66, "到诊": 52},
        ),
    ],
)
def test_sample_ledger_adds_up_to_what_the_story_says(name: str, after: str, totals: dict[str, int]) -> None:
    path = SAMPLES / "social-media" / "ledger" / name
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["日期"] >= after]
    assert {column: sum(int(row[column]) for row in rows) for column in totals} == totals


@pytest.mark.parametrize("name", NAMES)
def test_each_task_tells_two_or_three_things_to_do(name: str) -> None:
    told = {task.id: len(re.findall("。", task.help)) for task in load(name).playbook.tasks.values()}
    assert {task: count for task, count in told.items() if count not in (2, 3)} == {}
