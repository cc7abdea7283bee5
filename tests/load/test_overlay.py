"""Overlays: texts in another language, checked against the playbook."""

from pathlib import Path

import pytest

from engine.load import load
from engine.load.overlay import overlay_files
from tests.load.folder import BASE, OURS, codes, write

HEAD = "overlay: base\nlanguage: en\n"


def overlays(folder: Path, text: str, name: str = "base") -> dict[str, dict[str, str]]:
    write(folder, base=BASE, base__en=HEAD + text)
    return load(folder / f"{name}.yaml").bundle.overlays


def test_texts_by_dotted_path(tmp_path: Path) -> None:
    text = """\
title: Base
roles: {lead: {title: Lead, duties: [write, do]}}
fields: {tier: {options: {first: First}}}
stages:
  prepare:
    help: more about it
    tasks: {plan: {title: Plan}}
    gate: [{id: enough, else: not enough}, {id: gate_3, fix: assign them}]
    after_time: [{id: timer_1, title: late}]
    starts: [{id: start_1, title: Child}]
"""
    assert overlays(tmp_path, text) == {
        "en": {
            "title": "Base",
            "roles.lead.title": "Lead",
            "roles.lead.duties.0": "write",
            "roles.lead.duties.1": "do",
            "fields.tier.options.first": "First",
            "stages.prepare.help": "more about it",
            "stages.prepare.tasks.plan.title": "Plan",
            "stages.prepare.gate.enough.else": "not enough",
            "stages.prepare.gate.gate_3.fix": "assign them",
            "stages.prepare.after_time.timer_1.title": "late",
            "stages.prepare.starts.start_1.title": "Child",
        }
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roles: {laed: {title: x}}", ("unknown-path", 3, 9)),
        ("fields: {score: {options: {a: b}}}", ("unknown-path", 3, 18)),
        ("fields: {tier: {options: {third: x}}}", ("unknown-path", 3, 27)),
        ("roles: {lead: {duties: [one]}}", ("unknown-path", 3, 16)),
        ("stages: {prepare: {gate: [{id: enuogh, else: x}]}}", ("unknown-path", 3, 32)),
        ("stages: {prepare: {next: done}}", ("unknown-key", 3, 20)),
        ("title: 5", ("wrong-type", 3, 8)),
        ("stages: {prepare: {gate: [{else: x}]}}", ("missing-key", 3, 27)),
    ],
)
def test_problems_at_their_place(tmp_path: Path, text: str, expected: tuple[str, int, int]) -> None:
    write(tmp_path, base=BASE, base__en=HEAD + text)
    assert codes(tmp_path / "base.yaml") == [("base.en", *expected)]


def test_wrong_playbook_and_language(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, base__en="overlay: other\nlanguage: fr\n")
    assert codes(tmp_path / "base.yaml") == [("base.en", "wrong-overlay", 1, 10), ("base.en", "wrong-overlay", 2, 11)]


def test_unreadable_overlay(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, base__en="a: [")
    assert codes(tmp_path / "base.yaml") == [("base.en", "yaml-bracket", 1, 4)]


def test_problems_of_playbook_and_overlay_together(tmp_path: Path) -> None:
    write(tmp_path, base=BASE.replace("role: nurse", "role: nurze"), base__en=HEAD + "purpos: x")
    assert [(name, code) for name, code, _, _ in codes(tmp_path / "base.yaml")] == [
        ("base.en", "unknown-key"),
        ("base", "unknown-role"),
    ]


def test_a_variant_keeps_the_translation_of_what_it_did_not_change(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, base__en=HEAD + "title: Base\nroles: {lead: {title: Lead}, nurse: {title: Nurse}}\n")
    write(tmp_path, ours=OURS + "roles: {nurse: {title: 护士长}}\n")
    found = load(tmp_path / "ours.yaml").bundle.overlays
    assert found == {"en": {"roles.lead.title": "Lead"}}
    write(tmp_path, ours__en="overlay: ours\nlanguage: en\ntitle: Ours\n")
    assert load(tmp_path / "ours.yaml").bundle.overlays == {"en": {"roles.lead.title": "Lead", "title": "Ours"}}


def test_language_of_the_loaded_playbook(tmp_path: Path) -> None:
    overlays(tmp_path, "title: Base")
    assert load(tmp_path / "base.yaml").playbook.title == "原方案"
    assert load(tmp_path / "base.yaml", language="en").playbook.title == "Base"
    assert load(tmp_path / "base.yaml", language="zh").playbook.title == "原方案"


def test_which_files_are_overlays(tmp_path: Path) -> None:
    write(tmp_path, base="", base__en="", base__scenarios="", other__en="")
    (tmp_path / "base.zh-TW.yaml").touch()
    assert [tag for tag, _ in overlay_files(tmp_path / "base.yaml")] == ["en", "zh-TW"]
