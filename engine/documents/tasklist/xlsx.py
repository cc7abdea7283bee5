"""The task list as an Excel file to look at, to tick off and to print: the whole, and a sheet for each role.

A state is chosen on the sheet of the role; the whole follows by the task's number, also when rows are sorted or filtered.
For bringing changes back into the program there is the workbook.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engine.documents.look import Palette
from engine.documents.look.value import CHINESE
from engine.documents.tasklist.columns import COLUMNS, Cell, Column
from engine.documents.tasklist.rows import TaskList, TaskRow
from engine.documents.words import TASK_STATES, in_language
from engine.errors import width
from engine.text import Language, Message, say

SAFE = {
    "in_memory": True,
    # A text that looks like a formula, a link or a number is still a text.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT, _CELL = "Microsoft YaHei", {"font_size": 10, "valign": "top", "text_wrap": True}
_HEAD_FILL, _LATE, _LINE_COLOUR = "#DCE6F1", "#C00000", "#A6A6A6"
_MOST = 32_767  # characters a cell holds
_LINE, _HIGHEST = 14.0, 409.0  # points: a line of a row, the highest row there can be
_MOMENT = 16  # characters: a day with its hour
_MOST_NAME = 31  # characters of a sheet's name
_PLACE = {column.id: index for index, column in enumerate(COLUMNS)}
_LATE_AT = len(COLUMNS)  # the column behind the others that says in words what is overdue
_LATE_HEADING = say("逾期", "Overdue")


def to_xlsx(tasks: TaskList) -> bytes:
    """Dates are dates; what is overdue turns red, and says so, by itself on the day, also long after the file was made."""
    import xlsxwriter

    made = io.BytesIO()
    # Widths are counted in digits of the book's own letters: in the cells' font they are the same in every program.
    base = {"font_name": _font(tasks), "font_size": _CELL["font_size"]}
    book = xlsxwriter.Workbook(made, {**SAFE, "default_format_properties": base})
    title = in_language(say("任务清单", "Tasks"), tasks.language)
    book.set_properties({"title": f"{tasks.pilot} {title}", "created": tasks.now.replace(tzinfo=None)})
    roles = dict.fromkeys(row.role for row in tasks.rows)
    names = _sheet_names([next(r.role_title for r in tasks.rows if r.role == role) for role in roles], title)
    of_role = dict(zip(roles, names, strict=True)) if len(roles) > 1 else {}
    _Sheet(book, tasks, title, tasks.rows, of_role).write()
    for role, name in of_role.items():
        _Sheet(book, tasks, name, [row for row in tasks.rows if row.role == role], {}, of_role=True).write()
    book.close()
    return made.getvalue()


class _Sheet:
    """One sheet of the book. `follow`: the sheets, by role, from which the states are taken; without it they are chosen here."""

    def __init__(
        self,
        book: Any,
        tasks: TaskList,
        name: str,
        rows: Sequence[TaskRow],
        follow: dict[str, str],
        *,
        of_role: bool = False,
    ) -> None:
        self.tasks, self.rows, self.follow, self.of_role = tasks, rows, follow, of_role
        self.language: Language = tasks.language
        self.sheet = book.add_worksheet(name)
        look = tasks.look
        own = look.colours == Palette()
        cell = {
            "font_name": _font(tasks),
            **_CELL,
            "border": 1,
            "border_color": _LINE_COLOUR,
        }
        head = (
            {"bg_color": _HEAD_FILL}
            if own
            else {"bg_color": f"#{look.colours.pale}", "font_color": f"#{look.colours.dark}"}
        )
        self.head = book.add_format({**cell, "bold": True, **head})
        self.body = book.add_format(cell)
        self.day = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format({**cell, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.late = book.add_format({"font_color": _LATE, "bold": True})

    def write(self) -> None:
        for x, column in enumerate(COLUMNS):
            said = column.id == "role" and self.of_role  # by the sheet's name
            self.sheet.set_column(x, x, self._width(column), None, {"hidden": said})
            self.sheet.write_string(0, x, self._say(column.heading), self.head)
        self.sheet.set_row(0, 2 * _LINE + 4)  # the arrows of the filter stand below the words, not on them
        self.sheet.set_column(_LATE_AT, _LATE_AT, 5)
        self.sheet.write_string(0, _LATE_AT, self._say(_LATE_HEADING), self.head)
        for y, row in enumerate(self.rows, 1):
            self._row(y, row)
        self.sheet.freeze_panes(1, 3)
        self.sheet.autofilter(0, 0, max(len(self.rows), 1), _LATE_AT)
        if self.rows:
            self._colour(len(self.rows))
            self._choices(len(self.rows))
            self.sheet.ignore_errors({"number_stored_as_text": f"A2:A{len(self.rows) + 1}"})
        self._page()

    def _width(self, column: Column) -> int:
        """A day with its hour does not wrap: a spreadsheet would show ### instead."""
        return _MOMENT if column.id == "due" and any(row.moment and row.hour for row in self.rows) else column.width

    def _say(self, message: Message) -> str:
        return in_language(message, self.language)

    def _row(self, y: int, row: TaskRow) -> None:
        self.sheet.set_row(y, min(_lines(row, self.language) * _LINE + 4, _HIGHEST))
        for x, column in enumerate(COLUMNS):
            cell: Cell = column.read(row, self.language)
            if column.id == "status":
                self._state(y, x, row)
            elif isinstance(cell, date):
                self.sheet.write_datetime(y, x, cell, self.moment if isinstance(cell, datetime) else self.day)
            else:
                self.sheet.write_string(y, x, (cell or "")[:_MOST], self.body)
        if row.reached and not row.active:  # its stage is left: what was not done there is late no more
            self.sheet.write_blank(y, _LATE_AT, None, self.body)
            return
        word = self._say(_LATE_HEADING)
        self.sheet.write_formula(
            y, _LATE_AT, f'=IF({self._is_late(y)},"{word}","")', self.body, word if row.overdue else ""
        )

    def _state(self, y: int, x: int, row: TaskRow) -> None:
        """The state alone: whether it is overdue changes with the day."""
        text = in_language(TASK_STATES[row.status], self.language)
        name = self.follow.get(row.role)
        if name is None:
            self.sheet.write_string(y, x, text, self.body)
            return
        sheet = "'" + name.replace("'", "''") + "'!"
        states, numbers = (f"{sheet}${_letter(_PLACE[c])}:${_letter(_PLACE[c])}" for c in ("status", "number"))
        formula = f'=IFERROR(INDEX({states},MATCH($A{y + 1},{numbers},0)),"{text}")'
        self.sheet.write_formula(y, x, formula, self.body, text)

    def _is_late(self, y: int) -> str:
        due, state = (f"${_letter(_PLACE[c])}{y + 1}" for c in ("due", "status"))
        still = ",".join(f'{state}="{self._say(TASK_STATES[s])}"' for s in ("open", "in_progress"))
        return f'AND({due}<>"",{due}<TODAY(),OR({still}))'

    def _colour(self, last: int) -> None:
        late = f'=${_letter(_LATE_AT)}2="{self._say(_LATE_HEADING)}"'
        rule = {"type": "formula", "criteria": late, "format": self.late}
        for x in (_PLACE["due"], _PLACE["status"], _LATE_AT):
            self.sheet.conditional_format(1, x, last, x, rule)

    def _choices(self, last: int) -> None:
        """A list to choose from; on the whole, whose states follow, a word on where to choose."""
        x = _PLACE["status"]
        if self.follow:
            title = self._say(say("自动跟随", "Follows by itself"))
            message = say(
                "请到各角色的表里改状态，这里自动跟着变", "choose it on the sheet of the role; it changes here too"
            )
            refuse = {
                "validate": "custom",
                "value": "=FALSE",
                "error_title": title,
                "error_message": self._say(message),
            }
            self.sheet.data_validation(
                1, x, last, x, {**refuse, "input_title": title, "input_message": self._say(message)}
            )
            return
        message = say(
            "点右边的箭头选状态。改动只留在这个文件里；要写回程序，用 playbook workbook",
            "choose it from the list. It stays in this file; to bring it back use playbook workbook",
        )
        choice = {
            "validate": "list",
            "source": [self._say(text) for text in TASK_STATES.values()],
            "input_title": self._say(say("状态", "Status")),
            "input_message": self._say(message),
            "error_title": self._say(say("不在清单里", "Not in the list")),
            "error_message": self._say(say("请从清单里选一项", "choose one from the list")),
        }
        self.sheet.data_validation(1, x, last, x, choice)

    def _page(self) -> None:
        tasks = self.tasks
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        lines = tasks.look.letterhead
        hospital = "" if tasks.look.names(tasks.hospital) else tasks.hospital
        left = _plain(f"{hospital} {tasks.pilot}".strip(), 60 if lines else 100)
        if lines:  # the first above, the others below the sheet
            left = f"&B{_plain(lines[0], 40)}&B\n{left}"
        self.sheet.set_header(f"&L{left}&C&A&R{tasks.day.isoformat()}")
        foot = "  ".join(_plain(line, 40) for line in lines[1:])
        self.sheet.set_footer(f"&L{foot}&R&P / &N" if foot else "&C&P / &N")


def _font(tasks: TaskList) -> str:
    chinese = tasks.look.fonts.chinese
    return _FONT if chinese == CHINESE else chinese


def _sheet_names(titles: Sequence[str], taken: str) -> list[str]:
    """A name for each role's sheet that Excel accepts, no two the same."""
    found = [taken.casefold(), "history"]  # the second is Excel's own
    names = []
    for title in titles:
        base = re.sub(r"[\[\]:*?/\\]+", "_", title).strip("' ")[:_MOST_NAME].strip("' ") or "_"
        name, count = base, 1
        while name.casefold() in found:
            count += 1
            name = f"{base[: _MOST_NAME - len(str(count)) - 1]} {count}"
        found.append(name.casefold())
        names.append(name)
    return names


def _lines(row: TaskRow, language: Language) -> int:
    """How many lines its longest cell takes: not every program works out the height of a row by itself."""
    texts = [(cell, c.width) for c in COLUMNS if isinstance(cell := c.read(row, language), str)]
    return max(sum(max(-(-width(line) // (most - 1)), 1) for line in text.split("\n")) for text, most in texts)


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _plain(text: str, most: int = 100) -> str:
    """A header line reads `&` as a command; it holds 255 characters in all."""
    return text[:most].replace("&", "&&")
