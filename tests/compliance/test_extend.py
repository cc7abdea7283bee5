"""A hospital's own pack adds and tightens; what loosens a statutory block is refused at its place."""

from pathlib import Path

import pytest

from engine.compliance import load_pack, scan
from engine.errors import PlaybookError
from tests.compliance.packs import pack_text, written

BASE = pack_text(
    "    find: ['{w}甲']\n    lifts: [no]\n"
    "  X-TWO-01:\n    title: 二\n    severity: warn\n"
    "    basis: [{law: 某法, articles: 第二条, in_force: 2021-01-01}]\n"
    "    explanation: 说明\n    rewrite: 改法\n    find: [己]\n",
    head="classes: {w: 好 优, nos: 不 非}\ncontexts:\n  no:\n    - {where: before, find: ['{nos}']}\n",
)
HEAD = "pack: mine\ntitle: 本院\nextends: small.yaml\n"


def made(folder: Path, body: str):
    written(folder, BASE)
    return load_pack(written(folder, HEAD + body, "mine.yaml"))


def refused(folder: Path, body: str) -> list[tuple[int, str]]:
    with pytest.raises(PlaybookError) as caught:
        made(folder, body)
    assert all(p.place.file.endswith("mine.yaml") for p in caught.value.problems)
    return [(p.place.line, p.code) for p in caught.value.problems]


def test_adds_patterns_words_and_rules(tmp_path: Path) -> None:
    pack = made(
        tmp_path,
        "classes: {w: 棒}\nrules:\n  X-ONE-01: {find: [乙]}\n  X-TWO-01: {severity: block}\n"
        "  X-NEW-01:\n    title: 新\n    severity: block\n"
        "    basis: [{law: 某法, articles: 第三条, in_force: 2021-01-01}]\n"
        "    explanation: 说明\n    rewrite: 改法\n    find: [丙]\n",
    )
    found = {(f.rule, f.text, f.severity) for f in scan(pack, "棒甲。优甲。乙。己。丙", "ad")}
    assert found == {
        ("X-ONE-01", "棒甲", "block"),
        ("X-ONE-01", "优甲", "block"),
        ("X-ONE-01", "乙", "block"),
        ("X-TWO-01", "己", "block"),
        ("X-NEW-01", "丙", "block"),
    }
    assert pack.id == "mine"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("remove: [X-ONE-01]\n", 4),
        ("rules:\n  X-ONE-01: {severity: warn}\n", 5),
        ("rules:\n  X-ONE-01: {statutory: false}\n", 5),
        ("rules:\n  X-ONE-01: {channels: [ad]}\n", 5),
        ("rules:\n  X-ONE-01: {purposes: [training]}\n", 5),
        ("rules:\n  X-ONE-01: {exempt: [甲]}\n", 5),
        ("rules:\n  X-ONE-01: {evidence: [甲]}\n", 5),
        ("rules:\n  X-ONE-01: {lifts: ['no']}\n", 5),
        ("classes:\n  nos: 绝\n", 5),
        ("contexts:\n  no:\n    - {where: sentence, find: [甲]}\n", 5),
        ("examples: [甲]\n", 4),
    ],
)
def test_loosening_a_statutory_block_is_refused(tmp_path: Path, body: str, line: int) -> None:
    assert refused(tmp_path, body) == [(line, "loosens-statutory")]


def test_all_loosenings_at_once(tmp_path: Path) -> None:
    body = "remove: [X-ONE-01]\nrules:\n  X-ONE-01: {severity: warn, exempt: [甲]}\n"
    assert refused(tmp_path, body) == [(4, "loosens-statutory"), (6, "loosens-statutory"), (6, "loosens-statutory")]


def test_warnings_may_be_left_out(tmp_path: Path) -> None:
    assert [r.id for r in made(tmp_path, "remove: [X-TWO-01]\n").rules] == ["X-ONE-01"]
    assert refused(tmp_path, "remove: [X-OEN-01]\n") == [(4, "unknown-path")]


def test_problem_in_an_added_pattern_stands_in_the_variant(tmp_path: Path) -> None:
    assert refused(tmp_path, "rules:\n  X-ONE-01:\n    find:\n      - 'a*'\n") == [(7, "bad-pattern")]


def test_unknown_base(tmp_path: Path) -> None:
    path = written(tmp_path, "pack: mine\ntitle: t\nextends: nothing\n", "mine.yaml")
    with pytest.raises(PlaybookError) as caught:
        load_pack(path)
    assert [(p.place.line, p.code) for p in caught.value.problems] == [(3, "unknown-base")]


def test_shipped_pack_can_be_extended(tmp_path: Path) -> None:
    body = "pack: mine\ntitle: 本院\nextends: medical-ads\nrules:\n  MED-EFF-01: {find: [包您看好]}\n"
    pack = load_pack(written(tmp_path, body, "mine.yaml"))
    assert "MED-EFF-01" in {f.rule for f in scan(pack, "包您看好", "self_media")}
