"""Rows of records: added, edited, removed; references between them always lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import Field, Record
from engine.pilot.blockers import Refused, quoted
from engine.pilot.events import Json, NewEvent
from engine.pilot.state import Value
from engine.process.commands import AddRow, EditRow, RemoveRow
from engine.process.context import Context, Decision, Trouble, must_run, refuse
from engine.process.fields import split, typed, unknown_name
from engine.process.supply import assignment, supply_record
from engine.text import listed, say


def add_row(context: Context, command: AddRow) -> Decision:
    must_run(context, also_on_hold=True)
    record = _record(context, command.record)
    rows = context.pilot.rows.get(record.id, {})
    trouble = Trouble()
    if len(rows) >= record.maximum:
        trouble.add(
            "too-many-rows",
            record.id,
            say(
                "“{title}”最多{n}条，已经有{count}条",
                "'{title}' takes at most {n} rows; there are {count}",
                title=record.title,
                n=record.maximum,
                count=len(rows),
            ),
            commands=(f"remove {record.id} 行号",),
        )
    titles = {c.title: c.id for c in record.columns.values()}
    given = {name if name in record.columns else titles.get(name, name): text for name, text in command.values.items()}
    texts = {c.id: str(c.default) for c in record.columns.values() if c.default is not None} | given
    values = _typed_row(context, record, texts, trouble)
    for column in record.columns.values():
        if column.required and not texts.get(column.id, "").strip():
            trouble.add(
                "column-empty",
                f"{record.id}.{column.id}",
                say(
                    "“{record}”的“{column}”必须填写",
                    "'{column}' of '{record}' is required",
                    record=record.title,
                    column=column.title,
                ),
                commands=(_with(record, given, column),),
            )
    trouble.stop()
    number = context.pilot.next_rows.get(record.id, 1)
    event = _row_event("row_added", record, number, {k: v for k, v in values.items() if v is not None})
    return Decision((event,))


def edit_row(context: Context, command: EditRow) -> Decision:
    must_run(context, also_on_hold=True)
    record = _record(context, command.record)
    old = _row(context, record, command.row)
    trouble = Trouble()
    values = _typed_row(context, record, command.values, trouble)
    cleared = [c for c, v in values.items() if v is None and c in old and not command.values[c].strip()]
    for column in cleared:
        if record.columns[column].required:
            trouble.add(
                "column-empty",
                f"{record.id}.{column}",
                say(
                    "“{column}”必须填写，不能清空",
                    "'{column}' is required and cannot be cleared",
                    column=record.columns[column].title,
                ),
            )
    trouble.stop()
    changed = {c: v for c, v in values.items() if v is not None and v != old.get(c)}
    if not changed and not cleared:
        return Decision(())
    return Decision((_row_event("row_edited", record, command.row, changed, cleared),))


def remove_row(context: Context, command: RemoveRow) -> Decision:
    must_run(context, also_on_hold=True)
    record = _record(context, command.record)
    _row(context, record, command.row)
    holders = references_to(context, record.id, command.row)
    if holders:
        known = listed(say("{t} 第{n}行", "{t}, row {n}", t=context.book.records[r].title, n=n) for r, n in holders)
        raise refuse(
            "row-in-use",
            f"{record.id}.{command.row}",
            say("这一行还被引用：{listed}", "this row is still referred to by: {listed}", listed=known),
            commands=tuple(f"edit {r} {n} {_pointer(context, r, record.id)}=行号" for r, n in holders),
        )
    return Decision((NewEvent("row_removed", {"record": record.id, "row": command.row}),))


def references_to(context: Context, record_id: str, row: int) -> list[tuple[str, int]]:
    """Rows (record, number) that refer to this row."""
    found = []
    for other in context.book.records.values():
        columns = [c.id for c in other.columns.values() if c.type == "ref" and c.to == record_id]
        for number, values in context.pilot.rows.get(other.id, {}).items():
            if any(values.get(c) == str(row) for c in columns):
                found.append((other.id, number))
    return found


def _record(context: Context, name: str) -> Record:
    record = context.book.records.get(name)
    if record is None:
        by_title = [r for r in context.book.records.values() if r.title == name]
        if len(by_title) == 1:
            return by_title[0]
        raise Refused((unknown_name("record", name, {r.id: r.title for r in context.book.records.values()}),))
    return record


def _pointer(context: Context, record_id: str, target: str) -> str:
    """The column of `record_id` that refers to rows of `target`."""
    columns = context.book.records[record_id].columns.values()
    return next(c.id for c in columns if c.type == "ref" and c.to == target)


def _with(record: Record, given: Mapping[str, str], missing: Field) -> str:
    """What was typed, with the column that is missing: to be typed again as it stands."""
    words = [quoted(f"{name}={text}") for name, text in given.items() if name in record.columns and text.strip()]
    return " ".join(["add", record.id, *words, assignment(missing)])


def _row(context: Context, record: Record, number: int) -> Mapping[str, Value]:
    rows = context.pilot.rows.get(record.id, {})
    if number not in rows:
        known = say("现有：{rows}", "there are: {rows}", rows=listed(str(n) for n in rows))
        raise refuse(
            "unknown-row",
            f"{record.id}.{number}",
            say(
                "“{title}”没有第{n}行；{known}",
                "'{title}' has no row {n}; {known}",
                title=record.title,
                n=number,
                known=known if rows else say("表还是空的", "it is empty"),
            ),
            commands=() if rows else supply_record(context, record.id).commands,
        )
    return rows[number]


def _typed_row(context: Context, record: Record, texts: Mapping[str, str], trouble: Trouble) -> dict[str, Value | None]:
    values: dict[str, Value | None] = {}
    titles = {c.title: c.id for c in record.columns.values()}
    for given, text in texts.items():
        column = record.columns.get(given) or record.columns.get(titles.get(given, ""))
        if column is None:
            trouble.blockers.append(unknown_name("column", given, {c.id: c.title for c in record.columns.values()}))
            continue
        item = f"{record.id}.{column.id}"
        values[column.id] = _cell(context, column, text, item, trouble) if text.strip() else None
    return values


def _cell(context: Context, column: Field, text: str, item: str, trouble: Trouble) -> Value | None:
    if column.type != "ref":
        return typed(context, column, text, item, trouble)
    target = context.book.records[column.to or ""]
    rows = context.pilot.rows.get(target.id, {})
    wanted = text.strip()
    if wanted.isdigit() and int(wanted) in rows:
        return str(int(wanted))
    by_label = [n for n, row in rows.items() if str(row.get(target.label, "")) == wanted]
    if len(by_label) == 1:
        return str(by_label[0])
    known = listed(f"{n} {row.get(target.label, '')}" for n, row in rows.items())
    trouble.add(
        "unknown-row",
        item,
        say(
            "“{title}”要填“{target}”的行号，没有“{text}”；现有：{rows}",
            "'{title}' takes a row number of '{target}'; there is no '{text}'; there are: {rows}",
            title=column.title,
            target=target.title,
            text=wanted,
            rows=known,
        ),
        commands=supply_record(context, target.id).commands,
    )
    return None


def _row_event(
    kind: str, record: Record, number: int, values: Mapping[str, Value], cleared: list[str] | None = None
) -> NewEvent:
    inline: dict[str, Json] = {}
    texts: dict[str, str] = {}
    for name, value in values.items():
        data, text = split(record.columns[name], value)
        if text is not None:
            texts[name] = text
        else:
            inline[name] = data
    stored: dict[str, Json] = {
        "record": record.id,
        "row": number,
        "types": {name: record.columns[name].type for name in values},
        "values": inline,
    }
    if kind == "row_edited":
        stored["cleared"] = cleared or []
        return NewEvent("row_edited", stored, texts)
    return NewEvent("row_added", stored, texts)
