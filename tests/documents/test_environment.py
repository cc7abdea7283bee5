"""Templates run in a sandbox, print text as text, and report mistakes at file and line with the names that exist."""

from typing import Any

import pytest

from engine.documents.environment import find_template, render_template
from engine.documents.views import Named, protect
from engine.errors import PlaybookError, Problem


def render(text: str, **values: Any) -> str:
    return render_template("x.md.j2", {"x.md.j2": text}, protect(values), "zh")


def problem(text: str, **values: Any) -> Problem:
    with pytest.raises(PlaybookError) as caught:
        render(text, **values)
    (found,) = caught.value.problems
    assert found.place.file == "templates/x.md.j2"
    return found


@pytest.mark.parametrize("value", ["{{7*7}}", "<script>", "a|b", "*b*", "[x](y)", "# t", "- [ ] t"])
@pytest.mark.parametrize(
    "template",
    [
        "{{ v }}",
        "{{ [v, v] | join('、') }}",
        "{{ '' ~ v ~ m() }}{% macro m() %}{% endmacro %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(v) }}",
        "{% set w %}{{ v }}{% endset %}{{ w }}",
        "{{ v | upper | lower }}",
        "{{ v | replace('zzz', 'y') }}",
    ],
)
def test_values_come_out_escaped(template: str, value: str) -> None:
    from engine.documents.markdown import parser, plain

    template = "{% macro m() %}{% endmacro %}" + template if "~ m()" in template else template
    tokens = parser().parse(render(template, v=value))
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert plain(tokens[1].children or ()) in (value, value.lower(), f"{value}、{value}")


def test_unknown_top_level_name_is_found_before_rendering() -> None:
    found = problem("一行\n{% if false %}{{ hospitl }}{% endif %}", hospital="甲")
    assert (found.place.line, found.place.col, found.code) == (2, 18, "template-name")
    assert found.hint is not None and "hospital" in found.hint.zh


def test_all_unknown_names_are_reported_at_once() -> None:
    with pytest.raises(PlaybookError) as caught:
        render("{{ one }}\n{{ two }} {{ three }}")
    assert [(p.place.line, p.place.col) for p in caught.value.problems] == [(1, 4), (2, 4), (2, 14)]


def test_a_name_set_in_a_branch_is_known() -> None:
    assert render("{% if true %}{% set a = 'x' %}{% for b in 'y' %}{{ a }}{{ b }}{% endfor %}{% endif %}") == "xy"
    assert problem("{% if false %}{% set a = 1 %}{% endif %}{{ a }}").code == "template-name"


def test_unknown_field_names_its_neighbours() -> None:
    fields = Named({"spend": {"value": "1"}, "service": {"value": "2"}})
    found = problem("一\n\n{{ fields.spendd.value }}", fields=fields)
    assert (found.place.line, found.place.col) == (3, 11)
    assert found.hint is not None and "spend" in found.hint.zh
    assert problem("{{ fields.spend.valu }}", fields=fields).place.col == 17


def test_error_inside_an_included_template_points_into_it() -> None:
    given = {"x.md.j2": "{% include 'part.md.j2' %}", "part.md.j2": "一\n{{ a.b }}"}
    with pytest.raises(PlaybookError) as caught:
        render_template("x.md.j2", given, {"a": {"c": 1}}, "zh")
    assert str(caught.value.problems[0].place) == "templates/part.md.j2:2:6"


def test_syntax_error_has_its_line() -> None:
    found = problem("一\n二\n{% for x in %}")
    assert (found.code, found.place.line, found.place.col) == ("template-syntax", 3, 1)


