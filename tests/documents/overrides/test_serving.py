"""Which template serves which paper."""

from engine.documents.environment import own_template
from engine.documents.overrides.serving import Serving, originals, servings
from engine.model import Document
from tests.documents.overrides.shelf import shelf

OWN = {"x": Document("x", "单子", "x.md.j2")}


def test_the_engine_s_own_speak_both_languages() -> None:
    found = list(servings(shelf(documents={}), {}))
    assert found[:2] == [
        Serving("guide", "zh", "guide.md.j2", "engine"),
        Serving("guide", "en", "guide.md.j2", "engine"),
    ]
    assert [one.document for one in found[::2]] == ["guide", "brief", "tasks"]


def test_a_playbook_s_own_speaks_its_language_unless_there_is_a_variant() -> None:
    found = [one for one in servings(shelf({"x.md.j2": "x"}, documents=OWN), {}) if one.document == "x"]
    assert found == [Serving("x", "zh", "x.md.j2", "playbook")]
    both = {"x.md.j2": "x", "x.en.md.j2": "x"}
    found = [one for one in servings(shelf(both, documents=OWN), {}) if one.document == "x"]
    assert found == [Serving("x", "zh", "x.md.j2", "playbook"), Serving("x", "en", "x.en.md.j2", "playbook")]


def test_the_workspace_comes_first() -> None:
    found = {
        one.document: one.source
        for one in servings(shelf({"x.md.j2": "x"}, documents=OWN), {"x.md.j2": "y", "tasks.md.j2": "z"})
    }
    assert found == {"x": "workspace", "guide": "engine", "brief": "engine", "tasks": "workspace"}


def test_a_template_that_is_nowhere_is_told() -> None:
    assert next(servings(shelf(documents=OWN), {})) == Serving("x", "zh", "x.md.j2", "missing")


def test_originals_of_a_name_playbooks_first() -> None:
    shelves = {"a": shelf({"guide.md.j2": "甲"}), "b": shelf()}
    assert originals("guide.md.j2", shelves) == {"a": "甲", "engine": own_template("guide.md.j2")}
    assert originals("none.md.j2", shelves) == {}
