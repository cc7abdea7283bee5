"""All that is wrong with the templates of a workspace, at once."""

from collections.abc import Mapping

import pytest

from engine.documents.environment import own_template
from engine.documents.overrides.checking import check_templates
from engine.documents.overrides.origin import digest_of, marked
from engine.errors import Problem
from engine.model import Document
from tests.documents.overrides.shelf import subject


def check(templates: Mapping[str, str], **books: Mapping[str, str]) -> list[Problem]:
    subjects = {name: subject(own, id=name) for name, own in books.items()} or {"scanner": subject()}
    return check_templates(templates, subjects)


def told(text: str) -> list[tuple[int, int, str, str]]:
    """(line, column, code, message) of a guide with this text."""
    found = check({"guide.md.j2": text})
    assert {p.place.file for p in found} <= {"templates/guide.md.j2"}
    return [(p.place.line, p.place.col, p.code, p.message.zh) for p in found]


def hint(text: str) -> str:
    (found,) = check({"guide.md.j2": text})
    return found.hint.zh if found.hint else ""


def test_an_original_has_no_problems() -> None:
    names = ("guide.md.j2", "brief.md.j2", "tasks.md.j2", "_parts.md.j2")
    assert check({name: marked(own_template(name) or "", "engine") for name in names}) == []


def test_unknown_names_are_found_at_every_depth_at_once() -> None:
    text = "{{ hospitl }} {{ pilot.nmae }}\n{{ fields.lod.value }}\n{% for r in roles %}{{ r.titel }}{% endfor %}"
    assert [(line, col, message) for line, col, _, message in told(text)] == [
        (1, 4, "模板用了不存在的名称“hospitl”"),
        (1, 24, "模板用了不存在的名称“nmae”"),
        (2, 11, "模板用了不存在的名称“lod”"),
        (3, 26, "模板用了不存在的名称“titel”"),
    ]
    assert hint("{{ fields.lod.value }}").startswith("是不是：load")
    assert hint("{{ records.zzz.title }}") == "这里有的名称：faults, rooms"


def test_what_stands_in_an_empty_table_is_tried_on_the_full_sample() -> None:
    (found,) = told("{% for e in evidence %}{{ e.nmae }}{% endfor %}")
    assert found == (1, 29, "template-name", "模板用了不存在的名称“nmae”")


def test_a_name_used_in_any_way_is_told_once() -> None:
    text = "{% set x = pilot.no %}{{ x }}{{ x + 1 }}{{ -x }}{{ x.y.z() }}{{ x < 2 }}{% if x %}{% endif %}{{ x | length }}{{ x == 1 }}{{ x | int }}"
    assert told(text) == [(1, 18, "template-name", "模板用了不存在的名称“no”")]


def test_asking_whether_a_name_is_there_is_no_mistake() -> None:
    assert told(
        "{% if pilot.no is defined %}{{ pilot.no }}{% endif %}{{ pilot.no | default('—') }}\n"
        "{{ fields.no.value | d('—') }}"
    ) == [(2, 11, "template-name", "模板用了不存在的名称“no”")]


def test_filters_and_tests_that_are_not_there_hide_nothing() -> None:
    assert told("{{ pilot.name | uper }}{{ pilot.nmae }}{% if 1 is strng %}{% endif %}") == [
        (1, 17, "template-name", "没有过滤器“uper”"),
        (1, 33, "template-name", "模板用了不存在的名称“nmae”"),
        (1, 51, "template-name", "没有判断“strng”"),
    ]


@pytest.mark.parametrize("text", ["{{ pilot.__class__ }}", "{{ [].__class__.__mro__ }}", "{{ pilot._x }}"])
def test_names_with_an_underscore_are_forbidden(text: str) -> None:
    assert {code for _, _, code, _ in told(text)} == {"template-forbidden"}


def test_what_fails_is_told_and_the_rest_tried() -> None:
    assert told("{{ 1 / 0 }}\n{{ 2 ** 9 }}\n{{ 'a' + 1 }}\n{{ pilot.nmae }}") == [
        (1, 1, "template-error", "模板这一行无法执行：division by zero"),
        (2, 1, "template-forbidden", "模板里不允许这样做：operator **"),
        (3, 1, "template-error", '模板这一行无法执行：can only concatenate str (not "int") to str'),
        (4, 10, "template-name", "模板用了不存在的名称“nmae”"),
    ]


def test_a_missing_part_is_told_and_the_rest_tried() -> None:
    found = check({"guide.md.j2": "{% include '_prts.md.j2' %}\n{{ pilot.nmae }}", "_part.md.j2": "x"})
    assert [(p.place.file, p.place.line, p.code) for p in found] == [
        ("templates/_part.md.j2", 1, "template-unused"),
        ("templates/guide.md.j2", 1, "template-missing"),
        ("templates/guide.md.j2", 2, "template-name"),
    ]
    assert found[1].hint is not None and "_part.md.j2" in found[1].hint.zh


def test_a_mistake_in_a_part_is_told_at_the_part() -> None:
    parts = (own_template("_parts.md.j2") or "").replace("{{ task.title }}", "{{ task.titel }}")
    (found,) = check({"_parts.md.j2": parts})
    assert (
        found.place.file == "templates/_parts.md.j2" and parts.splitlines()[found.place.line - 1].find("task.titel") > 0
    )


def test_syntax_is_told_at_its_line_with_what_is_needed() -> None:
    ((line, _, code, _),) = told("# 题\n{% for a in tasks %}\n{{ a.title }}\n")
    assert (line, code) == (3, "template-syntax")
    assert "endfor" in hint("{% if draft %}")
    assert "可以用的标签" in hint("{% whatever %}")


def test_a_template_nobody_uses_is_told_with_the_nearest_name() -> None:
    (found,) = check({"giude.md.j2": "# 题"})
    assert (found.code, found.severity) == ("template-unused", "warning")
    assert found.hint is not None and found.hint.zh == "是不是要叫 guide.md.j2？"


def test_a_copy_whose_original_has_changed_is_told() -> None:
    text = own_template("tasks.md.j2") or ""
    old = marked(text, "engine").replace(digest_of(text), "0" * 64)
    (found,) = check({"tasks.md.j2": old})
    assert (found.code, found.severity) == ("template-outdated", "warning")
    assert found.hint is not None and "playbook template copy tasks.md.j2 --from engine --force" in found.hint.zh
    assert check({"tasks.md.j2": marked(text, "engine") + "\n{{ pilot.name }}\n"}) == []
    (gone,) = check({"tasks.md.j2": marked(text, "elsewhere")})
    assert "已经没有了" in gone.message.zh


def test_a_problem_with_one_of_two_playbooks_names_it() -> None:
    documents = {"guide": Document("guide", "指南", "guide.md.j2")}
    subjects = {"a": subject(id="a"), "b": subject(id="b", documents=documents, fields={}, metrics={})}
    found = check_templates({"guide.md.j2": "{{ fields.load.value }}{{ pilot.nmae }}"}, subjects)
    assert [p.message.zh for p in found] == [
        "模板用了不存在的名称“load”（方案 b）",
        "模板用了不存在的名称“nmae”",
    ]


def test_a_paper_that_grows_without_end_is_stopped() -> None:
    text = "{% for a in range(99) %}{% for b in range(99) %}" + "。" * 300 + "{% endfor %}{% endfor %}"
    ((_, _, code, _),) = told(text)
    assert code == "template-error"
