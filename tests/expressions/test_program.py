import pytest

from engine.expressions.program import CelRefused, compile_text, environment

KNOWN = environment({"fields.a": "number"})


def test_a_condition_gives_its_value() -> None:
    assert compile_text("fields.a > 1.0", KNOWN).run({"fields.a": 2.0}).value is True


def test_an_error_is_never_true() -> None:
    outcome = compile_text("fields.a > 1.0", KNOWN).run({})
    assert outcome.value is None
    assert "fields.a" in outcome.error


def test_a_complaint_has_its_offset() -> None:
    with pytest.raises(CelRefused) as caught:
        compile_text("fields.a > 'x'", KNOWN)
    assert [error.index for error in caught.value.errors] == [9]


def test_the_result_type_is_known() -> None:
    assert compile_text("fields.a", KNOWN).result == "DOUBLE"
