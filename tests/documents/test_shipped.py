"""The hospital's templates: lawful words, only ids the playbook declares, nothing invented for an empty pilot."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from jinja2 import nodes

from engine.documents.environment import make_environment, render_template
from engine.documents.markdown import count_words, parser, plain
from engine.documents.render import Paper, render_paper, spoken
from engine.documents.slides import check_slides
from engine.load import load
from engine.model import Playbook
from engine.pilot.events import Event
from engine.pilot.state import Pilot
from engine.text import Language
from tests.documents import sample

FOLDER = Path(__file__).parents[2] / "playbooks"
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "templates").glob("*.j2")}
USES = {
    "four-step-pilot": (
        "guide.md.j2",
        "brief.md.j2",
        "brief.en.md.j2",
        "showcase.md.j2",
        "role-handbook.md.j2",
        "journey.md.j2",
        "letter.md.j2",
        "letter.en.md.j2",
        "meeting.md.j2",
        "meeting.en.md.j2",
        "_journey.md.j2",
        "_checks.md.j2",
        "_calendar.md.j2",
    ),
    "phased-plan": ("handbook.md.j2", "role-handbook.md.j2", "meeting.md.j2"),
}
# What may never be offered as a thing to say (see the law page for the articles).
UNLAWFUL = re.compile(
    r"治愈率|有效率|成功率|保证|包治|根治|绝对安全|最佳|最好|国家级|第一|比.{0,8}(好|先进|便宜)|返现|奖励|免费住院|全报|优惠|打折|只剩|推荐我们"
)


def empty_pilot(book: Playbook) -> tuple[Pilot, tuple[Event, ...]]:
    first = next(iter(book.stages))
    pilot = Pilot("p", "空试点", book.id, book.version, "0" * 64, date(2026, 3, 2), (first,), 1, sample.START)
    data = {"pilot": "p", "name": "空试点", "at": [first], "entered": [first], "moment": sample.START.isoformat()}
    started = Event(1, "started", sample.START, "王蕾", "c", data)
    return replace(pilot, entered={first: sample.START}, visits={first: 1}), (started,)


def render(name: str, document: str, draft: bool = True, language: Language = "zh") -> Paper:
    loaded = load(name, language=language)
    pilot, events = empty_pilot(loaded.playbook)
    return render_paper(
        loaded.playbook,
        pilot,
        events,
        document,
        calendar=sample.calendar(),
        now=datetime(2026, 3, 2, 9, tzinfo=sample.ZONE),
        hospital="示范医院",
        templates=loaded.bundle.templates,
        draft=draft,
        language=language,
    )


def asked(name: str) -> Iterator[tuple[str, str, int]]:
    """(function, id, line) of every id a template asks for by name."""
    tree = make_environment(TEMPLATES, "zh").parse(TEMPLATES[name])
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[-1], nodes.Const):
            yield call.node.name, str(call.args[-1].value), call.lineno


@pytest.mark.parametrize(("playbook", "template"), [(p, t) for p, names in USES.items() for t in names])
def test_every_id_asked_for_is_declared(playbook: str, template: str) -> None:
    book = load(playbook).playbook
    columns = {column for record in book.records.values() for column in record.columns}
    known = {
        "need": book.fields,
        "field": book.fields,
        "need_metric": book.metrics,
        "metric": book.metrics,
        "need_rows": book.records,
        "record": book.records,
        "need_people": book.roles,
        "role": book.roles,
        "cell": columns,
        "option": columns,
    }
    unknown = [(f, name, line) for f, name, line in asked(template) if f in known and name not in known[f]]
    assert not unknown


SCENES = ("enquiry", "booking", "reception", "follow_up", "complaint", "team")


def table_rows(text: str) -> list[list[str]]:
    """The cells of every table row, heads included."""
    tokens = parser().parse(text)
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(plain(token.children or ()))
    return rows


def talk_rows() -> list[list[str]]:
    text = '{% import "_talk.md.j2" as talk %}' + "\n\n".join(f'{{{{ talk.scene("{scene}") }}}}' for scene in SCENES)
    rows = table_rows(render_template("x.md.j2", TEMPLATES | {"x.md.j2": text}, {}, "zh"))
    assert sum(row[0] == "可以这样说" for row in rows) == len(SCENES)
    return [row for row in rows if row[0] != "可以这样说"]


def test_what_to_say_is_lawful_and_every_pair_has_its_reason() -> None:
    rows = talk_rows()
    assert len(rows) >= 25
    for say, avoid, why in rows:
        assert not UNLAWFUL.search(say), say
        assert avoid.startswith("× 不要说：") and len(avoid) > len("× 不要说：") and why


def test_the_unlawful_examples_are_recognised() -> None:
    """The pattern of the test above can fail: it finds most of what must not be said."""
    assert sum(bool(UNLAWFUL.search(avoid)) for _, avoid, _ in talk_rows()) >= 5


def test_a_guide_without_evidence_says_what_is_missing() -> None:
    paper = render("four-step-pilot", "guide")
    for words in ("待补充：", "playbook set", "playbook add", "playbook assign"):
        assert words in paper.markdown
    before_forms = paper.markdown.partition("## 话术模板")[0]
    assert not re.search(r"\d+(\.\d+)?\s*[%元人位次]", before_forms)
    assert "playbook set" not in render("four-step-pilot", "guide", draft=False).markdown


def test_the_guide_has_its_parts() -> None:
    text = render("four-step-pilot", "guide").markdown
    for heading in (
        "试点做成了什么",
        "小队是怎样组成的",
        "认知标签与科普主题",
        "方案包与承诺",
        "患者旅程与断点",
        "话术模板",
        "各角色检查清单",
        "法规一页通",
        "接收科室填写页",
        "尚缺的材料",
    ):
        assert f"\n## {heading}\n" in text
    assert text.count("- [ ]") > 25


def test_the_brief_leaves_room_for_what_a_pilot_says() -> None:
    paper = render("four-step-pilot", "brief", draft=False)
    assert paper.words < 700
    assert not [p for p in paper.problems if p.code == "too-long"]


def test_the_showcase_of_an_empty_pilot_marks_what_is_missing_and_fits() -> None:
    paper = render("four-step-pilot", "showcase")
    for words in (
        "待补充：试点服务",
        "待补充：断点",
        "待补充：第一条经验",
        "待补充：第三条经验",
        "待补充：基线收入",
        "待补充：没有做成的",
    ):
        assert words in paper.markdown
    assert not re.search(r"\d+(\.\d+)?\s*[%元人位次]", paper.markdown)
    assert check_slides(paper) == (9, ())
    assert not UNLAWFUL.search(re.sub(r"<!--.*?-->|待补充：第一条", "", paper.markdown, flags=re.DOTALL))


def test_the_showcase_tells_story_change_lessons_and_invites() -> None:
    paper = render("four-step-pilot", "showcase")
    titles = re.findall(r"^## (.*)$", paper.markdown, re.MULTILINE)
    assert titles == [
        "我们是怎样开始的", "最难的是哪一步", "结果", "前后对比", "患者和同事怎么说", "三条经验", "没有做成的", "邀请下一个科室",
    ]  # fmt: skip
    assert paper.markdown.count("<!-- notes:") == 9 and paper.formats == ("pptx", "md")


def test_the_brief_speaks_english_and_the_guide_stays_whole() -> None:
    brief = render("four-step-pilot", "brief", language="en")
    assert "## Recommendation" in brief.markdown and "## 建议" not in brief.markdown
    assert "***DRAFT***" in brief.markdown
    assert "At a glance" not in render("four-step-pilot", "guide", language="en").markdown


@pytest.mark.parametrize(("document", "language"), [("brief", "en"), ("guide", "zh")])
def test_a_paper_is_in_english_only_where_its_template_is(document: str, language: Language) -> None:
    loaded = load("four-step-pilot", language="en")
    assert spoken(loaded.playbook, document, loaded.bundle.templates, "en") == language


def test_no_paper_of_an_empty_pilot_puts_title_marks_twice() -> None:
    for document in ("guide", "brief"):
        assert "《《" not in render("four-step-pilot", document).markdown


def test_the_team_does_not_count_the_leadership() -> None:
    loaded = load("four-step-pilot")
    pilot, events = empty_pilot(loaded.playbook)
    people = {"ops_lead": ("王蕾",), "director": ("李文", "孙岩"), "assistant": ("王蕾",), "leadership": ("赵立",)}
    paper = render_paper(
        loaded.playbook,
        replace(pilot, people=people),
        events,
        "brief",
        calendar=sample.calendar(),
        now=datetime(2026, 3, 2, 9, tzinfo=sample.ZONE),
        hospital="示范医院",
        templates=loaded.bundle.templates,
    )
    assert "由3人组成的小队" in paper.markdown
    assert "赵立" not in paper.markdown, "the leadership signs by hand"


def test_the_handbook_names_budget_goals_and_duties() -> None:
    text = render("phased-plan", "handbook").markdown
    for words in ("预算", "机动预留", "责任分工", "各阶段任务", "法规一页通"):
        assert words in text
    assert count_words(text) > 500
