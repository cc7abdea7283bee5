"""The mark of a copy."""

from engine.documents.environment import render_template
from engine.documents.overrides.origin import Origin, digest_of, marked, origin_of


def test_a_copy_knows_where_it_comes_from() -> None:
    assert origin_of(marked("# 题\n", "four-step-pilot")) == Origin(
        "four-step-pilot", digest_of("# 题\n"), changed=False
    )


def test_a_changed_copy_is_known_as_changed() -> None:
    found = origin_of(marked("# 题\n", "engine") + "多一行\n")
    assert found == Origin("engine", digest_of("# 题\n"), changed=True)


def test_a_template_without_a_mark_comes_from_nowhere() -> None:
    assert origin_of("# 题\n") is None
    assert origin_of("\n" + marked("# 题\n", "engine")) is None


def test_the_mark_prints_nothing() -> None:
    text = "# 题\n\n{{ 1 + 1 }}\n"
    assert render_template("x.md.j2", {"x.md.j2": marked(text, "engine")}, {}, "zh") == render_template(
        "x.md.j2", {"x.md.j2": text}, {}, "zh"
    )
