"""`playbook add`: a row of a record."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import knows, need, pairs, split
from engine.commands._record import columns_by_title, find_record
from engine.commands._session import Session
from engine.commands._shared import show_outcome
from engine.text import say


@verb(
    "add",
    say("在表里加一行", "Add a row to a record"),
    words(
        say("[试点] 表 列=内容…", "[PILOT] RECORD COLUMN=VALUE…"),
        say("表和列的 id 或名称", "ids or titles of the record and its columns"),
    ),
    pilot_option(),
    examples=("add labels name=区域眼健康管理中心", "add 断点 断点=首诊等候超过一小时 state=open"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    from engine.process.commands import AddRow

    ref, rest = split(session, words, pilot, least=2, means=knows(session, "records"))
    need(2, rest, say("add 表 列=内容", "add RECORD COLUMN=VALUE"))
    desk = session.desk()
    record = find_record(desk.view(ref).book, rest[0])
    return show_outcome(
        session, desk.run(ref, AddRow(record, columns_by_title(desk.view(ref).book, record, pairs(rest[1:]))))
    )
