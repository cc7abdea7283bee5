"""What changed between two versions, by id and in people's words."""

from __future__ import annotations

import pytest

from engine.analysis.diff import Change, compare
from tests.process.world import BAKERY, book_of


def changes(*edits: tuple[str, str]) -> tuple[Change, ...]:
    text = BAKERY
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return compare(book_of(), book_of(text))


def test_nothing_changed() -> None:
    assert changes() == ()


@pytest.mark.parametrize(
    ("old", "new", "path", "kind"),
    [
        ("title: 找铺面", "title: 找门面", "tasks.find_place", "changed"),
        ("due: 5 workdays", "due: 8 workdays", "tasks.find_place", "changed"),
        ("fields.rent <= 20000", "fields.rent <= 30000", "stages.prepare.gate.cheap", "changed"),
        ("count: 1..2", "count: 1..3", "roles.baker", "changed"),
        ("max_words: 100", "max_words: 90", "documents.menu", "changed"),
        ("  story: {title: 店铺故事, type: text}\n", "", "fields.story", "removed"),
        ("  rent: {", "  deposit: {title: 押金, type: money}\n  rent: {", "fields.deposit", "added"),
        ("wait: 30 workdays", "wait: 20 workdays", "stages.bake", "changed"),
    ],
)
def test_each_change_is_told_with_its_path(old: str, new: str, path: str, kind: str) -> None:
    found = changes((old, new))
    assert [c.kind for c in found] == [kind] and found[0].path.startswith(path)
    line = found[0].line()
    assert line.zh and line.en
    assert set(found[0].as_dict()) == {"kind", "path", "what", "part", "old", "new"}


def test_old_and_new_values_are_shown_as_people_read_them() -> None:
    (found,) = changes(("due: 5 workdays", "due: 8 workdays"))
    assert found.old is not None and found.new is not None
    assert "5个工作日" in found.old.zh and "8" in found.new.en and "workdays" in found.new.en
