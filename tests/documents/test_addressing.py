"""Which papers can be for one department or one role: read off their templates."""

from __future__ import annotations

import pytest

from engine.documents.addressing import addressed, can_be_for
from engine.documents.more import NOTHING_MORE, More
from engine.errors import UserError
from engine.model import Document
from tests.documents import sample

BOOK = sample.book()
ROLE = next(iter(BOOK.roles))
TEMPLATES = {
    "plain.md.j2": "{{ pilot.name }}",
    "direct.md.j2": "{{ receiving.department }}",
    "through.md.j2": '{% import "_to.md.j2" as to with context %}{{ to.whom() }}',
    "_to.md.j2": "{% macro whom() %}{{ receiving.department }}{% endmacro %}",
    "said.md.j2": "receiving only_role",
    "set.md.j2": "{% set receiving = 1 %}",
    "role.of.md.j2": "{{ only_role.title }}",
    "broken.md.j2": "{{ receiving",
}


def document(template: str, **changes: object) -> Document:
    return Document("one", "一封信", template, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "department", "role"),
    [
        ("plain.md.j2", False, False),
        ("direct.md.j2", True, False),
        ("through.md.j2", True, False),
        ("said.md.j2", False, False),
        ("set.md.j2", False, False),
        ("role.of.md.j2", False, True),
        ("broken.md.j2", True, True),
        ("missing.md.j2", False, False),
    ],
)
def test_the_template_says_whom_it_can_be_for(template: str, department: bool, role: bool) -> None:
    found = tuple(can_be_for(whom, document(template), TEMPLATES, "zh") for whom in ("department", "role"))
    assert found == (department, role)


def test_every_playbooks_guide_is_for_departments_and_roles() -> None:
    guide = Document("guide", "指南", "guide.md.j2")
    assert can_be_for("department", guide, {}, "zh") and can_be_for("role", guide, {}, "zh")


def test_nobody_changes_nothing() -> None:
    one = document("plain.md.j2")
    assert addressed(BOOK, one, NOTHING_MORE, TEMPLATES, "zh") is one


def test_the_title_names_whom_it_is_for_and_the_limits_of_the_whole_fall_for_a_role() -> None:
    letter = addressed(BOOK, document("direct.md.j2", max_pages=1), More(department="眼科"), TEMPLATES, "zh")
    assert (letter.title, letter.max_pages) == ("一封信（眼科）", 1)
    chapter = addressed(BOOK, document("role.of.md.j2", max_pages=1), More(role=ROLE), TEMPLATES, "en")
    assert (chapter.title, chapter.max_pages) == (f"一封信 ({BOOK.roles[ROLE].title})", None)
    assert chapter.template == "role.of.md.j2"
    guide = Document("guide", "指南", "guide.md.j2")
    assert addressed(BOOK, guide, More(role=ROLE), {}, "zh").template == "role.md.j2"


def test_what_can_be_for_one_is_named_when_another_is_refused() -> None:
    with pytest.raises(UserError) as error:
        addressed(BOOK, document("plain.md.j2"), More(department="眼科"), TEMPLATES, "zh")
    assert error.value.code == "not-for-one" and "guide" in str(error.value.hint)
