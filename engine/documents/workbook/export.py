"""A pilot as one Excel file: sheets to fill in with drop-downs, and hidden sheets that say what was there."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.calendar import Calendar
from engine.documents.tasklist.xlsx import SAFE
from engine.documents.words import in_language
from engine.documents.workbook.contents import CellKey, Content, cell_kind, contents
from engine.documents.workbook.hidden import list_key, write_lists, write_meta
from engine.documents.workbook.hints import hint
from engine.documents.workbook.layout import FIELDS, KEY, REMOVE, ROLES, ROW, TASKS, Sheet, layout
from engine.documents.workbook.rows import rows_of
from engine.errors import width
from engine.model import Field, Playbook
from engine.pilot.state import Pilot
from engine.pilot.view import task_views
from engine.text import Language, say

_SPARE = 40  # empty rows below a record's own, ready with drop-downs
_LINE, _MOST_LINES = 15, 7  # height of a line in points; lines of a row
_DIGITS = 15  # a spreadsheet keeps no more of a number


def export_workbook(
    book: Playbook, pilot: Pilot, calendar: Calendar, now: datetime, *, language: Language = "zh"
) -> bytes:
    """The workbook of a pilot as it stands. The same input gives the same bytes."""
    import xlsxwriter

    made = io.BytesIO()
    file = xlsxwriter.Workbook(made, SAFE)
    file.set_properties({"title": pilot.name, "created": now.astimezone(calendar.zone).replace(tzinfo=None)})
    views = task_views(book, pilot, calendar, now)
    cells = contents(book, pilot, views, language)
    sheets = layout(book, language)
    formats = _Formats(file)
    pages = {sheet.id: file.add_worksheet(sheet.name) for sheet in sheets}
    lists = write_lists(file, book, pilot, cells)
    for sheet in sheets:
        page = _Page(pages[sheet.id], sheet, formats, lists, language)
        rows = rows_of(sheet, book, pilot, views, calendar, language)
        page.write_head()
        for y, (key, fixed) in enumerate(rows, 1):
            page.write_row(y, key, fixed, cells)
        spare = 0
        if sheet.record is not None:
            record = book.records[sheet.record]
            spare = max(min(_SPARE, record.maximum - len(rows)), 0)
            page.write_spare(len(rows) + 1, spare, record.columns)
        page.finish(len(rows) + spare)
    write_meta(file, book, pilot, sheets, cells, language)
    file.close()
    return made.getvalue()


class _Formats:
    """Cell formats, made once each."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[str, bool], Any] = {}
        look = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        self._look = {**look, "border_color": "#BFBFBF"}
        self.head = file.add_format({**self._look, "bold": True, "bg_color": "#DCE6F1"})
        self.head_edit = file.add_format({**self._look, "bold": True, "bg_color": "#FFE699"})

    def of(self, form: str, editable: bool) -> Any:
        """`form` is a number format; what may be edited is yellow, the rest grey."""
        key = (form, editable)
        if key not in self._made:
            color = "#FFFBE6" if editable else "#F2F2F2"
            self._made[key] = self._file.add_format({**self._look, "num_format": form, "bg_color": color})
        return self._made[key]

    def field(self, field: Field, editable: bool = True) -> Any:
        kind = cell_kind(field)
        if kind == "number":
            return self.of("#,##0.00" if field.type == "money" else "General", editable)
        return self.of("yyyy-mm-dd" if kind == "date" else "@", editable)


