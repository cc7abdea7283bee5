from engine.documents.tasklist import WRITERS
from tests.documents.tasklist.lists import listed

STARTS = {"md": b"# ", "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR\r\n"}


def test_each_ending_has_its_writer_and_each_writes_the_same_twice() -> None:
    assert list(WRITERS) == list(STARTS)
    for name, write in WRITERS.items():
        for language in ("zh", "en"):
            made = listed(language=language)
            assert write(made).startswith(STARTS[name])
            assert write(made) == write(made)
