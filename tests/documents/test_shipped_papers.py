"""The papers of the four-step pilot and the phased plan: full, empty and half-way; lawful; nothing invented, nothing twice."""

import re

import pytest

from engine.documents.environment import render_template
from engine.documents.pages import with_pages
from engine.documents.pdf import to_pdf
from engine.frozen import replace
from engine.load import load
from engine.text import Language
from tests.documents.played import paper
from tests.documents.test_shipped import TEMPLATES, UNLAWFUL, render, table_rows, talk_rows

PAPERS = ("guide", "role_handbook", "journey", "letter", "meeting")
SOLD = re.compile(UNLAWFUL.pattern.replace("|第一", ""))  # "the first visit", "step one" are words of every day
FIGURE = re.compile(r"\d+(\.\d+)?\s*[%元人位次处条]")


def lawful_part(markdown: str) -> str:
    """What is left when lines of the law and marked examples are taken away."""
    law = markdown.partition("## 法规一页通")[2].partition("\n## ")[0]
    pairs = [cell for row in talk_rows() for cell in row[1:]]
    text = markdown.replace(law, "")
    for cell in pairs:
        text = text.replace(cell, "")
    return text


@pytest.mark.parametrize("document", PAPERS)
def test_the_papers_of_a_finished_pilot_lack_nothing(document: str) -> None:
    made = paper(document)
    assert not made.problems, [str(p.message) for p in made.problems]
    assert "待补充：" not in made.markdown and "《《" not in made.markdown


@pytest.mark.parametrize("document", PAPERS)
def test_the_papers_of_an_empty_pilot_ask_and_invent_nothing(document: str) -> None:
    made = render("four-step-pilot", document)
    if document != "meeting":  # what is missing there is what the meeting is about
        assert "待补充" in made.markdown
    if document in ("letter", "journey"):
        kept = re.sub(r"第.步[^，|]*", "", made.markdown)  # how long a step takes is the playbook's
        assert not FIGURE.search(kept), FIGURE.findall(kept)


@pytest.mark.parametrize("document", ["role_handbook", "meeting"])
def test_the_papers_of_the_phased_plan_render(document: str) -> None:
    made = render("phased-plan", document)
    assert "市场人员" in made.markdown and not [p for p in made.problems if p.severity == "error"]


@pytest.mark.parametrize("document", PAPERS)
def test_only_marked_examples_say_what_is_unlawful(document: str) -> None:
    said = [line for line in lawful_part(paper(document).markdown).splitlines() if SOLD.search(line)]
    # What is left names the forbidden thing in order to forbid it.
    assert not [line for line in said if not re.search(r"不给奖励|不保证疗效|不作保证|谁保证|治愈率、有效率", line)]


def test_an_unmarked_example_would_be_found() -> None:
    """The test above can fail."""
    text = paper("role_handbook").markdown.replace(
        "× 不要说：成功率百分之九十八，绝对安全。", "成功率百分之九十八，绝对安全。"
    )
    assert [line for line in lawful_part(text).splitlines() if "成功率" in line and SOLD.search(line)]


def test_the_letter_is_one_page_and_says_what_is_not_promised() -> None:
    made = with_pages(paper("letter"))
    assert made.pages == 1 and not made.problems
    for words in ("58,600元", "104人", "58.7%（61/104）", "90.2%（83/92）", "4/4 条", "**不承诺的**", "**回执**"):
        assert words in made.markdown
    assert with_pages(paper("letter", language="en")).pages == 1
    assert "**Not promised**" in paper("letter", language="en").markdown


def test_a_letter_too_long_for_its_page_is_refused() -> None:
    made = paper("letter")
    long = replace(made, markdown=made.markdown + "\n\n" + "再加一段。\n\n" * 60)
    assert [p.code for p in with_pages(long).problems] == ["too-long"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("任务 4“授权签字”还没有完成", "分管院领导（赵立）", "要作的决定", "停止试点（进入“停止”），原因：")),
        ("en", ("task 4 'Sign the authorisation' is not done", "Decisions to take", "(to 'Stopped'), because:")),
    ],
)
def test_the_meeting_names_each_open_condition_and_who_supplies_it(language: Language, words: tuple[str, ...]) -> None:
    text = paper("meeting", before="sign_authorisation", language=language).markdown
    for word in words:
        assert word in text


def test_the_meeting_reviews_every_gate_that_stands_open_at_once() -> None:
    text = paper("meeting", before="set_labels").markdown
    assert len(re.findall(r"^\*\*第二步 打造样板案例 · .*→", text, re.MULTILINE)) == 3


def test_the_meeting_can_send_back_only_before_the_brief_is_signed() -> None:
    assert "- [ ] 退回打磨（进入“第二步 打造样板案例”），原因：" in paper("meeting", before="accept_brief").markdown