class _Page:
    """One sheet being written."""

    def __init__(
        self, page: Any, sheet: Sheet, formats: _Formats, lists: Mapping[str, str], language: Language
    ) -> None:
        self.page, self.sheet, self.formats, self.lists, self.language = page, sheet, formats, lists, language

    def write_head(self) -> None:
        for x, column in enumerate(self.sheet.columns):
            hidden = {"hidden": True} if column.id == KEY else {}
            self.page.set_column(x, x, column.width, None, hidden)
            head = self.formats.head_edit if column.editable else self.formats.head
            self.page.write_string(0, x, column.heading, head)

    def write_row(
        self, y: int, key: str, fixed: Mapping[str, str | date | None], cells: Mapping[CellKey, Content]
    ) -> None:
        lines = 1
        for x, column in enumerate(self.sheet.columns):
            found = cells.get((self.sheet.id, key, column.id))
            shown = found.shown if found is not None else fixed.get(column.id)
            if isinstance(shown, str) and column.width:
                lines = max(lines, sum(1 + width(part) // column.width for part in shown.split("\n")))
            if found is not None:
                self._write(y, x, found)
                if not found.fixed:
                    self._guide(y, y, x, found.field)
            elif column.id == REMOVE:
                self.page.write_blank(y, x, None, self.formats.of("@", True))
                self._guide_removal(y, y, x)
            else:
                self._write_fixed(y, x, fixed.get(column.id))
        # Not every program makes a row as high as its wrapped text; and a very long one must not fill the screen.
        self.page.set_row(y, _LINE * min(lines, _MOST_LINES))

    def write_spare(self, y: int, count: int, columns: Mapping[str, Field]) -> None:
        if not count:
            return
        for x, column in enumerate(self.sheet.columns):
            field = columns.get(column.id.removeprefix("column:"))
            if field is None or column.id in (ROW, REMOVE):
                continue
            editable = field.type != "file"
            for line in range(y, y + count):
                self.page.write_blank(line, x, None, self.formats.field(field, editable))
            if editable:
                self._guide(y, y + count - 1, x, field)

    def finish(self, last: int) -> None:
        frozen = {TASKS: 4, ROLES: 2, FIELDS: 2}.get(self.sheet.id, 1)
        self.page.freeze_panes(1, frozen)
        self.page.autofilter(0, 0, max(last, 1), len(self.sheet.columns) - 1)
        self.page.ignore_errors({"number_stored_as_text": f"A1:AZ{max(last, 1) + 1}"})
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)

    def _write(self, y: int, x: int, found: Content) -> None:
        form = self.formats.field(found.field, not found.fixed)
        kind = cell_kind(found.field)
        if not found.text and not found.shown:
            self.page.write_blank(y, x, None, form)
        elif kind == "number" and not found.fixed and len(found.text.strip("-").replace(".", "")) <= _DIGITS:
            self.page.write_number(y, x, Decimal(found.text), form)
        elif kind == "date" and not found.fixed and found.text >= "1900-03-01":
            # Before that day spreadsheets count differently, and from each other.
            self.page.write_datetime(y, x, date.fromisoformat(found.text), form)
        else:
            self.page.write_string(y, x, found.shown, form)

    def _write_fixed(self, y: int, x: int, value: str | date | None) -> None:
        if isinstance(value, date):
            self.page.write_datetime(y, x, value, self.formats.of("yyyy-mm-dd", False))
        else:
            self.page.write_string(y, x, value or "", self.formats.of("@", False))

    def _guide(self, first: int, last: int, x: int, field: Field) -> None:
        """A drop-down where there is a choice, and what to write, shown when the cell is selected."""
        rule: dict[str, Any] = {"validate": "any"}
        source = self.lists.get(list_key(field))
        if field.type in ("choice", "ref") and source:
            rule = {"validate": "list", "source": source, "error_type": "stop" if field.type == "choice" else "warning"}
        text = hint(field, self.language) if field.title else ""
        if text:
            rule |= {"input_title": field.title[:32], "input_message": text[:255]}
        if rule["validate"] != "any" or text:
            self.page.data_validation(first, x, last, x, rule)

    def _guide_removal(self, first: int, last: int, x: int) -> None:
        yes = in_language(say("是", "yes"), self.language)
        self.page.data_validation(first, x, last, x, {"validate": "list", "source": [yes]})
