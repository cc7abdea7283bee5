"""Papers of a pilot, end to end: stamped, counted, the same each time, with what is missing said and not invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.documents.render import Paper, measure, render_paper, tidy
from engine.errors import PlaybookError, UserError
from engine.model import Document, Field, Record
from engine.pilot.events import Event
from tests.documents import sample


def render(document: str = "guide", **changes: Any) -> Paper:
    values: dict[str, Any] = {
        "calendar": sample.calendar(),
        "now": sample.NOW,
        "hospital": "示范市第一人民医院",
        "templates": {},
    }
    book = changes.pop("book", sample.book())
    pilot = changes.pop("pilot", sample.pilot())
    return render_paper(book, pilot, changes.pop("events", sample.events()), document, **(values | changes))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("document", ["guide", "brief", "tasks"])
def test_the_engines_own_papers_fit_any_playbook(document: str, language: Any) -> None:
    paper = render(document, language=language)
    assert paper.markdown.startswith(f"# {paper.title}\n")
    assert "清空机房" in paper.markdown or document == "brief"
    assert paper.words > 50
    bare = sample.book(fields={}, records={}, metrics={}, roles={})
    assert render(document, language=language, book=bare).words > 10


def test_a_draft_is_marked_and_offers_commands() -> None:
    paper = render()
    assert "> ***草稿***" in paper.markdown
    assert "【***待补充：首月检查量***】" not in paper.markdown  # asked for through the metric that lacks it
    assert "—（缺“首月检查量”）" in paper.markdown
    assert "`playbook set scans=数字`" in paper.markdown
    assert {p.code for p in paper.problems} == {"paper-missing"}
    assert any(p.hint and "playbook set scans=" in p.hint.zh for p in paper.problems)


def test_a_final_paper_has_date_edition_and_hash_but_no_commands() -> None:
    paper = render(draft=False)
    assert "草稿" not in paper.markdown and "playbook set" not in paper.markdown
    assert "待补充" in paper.markdown  # a missing person is still said
    assert "2026年4月1日 · 第 1 版" in paper.markdown
    assert f"`{paper.sha256[:16]}`" in paper.markdown


def test_the_hash_is_of_the_text_without_the_stamp() -> None:
    paper = render(draft=False)
    lines = paper.markdown.split("\n")
    assert lines[2].startswith("> ")
    body = "\n".join([lines[0], "", *lines[4:]])
    assert hashlib.sha256(body.encode()).hexdigest() == paper.sha256


def test_same_input_same_paper_and_time_of_day_does_not_matter() -> None:
    assert render() == render()
    assert render(now=sample.NOW + timedelta(hours=3)) == render()
    changed = sample.pilot(notes=())
    assert render(pilot=changed).sha256 != render().sha256


def test_editions_count_final_ones_and_the_same_text_stays_one_edition() -> None:
    def final(sha256: str) -> Event:
        data = {"document": "guide", "sha256": sha256, "words": 1, "files": []}
        return replace(sample.events()[0], seq=9, type="document_final", data=data)

    text = render(draft=False)
    assert "第 1 版" in text.markdown
    assert "第 2 版" in render(draft=False, events=(*sample.events(), final("0" * 64))).markdown
    assert render(draft=False, events=(*sample.events(), final(text.sha256))) == text
    assert "第 1 版" in render("brief", draft=False, events=(*sample.events(), final(text.sha256))).markdown


def test_what_went_back_is_told_with_its_reason() -> None:
    assert "退回整改（投入使用 → 场地准备）：排水不合格" in render("brief").markdown
    assert "| 2026年3月22日 | 投入使用 → 场地准备 | 退回整改 | 排水不合格 |" in render().markdown


def test_an_undone_move_is_not_told() -> None:
    undone = replace(sample.events()[0], seq=4, type="undone", data={"seqs": [3], "command": "c3"})
    assert "排水不合格" not in render("brief", events=(*sample.events(), undone)).markdown


@pytest.mark.parametrize(
    "nasty", ["{{7*7}}", "<script>alert(1)</script>", "a|b|c", "# 标题", "**粗**", "1. 项", "\u202e倒", "x" * 9000]
)
def test_typed_text_stays_text_in_every_place(nasty: str) -> None:
    from engine.documents.markdown import clean, parser, plain

    pilot = sample.pilot(
        name=nasty,
        people={"engineer": (nasty,)},
        rows={"rooms": {1: {"name": nasty}}, "faults": {1: {"what": nasty, "room": "1"}}},
        notes=(replace(sample.pilot().notes[0], text=nasty),),
    )
    for document in ("guide", "brief", "tasks"):
        paper = render(document, pilot=pilot)
        tokens = parser().parse(paper.markdown)
        assert not [t for t in tokens if t.type in ("html_block", "code_block") and "script" in t.content]
        usual = parser().parse(render(document).markdown)
        assert [t.type for t in tokens] == [t.type for t in usual]
        if document == "guide":
            shown = [plain(t.children or ()) for t in tokens if t.type == "inline"]
            assert shown.count(clean(nasty)) >= 4


def test_too_long_names_the_longest_sections_and_the_cut() -> None:
    document = Document("x", "简报", "x.md.j2", max_words=10)
    words, (problem,) = measure("# 题\n\n## 甲\n\n一二三四五六七\n\n## 乙\n\n八九\n", document)
    assert (words, problem.code, problem.severity) == (12, "too-long", "error")
    assert "要删去 2 字" in problem.message.zh
    assert problem.hint is not None and problem.hint.zh.index("“甲”8 字") < problem.hint.zh.index("“乙”3 字")
    assert measure("一二三四五六七八九十\n", document) == (10, ())


def test_the_workspaces_template_wins_and_gets_a_title() -> None:
    paper = render("tasks", templates={"tasks.md.j2": "共 {{ tasks | length }} 项，{{ fields.cost.value }}"})
    assert paper.markdown.startswith("# 任务清单\n\n> ***草稿***")
    assert "共 3 项，86,000" in paper.markdown


def test_a_broken_template_is_reported_at_its_line() -> None:
    with pytest.raises(PlaybookError) as caught:
        render("tasks", templates={"tasks.md.j2": "一\n{{ fields.coast.value }}"})
    (problem,) = caught.value.problems
    assert str(problem.place) == "templates/tasks.md.j2:2:11"
    assert problem.hint is not None and "cost" in problem.hint.zh


def test_unknown_document_lists_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        render("gide")
    assert caught.value.hint is not None and "guide" in caught.value.hint.zh


def test_every_playbook_has_guide_brief_and_tasks() -> None:
    bare = sample.book(documents={})
    assert [render(d, book=bare).title for d in ("guide", "brief", "tasks")] == ["实操指南", "进展简报", "任务清单"]
    assert render("tasks", book=bare, language="en").markdown.startswith("# Tasks\n")


def test_a_template_without_english_is_not_mixed() -> None:
    templates = {"tasks.md.j2": "{{ t('中文', 'English') }} {{ today }}"}
    assert "中文 2026年4月1日" in render("tasks", templates=templates, language="en").markdown
    both = templates | {"tasks.en.md.j2": "{{ t('中文', 'English') }} {{ today }}"}
    assert "English 2026-04-01" in render("tasks", templates=both, language="en").markdown


def test_tidy() -> None:
    assert tidy("\n\na  \r\n\n\n\nb\n\n") == "a\n\nb\n"


def test_figures_of_a_complete_pilot() -> None:
    fields = {**sample.pilot().fields, "scans": Decimal(400)}
    text = render("brief", pilot=sample.pilot(fields=fields)).markdown
    assert "| 单次成本 | 215元/人次 | 改造费用" in text
    assert "| 不高于300元/人次 | 达到 |" in text


def test_a_record_with_too_many_columns_for_a_page_lies_on_its_side() -> None:
    columns = {"name": Field("name", "名称", "text"), **{f"c{n}": Field(f"c{n}", f"栏{n}", "text") for n in range(8)}}
    cells = [{"name": f"甲{n}", "c0": f"值{n}"} for n in range(1, 5)]
    book = sample.book(records={"wide": Record("wide", "宽表", columns, "name")})
    text = render(book=book, pilot=sample.pilot(rows={"wide": dict(enumerate(cells, 1))})).markdown
    assert "<!-- widths 4 6 6 6 -->\n\n| 项目 | 1 甲1 | 2 甲2 | 3 甲3 |\n| --- | --- | --- | --- |\n" in text
    assert "| 栏0 | 值1 | 值2 | 值3 |" in text and "| 项目 | 4 甲4 |\n| --- | --- |\n| 栏0 | 值4 |\n" in text
    assert "栏1" not in text and "| 名称 |" not in text  # a column nobody filled; the one that names the rows


def test_an_empty_record_is_missing_only_where_a_task_fills_it() -> None:
    site = sample.book().stages["site"]
    filled = replace(site.tasks["measure"], fills=("rooms",))
    stages = {**sample.book().stages, "site": replace(site, tasks={**site.tasks, "measure": filled})}
    text = render(book=sample.book(stages=stages), pilot=sample.pilot(rows={})).markdown
    assert "房间\n\n【***待补充：房间***】" in text and "故障\n\n没有登记。" in text


def test_what_is_neither_filled_nor_asked_for_is_named_in_one_line() -> None:
    fields = {**sample.book().fields, "scans": replace(sample.book().fields["scans"], owner=None)}
    book = sample.book(fields=fields)
    guide, brief = (render(name, book=book).markdown for name in ("guide", "brief"))
    assert "没有填写、也不是必填的：首月检查量。" in guide and "| 首月检查量 | — |" not in guide
    for text in (guide, brief):
        assert "没有数据、上表未列：单次成本。" in text and "| 单次成本 |" not in text


def test_the_brief_tells_no_figure_twice() -> None:
    text = render("brief").markdown
    assert "改造费用 86,000元 ÷" in text and "| 改造费用 |" not in text and "| 机型 | 甲型 |" in text


def test_lists_of_people_and_duties_are_joined_as_the_language_does() -> None:
    assert "| 安装；验收 |" in render().markdown and "| 王蕾、李想 |" in render().markdown
    assert "| 安装; 验收 |" in render(language="en").markdown and "| 王蕾, 李想 |" in render(language="en").markdown
