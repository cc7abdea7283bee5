"""What a template looked at is known, whatever it did with it."""

from __future__ import annotations

from typing import Any

from engine.documents.environment import render_template
from engine.documents.tracing import Trace
from engine.documents.views import Named, protect

DATA: dict[str, Any] = protect(
    {
        "hospital": "示范院",
        "fields": Named({"spend": {"id": "spend", "value": "86,000元", "empty": False}}),
        "roles": Named(
            {"lead": {"id": "lead", "people": ["王蕾", "李文"]}, "nurse": {"id": "nurse", "people": ["王蕾"]}}
        ),
        "moves": [{"day": "3月2日", "back": True}, {"day": "3月9日", "back": False}],
    }
)


def seen(template: str) -> dict[str, str]:
    trace = Trace(DATA)
    render_template("x.md.j2", {"x.md.j2": template}, DATA, "zh", trace)
    return {".".join(path): text for path, text in trace.seen.items()}


def test_a_value_is_known_by_its_path_through_attribute_item_and_filter() -> None:
    for template in (
        "{{ fields.spend.value }}",
        '{{ fields["spend"]["value"] }}',
        "{{ fields.spend.value | replace('元', '') }}",
    ):
        assert seen(template)["fields.spend.value"] == "86,000元"


def test_a_loop_a_map_and_a_join_are_listened_to() -> None:
    assert seen("{% for m in moves if m.back %}{{ m.day }}{% endfor %}")["moves.0.day"] == "3月2日"
    assert seen("{{ moves | map(attribute='day') | join }}")["moves.1.day"] == "3月9日"
    assert seen("{{ roles.lead.people | join('、') }}")["roles.lead.people.1"] == "李文"


def test_names_of_the_top_level_are_always_known() -> None:
    assert seen("{{ hospital }}")["hospital"] == "示范院"


def test_what_is_not_looked_at_and_flags_are_not_there() -> None:
    assert set(seen("{% if not fields.spend.empty %}x{% endif %}")) == {"hospital"}


def test_a_length_is_known_by_its_list_and_a_picked_one_by_what_was_picked() -> None:
    assert seen("{{ moves | length }}")["moves.length"] == "2"
    trace = Trace(DATA)
    template = "{{ roles | map(attribute='people') | sum(start=[]) | unique | list | length }}"
    render_template("x.md.j2", {"x.md.j2": template}, DATA, "zh", trace)
    ((path, behind),) = trace.behind.items()
    assert trace.seen[path] == "2"
    assert {p[:2] for p in behind} == {("roles", "lead"), ("roles", "nurse")}


def test_without_a_trace_nothing_is_different() -> None:
    template = "{{ fields.spend.value }} {{ moves | length }} {{ roles.lead.people | join('、') }}"
    given = {"x.md.j2": template}
    assert render_template("x.md.j2", given, DATA, "zh") == render_template("x.md.j2", given, DATA, "zh", Trace(DATA))
