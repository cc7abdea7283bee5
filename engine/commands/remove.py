"""`playbook remove`: rows of a record. A row that others refer to stays."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import knows, need, split
from engine.commands._record import find_record, row_number
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "remove",
    say("删除表里的行", "Remove rows of a record"),
    words(
        say("[试点] 表 行号…", "[PILOT] RECORD ROW…"),
        say("被别处引用的行不能删除", "a row that others refer to cannot be removed"),
    ),
    pilot_option(),
    examples=("remove labels 3",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    from engine.process.commands import Batch, RemoveRow

    ref, rest = split(session, words, pilot, least=2, means=knows(session, "records"))
    need(2, rest, say("remove 表 行号", "remove RECORD ROW"))
    desk = session.desk()
    record = find_record(desk.view(ref).book, rest[0])
    return show_outcome(session, desk.run(ref, Batch(tuple(RemoveRow(record, row_number(n)) for n in rest[1:]))))