def test_the_journey_sheet_holds_promise_and_breakpoint_against_each_other() -> None:
    text = paper("journey").markdown
    scenes = re.findall(r"^## (.*)$", text, re.MULTILINE)[:7]
    assert scenes == ["咨询", "预约", "到院与接诊", "诊疗", "缴费与取药", "随访", "投诉"]
    payment = text.partition("## 缴费与取药")[2].partition("\n## ")[0]
    assert "缴费后没有人告诉去哪里学护肤（2026年4月15日发现）" in payment and "（2026年4月20日修好） | [x] |" in payment
    treatment = table_rows(text.partition("## 诊疗")[2].partition("\n## ")[0])
    assert treatment[1][0] == "第一次来，医生会花至少十五分钟了解您的情况（标准：初诊不少于十五分钟）"
    assert [row[0] for row in treatment[3:]] == ["", ""], "lines to write in"


def test_a_promise_without_a_standard_is_marked_on_the_sheet() -> None:
    text = paper("journey", before="open_service").markdown
    assert "还没有服务标准" not in text
    bare = paper("journey", before="design_package").markdown
    assert "咨询当天回复（还没有服务标准，不能对外说）" in bare


def test_each_role_has_a_chapter_with_what_is_its_own() -> None:
    text = paper("role_handbook").markdown
    chapters = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(chapters) == ["运营负责人", "科室主任", "宣传人员", "数据人员", "科室运营助理", "分管院领导"]
    for title, chapter in chapters.items():
        for heading in ("职责", "随身清单", "各阶段任务", "不能说的话"):
            assert f"### {heading}\n" in chapter, (title, heading)
        assert "× 不要说：" in chapter and "完成标准：" in chapter
    assert [p for p in ("**翻译**", "**体验**", "**记录**") if p in chapters["科室运营助理"]] == [
        "**翻译**",
        "**体验**",
        "**记录**",
    ]
    assert "签字" in chapters["分管院领导"] and "签字" not in chapters["数据人员"]
    assert chapters["数据人员"].count("- [x]") == 6


def test_a_role_handbook_tells_the_rule_where_there_is_no_date_yet() -> None:
    text = render("four-step-pilot", "role_handbook").markdown
    assert "截止 2026年3月5日" in text
    assert "期限：“写一页授权书”完成后 3 个工作日" in text


def test_every_task_stands_in_exactly_one_chapter() -> None:
    text = render("four-step-pilot", "role_handbook").markdown
    for task in load("four-step-pilot").playbook.tasks.values():
        assert len(re.findall(rf"^- \[ \] {task.number} {re.escape(task.title)}( ·|（|$)", text, re.MULTILINE)) == 1


def test_no_pair_and_no_checklist_line_is_written_twice() -> None:
    every = "\n".join(TEMPLATES.values())
    lines = [cell for row in talk_rows() for cell in (row[0], row[1].removeprefix("× 不要说："))]
    lines += re.findall(r'^    "(.*?)"', TEMPLATES["_checks.md.j2"], re.MULTILINE)
    assert len(lines) > 90
    assert not [
        line for line in lines if every.count(f'"{line}"') != 1 or re.search(rf"[|\]] {re.escape(line)}\s", every)
    ]


def test_the_guide_has_talk_promises_and_breakpoints_by_scene() -> None:
    text = paper("guide").markdown
    enquiry = text.partition("\n### 咨询\n")[2].partition("\n### ")[0]
    assert "× 不要说：" in enquiry and "工作时间的咨询当天回复（标准：" in enquiry and "午间的咨询没有人回" in enquiry
    assert text.count("× 不要说：") == len(talk_rows())


def test_the_guide_puts_the_standard_behind_each_promise() -> None:
    rows = table_rows(paper("guide").markdown)
    assert [
        "到该复诊的时候，我们会提醒您",
        "复诊前三天提醒",
        "每周核对提醒记录，漏一条补一条",
        "运营助理",
        "随访",
    ] in rows


def test_the_calendar_of_the_guide_has_every_required_task() -> None:
    text = paper("guide").markdown.partition("## 接收科室日历")[2].partition("\n## ")[0]
    numbers = [int(n) for n in re.findall(r"^\| (\d+) ", text, re.MULTILINE)]
    book = load("four-step-pilot").playbook
    assert numbers == [task.number for task in book.tasks.values() if task.required]
    assert "| “拟定一到两个认知标签”完成后 3 个工作日 | 2026年3月24日 |" in text


def test_the_law_fits_one_page_and_every_row_names_its_basis() -> None:
    made = paper("letter")
    text = TEMPLATES["_law.md.j2"].partition("{% macro page() %}")[2].partition("{% endmacro %}")[0]
    page = replace(made, markdown=f"# 法规一页通\n\n> x\n{text}", most_pages=1)
    assert to_pdf(page).pages == 1
    rows = table_rows(text)[1:]
    assert len(rows) == 12
    for row in rows:
        assert re.search(r"第\d+|指南|办法|通知", row[3]), row


@pytest.mark.parametrize(
    ("data", "shown"),
    [({"receiving": {"department": "眼科"}}, "眼科"), ({"receiving": {"department": ""}}, "＿"), ({}, "＿")],
)
def test_a_paper_is_addressed_to_its_department_or_leaves_a_line(data: dict[str, object], shown: str) -> None:
    text = '{% import "_receiver.md.j2" as to with context %}{{ to.department() }}'
    assert render_template("x.md.j2", TEMPLATES | {"x.md.j2": text}, data, "zh").startswith(shown)
