from engine.checks import unsupplied
from tests.checks.books import book, field, found, stage, task


def test_a_required_field_needs_someone_to_supply_it() -> None:
    fields = (
        field("lost", required=True),
        field("owned", required=True, owner="lead"),
        field("set", required=True),
        field("optional"),
    )
    sample = book(stage("a", task("t", sets=("set",)), next="end"), fields=fields)
    assert found(unsupplied, sample) == [("unsupplied-field", "fields/lost (key)")]
