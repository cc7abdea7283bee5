from engine.checks import unknown_columns
from engine.model import Record
from tests.checks.books import book, field, found


def test_the_label_is_a_column() -> None:
    columns = {"name": field("name")}
    sample = book(records=(Record("good", "G", columns, "name"), Record("bad", "B", columns, "nmae")))
    assert found(unknown_columns, sample) == [("unknown-column", "records/bad/label")]
