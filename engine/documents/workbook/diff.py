"""One cell at a time: as exported, as filled in, as the pilot has it now. Finds changes, conflicts and mistakes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.documents.workbook.contents import CellKey, Content, canonical, option_labels, ref_number
from engine.documents.workbook.hidden import option_scope
from engine.documents.workbook.read import Filled, FilledRow, FilledSheet
from engine.model import Field
from engine.pilot.reading import narrow
from engine.pilot.state import Pilot
from engine.pilot.values import ValueProblem, parse_value
from engine.text import Message, say

_SHORT = 60  # characters of a value in a line


@dataclass(slots=True)
class Diff:
    """Collects what a workbook changes. Every line names the sheet and the cell it is about."""

    filled: Filled
    pilot: Pilot
    today: date
    now: Mapping[CellKey, Content]
    preview: list[Message] = field(default_factory=list)
    conflicts: list[Message] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)

    def edited(self, sheet: FilledSheet, row: FilledRow, key: str, column: str) -> bool:
        """Does something else stand in this cell than was exported?"""
        base = self.filled.base.get((sheet.id, key, column))
        text = row.cells.get(column)
        return base is not None and text is not None and text not in (base.text, base.shown)

    def changed(
        self, sheet: FilledSheet, row: FilledRow, key: str, column: str, label: str, *, unordered: bool = False
    ) -> str | None:
        """The new value of an existing cell in its fixed form; None when there is nothing to change.

        A conflict (somebody else has changed it to something different) and a value that cannot be read are noted.
        """
        if not self.edited(sheet, row, key, column):
            return None
        place, text = sheet.place(row.line, column), row.cells[column]
        base, now = self.filled.base[sheet.id, key, column], self.now.get((sheet.id, key, column))
        if base.fixed or (now is not None and now.fixed):
            self.problems.append(_fixed(place, label))
            return None
        if now is None:
            self.conflicts.append(_gone(place, label, text))
            return None
        new = self.settled(sheet, row, key, column, now.field, label)
        if new is None or _same(new, base.text, unordered) or _same(new, now.text, unordered):
            return None
        if not _same(now.text, base.text, unordered):
            self.conflicts.append(_conflict(place, label, now.field, base.text, now.text, new))
            return None
        self.preview.append(_line(place, label, short(now.field, now.text), short(now.field, new)))
        return new

    def settled(
        self, sheet: FilledSheet, row: FilledRow, key: str, column: str, found: Field, label: str
    ) -> str | None:
        """What was filled in, in its fixed form; None (and a problem noted) when it is no value for the field."""
        text = row.cells[column]
        if not text:
            return ""
        options = self.filled.options.get(option_scope(sheet.id, key, column), {})
        if found.type == "choice" and options.get(text) in found.options:
            return options[text]
        if found.type == "ref":
            # A label may name a row that is only being added: who decides knows, and says so if not.
            return ref_number(text) or text
        try:
            return canonical(parse_value(found, text, today=self.today))
        except ValueProblem as problem:
            place = sheet.place(row.line, column)
            why = problem.message
            if found.type == "percent" and re.match(r"\d{4}-\d\d-\d\d", text):
                why = say(
                    "表格软件把它变成了日期；先把单元格格式设为文本，再写成 46/50",
                    "the spreadsheet made it a date; set the cell's format to text and write 46/50",
                )
            self.problems.append(
                say("{place}“{label}”：{why}", "{place} '{label}': {why}", place=place, label=label, why=why)
            )
            return None


def short(found: Field, text: str) -> str:
    """A value in a line of the preview."""
    if not text:
        return "—"
    shown = option_labels(found).get(text, text) if found.type == "choice" else " ".join(text.split())
    return shown if len(shown) <= _SHORT else f"{shown[:_SHORT]}…"


def _same(one: str, other: str, unordered: bool) -> bool:
    if unordered:
        return set(one.split("、")) == set(other.split("、"))
    # What was stored before a rule of cleaning came must not look changed.
    return one == other or narrow(one) == narrow(other) != ""


def _line(place: str, label: str, old: str, new: str) -> Message:
    return say(
        "{place}“{label}”：{old} → {new}",
        "{place} '{label}': {old} → {new}",
        place=place,
        label=label,
        old=old,
        new=new,
    )


def _conflict(place: str, label: str, found: Field, base: str, now: str, new: str) -> Message:
    return say(
        "{place}“{label}”：导出时是 {base}，后来已改为 {now}，表里填的是 {new}",
        "{place} '{label}': exported as {base}, since changed to {now}, filled in as {new}",
        place=place,
        label=label,
        base=short(found, base),
        now=short(found, now),
        new=short(found, new),
    )


def _gone(place: str, label: str, text: str) -> Message:
    return say(
        "{place}“{label}”：导出后已被删除，表里填的是 {text}",
        "{place} '{label}': removed since the export, filled in as {text}",
        place=place,
        label=label,
        text=text[:_SHORT],
    )


def _fixed(place: str, label: str) -> Message:
    return say(
        "{place}“{label}”：这一格不能在表里改（文件用 playbook attach，其余用 playbook set 或 edit）",
        "{place} '{label}': cannot be changed here (files: `playbook attach`; the rest: `playbook set` or `edit`)",
        place=place,
        label=label,
    )
