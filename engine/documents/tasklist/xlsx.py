"""The task list as an Excel file to look at and to print. For filling in and bringing back there is the workbook."""

from __future__ import annotations

import io
from datetime import date

from engine.documents.tasklist.columns import COLUMNS
from engine.documents.tasklist.rows import TaskList
from engine.documents.words import TASK_STATES, in_language
from engine.text import say

SAFE = {
    "in_memory": True,
    # A text that looks like a formula, a link or a number is still a text.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "text_wrap": True}
_MOST = 32_767  # characters a cell holds


def to_xlsx(tasks: TaskList) -> bytes:
    """Dates are dates; what is overdue turns red by itself on the day, also long after the file was made."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    language = tasks.language
    title = in_language(say("任务清单", "Tasks"), language)
    book.set_properties({"title": f"{tasks.pilot} {title}", "created": tasks.now.replace(tzinfo=None)})
    sheet = book.add_worksheet(title)
    head = book.add_format({**_FONT, "bold": True, "bg_color": "#DCE6F1", "border": 1})
    body = book.add_format({**_FONT, "border": 1})
    day = book.add_format({**_FONT, "border": 1, "num_format": "yyyy-mm-dd"})
    late = book.add_format({"font_color": "#C00000", "bold": True})
    for x, column in enumerate(COLUMNS):
        sheet.set_column(x, x, column.width)
        sheet.write_string(0, x, in_language(column.heading, language), head)
    for y, row in enumerate(tasks.rows, 1):
        for x, column in enumerate(COLUMNS):
            cell = column.read(row, language)
            if isinstance(cell, date):
                sheet.write_datetime(y, x, cell, day)
            else:
                sheet.write_string(y, x, (cell or "")[:_MOST], body)
    last = len(tasks.rows)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
    if last:
        place = {column.id: i for i, column in enumerate(COLUMNS)}
        still_open = in_language(TASK_STATES["open"], language), in_language(TASK_STATES["in_progress"], language)
        starts = ",".join(f'LEFT(${_letter(place["status"])}2,{len(s)})="{s}"' for s in still_open)
        due = f"${_letter(place['due'])}2"
        rule = {"type": "formula", "criteria": f'=AND({due}<>"",{due}<TODAY(),OR({starts}))', "format": late}
        for name in ("due", "status"):
            sheet.conditional_format(1, place[name], last, place[name], rule)
        sheet.ignore_errors({"number_stored_as_text": f"A2:A{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L" + _plain(f"{tasks.hospital} {tasks.pilot}".strip()) + f"&R{tasks.day.isoformat()}")
    sheet.set_footer("&C&P / &N")
    book.close()
    return made.getvalue()


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _plain(text: str) -> str:
    """A header line reads `&` as a command; it holds 255 characters in all."""
    return text[:100].replace("&", "&&")
