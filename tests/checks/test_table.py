"""The table of checks: complete, and run as one."""

import pkgutil
from pathlib import Path

import engine.checks
from engine.checks import CHECKS, run_checks
from engine.model import Expr, Playbook
from tests.checks.books import END, book, gate, stage, task

HELPERS = {"graph", "places"}


def test_every_check_is_in_the_table() -> None:
    modules = {m.name for m in pkgutil.iter_modules(engine.checks.__path__)}
    assert {m.__name__.rpartition(".")[2] for m in CHECKS} == modules - HELPERS


def test_every_code_belongs_to_one_check() -> None:
    codes = [code for module in CHECKS for code in module.CODES]
    assert len(codes) == len(set(codes))


def test_every_check_has_its_test() -> None:
    here = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    names = {m.__name__.rpartition(".")[2] for m in CHECKS} | HELPERS
    assert {f"test_{name}" for name in names} <= here


def test_a_good_playbook_is_silent() -> None:
    assert run_checks(book(stage("a", task("t"), next="end"), END)) == []


def test_problems_come_sorted_and_all_at_once() -> None:
    sample = book(stage("b", task("t", role="x"), gate=(gate(kind="when", when=Expr("a = 1")),), next="end"))
    assert [p.code for p in run_checks(sample)] == ["expression-syntax", "unknown-role"]


def test_a_playbook_without_stages_does_not_crash() -> None:
    assert run_checks(Playbook("empty", "1.0.0", "Empty")) == []


def test_what_silences_a_check_is_a_code_of_another() -> None:
    for module in CHECKS:
        others = {code for other in CHECKS if other is not module for code in other.CODES}
        assert set(getattr(module, "AFTER", ())) <= others


def test_a_missing_stage_is_said_once() -> None:
    """Without it the way to the end is broken too, but that is the same slip."""
    assert [p.code for p in run_checks(book(stage("a", task("t"), next="edn"), END))] == ["unknown-stage"]
