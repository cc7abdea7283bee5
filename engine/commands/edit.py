"""`playbook edit`: change cells of a row."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import knows, need, pairs, split
from engine.commands._record import columns_by_title, find_record, row_number
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "edit",
    say("修改表里的一行", "Change a row of a record"),
    words(
        say("[试点] 表 行号 列=内容…", "[PILOT] RECORD ROW COLUMN=VALUE…"),
        say("内容留空表示清除", "an empty value clears the cell"),
    ),
    pilot_option(),
    examples=("edit breakpoints 1 state=closed standard=2",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    from engine.process.commands import EditRow

    ref, rest = split(session, words, pilot, least=3, means=knows(session, "records"))
    need(3, rest, say("edit 表 行号 列=内容", "edit RECORD ROW COLUMN=VALUE"))
    desk = session.desk()
    book = desk.view(ref).book
    record = find_record(book, rest[0])
    values = columns_by_title(book, record, pairs(rest[2:]))
    return show_outcome(session, desk.run(ref, EditRow(record, row_number(rest[1]), values)))
