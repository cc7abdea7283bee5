"""Variants: what merges, what is replaced, what is removed, and where each part came from."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build import GATE_KINDS
from engine.load.extends import find_path, merge
from engine.load.resolved import Resolved
from engine.source import parse
from tests.load.folder import BASE, OURS, codes, ours, problems, write


def data(folder: Path, rest: str) -> dict[str, Any]:
    return ours(folder, rest).bundle.data


def test_head_is_the_variant_s(tmp_path: Path) -> None:
    loaded = ours(tmp_path)
    assert (loaded.playbook.id, loaded.playbook.version, loaded.playbook.title) == ("ours", "2.0.0", "本院")
    assert "extends" not in loaded.bundle.data


def test_maps_merge_and_additions_come_last(tmp_path: Path) -> None:
    rest = "stages:\n  prepare:\n    tasks:\n      plan: {due: 5 workdays}\n      meet: {title: 开会, role: lead}\n"
    tasks = ours(tmp_path, rest).playbook.tasks
    assert list(tasks) == ["plan", "train", "meet"]
    assert (str(tasks["plan"].due and tasks["plan"].due.offset), tasks["plan"].title) == ("5 workdays", "写计划")


def test_lists_and_single_values_are_replaced(tmp_path: Path) -> None:
    rest = "roles: {lead: {duties: [管], title: 主任}}\nstages: {prepare: {tasks: {train: {needs: []}}}}\n"
    made = data(tmp_path, rest)
    assert made["roles"]["lead"] == {"title": "主任", "duties": ["管"]}
    assert made["stages"]["prepare"]["tasks"]["train"]["needs"] == []


def test_gate_items_merge_by_id_and_others_are_added(tmp_path: Path) -> None:
    rest = "stages: {prepare: {gate: [{id: enough, else: 还差一点}, {fields: [tier]}, {id: new, when: fields.score > 1, else: 零}]}}\n"
    gate = ours(tmp_path, rest).playbook.stages["prepare"].gate
    assert [(item.id, item.kind) for item in gate] == [
        ("enough", "when"),
        ("gate_2", "when"),
        ("gate_3", "roles"),
        ("gate_4", "fields"),
        ("new", "when"),
    ]
    assert gate[0].otherwise == "还差一点"
    assert str(gate[0].when) == "fields.score >= 90"


def test_gate_item_of_another_kind_replaces_the_condition(tmp_path: Path) -> None:
    rest = "stages: {prepare: {gate: [{id: enough, fields: [score]}]}}\n"
    item = ours(tmp_path, rest).playbook.stages["prepare"].gate[0]
    assert (item.kind, item.when, item.otherwise) == ("fields", None, "不够")


def test_items_without_an_id_keep_their_counted_id(tmp_path: Path) -> None:
    rest = "remove: [stages.prepare.gate.enough]\nstages: {prepare: {gate: [{id: gate_2, else: 请定档}, {fields: [tier]}]}}\n"
    gate = ours(tmp_path, rest).playbook.stages["prepare"].gate
    assert [item.id for item in gate] == ["gate_2", "gate_3", "gate_4"]
    assert gate[0].otherwise == "请定档"


def test_timers_and_starts_merge_by_id(tmp_path: Path) -> None:
    rest = "stages: {prepare: {after_time: [{id: timer_1, wait: 1 week}], starts: [{id: start_1, title: 换名}]}}\n"
    stage = ours(tmp_path, rest).playbook.stages["prepare"]
    assert (str(stage.timers[0].wait), stage.timers[0].to) == ("1 week", "stopped")
    assert (stage.starts[0].playbook, stage.starts[0].title) == ("other", "换名")


@pytest.mark.parametrize(
    ("dotted", "gone"),
    [
        ("stages.prepare.tasks.train", ("stages", "prepare", "tasks", "train")),
        ("roles.lead.duties", ("roles", "lead", "duties")),
        ("stages.prepare.starts", ("stages", "prepare", "starts")),
    ],
)
def test_remove(tmp_path: Path, dotted: str, gone: tuple[str, ...]) -> None:
    made: Any = data(
        tmp_path,
        f"remove: [{dotted}, roles.nurse, stages.prepare.tasks.train]\n".replace(
            f"{dotted}, roles.nurse, {dotted}", f"roles.nurse, {dotted}"
        ),
    )
    for step in gone[:-1]:
        made = made[step]
    assert gone[-1] not in made


def test_remove_items_of_lists(tmp_path: Path) -> None:
    rest = "remove: [stages.prepare.gate.gate_3, stages.prepare.after_time.timer_1, roles.lead.duties.写, stages.stopped]\n"
    made = data(tmp_path, rest)
    assert [item["id"] for item in made["stages"]["prepare"]["gate"]] == ["enough", "gate_2"]
    assert made["stages"]["prepare"]["after_time"] == []
    assert made["roles"]["lead"]["duties"] == ["做"]


def test_removing_and_writing_again_replaces(tmp_path: Path) -> None:
    rest = "remove: [stages.prepare.tasks.plan]\nstages: {prepare: {tasks: {plan: {title: 新, role: lead, sets: [score, tier]}}}}\n"
    task = ours(tmp_path, rest).playbook.tasks["plan"]
    assert (task.title, task.due) == ("新", None)


def test_unknown_path_to_remove(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, ours=OURS + "remove: [stages.prepare.task.plan, nothing]\n")
    found = problems(tmp_path / "ours.yaml")
    assert [(p.code, p.place.line, p.place.col) for p in found] == [("unknown-path", 5, 10), ("unknown-path", 5, 36)]
    assert found[0].hint is not None
    assert "stages.prepare.tasks" in found[0].hint.zh


def test_chain(tmp_path: Path) -> None:
    middle = "playbook: middle\nextends: base.yaml\nversion: 1.0.0\ntitle: 中\nroles: {lead: {help: 中}}\n"
    top = "playbook: top\nextends: middle\nversion: 1.0.0\ntitle: 顶\nroles: {nurse: {help: 顶}}\n"
    write(tmp_path, base=BASE, middle=middle, top=top)
    from engine.load import load

    loaded = load(tmp_path / "top.yaml")
    assert [loaded.playbook.roles[r].help for r in ("lead", "nurse")] == ["中", "顶"]
    assert set(loaded.bundle.sources) == {"base.yaml", "middle.yaml", "top.yaml"}
    assert Path(loaded.origins[("roles", "lead", "help")].file).name == "middle.yaml"


def test_origins(tmp_path: Path) -> None:
    rest = "stages: {prepare: {gate: [{id: gate_2, else: 请定档}]}}\n"
    loaded = ours(tmp_path, rest)
    gate = ("stages", "prepare", "gate")
    where = {path: (Path(p.file).name, p.line) for path, p in loaded.origins.items()}
    assert where[(*gate, 1, "else")] == ("ours.yaml", 5)
    assert where[(*gate, 1, "when")] == ("base.yaml", 18)
    assert where[("title",)] == ("ours.yaml", 4)
    assert where[("stages", "prepare")] == ("base.yaml", 11)
    assert len(loaded.origins) == len(where)


def test_problems_are_placed_where_they_were_written(tmp_path: Path) -> None:
    rest = "remove: [fields.score]\nstages: {prepare: {tasks: {train: {role: nrse}, meet: {title: 会}}}}\n"
    write(tmp_path, base=BASE, ours=OURS + rest)
    assert codes(tmp_path / "ours.yaml") == [("ours", "missing-key", 6, 49)]
    write(tmp_path, ours=OURS + rest.replace(", meet: {title: 会}", ""))
    assert codes(tmp_path / "ours.yaml") == [
        ("base", "unknown-field", 14, 73),
        ("base", "unknown-name", 17, 28),
        ("ours", "unknown-role", 6, 42),
    ]


def test_a_misspelt_id_in_a_variant(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, ours=OURS + "stages: {prepare: {tasks: {trian: {due: 1 day}}}}\n")
    hints = {p.hint.zh for p in problems(tmp_path / "ours.yaml") if p.hint}
    assert hints == {"如果是要改原方案里的，是不是 train？新增的要写全"}


def test_errors_in_the_base_are_reported_there(tmp_path: Path) -> None:
    write(tmp_path, base=BASE.replace("role: nurse", "role: nurze"), ours=OURS)
    assert codes(tmp_path / "ours.yaml") == [("base", "unknown-role", 15, 32)]
    write(tmp_path, base="a: [", ours=OURS + "nxt: 1\n")
    assert codes(tmp_path / "ours.yaml") == [("base", "yaml-bracket", 1, 4), ("ours", "unknown-key", 5, 1)]


def test_circle(tmp_path: Path) -> None:
    write(tmp_path, a=OURS.replace("base.yaml", "b"), b=OURS.replace("base.yaml", "a.yaml"))
    assert codes(tmp_path / "a.yaml") == [("b", "extends-circle", 2, 10)]


def test_extends_itself(tmp_path: Path) -> None:
    write(tmp_path, a=OURS.replace("base.yaml", "a.yaml"))
    assert codes(tmp_path / "a.yaml") == [("a", "extends-circle", 2, 10)]


@pytest.mark.parametrize("value", ["../../../etc/passwd.yaml", "/etc/passwd.yaml", "../outside.yaml"])
def test_no_base_outside_the_folder(tmp_path: Path, value: str) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path, outside=BASE)
    write(tmp_path / "in", ours=OURS.replace("base.yaml", value))
    assert codes(tmp_path / "in" / "ours.yaml") == [("ours", "outside-folder", 2, 10)]


def test_unknown_base(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, ours=OURS.replace("base.yaml", "bsae"))
    (problem,) = problems(tmp_path / "ours.yaml")
    assert problem.code == "unknown-playbook"
    assert problem.hint is not None
    assert "base" in problem.hint.zh


@pytest.mark.parametrize("value", ["5", "[a]", "", "{}"])
def test_extends_that_is_no_text(tmp_path: Path, value: str) -> None:
    write(tmp_path, ours=OURS.replace("base.yaml", value))
    assert {line for _, _, line, _ in codes(tmp_path / "ours.yaml")} == {2}


@pytest.mark.parametrize(
    "rest", ["stages: []\n", "stages: {prepare: 5}\n", "remove: x\n", "remove: [5]\n", "roles: {lead: [a]}\n"]
)
def test_a_variant_of_the_wrong_form_is_still_merged(tmp_path: Path, rest: str) -> None:
    write(tmp_path, base=BASE, ours=OURS + rest)
    assert {(name, line) for name, _, line, _ in codes(tmp_path / "ours.yaml")} == {("ours", 5)}


def test_find_path() -> None:
    tree = parse(BASE, "f").data
    assert find_path(tree, "stages.prepare.gate.gate_2.else") == ("stages", "prepare", "gate", 1, "else")
    assert find_path(tree, "roles.lead.duties.做") == ("roles", "lead", "duties", 1)
    assert find_path(tree, "roles.lead.nothing") is None
    assert find_path(tree, "title.x") is None


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.sampled_from(["x", "enough"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["gate", "id", "tasks", "a", "starts", *GATE_KINDS]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["a", "gate", "stages", "b"]), _JSON),
    st.dictionaries(st.sampled_from(["a", "gate", "stages", "remove"]), _JSON),
)
def test_merging_anything_never_fails_and_origins_cover_it(base: dict[str, Any], over: dict[str, Any]) -> None:
    import json

    one, two = parse(json.dumps(base), "base"), parse(json.dumps(over), "over")
    resolved, _ = merge(Resolved(one.data, one, None, (one,)), two)

    def check(value: Any, path: tuple[str | int, ...]) -> None:
        if not (path and path[-1] == "id"):
            assert resolved.origin_of(path) is not None, path
        if isinstance(value, dict):
            for key, inner in value.items():
                check(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                check(inner, (*path, index))

    check(resolved.data, ())
    for key, value in two.data.items():
        if key != "remove" and not isinstance(value, dict | list):
            assert resolved.data[key] == value
