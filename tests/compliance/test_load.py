"""Packs are read whole, and every problem is told at its place."""

from pathlib import Path

import pytest

from engine.compliance import load_pack
from engine.compliance.load import find_pack, known_packs
from engine.errors import PlaybookError, UserError, render
from tests.compliance.packs import pack_text, written


def problems(path: str) -> list[str]:
    with pytest.raises(PlaybookError) as caught:
        load_pack(path)
    return [f"{p.place.line}:{p.place.col} {p.code}" for p in caught.value.problems]


def test_all_problems_at_once_with_their_places(tmp_path: Path) -> None:
    text = pack_text(
        "    find: ['a*', {find: '{nothing}'}, '(甲']\n    lifts: [nowhere]\n",
        head="classes: {bad: '(乙'}\n",
    )
    assert problems(written(tmp_path, text)) == [
        "3:16 bad-pattern",
        "5:3 unknown-context",
        "12:12 bad-pattern",
        "12:25 bad-pattern",
        "12:39 bad-pattern",
    ]


def test_unknown_key(tmp_path: Path) -> None:
    assert problems(written(tmp_path, pack_text("    fnd: [a]\n"))) == ["11:5 unknown-key"]


def test_missing_keys_stand_at_their_rule(tmp_path: Path) -> None:
    found = problems(written(tmp_path, "pack: p\ntitle: t\nrules:\n  X-ONE-01: {title: t}\n"))
    assert [f.split()[1] for f in found] == ["missing-key"] * 4
    assert all(f.startswith("4:") for f in found)


def test_unknown_fact_and_value(tmp_path: Path) -> None:
    text = (
        "pack: p\ntitle: t\nconditions:\n  X-ONE-01:\n    title: t\n    severity: warn\n"
        "    basis: [{law: l, articles: a, in_force: 2021-01-01}]\n    explanation: e\n    rewrite: r\n"
        "    when: [{has_cse: true}, {has_case: past}]\n"
    )
    assert [p.split()[1] for p in problems(written(tmp_path, text))] == ["not-allowed", "unknown-fact"]


def test_a_problem_shows_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, pack_text("    find: ['a*']\n"))
    with pytest.raises(PlaybookError) as caught:
        load_pack(path)
    shown = render(caught.value.problems, caught.value.texts)
    assert shown[1] == "11 |     find: ['a*']"


def test_shipped_pack_is_complete() -> None:
    pack = load_pack()
    assert pack.id == "medical-ads"
    assert len(pack.rules) == 28
    assert len([r for r in pack.rules if r.severity == "block"]) == 18
    for rule in (*pack.rules, *pack.conditions):
        assert rule.basis and all(b.law and b.articles and b.in_force for b in rule.basis)
        assert rule.words.explanation and rule.words.rewrite
        assert rule.en != rule.words, rule.id
        assert rule.statutory or rule.severity == "warn"


def test_pack_of_the_workspace_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "playbooks" / "compliance"
    folder.mkdir(parents=True)
    written(folder, pack_text())
    assert find_pack("small", tmp_path) == folder / "small.yaml"
    assert {"small", "medical-ads"} <= set(known_packs(tmp_path))
    assert load_pack("small", tmp_path).id == "small"


def test_unknown_pack() -> None:
    with pytest.raises(UserError) as caught:
        load_pack("nothing")
    assert caught.value.code == "unknown-pack"


def test_shipped_packs_pass_the_checks_that_reading_them_leaves_out() -> None:
    from engine.compliance.load import _load, known_packs

    for path in known_packs().values():
        assert _load(path, None) == _load(path, None, checked=True)
