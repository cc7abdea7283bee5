from engine.documents.tasklist.columns import COLUMNS
from tests.documents.tasklist.lists import listed


def test_columns_have_ids_and_headings_of_their_own() -> None:
    for names in ([c.id for c in COLUMNS], [c.heading.zh for c in COLUMNS], [c.heading.en for c in COLUMNS]):
        assert len(set(names)) == len(names) == 12


def test_columns_read_every_row_in_both_languages() -> None:
    row = listed().rows[0]
    read = {c.id: (c.read(row, "zh"), c.read(row, "en")) for c in COLUMNS}
    assert read["status"] == ("已完成", "done")
    assert read["evidence"] == ("已附1件", "1 attached")
    assert read["required"] == ("必做", "required")
    assert read["people"] == ("王蕾、李想", "王蕾, 李想")
