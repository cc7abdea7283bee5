from engine.checks import reserved
from engine.model import Record
from tests.checks.books import END, book, field, found, stage, task


def test_ids_that_mean_something_already() -> None:
    sample = book(
        stage("back", task("pilot"), next="end"),
        END,
        fields=(field("stage", "date"),),
        records=(Record("r", "R", {"id": field("id")}, "id"),),
    )
    assert {path for _, path in found(reserved, sample)} == {
        "fields/stage (key)",
        "stages/back/tasks/pilot (key)",
        "stages/back (key)",
        "records/r/columns/id (key)",
    }


def test_a_task_and_a_date_field_share_a_name() -> None:
    sample = book(
        stage("a", task("showcase"), task("other"), next="end"), fields=(field("showcase", "date"), field("other"))
    )
    assert found(reserved, sample) == [("ambiguous-id", "stages/a/tasks/showcase (key)")]