def test_unknown_filter_is_a_syntax_problem() -> None:
    assert problem("{{ 'a' | safe }}").code == "template-syntax"
    assert problem("{{ '%9d' | format(1) }}").code == "template-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "{{ v.__class__ }}",
        "{{ v.__class__.__mro__ }}",
        "{{ v['__class__'] }}",
        "{{ need.__globals__ }}",
        "{{ need._secret }}",
        "{{ 'a' * 1000000 }}",
        "{{ 2 ** 99 }}",
        "{{ '{0.__class__}'.format(v) }}",
        "{{ data.update({'a': 2}) }}",
        "{{ fields._items }}",
    ],
)
def test_what_a_template_may_not_do(text: str) -> None:
    found = problem(text, v="甲", need=lambda: "", data={"a": 1}, fields=Named({}))
    assert found.code in ("template-forbidden", "template-name")


def test_missing_template_and_include_are_problems() -> None:
    with pytest.raises(PlaybookError) as caught:
        render_template("no.md.j2", {}, {}, "zh")
    assert caught.value.problems[0].code == "template-missing"
    assert problem("{% include 'no.md.j2' %}").code == "template-missing"
    assert problem("{% include '../../etc/passwd' %}").code == "template-missing"


def test_structures_are_not_printed() -> None:
    assert problem("{{ a }}", a={"b": 1}).code == "template-error"


def test_a_paper_that_grows_without_end_is_stopped() -> None:
    loops = "{% for a in range(100) %}" * 4 + "0123456789" * 20 + "{% endfor %}" * 4
    assert problem(loops).code == "template-error"


def test_a_field_may_be_called_like_a_method() -> None:
    assert (
        render(
            "{{ data.items }} {{ fields.values.value }}",
            data={"items": "甲"},
            fields=Named({"values": {"value": "乙"}}),
        )
        == "甲 乙"
    )


def test_sentence_ends_with_one_full_stop() -> None:
    assert render("{{ a | sentence }}{{ b | sentence }}{{ '' | sentence }}", a="甲", b="乙。") == "甲。乙。"
    given = {"x.md.j2": "{{ a | sentence }}{{ b | sentence }}"}
    assert render_template("x.md.j2", given, {"a": "Done", "b": "做完了"}, "en") == "Done.做完了。"


def test_language_chooses_the_words_and_the_template() -> None:
    given = {"x.md.j2": "{{ t('中', 'En') }}", "y.md.j2": "中", "y.en.md.j2": "English"}
    assert render_template("x.md.j2", given, {}, "en") == "En"
    assert render_template("y.md.j2", given, {}, "en") == "English"
    assert render_template("y.md.j2", given, {}, "zh") == "中"


def test_the_hospitals_template_comes_before_the_engines() -> None:
    own = find_template("tasks.md.j2", {}, "zh")
    assert own is not None and own.file == "engine/documents/templates/tasks.md.j2"
    theirs = find_template("tasks.md.j2", {"tasks.md.j2": "本院"}, "zh")
    assert theirs is not None and theirs.text == "本院"


def test_a_counter_of_an_imported_template_is_new_in_every_paper() -> None:
    given = {
        "a.md.j2": '{% import "b.md.j2" as b %}{{ b.next() }}{{ b.next() }}',
        "b.md.j2": "{% set n = namespace(v=0) %}{% macro next() %}{% set n.v = n.v + 1 %}{{ n.v }}{% endmacro %}",
    }
    assert [render_template("a.md.j2", given, {}, "zh") for _ in range(2)] == ["12", "12"]


def test_a_template_is_compiled_once_and_anew_when_its_text_or_language_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from engine.documents import environment

    def twice(text: str) -> list[str]:
        return [render_template("a.md.j2", {"a.md.j2": text}, {}, language) for language in ("zh", "en")]

    assert twice("{{ '甲' | sentence }}{{ 'b' | sentence }}") == ["甲。b。", "甲。b."]
    assert twice("{{ 'b' | sentence }}") == ["b。", "b."]
    monkeypatch.setattr(environment._Sandbox, "_generate", None)  # nothing is left to compile
    assert twice("{{ '甲' | sentence }}{{ 'b' | sentence }}") == ["甲。b。", "甲。b."]


def test_a_date_of_a_table_can_stand_in_a_sentence() -> None:
    assert render("{{ a | day }}{{ b | day }}", a="2026-04-05", b="待定") == "2026年4月5日待定"
