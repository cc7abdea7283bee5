from engine.expressions import names


def test_names_are_listed_once_in_order() -> None:
    assert names("fields.b > 1 && fields.a > 1 && fields.b < 5") == ("fields.b", "fields.a")


def test_variables_of_macros_are_no_names() -> None:
    assert names("records.cases.exists(c, c.cost > fields.cost)") == ("records.cases", "fields.cost")


def test_a_name_after_the_macro_is_not_bound_by_it() -> None:
    assert names("records.cases.exists(c, true) && c.x") == ("records.cases", "c.x")


def test_what_is_no_condition_has_no_names() -> None:
    assert names("fields.a >") == ()
