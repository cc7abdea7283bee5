"""Changes of the sheets of records: rows added, edited and removed, those that others refer to first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.documents.workbook.diff import Diff, short
from engine.documents.workbook.layout import REMOVE, ROW
from engine.documents.workbook.read import FilledRow, FilledSheet
from engine.model import Playbook, Record
from engine.pilot.reading import narrow
from engine.pilot.state import Pilot
from engine.process.commands import AddRow, Command, EditRow, RemoveRow
from engine.text import Message, say

_YES = {"是", "yes", "y", "true", "1", "x", "√", "✓", "删除"}
_NO = {"", "否", "no", "n", "false", "0"}


def record_commands(book: Playbook, pilot: Pilot, diff: Diff) -> list[Command]:
    """First what is added and edited, then what is removed: a row is only in the way while others refer to it."""
    kept: list[Command] = []
    removed: list[Command] = []
    for record in _referred_first(book):
        sheet = diff.filled.sheets.get(f"record:{record.id}")
        if sheet is None or any(
            c.id in _required(record) and f"column:{c.id}" not in sheet.letters for c in record.columns.values()
        ):
            continue
        for command in _rows(record, sheet, pilot, diff):
            (removed if isinstance(command, RemoveRow) else kept).append(command)
    return [*kept, *reversed(removed)]


def _rows(record: Record, sheet: FilledSheet, pilot: Pilot, diff: Diff) -> Iterator[Command]:
    seen: dict[int, int] = {}
    exported = {int(key) for s, key, _ in diff.filled.base if s == sheet.id}
    for row in sheet.rows:
        written = row.cells.get(ROW, "")
        if not written:
            yield from _new_row(record, sheet, row, diff)
            continue
        number = int(written) if written.isdecimal() and len(written) < 9 else 0
        if number not in exported:
            diff.problems.append(_no_such_row(sheet, row, written))
        elif number in seen:
            diff.problems.append(_twice(sheet, row, number, seen[number]))
        else:
            seen[number] = row.line
            yield from _old_row(record, sheet, row, number, pilot, diff)
    missing = [n for n in sorted(exported - set(seen)) if n in pilot.rows.get(record.id, {})]
    if missing:
        diff.notices.append(_not_there(sheet, missing))


def _old_row(
    record: Record, sheet: FilledSheet, row: FilledRow, number: int, pilot: Pilot, diff: Diff
) -> Iterator[Command]:
    remove = _wants_removal(sheet, row, diff)
    there = number in pilot.rows.get(record.id, {})
    if remove:
        if there and _untouched(record, sheet, number, diff):
            diff.preview.append(_removal(sheet, row, record, number, diff))
            yield RemoveRow(record.id, number)
        elif there:
            diff.conflicts.append(_changed_since(sheet, row, number))
        return
    values: dict[str, str] = {}
    for column in record.columns.values():
        label = _label(number, column.title)
        new = diff.changed(sheet, row, str(number), f"column:{column.id}", label)
        if new is not None:
            values[column.id] = new
    if values:
        yield EditRow(record.id, number, values)


def _new_row(record: Record, sheet: FilledSheet, row: FilledRow, diff: Diff) -> Iterator[Command]:
    given = [c for c in record.columns.values() if row.cells.get(f"column:{c.id}")]
    if _wants_removal(sheet, row, diff) or not given:
        return
    values: dict[str, str] = {}
    for column in given:
        if column.type == "file":
            place = sheet.place(row.line, f"column:{column.id}")
            diff.problems.append(
                say("{place}：文件不能写在表里", "{place}: files cannot be written into a sheet", place=place)
            )
            continue
        text = diff.settled(sheet, row, "", f"column:{column.id}", column, column.title)
        if text is not None:
            values[column.id] = text
    for column in record.columns.values():
        if column.required and column.default is None and column not in given:
            diff.problems.append(_required_empty(sheet, row, column.id, column.title))
    shown = "；".join(f"{record.columns[c].title} {short(record.columns[c], text)}" for c, text in values.items())
    diff.preview.append(
        say(
            "【{sheet}】第{line}行：新增（{values}）",
            "[{sheet}] row {line}: new ({values})",
            sheet=sheet.name,
            line=row.line,
            values=shown,
        )
    )
    yield AddRow(record.id, values)


def _wants_removal(sheet: FilledSheet, row: FilledRow, diff: Diff) -> bool:
    text = narrow(row.cells.get(REMOVE, "")).casefold()
    if text not in _YES | _NO:
        place = sheet.place(row.line, REMOVE)
        diff.problems.append(say("{place}：只能填“是”或留空", "{place}: write 'yes' or leave it empty", place=place))
    return text in _YES


def _untouched(record: Record, sheet: FilledSheet, number: int, diff: Diff) -> bool:
    """Is the row still as it was exported? Nobody removes what they have not seen."""
    for column in record.columns:
        key = (sheet.id, str(number), f"column:{column}")
        base, now = diff.filled.base.get(key), diff.now.get(key)
        if base is not None and now is not None and not base.fixed and not now.fixed and base.text != now.text:
            return False
    return True


def _referred_first(book: Playbook) -> list[Record]:
    """Records in an order in which a row can be referred to as soon as it is there."""
    ordered: dict[str, Record] = {}
    entered: set[str] = set()

    def visit(record: Record) -> None:
        if record.id in entered:
            return
        entered.add(record.id)
        for column in record.columns.values():
            if column.type == "ref" and (target := book.records.get(column.to or "")):
                visit(target)
        ordered[record.id] = record

    for record in book.records.values():
        visit(record)
    return list(ordered.values())


def _required(record: Record) -> Mapping[str, str]:
    return {c.id: c.title for c in record.columns.values() if c.required}


def _label(number: int, title: str) -> str:
    return str(say("第{n}行 {title}", "row {n} {title}", n=number, title=title))


def _no_such_row(sheet: FilledSheet, row: FilledRow, written: str) -> Message:
    return say(
        "{place}：没有第“{n}”行；新增的行请把行号留空",
        "{place}: there is no row '{n}'; leave the number of a new row empty",
        place=sheet.place(row.line, ROW),
        n=written[:20],
    )


def _twice(sheet: FilledSheet, row: FilledRow, number: int, first: int) -> Message:
    return say(
        "{place}：行号{n}在第{first}行已经有了；复制出来的新行请把行号清空",
        "{place}: the number {n} is already in line {first}; clear the number of a row that was copied",
        place=sheet.place(row.line, ROW),
        n=number,
        first=first,
    )


def _not_there(sheet: FilledSheet, missing: list[int]) -> Message:
    return say(
        "【{sheet}】少了行号 {rows}：没有删除它们；要删除，请在“{heading}”一列填“是”",
        "[{sheet}] rows {rows} are not in the sheet: they were not removed; to remove a row write 'yes' in '{heading}'",
        sheet=sheet.name,
        rows="、".join(map(str, missing)),
        heading=sheet.headings.get(REMOVE, ""),
    )


def _removal(sheet: FilledSheet, row: FilledRow, record: Record, number: int, diff: Diff) -> Message:
    now = diff.now.get((sheet.id, str(number), f"column:{record.label}"))
    return say(
        "【{sheet}】第{line}行：删除行号{n}（{label}）",
        "[{sheet}] line {line}: row {n} is removed ({label})",
        sheet=sheet.name,
        line=row.line,
        n=number,
        label=short(now.field, now.text) if now else "",
    )


def _changed_since(sheet: FilledSheet, row: FilledRow, number: int) -> Message:
    return say(
        "【{sheet}】第{line}行：行号{n}导出后已被修改，没有删除",
        "[{sheet}] line {line}: row {n} was changed since the export and is not removed",
        sheet=sheet.name,
        line=row.line,
        n=number,
    )


def _required_empty(sheet: FilledSheet, row: FilledRow, column: str, title: str) -> Message:
    return say(
        "{place}：“{title}”必须填写",
        "{place}: '{title}' is required",
        place=sheet.place(row.line, f"column:{column}"),
        title=title,
    )
