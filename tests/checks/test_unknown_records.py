from engine.checks import unknown_records
from engine.model import Record
from tests.checks.books import book, field, found, gate, stage, task


def test_every_use_of_a_record_is_looked_at() -> None:
    sample = book(
        stage(
            "a",
            task("t", fills=("r", "x1")),
            gate=(gate(kind="each", record="x2"), gate(id="g2", kind="count", record="x3")),
            next="end",
        ),
        records=(Record("r", "R", {"c": field("c", "ref", to="x4"), "d": field("d", "ref", to="r")}, "c"),),
    )
    assert found(unknown_records, sample) == [
        ("unknown-record", "records/r/columns/c/to"),
        ("unknown-record", "stages/a/tasks/t/fills/1"),
        ("unknown-record", "stages/a/gate/0/each"),
        ("unknown-record", "stages/a/gate/1/count"),
    ]
