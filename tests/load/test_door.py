"""Loading a playbook: everything at once, and one clear line for what is no playbook."""

from pathlib import Path

import pytest

from engine.errors import PlaybookError, UserError
from engine.load import load
from tests.load.folder import BASE, codes, problems, write

UNSUPPLIED = "  budget: {title: 预算, type: money, required: true}\nstages:\n"


def test_a_good_playbook(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, base=BASE) / "base.yaml")
    assert (loaded.playbook.id, loaded.warnings) == ("base", ())
    assert list(loaded.texts) == [str(tmp_path / "base.yaml")]
    assert loaded.origins[("stages", "prepare", "gate", 0)].line == 17


def test_by_id() -> None:
    assert load("four-step-pilot").playbook.id == "four-step-pilot"
    with pytest.raises(UserError):
        load("no-such-thing")


def test_form_and_references_are_reported_together(tmp_path: Path) -> None:
    text = BASE.replace("title: 写计划, role: lead", "role: led").replace("needs: [plan]", "needs: [paln]")
    write(tmp_path, base=text.replace("version: 1.0.0", "version: 1"))
    assert [(code, line) for _, code, line, _ in codes(tmp_path / "base.yaml")] == [
        ("wrong-type", 2),
        ("missing-key", 14),
        ("unknown-role", 14),
        ("unknown-task", 15),
    ]


def test_warnings_do_not_stop_it(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, base=BASE.replace("stages:\n", UNSUPPLIED, 1)) / "base.yaml")
    assert [p.code for p in loaded.warnings] == ["unsupplied-field"]


def test_warnings_are_told_with_errors(tmp_path: Path) -> None:
    write(tmp_path, base=BASE.replace("stages:\n", UNSUPPLIED, 1).replace("role: nurse", "role: nurze"))
    assert [code for _, code, _, _ in codes(tmp_path / "base.yaml")] == ["unsupplied-field", "unknown-role"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("scenarios: base.yaml\ncases: []\n", "not-a-playbook"),
        ("overlay: base\nlanguage: en\n", "not-a-playbook"),
        ("hospital: 医院\nme: 王蕾\n", "not-a-playbook"),
        ("- a\n", "wrong-type"),
        ("", "empty-file"),
        ("a: [", "yaml-bracket"),
    ],
)
def test_other_files(tmp_path: Path, text: str, code: str) -> None:
    write(tmp_path, other=text)
    (problem,) = problems(tmp_path / "other.yaml")
    assert problem.code == code


def test_missing_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "none.yaml")
    assert problem.code == "no-file"


def test_error_shows_the_line(tmp_path: Path) -> None:
    write(tmp_path, base=BASE.replace("role: nurse", "role: nurze"))
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path / "base.yaml")
    assert "15 |       train: {title: 培训, role: nurze" in str(caught.value)
    assert "是不是 nurse？" in str(caught.value)
