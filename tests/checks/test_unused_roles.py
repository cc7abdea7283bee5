from engine.checks import unused_roles
from engine.model import Expr, Role
from tests.checks.books import book, found, gate, stage, task

ROLES = (Role("lead", "L"), Role("idle", "I"))


def test_a_role_nothing_asks_for() -> None:
    sample = book(stage("a", task("t"), next="end"), roles=ROLES)
    assert found(unused_roles, sample) == [("unused-role", "roles/idle (key)")]


def test_a_role_in_a_condition_or_gate_is_used() -> None:
    asked = gate(kind="when", when=Expr("roles.idle.filled >= 1"))
    assert found(unused_roles, book(stage("a", task("t"), gate=(asked,), next="end"), roles=ROLES)) == []
    all_of_them = gate(kind="roles")
    assert found(unused_roles, book(stage("a", task("t"), gate=(all_of_them,), next="end"), roles=ROLES)) == []
