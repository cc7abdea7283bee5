"""A filled-in workbook as plain data: what stands in each cell now, and what stood there when it was exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.documents.workbook.contents import CellKey
from engine.documents.workbook.guard import check_file
from engine.documents.workbook.hidden import FORM, MARK, column_letters
from engine.documents.workbook.layout import KEY, META
from engine.errors import UserError
from engine.frozen import frozen
from engine.pilot.values import clean
from engine.text import Message, say

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_EXACT = 10**15  # beyond it a spreadsheet has changed the last digits of a number


@frozen
class Base:
    """A cell as exported: the value in its fixed form, what was shown, and whether it can be changed here."""

    text: str
    shown: str
    fixed: bool


@frozen
class FilledRow:
    """A row: its number in the sheet (from 1), column id → text. Rows without any content are left out."""

    line: int
    cells: Mapping[str, str]


@frozen
class FilledSheet:
    """`letters`: column id → its letter in this file (columns may have been moved)."""

    id: str
    name: str
    letters: Mapping[str, str]
    headings: Mapping[str, str]
    rows: tuple[FilledRow, ...]

    def place(self, line: int, column: str) -> str:
        """`【字段】C5`: where people find the cell."""
        return f"【{self.name}】{self.letters.get(column, '')}{line}"


@frozen
class Filled:
    """A workbook that was read. `problems` are what is wrong with its form, each naming sheet, row and column."""

    file: str
    pilot: str
    name: str
    pin: str
    seq: int
    sheets: Mapping[str, FilledSheet]
    base: Mapping[CellKey, Base]
    options: Mapping[tuple[str, str], Mapping[str, str]]  # (sheet, column, or field id): label → id of the option
    problems: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Meta:
    facts: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    edited: set[tuple[str, str]] = field(default_factory=set)
    base: dict[CellKey, Base] = field(default_factory=dict)
    options: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


def read_workbook(path: Path) -> Filled:
    """Read a workbook that came back.

    Raises UserError `no-file`, `not-a-workbook`, `file-too-large`, `unreadable`, or `not-ours` (not exported here).
    """
    from python_calamine import CalamineError, CalamineWorkbook

    check_file(path)
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            meta = _meta(path, book)
            problems: list[Message] = []
            sheets: dict[str, FilledSheet] = {}
            for sheet_id, name in meta.sheets.items():
                if name not in book.sheet_names:
                    problems.append(
                        say(
                            "缺少工作表“{name}”（被删除或改名了）",
                            "the sheet '{name}' is missing (deleted or renamed)",
                            name=name,
                        )
                    )
                    continue
                grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                sheets[sheet_id] = _sheet(sheet_id, name, grid, meta, problems)
    except (CalamineError, OSError, ValueError) as error:
        raise UserError(
            "not-a-workbook",
            say(
                "不能读取 {name}：它已损坏（{why}）",
                "cannot read {name}: it is damaged ({why})",
                name=path.name,
                why=error,
            ),
            say("请重新导出，再把内容复制过去", "export it anew and copy the content over"),
        ) from None
    facts = meta.facts
    return Filled(
        path.name,
        facts.get("pilot", ""),
        facts.get("name", ""),
        facts.get("pin", ""),
        int(facts["seq"]) if facts.get("seq", "").isdecimal() else 0,
        sheets,
        meta.base,
        meta.options,
        tuple(problems),
    )


def _meta(path: Path, book: CalamineWorkbook) -> _Meta:
    lines = book.get_sheet_by_name(META).to_python(skip_empty_area=False) if META in book.sheet_names else []
    rows = [[str(cell) for cell in line] for line in lines]
    if not rows or rows[0][:1] != [MARK]:
        raise UserError(
            "not-ours",
            say(
                "{name} 不是由 playbook workbook 导出的，或隐藏的工作表被删掉了",
                "{name} was not exported by `playbook workbook`, or its hidden sheet was deleted",
                name=path.name,
            ),
            say(
                "先用 playbook workbook 导出，再在那个文件里填写",
                "export with `playbook workbook` and fill in that file",
            ),
        )
    if rows[0][1:2] != [FORM]:
        raise UserError(
            "not-ours",
            say("{name} 是另一版本的程序导出的", "{name} was exported by another version", name=path.name),
            say("请重新导出", "export it anew"),
        )
    meta = _Meta()
    for row in rows[1:]:
        kind, *rest = [*row, *[""] * (7 - len(row))][:7]
        if kind == "sheet":
            meta.sheets[rest[0]] = rest[1]
        elif kind == "column":
            meta.columns.setdefault(rest[0], {})[rest[1]] = rest[2]
            if rest[3]:
                meta.edited.add((rest[0], rest[1]))
        elif kind == "option":
            meta.options.setdefault((rest[0], rest[1]), {})[rest[2]] = rest[3]
        elif kind == "cell":
            meta.base[rest[0], rest[1], rest[2]] = Base(rest[4], cell_text(rest[5]), bool(rest[3]))
        else:
            meta.facts[kind] = rest[0]
    return meta


def _sheet(
    sheet_id: str, name: str, grid: Sequence[Sequence[Any]], meta: _Meta, problems: list[Message]
) -> FilledSheet:
    headings = meta.columns.get(sheet_id, {})
    head = [cell_text(cell) for cell in grid[0]] if grid else []
    where = {column: head.index(heading) for column, heading in headings.items() if heading in head}
    letters = {column: column_letters(x) for column, x in where.items()}
    for column, heading in headings.items():
        if column not in where and (column == KEY or (sheet_id, column) in meta.edited):
            problems.append(
                say(
                    "【{sheet}】第1行：缺少“{heading}”这一列（被删除或改名了）",
                    "[{sheet}] row 1: the column '{heading}' is missing (deleted or renamed)",
                    sheet=name,
                    heading=heading,
                )
            )
    rows = []
    for line, row in enumerate(grid[1:], 2):
        cells = {}
        for column, x in where.items():
            cell = row[x] if x < len(row) else ""
            if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT:
                problems.append(
                    say(
                        "【{sheet}】{cell}：数字太长，表格软件已经改变了末尾几位；请把单元格设为文本后重填",
                        "[{sheet}] {cell}: the number is too long, its last digits were changed by the spreadsheet; "
                        "make the cell text and type it again",
                        sheet=name,
                        cell=f"{letters[column]}{line}",
                    )
                )
                continue
            cells[column] = cell_text(cell)
        if any(cells.values()):
            rows.append(FilledRow(line, cells))
    return FilledSheet(sheet_id, name, letters, headings, tuple(rows))


def cell_text(cell: object) -> str:
    """What stands in a cell as text: whole numbers without a point, dates as ISO, texts without invisible marks."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        text = f"{Decimal(repr(cell)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return clean(str(cell)).strip() if cell is not None else ""
